//! Boosting: trees that each correct what those before them left over. `gradient_boosting.rs` is gradient boosting as a learner, `gradient.rs` its rounds as
//! scikit-learn has them, `loss.rs` what they make smaller. The trees are grown by the builder in `learn/tree/`.

pub mod gradient;
pub mod loss;
