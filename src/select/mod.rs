//! Which settings are better. What is here makes the experiments; jobs ([`crate::job`]) are what runs them: the page in a pool of workers, the headless
//! runner on its threads.

pub mod techniques;
