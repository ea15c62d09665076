/** What is measured, as the engine describes it: which way is better, bounds, terms of the glossary. Knows no state: whoever has the descriptions says where they are. */

/** @typedef {import('./boundary').Quantity} Quantity */

/** @type {() => Partial<Quantity>[]} */
let described = () => [];

/** @param {() => Partial<Quantity>[]} find */
export const describedBy = (find) => void (described = find);

/** @param {string} name @returns {Quantity | undefined} */
export const quantity = (name) => /** @type {Quantity | undefined} */ (described().find((one) => one.name === name));

/** Whether a quantity grows as a model gets better. @param {string} metric */
export const rises = (metric) => quantity(metric)?.direction === 'up';
