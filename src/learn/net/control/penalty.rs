//! L + λ₁ Σ|w| + λ₂/2 Σw² over weights, biases and scales excepted: ∂/∂w = λ₁ sign(w) + λ₂ w. L1 alone is the lasso, L2 alone ridge regression
//! (coupled weight decay, PyTorch's `weight_decay` of SGD), both together the elastic net (Zou & Hastie 2005). scikit-learn's
//! `ElasticNet(alpha, l1_ratio)` minimises half of our squared error: λ₁ = 2 · alpha · l1_ratio, λ₂ = 2 · alpha · (1 − l1_ratio).

use crate::learn::net::optimizer::Block;

/// Adds the penalties' slope to the gradient.
pub fn add(l1: f64, l2: f64, blocks: &[Block], parameters: &[f32], gradient: &mut [f32]) {
    let (l1, l2) = (l1 as f32, l2 as f32);
    if l1 == 0.0 && l2 == 0.0 {
        return;
    }
    for block in blocks.iter().filter(|block| block.weight) {
        for (slope, &weight) in gradient[block.range.clone()].iter_mut().zip(&parameters[block.range.clone()]) {
            let sign = f32::from(i8::from(weight > 0.0) - i8::from(weight < 0.0));
            *slope += l2 * weight + l1 * sign;
        }
    }
}

/// The penalties themselves.
pub fn value(l1: f64, l2: f64, blocks: &[Block], parameters: &[f32]) -> f64 {
    if l1 == 0.0 && l2 == 0.0 {
        return 0.0;
    }
    let weights = blocks.iter().filter(|block| block.weight).flat_map(|block| &parameters[block.range.clone()]);
    weights.map(|&weight| f64::from(weight)).map(|weight| l1 * weight.abs() + l2 / 2.0 * weight * weight).sum()
}

/// The diagonal of the penalties' Hessian, outside of which there is nothing.
pub fn diagonal(l2: f64, blocks: &[Block], to: &mut [f32]) {
    for block in blocks {
        to[block.range.clone()].fill(if block.weight { l2 as f32 } else { 0.0 });
    }
}

/// Adds the penalties' Hessian times `direction`: λ₂ v. The kink of L1 at 0 has none, and elsewhere it is straight.
pub fn curve(l2: f64, blocks: &[Block], direction: &[f32], product: &mut [f32]) {
    if l2 == 0.0 {
        return;
    }
    for block in blocks.iter().filter(|block| block.weight) {
        for (to, v) in product[block.range.clone()].iter_mut().zip(&direction[block.range.clone()]) {
            *to += l2 as f32 * v;
        }
    }
}
