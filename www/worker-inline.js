/** The worker inside the page, for the one-file build. */
import InlineWorker from './worker.js?worker&inline';

export const makeWorker = () => new InlineWorker();
