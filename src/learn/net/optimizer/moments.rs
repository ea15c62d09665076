//! The update that Adam, AdamW and Muon's biases share: bias-corrected first and second moments, with AMSGrad (Reddi et al. 2018) the largest second
//! moment so far, as PyTorch takes it: before it is corrected.

use super::Step;

/// Settings of the update.
pub struct Moments {
    pub beta1: f64,
    pub beta2: f64,
    pub epsilon: f64,
    /// Decoupled: `θ ← θ(1 − ηλ)` before the step.
    pub weight_decay: f64,
    /// A third vector of the largest second moments.
    pub amsgrad: bool,
}

impl Moments {
    /// Numbers to remember for each parameter.
    pub fn slots(amsgrad: bool) -> usize {
        if amsgrad { 3 } else { 2 }
    }
}

/// One update of all parameters.
pub fn step(step: Step, settings: &Moments) {
    if settings.amsgrad {
        let [first, second, largest] = step.slots.take();
        let factors = Factors::new(step.rate, step.update, settings);
        return largest_so_far(factors, step.parameters, step.gradient, first, second, largest);
    }
    let [first, second] = step.slots.take();
    apply(step.rate, step.update, step.parameters, step.gradient, first, second, settings);
}

/// What does not change from parameter to parameter.
struct Factors {
    beta1: f32,
    add1: f32,
    beta2: f32,
    add2: f32,
    keep: f32,
    size: f32,
    epsilon: f32,
}

impl Factors {
    fn new(rate: f64, update: u64, settings: &Moments) -> Self {
        let t = update as f64;
        let correct1 = 1.0 - libm::pow(settings.beta1, t);
        let correct2 = libm::sqrt(1.0 - libm::pow(settings.beta2, t));
        Factors {
            beta1: settings.beta1 as f32,
            add1: (1.0 - settings.beta1) as f32,
            beta2: settings.beta2 as f32,
            add2: (1.0 - settings.beta2) as f32,
            keep: (1.0 - rate * settings.weight_decay) as f32,
            // √v/c + ε = (√v + εc)/c: one division less a parameter.
            size: (rate / correct1 * correct2) as f32,
            epsilon: (settings.epsilon * correct2) as f32,
        }
    }
}

/// m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², θ ← θ(1 − ηλ) − η/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) + ε).
pub fn apply(rate: f64, update: u64, parameters: &mut [f32], gradient: &[f32], first: &mut [f32], second: &mut [f32], settings: &Moments) {
    let Factors { beta1, add1, beta2, add2, keep, size, epsilon } = Factors::new(rate, update, settings);
    for (((p, &g), m), v) in parameters.iter_mut().zip(gradient).zip(first).zip(second) {
        *m = beta1 * *m + add1 * g;
        *v = beta2 * *v + add2 * (g * g);
        *p = keep * *p - size * (*m / (v.sqrt() + epsilon));
    }
}

/// The same with the largest v so far in place of v.
fn largest_so_far(factors: Factors, parameters: &mut [f32], gradient: &[f32], first: &mut [f32], second: &mut [f32], largest: &mut [f32]) {
    let Factors { beta1, add1, beta2, add2, keep, size, epsilon } = factors;
    for ((((p, &g), m), v), w) in parameters.iter_mut().zip(gradient).zip(first).zip(second).zip(largest) {
        *m = beta1 * *m + add1 * g;
        *v = beta2 * *v + add2 * (g * g);
        // What is no number stays none, which `max` would pass over.
        *w = if *v <= *w { *w } else { *v };
        *p = keep * *p - size * (*m / (w.sqrt() + epsilon));
    }
}
