/** Thickness of lines and size of type on canvases, as the CSS has them: a projector needs more of both. */
import { useEffect, useState } from 'preact/hooks';
import './look.css';

function read() {
  const style = getComputedStyle(document.documentElement);
  const value = (/** @type {string} */ name, /** @type {number} */ otherwise) => parseFloat(style.getPropertyValue(name)) || otherwise;
  return { width: value('--line-width', 2), font: value('--chart-font', 12) };
}

/** @typedef {ReturnType<typeof read>} Look */

/** The look, rendering again when presenting begins or ends, or its window changes. */
export function useLook() {
  const [look, setLook] = useState(read);
  useEffect(() => {
    const again = () => setLook((before) => (JSON.stringify(before) === JSON.stringify(read()) ? before : read()));
    const observer = new MutationObserver(again);
    observer.observe(document.documentElement, { attributeFilter: ['data-present'] });
    addEventListener('resize', again);
    again();
    return () => {
      observer.disconnect();
      removeEventListener('resize', again);
    };
  }, []);
  return look;
}
