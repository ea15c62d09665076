//! What a run answers when it is asked, which leaves it as it is.

use super::{Run, seen_rows};
use crate::data::clean::rows_of;
use crate::learn::inside::{Diagnosis, Seen, Time};
use crate::math::statistics::evenly;
use ndarray::{Array2, ArrayView2, Axis};

impl Run {
    /// Class probabilities or values of raw rows, row-major `[rows, outputs]`.
    pub fn predict(&self, raw: ArrayView2<f32>, out: &mut Vec<f32>) {
        self.answer(&self.ready.pipeline.apply(raw), out);
        self.in_units(out);
    }

    /// The same of rows of the table, as exactly as their source gave them.
    pub fn predict_rows(&self, rows: &[usize], out: &mut Vec<f32>) {
        self.answer(&self.prepared_rows(rows), out);
        self.in_units(out);
    }

    /// Predictions of rows of the table whose target is a number, in its own units and 64 bits.
    pub fn predict_numbers(&self, rows: &[usize]) -> Vec<f64> {
        let mut out = Vec::new();
        self.answer(&self.prepared_rows(rows), &mut out);
        out.into_iter().map(|value| self.ready.target.invert(f64::from(value))).collect()
    }

    /// What the learner says of prepared rows.
    fn answer(&self, features: &Array2<f32>, out: &mut Vec<f32>) {
        out.resize(features.nrows() * self.ready.table.task.outputs(), 0.0);
        self.learner.predict(features.view(), out);
    }

    fn in_units(&self, out: &mut [f32]) {
        let target = self.ready.target;
        if !target.is_identity() {
            out.iter_mut().for_each(|value| *value = target.invert(f64::from(*value)) as f32);
        }
    }

    fn prepared_rows(&self, rows: &[usize]) -> Array2<f32> {
        self.ready.pipeline.prepare(&rows_of(&self.ready.table, rows))
    }

    /// What the first `most` units of every layer make of raw rows; see [`Learner::units`].
    pub fn units(&self, raw: ArrayView2<f32>, most: usize, out: &mut Vec<f32>) {
        self.learner.units(self.ready.pipeline.apply(raw).view(), most, out);
    }

    /// What one unit makes of raw rows; see [`Learner::unit`].
    pub fn unit(&self, raw: ArrayView2<f32>, layer: usize, unit: usize, out: &mut Vec<f32>) -> bool {
        self.learner.unit(self.ready.pipeline.apply(raw).view(), layer, unit, out)
    }

    /// What every layer makes of one row of the table; see [`Learner::inspect`]. Nothing where there is no such row.
    pub fn inspect(&self, row: usize, most: usize, close: Option<usize>) -> Vec<Seen> {
        if row >= self.ready.table.rows() {
            return Vec::new();
        }
        let features = self.prepared_rows(&[row]);
        self.learner.inspect(features.row(0), most, close)
    }

    /// The state of every layer, seen on at most `most` training rows, evenly spaced; see [`Learner::diagnose`].
    pub fn diagnose(&self, most: usize) -> Vec<Diagnosis> {
        let chosen = evenly(self.train.targets.len(), most);
        self.learner.diagnose(self.train.inputs.select(Axis(0), &chosen).view())
    }

    /// How long a layer takes; see [`Learner::profile`].
    pub fn profile(&self, layer: usize, now: &mut dyn FnMut() -> f64) -> Option<Time> {
        self.learner.profile(seen_rows(self.seen.as_ref(), &self.train), layer, now)
    }

    /// The node in which each raw row ends; see [`Learner::leaves`].
    pub fn leaves(&self, raw: ArrayView2<f32>, out: &mut Vec<u32>) {
        self.learner.leaves(self.ready.pipeline.apply(raw).view(), out);
    }
}
