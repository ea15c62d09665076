//! What a run answers when it is asked, which leaves it as it is.

use super::{Run, seen_rows};
use crate::data::clean::rows_of;
use crate::learn::inside::{Diagnosis, Seen, Time};
use crate::learn::{Answer, Place};
use crate::math::statistics::evenly;
use ndarray::{Array2, ArrayView2, Axis};

impl Run {
    /// What the learner answers for raw rows, row-major `[rows, answer().width()]`; numbers in the target's own units.
    pub fn predict(&self, raw: ArrayView2<f32>, out: &mut Vec<f32>) {
        self.say(&self.ready.pipeline.apply(raw), out);
        self.in_units(out);
    }

    /// The same of rows of the table, as exactly as their source gave them.
    pub fn predict_rows(&self, rows: &[usize], out: &mut Vec<f32>) {
        self.say(&self.prepared_rows(rows), out);
        self.in_units(out);
    }

    /// Predictions of rows of the table whose target is a number, in its own units and 64 bits.
    pub fn predict_numbers(&self, rows: &[usize]) -> Vec<f64> {
        let mut out = Vec::new();
        self.say(&self.prepared_rows(rows), &mut out);
        out.into_iter().map(|value| self.ready.target.invert(f64::from(value))).collect()
    }

    /// The raw row of a place that a learner names; none where there is no such row, or where features are not made of single columns.
    pub fn raw(&self, place: &Place) -> Option<Vec<f32>> {
        match place {
            Place::Row(row) => self.ready.parts.train.get(*row).map(|&row| self.ready.table.inputs.row(row).to_vec()),
            Place::Features(features) => self.ready.pipeline.undo(features).filter(|raw| raw.len() == self.ready.table.columns.len()),
        }
    }

    /// What the learner says of prepared rows.
    fn say(&self, features: &Array2<f32>, out: &mut Vec<f32>) {
        out.resize(features.nrows() * self.learner.answer().width(), 0.0);
        self.learner.predict(features.view(), out);
    }

    fn in_units(&self, out: &mut [f32]) {
        let target = self.ready.target;
        if self.learner.answer() == Answer::Value && !target.is_identity() {
            out.iter_mut().for_each(|value| *value = target.invert(f64::from(*value)) as f32);
        }
    }

    fn prepared_rows(&self, rows: &[usize]) -> Array2<f32> {
        self.ready.pipeline.prepare(&rows_of(&self.ready.table, rows))
    }

    /// What the first `most` units of every layer make of raw rows; see [`crate::learn::Layered::units`]. Nothing for learners without layers.
    pub fn units(&self, raw: ArrayView2<f32>, most: usize, out: &mut Vec<f32>) {
        match self.learner.layered() {
            Some(layered) => layered.units(self.ready.pipeline.apply(raw).view(), most, out),
            None => out.clear(),
        }
    }

    /// What one unit makes of raw rows; see [`crate::learn::Layered::unit`].
    pub fn unit(&self, raw: ArrayView2<f32>, layer: usize, unit: usize, out: &mut Vec<f32>) -> bool {
        self.learner.layered().is_some_and(|layered| layered.unit(self.ready.pipeline.apply(raw).view(), layer, unit, out))
    }

    /// What every layer makes of one row of the table; see [`crate::learn::Layered::inspect`]. Nothing where there is no such row, and for learners without layers.
    pub fn inspect(&self, row: usize, most: usize, close: Option<usize>) -> Vec<Seen> {
        let Some(layered) = self.learner.layered().filter(|_| row < self.ready.table.rows()) else { return Vec::new() };
        let features = self.prepared_rows(&[row]);
        layered.inspect(features.row(0), most, close)
    }

    /// The state of every layer, seen on at most `most` training rows, evenly spaced; see [`crate::learn::Layered::diagnose`].
    pub fn diagnose(&self, most: usize) -> Vec<Diagnosis> {
        let Some(layered) = self.learner.layered() else { return Vec::new() };
        let chosen = evenly(self.train.targets.len(), most);
        layered.diagnose(self.train.inputs.select(Axis(0), &chosen).view())
    }

    /// How long a layer takes; see [`crate::learn::Layered::profile`].
    pub fn profile(&self, layer: usize, now: &mut dyn FnMut() -> f64) -> Option<Time> {
        self.learner.layered()?.profile(seen_rows(self.seen.as_ref(), &self.train), layer, now)
    }

    /// The node in which each raw row ends; see [`crate::learn::Dividing::leaves`].
    pub fn leaves(&self, raw: ArrayView2<f32>, out: &mut Vec<u32>) {
        match self.learner.dividing() {
            Some(dividing) => dividing.leaves(self.ready.pipeline.apply(raw).view(), out),
            None => out.clear(),
        }
    }
}
