//! What a run answers when it is asked, which leaves it as it is.

use super::judge::in_units;
use super::{Run, seen_rows};
use crate::learn::inside::{Diagnosis, Seen, Time};
use crate::math::statistics::evenly;
use ndarray::{ArrayView2, Axis, s};

impl Run {
    /// Class probabilities or values of raw rows, row-major `[rows, outputs]`.
    pub fn predict(&self, raw: ArrayView2<f32>, out: &mut Vec<f32>) {
        let features = self.ready.pipeline.apply(raw);
        out.resize(raw.nrows() * self.ready.table.task.outputs(), 0.0);
        self.learner.predict(features.view(), out);
        in_units(self.ready.target, out);
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
        let features = self.ready.pipeline.apply(self.ready.table.inputs.slice(s![row..=row, ..]));
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
