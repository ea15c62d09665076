//! A series of the history, and how it moves.

use crate::train::Run;

/// A column of the history with what it is over.
pub(super) struct Curve<'a> {
    pub updates: &'a [f64],
    pub values: &'a [f64],
}

impl<'a> Curve<'a> {
    pub fn of(run: &'a Run, name: &str) -> Option<Self> {
        let series = run.history().series();
        let find = |name: &str| series.iter().find(|series| series.name == name).map(|series| &series.last[..]);
        Some(Curve { updates: find("update")?, values: find(name)? })
    }

    pub fn last(&self) -> f64 {
        self.values.last().copied().unwrap_or(f64::NAN)
    }

    /// Row of the lowest value.
    pub fn lowest(&self) -> usize {
        (0..self.values.len())
            .filter(|&row| self.values[row].is_finite())
            .min_by(|&a, &b| self.values[a].total_cmp(&self.values[b]))
            .unwrap_or(0)
    }

    /// Mean of the values of some rows: one evaluation is noise.
    pub fn mean(&self, rows: std::ops::Range<usize>) -> f64 {
        let count = rows.len().max(1) as f64;
        self.values[rows].iter().sum::<f64>() / count
    }

    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// By what share of itself it fell from one stretch of a tenth to the last one; `from` is a share of the rows.
    pub fn fell(&self, from: f64) -> f64 {
        let (rows, tenth) = (self.len(), (self.len() / 10).max(1));
        let start = ((rows as f64 * from) as usize).min(rows - tenth);
        let (before, after) = (self.mean(start..start + tenth), self.mean(rows - tenth..rows));
        (before - after) / before.abs().max(1e-12)
    }

    /// Share of steps over the last half that went down.
    pub fn steadily(&self) -> f64 {
        let half = &self.values[self.len() / 2..];
        let down = half.windows(2).filter(|pair| pair[1] < pair[0]).count();
        down as f64 / half.len().saturating_sub(1).max(1) as f64
    }
}
