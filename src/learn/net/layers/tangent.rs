//! Tangent passes: how everything in a pass changes as the parameters θ move along a direction v, Rx = ∂x(θ + εv)/∂ε at ε = 0 (Pearlmutter 1994,
//! "Fast exact multiplication by the Hessian"). Forward they give R of the outputs, backward R of the gradient, which is H·v. A module that
//! states them beside its own passes can be trained by optimizers that use curvature; the others say `None` ([`Module::tangent`]).

use super::{Backward, Forward, Mode, Module};

/// What a tangent pass forward reads and writes; slices are `[units][lanes]`.
pub struct TangentForward<'a> {
    pub parameters: &'a [f32],
    /// v, this module's part.
    pub direction: &'a [f32],
    pub input: &'a [f32],
    /// R of the input; none for the first module, whose input does not move.
    pub r_input: Option<&'a [f32]>,
    /// As `forward` left them.
    pub output: &'a [f32],
    pub kept: &'a [f32],
    pub r_output: &'a mut [f32],
    /// `kept(lanes)` floats that the tangent pass backward gets back.
    pub r_kept: &'a mut [f32],
    pub lanes: usize,
    pub rows: usize,
    /// At least `scratch(lanes)` floats.
    pub scratch: &'a mut [f32],
}

/// What a tangent pass backward reads and writes; slices are `[units][lanes]`.
pub struct TangentBackward<'a> {
    pub parameters: &'a [f32],
    pub direction: &'a [f32],
    pub input: &'a [f32],
    pub r_input: Option<&'a [f32]>,
    pub output: &'a [f32],
    pub kept: &'a [f32],
    pub r_kept: &'a [f32],
    /// ∂L/∂output and R of it, zero in padding lanes; may be used up.
    pub d_output: &'a mut [f32],
    pub rd_output: &'a mut [f32],
    /// R of ∂L/∂parameters, overwritten: this module's part of H·v.
    pub rd_parameters: &'a mut [f32],
    /// ∂L/∂input and R of it, overwritten, zero in padding lanes; none for the first module, where nobody asks.
    pub d_input: Option<TangentDeltas<'a>>,
    pub lanes: usize,
    pub rows: usize,
    pub scratch: &'a mut [f32],
}

/// A gradient by activations and its R.
pub struct TangentDeltas<'a> {
    pub d: &'a mut [f32],
    pub rd: &'a mut [f32],
}

/// A module's tangent passes.
pub trait Tangent {
    /// Floats that the pass forward leaves for the one backward.
    fn kept(&self, _lanes: usize) -> usize {
        0
    }

    /// Floats that either pass needs for itself.
    fn scratch(&self, _lanes: usize) -> usize {
        0
    }

    /// R of the output.
    fn forward(&self, pass: TangentForward);

    /// R of the gradients.
    fn backward(&self, pass: TangentBackward);
}

/// Rf(x) = f(Rx) for a module without parameters that is linear in its input: its own passes, applied to tangents.
pub fn linear_forward(module: &dyn Module, pass: TangentForward) {
    let TangentForward { parameters, r_input, r_output, r_kept, lanes, rows, .. } = pass;
    match r_input {
        Some(input) => {
            module.forward(Forward { parameters, input, output: r_output, kept: r_kept, lanes, rows, mode: Mode::Predict { running: &[] } })
        }
        None => r_output.fill(0.0),
    }
}

/// The same backward: the gradient and its R go the same way.
pub fn linear_backward(module: &dyn Module, pass: TangentBackward) {
    let TangentBackward { parameters, input, output, kept, d_output, rd_output, d_input, lanes, rows, scratch, .. } = pass;
    let Some(TangentDeltas { d, rd }) = d_input else { return };
    for (d_output, d_input) in [(d_output, d), (rd_output, rd)] {
        module.backward(Backward {
            parameters,
            input,
            output,
            kept,
            d_output,
            d_parameters: &mut [],
            d_input: Some(d_input),
            lanes,
            rows,
            scratch: &mut *scratch,
        });
    }
}
