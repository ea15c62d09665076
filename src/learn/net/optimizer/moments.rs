//! The update that Adam, AdamW and Muon's biases share: bias-corrected first and second moments.

use super::Step;

/// Settings of the update.
pub struct Moments {
    pub beta1: f64,
    pub beta2: f64,
    pub epsilon: f64,
    /// Decoupled: `θ ← θ(1 − ηλ)` before the step.
    pub weight_decay: f64,
}

/// One update of all parameters.
pub fn step(step: Step, settings: &Moments) {
    let [first, second] = step.slots.take();
    apply(step.rate, step.update, step.parameters, step.gradient, first, second, settings);
}

/// m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², θ ← θ(1 − ηλ) − η/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) + ε).
pub fn apply(rate: f64, update: u64, parameters: &mut [f32], gradient: &[f32], first: &mut [f32], second: &mut [f32], settings: &Moments) {
    let t = update as f64;
    let correct1 = 1.0 - libm::pow(settings.beta1, t);
    let correct2 = libm::sqrt(1.0 - libm::pow(settings.beta2, t));
    // √v/c + ε = (√v + εc)/c: one division less a parameter.
    let size = (rate / correct1 * correct2) as f32;
    let epsilon = (settings.epsilon * correct2) as f32;
    let (beta1, add1) = (settings.beta1 as f32, (1.0 - settings.beta1) as f32);
    let (beta2, add2) = (settings.beta2 as f32, (1.0 - settings.beta2) as f32);
    let keep = (1.0 - rate * settings.weight_decay) as f32;
    for (((p, &g), m), v) in parameters.iter_mut().zip(gradient).zip(first).zip(second) {
        *m = beta1 * *m + add1 * g;
        *v = beta2 * *v + add2 * (g * g);
        *p = keep * *p - size * (*m / (v.sqrt() + epsilon));
    }
}
