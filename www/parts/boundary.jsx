/** A part of the page that fails while it is drawn takes nothing else with it: it says so in its place, and can be drawn again. */
import { Component } from 'preact';
import { t } from '../i18n/index.js';

/** @extends {Component<{children: import('preact').ComponentChildren, leave?: () => void}, {error: unknown}>} */
export class Boundary extends Component {
  state = { error: /** @type {unknown} */ (null) };

  /** @param {unknown} error */
  static getDerivedStateFromError(error) {
    return { error };
  }

  /** @param {unknown} error */
  componentDidCatch(error) {
    console.error(error);
  }

  render() {
    if (this.state.error === null) return this.props.children;
    const { leave } = this.props;
    return (
      <div class={leave ? 'alert part-away' : 'panel part-away'} role="alert">
        <p>{t('partFails', { error: String(this.state.error).slice(0, 300) })}</p>
        <p class="ways">
          <button type="button" onClick={() => this.setState({ error: null })}>
            {t('retry')}
          </button>
          {leave && (
            <button type="button" onClick={leave}>
              {t('dismiss')}
            </button>
          )}
        </p>
      </div>
    );
  }
}
