//! Which settings are better: questions that take many runs. What is here makes the experiments and drives one of them; who runs them side by side is
//! the page (`www/pool.js`, several workers) or the terminal.

pub mod ablation;
pub mod trial;
