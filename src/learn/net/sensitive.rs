//! How a network's loss changes with its inputs: what attacks follow, and what saliency shows.

use super::layers::Mode;
use super::loss::Batch;
use super::network::{CHUNK, Network};
use crate::learn::{Rows, Sensitive, Weighing};
use crate::math::elementary::padded;
use crate::math::matrix;

impl Sensitive for Network {
    fn input_gradients(&self, rows: Rows, out: &mut [f32]) {
        let mut unused = vec![0.0; self.stack.parameters()];
        let standard = rows.inputs.as_standard_layout();
        let (flat, running) = (standard.as_slice().expect("standard layout"), &self.state.running[..]);
        for (at, targets) in rows.targets.chunks(CHUNK).enumerate() {
            let start = at * CHUNK;
            let lanes = padded(targets.len());
            let (mut buffers, mut gradients) = (self.stack.buffers(lanes), self.stack.gradients_to_inputs(lanes));
            let order: Vec<u32> = (start..start + targets.len()).map(|row| row as u32).collect();
            matrix::gather(flat, self.inputs, &order, &mut buffers.activations[0], lanes);
            buffers.rows = targets.len();
            self.stack.forward(self.answering(), &mut buffers, Mode::Explain { running });
            let raw = buffers.activations.last().expect("an output");
            let batch = Batch { raw, targets, lanes, task: &self.task, weights: Weighing::default() };
            let delta = gradients.deltas.last_mut().expect("an output");
            // That of the mean is a row's share of its own.
            self.loss().gradient(batch, delta);
            let whole = targets.len() as f32;
            self.stack.backward(self.answering(), &buffers, &mut gradients, &mut unused);
            for (lane, to) in out[start * self.inputs..].chunks_exact_mut(self.inputs).take(targets.len()).enumerate() {
                to.iter_mut().enumerate().for_each(|(feature, to)| *to = gradients.deltas[0][feature * lanes + lane] * whole);
            }
        }
    }
}
