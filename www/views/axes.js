/** Names of what runs across and up a picture. */

/** The columns' names at the ends of their axes. @param {CanvasRenderingContext2D} context @param {number} width @param {number} height @param {import('./palette.js').Palette} colours @param {string} across @param {string} up */
export function axes(context, width, height, colours, across, up) {
  context.font = '12px system-ui, sans-serif';
  context.lineWidth = 4;
  context.lineJoin = 'round';
  context.strokeStyle = colours.paper;
  context.fillStyle = colours.ink;
  const write = (/** @type {string} */ text, /** @type {number} */ x, /** @type {number} */ y) => {
    context.strokeText(text, x, y);
    context.fillText(text, x, y);
  };
  context.textAlign = 'right';
  write(`${across} →`, width - 6, height - 7);
  context.textAlign = 'left';
  write(`↑ ${up}`, 6, 16);
}
