//! History that stays bounded over a million evaluations: when it is full, neighbours are merged in pairs, keeping each series' minimum and
//! maximum, so that no spike is ever thinned away.

use crate::metric::Watch;

/// One series: what was measured, and the extremes of what each row stands for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Series {
    pub name: String,
    pub last: Vec<f64>,
    pub min: Vec<f64>,
    pub max: Vec<f64>,
}

/// Rows of evaluations, oldest first.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    capacity: usize,
    /// Evaluations that a finished row stands for: a power of two.
    stride: u64,
    /// Evaluations that the unfinished last row stands for; 0 when there is none.
    open: u64,
    /// Counts thinnings: rows sent before one are no longer the same.
    generation: u64,
    series: Vec<Series>,
}

impl History {
    /// An empty history of at most `capacity` (even) rows.
    pub fn new(capacity: usize, names: Vec<String>) -> Self {
        assert!(capacity >= 4 && capacity.is_multiple_of(2));
        let series = names.into_iter().map(|name| Series { name, ..Series::default() }).collect();
        History { capacity, stride: 1, open: 0, generation: 0, series }
    }

    /// Adds an evaluation: one value a series, NaN where there is none.
    pub fn push(&mut self, values: &[f64]) {
        assert_eq!(values.len(), self.series.len());
        for (series, &value) in self.series.iter_mut().zip(values) {
            if self.open == 0 {
                series.last.push(value);
                series.min.push(value);
                series.max.push(value);
            } else {
                let at = series.last.len() - 1;
                series.last[at] = value;
                series.min[at] = series.min[at].min(value);
                series.max[at] = series.max[at].max(value);
            }
        }
        self.open = (self.open + 1) % self.stride;
        if self.open == 0 && self.rows() == self.capacity {
            self.thin();
        }
    }

    fn thin(&mut self) {
        for series in &mut self.series {
            for at in 0..self.capacity / 2 {
                series.last[at] = series.last[2 * at + 1];
                series.min[at] = series.min[2 * at].min(series.min[2 * at + 1]);
                series.max[at] = series.max[2 * at].max(series.max[2 * at + 1]);
            }
            for column in [&mut series.last, &mut series.min, &mut series.max] {
                column.truncate(self.capacity / 2);
            }
        }
        self.stride *= 2;
        self.generation += 1;
    }

    /// The rows until `update` (the first series), to go on from there.
    pub fn until(&self, update: f64) -> Self {
        let mut history = self.clone();
        let rows = self.series[0].last.partition_point(|&at| at <= update);
        for series in &mut history.series {
            for column in [&mut series.last, &mut series.min, &mut series.max] {
                column.truncate(rows);
            }
        }
        if rows < self.rows() {
            history.open = 0;
            history.generation += 1;
        }
        history
    }

    /// This history in the place of `other`, of whose rows the last were taken back: a reader begins anew.
    pub fn instead_of(self, other: &History) -> Self {
        History { generation: other.generation + 1, ..self }
    }

    /// The series of this name.
    pub fn named(&self, name: &str) -> Option<&Series> {
        self.series.iter().find(|series| series.name == name)
    }

    /// What a rule watches: of the validation rows, where there are some; or the learner's own.
    pub fn watched(&self, watch: Watch) -> Option<&Series> {
        let name = watch.name();
        ["validation", "train"].into_iter().find_map(|part| self.named(&format!("{part}.{name}"))).or_else(|| self.named(name))
    }

    /// Evaluations that a row stands for.
    pub fn evaluations(&self, row: usize) -> u64 {
        if row + 1 == self.rows() && self.open > 0 { self.open } else { self.stride }
    }

    /// Number of rows, the unfinished one included.
    pub fn rows(&self) -> usize {
        self.series.first().map_or(0, |series| series.last.len())
    }

    /// Every series.
    pub fn series(&self) -> &[Series] {
        &self.series
    }

    /// Where a reader that has seen everything stands: pass it to [`History::since`] next time.
    pub fn version(&self) -> u64 {
        // The unfinished row is sent again, because it still changes.
        let finished = self.rows() - usize::from(self.open > 0);
        self.generation * (self.capacity as u64 + 1) + finished as u64
    }

    /// (first row that is new to a reader at `version`, whether earlier rows changed and all must be replaced).
    pub fn since(&self, version: u64) -> (usize, bool) {
        let span = self.capacity as u64 + 1;
        if version / span == self.generation && version <= self.version() { ((version % span) as usize, version == 0) } else { (0, true) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stays_bounded_and_keeps_every_spike() {
        let mut history = History::new(64, vec!["update".into(), "loss".into()]);
        for update in 0..1_000_000_u64 {
            let loss = if update == 123_456 { 99.0 } else { 1.0 };
            history.push(&[update as f64, loss]);
            assert!(history.rows() <= 64);
        }
        let loss = &history.series()[1];
        assert_eq!(loss.max.iter().copied().fold(0.0, f64::max), 99.0);
        assert_eq!(loss.min.iter().copied().fold(f64::INFINITY, f64::min), 1.0);
        assert_eq!(*history.series()[0].last.last().unwrap(), 999_999.0);
        assert_eq!(history.series()[0].min[0], 0.0);
    }

    #[test]
    fn a_reader_of_differences_ends_with_the_same_rows() {
        let mut history = History::new(16, vec!["update".into()]);
        let (mut seen, mut version) = (Vec::new(), 0);
        for update in 0..500 {
            history.push(&[f64::from(update)]);
            if update % 3 == 0 {
                let (from, reset) = history.since(version);
                if reset {
                    seen.clear();
                }
                seen.truncate(from);
                seen.extend_from_slice(&history.series()[0].last[from..]);
                version = history.version();
                assert_eq!(seen, history.series()[0].last);
            }
        }
    }
}
