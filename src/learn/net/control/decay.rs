//! θ ← θ(1 − ηλ) for weights, biases and scales excepted: decoupled weight decay (Loshchilov & Hutter 2019, algorithm 2) for any optimizer.

use crate::learn::net::optimizer::Block;

/// Shrinks the weights at learning rate `rate`.
pub fn shrink(rate: f64, decay: f64, blocks: &[Block], parameters: &mut [f32]) {
    if decay == 0.0 {
        return;
    }
    let keep = (1.0 - rate * decay) as f32;
    for block in blocks.iter().filter(|block| block.weight) {
        parameters[block.range.clone()].iter_mut().for_each(|weight| *weight *= keep);
    }
}
