//! What is done to the gradient and to the weights around the optimizer's step. One file each; whatever is off costs one comparison.
//!
//! [`Network`](super::Network) applies them in this order, which is that of a PyTorch training loop:
//!
//! 1. [`penalty`]: L1 and L2 are part of the loss, so their slope is part of the gradient, and is clipped with it;
//! 2. [`tuning`]: the gradient of frozen layers is none; what follows up to the average skips them, and is at each layer's own rate;
//! 3. [`clip`]: between `backward()` and `step()`, over all tensors together;
//! 4. [`decay`]: θ ← θ(1 − ηλ), before the step, as in AdamW;
//! 5. the optimizer's step;
//! 6. [`max_norm`]: a constraint holds for what the step led to;
//! 7. [`average`]: follows the weights as they now are. Training goes on with the weights, the average answers.

pub mod average;
pub mod clip;
pub mod decay;
pub mod max_norm;
pub mod penalty;
pub mod tuning;
