//! What checks ask of a network and training does not: its gradient and its Hessian's products at the present weights, alone. Nothing in the crate calls this.
//! It is here and not in the tests because it needs the stream of noise and the running statistics as they are, which nobody outside sees; it is hidden
//! from the documentation, and the linker leaves it out of what is shipped.

use super::layers::Mode;
use super::loss::{Batch, mixed, over};
use super::network::Network;
use super::objective::{Ended, Function, Moved, Passes, Space};
use super::optimizer::search::Objective;
use crate::learn::Rows;
use crate::math::elementary::padded;
use crate::math::matrix;

impl Network {
    /// The gradient of the mean loss on `rows` (without penalties) at the present weights, and that loss: for gradient checks. What is random
    /// is as it will be in the next update.
    #[doc(hidden)]
    pub fn gradient(&mut self, rows: Rows) -> (f64, Vec<f32>) {
        let lanes = padded(rows.targets.len());
        let (mut buffers, mut gradients) = (self.stack.buffers(lanes), self.stack.gradients(lanes));
        buffers.rows = rows.targets.len();
        let standard = rows.inputs.as_standard_layout();
        let order: Vec<u32> = (0..rows.targets.len() as u32).collect();
        matrix::gather(standard.as_slice().expect("standard layout"), self.inputs, &order, &mut buffers.activations[0], lanes);
        let (mut running, mut noise) = (self.state.running.clone(), self.state.noise.clone());
        self.stack.forward(&self.state.parameters, &mut buffers, Mode::Train { running: &mut running, noise: &mut noise });
        let raw = buffers.activations.last().expect("an output");
        let batch = Batch { raw, targets: rows.targets, lanes, task: &self.task, weights: rows.weighing(&self.class_weights) };
        let delta = gradients.deltas.last_mut().expect("an output");
        let loss = match rows.mixed {
            Some(mixed) => {
                let mut spare = vec![0.0; delta.len()];
                mixed::gradient(self.loss(), batch, mixed, delta, &mut spare);
                over(mixed::total(self.loss(), batch, mixed), mixed::weight_sum(batch, mixed))
            }
            None => {
                self.loss().gradient(batch, delta);
                over(self.loss().total(batch), batch.weight_sum())
            }
        };
        let mut gradient = vec![0.0; self.state.parameters.len()];
        self.stack.backward(&self.state.parameters, &buffers, &mut gradients, &mut gradient);
        (loss, gradient)
    }

    /// The Hessian of the mean loss on `rows` (without penalties) at the present weights, times `direction`: for checks against differences.
    /// None where a layer has no second derivative.
    #[doc(hidden)]
    pub fn hessian_product(&mut self, rows: Rows, direction: &[f32]) -> Option<Vec<f32>> {
        if self.stack.without_tangent().is_some() {
            return None;
        }
        let lanes = padded(rows.targets.len());
        let (mut buffers, mut gradients, mut tangents) =
            (self.stack.buffers(lanes), self.stack.gradients(lanes), self.stack.tangents(lanes));
        buffers.rows = rows.targets.len();
        let standard = rows.inputs.as_standard_layout();
        let order: Vec<u32> = (0..rows.targets.len() as u32).collect();
        matrix::gather(standard.as_slice().expect("standard layout"), self.inputs, &order, &mut buffers.activations[0], lanes);
        let function = Function {
            stack: &self.stack,
            loss: self.settings.loss.part(),
            task: &self.task,
            blocks: self.trainer.blocks(),
            l1: 0.0,
            l2: 0.0,
            targets: rows.targets,
            weights: rows.weighing(&self.class_weights),
        };
        let (mut running, mut spare, mut noise) = (self.state.running.clone(), self.state.running.clone(), self.state.noise.clone());
        let (mut ended, mut gradient, mut product) = (Ended::new(direction.len()), vec![0.0; direction.len()], vec![0.0; direction.len()]);
        let space = Space { buffers: &mut buffers, gradients: &mut gradients, tangents: Some(&mut tangents), few: None };
        let moved = Moved { running: &mut running, spare: &mut spare, noise: &mut noise };
        let mut passes = Passes::new(function, space, moved, &mut ended, &mut gradient);
        passes.curvature(&self.state.parameters, direction, &mut product);
        Some(product)
    }
}
