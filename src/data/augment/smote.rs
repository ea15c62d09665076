//! Synthetic rows of the rarer classes, x + u (x′ − x) for a row x, one x′ of its `k_neighbors` nearest of the same class and u ~ U(0, 1), until all
//! classes are as large as the largest (Chawla et al. 2002, imbalanced-learn's `SMOTE`). Drawn anew each epoch. Where rows have weights, a new one has that of x.

use super::{Augment, Drawn, Subject, suits};
use crate::config::Message;
use crate::data::Task;
use crate::math::kdtree::{KdTree, Nearest, Stretch};
use crate::math::random::{self, Stream};
use crate::message;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// SMOTE | SMOTE 过采样
///
/// Adds synthetic samples of the rarer classes, each between two real neighbours, until every class has as many. | 为少数类别补充合成样本，每个位于两个真实近邻之间，直到各类别样本数相同。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "table", "x-term" = "smote"))]
pub struct Smote {
    /// Neighbours | 近邻数
    ///
    /// Among how many nearest samples of the same class the second end is drawn. | 从同类别的多少个近邻样本中抽取另一端。
    #[schemars(range(min = 1, max = 50), extend("x-term" = "smote"))]
    pub k_neighbors: usize,
}

impl Default for Smote {
    fn default() -> Self {
        Smote { k_neighbors: 5 }
    }
}

/// The rows of a class and what is known of their neighbours. They are the same in every epoch, unless something moves rows before.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    rows: Vec<f32>,
    /// The same, to be searched.
    tree: Option<KdTree>,
    /// As many of each row as are asked for, once the row was drawn.
    neighbours: Vec<Vec<u32>>,
}

impl Known {
    /// Takes over the rows of a class; forgets what was known if they are others.
    fn meet(&mut self, rows: &[f32], count: usize, units: usize) {
        if self.rows != rows {
            self.tree = Some(KdTree::new(rows, units, (0..count as u32).collect()));
            self.rows.clear();
            self.rows.extend_from_slice(rows);
            self.neighbours.clear();
            self.neighbours.resize(count, Vec::new());
        }
    }
}

impl Smote {
    /// How many rows a class of `rows` is to get where the largest has `most`; none where it has too few for neighbours.
    fn missing(&self, rows: usize, most: usize) -> usize {
        if rows > self.k_neighbors { most - rows } else { 0 }
    }
}

impl Augment for Smote {
    fn suits(&self, subject: &Subject) -> Result<(), Message> {
        suits::classes(subject)?;
        suits::numbers(subject)?;
        let Task::Classification(names) = subject.task else { return Ok(()) };
        // A class without any training row is nothing that could be made.
        match subject.class_rows.iter().zip(names).find(|(rows, _)| **rows > 0 && **rows <= self.k_neighbors) {
            Some((rows, class)) => {
                let (k, least) = (self.k_neighbors, self.k_neighbors + 1);
                Err(message!(
                    "with {k} neighbours needs at least {least} training samples of every class, and {class:?} has {rows}: ask for fewer neighbours",
                    "使用 {k} 个近邻时，每个类别至少需要 {least} 个训练样本，而 {class:?} 只有 {rows} 个：请减少近邻数"
                ))
            }
            None => Ok(()),
        }
    }

    fn takes_mixed(&self) -> bool {
        false
    }

    fn grow(&self, class_rows: &mut [usize]) {
        let most = class_rows.iter().copied().max().unwrap_or(0);
        class_rows.iter_mut().for_each(|rows| *rows += self.missing(*rows, most));
    }

    fn apply(&self, stream: &mut Stream, rows: &mut Drawn) {
        let (units, k) = (rows.shape.units(), self.k_neighbors);
        let mut counts = vec![0; rows.classes];
        rows.targets.iter().for_each(|&target| counts[target as usize] += 1);
        let most = counts.iter().copied().max().unwrap_or(0);
        let mut known = std::mem::take(&mut rows.neighbours);
        known.resize(rows.classes, Known::default());
        let (mut own, mut nearest, mut weights) = (Vec::new(), Nearest::default(), Vec::new());
        for ((class, &count), known) in counts.iter().enumerate().zip(&mut known) {
            let missing = self.missing(count, most);
            if missing == 0 {
                continue;
            }
            own.clear();
            let of_class = rows.inputs.chunks_exact(units).zip(&rows.targets).filter(|(_, target)| **target as usize == class);
            of_class.for_each(|(row, _)| own.extend_from_slice(row));
            known.meet(&own, count, units);
            weights.clear();
            weights
                .extend(rows.weights.iter().zip(&rows.targets).filter(|(_, target)| **target as usize == class).map(|(weight, _)| *weight));
            rows.inputs.reserve(missing * units);
            for _ in 0..missing {
                let drawn = random::below(stream, count * k);
                let (base, step) = (drawn / k, random::uniform(stream, 0.0, 1.0));
                if known.neighbours[base].is_empty() {
                    nearest.clear(k);
                    if let Some(tree) = &known.tree {
                        tree.search(&own[base * units..][..units], Stretch::NONE, Some(base as u32), &mut nearest);
                    }
                    known.neighbours[base].extend(nearest.found().iter().map(|(_, other)| *other));
                }
                let other = known.neighbours[base][drawn % k] as usize;
                let ends = own[base * units..][..units].iter().zip(&own[other * units..][..units]);
                rows.inputs.extend(ends.map(|(from, to)| from + step * (to - from)));
                rows.targets.push(class as f32);
                rows.weights.extend(weights.get(base));
            }
        }
        rows.neighbours = known;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::augment::tests::flat;

    fn uneven() -> Drawn {
        let mut rows = flat(130, 3, |row, column| ((row * 7 + column * 3) as f32 * 0.37).sin());
        rows.classes = 4;
        // 90, 30 and 10 rows, and a class without any.
        rows.targets = (0..130)
            .map(|row| {
                if row < 90 {
                    0.0
                } else if row < 120 {
                    1.0
                } else {
                    3.0
                }
            })
            .collect();
        rows
    }

    #[test]
    fn classes_become_even_and_the_rows_before_stay() {
        let before = uneven();
        let mut rows = before.clone();
        Smote::default().apply(&mut random::stream(1, "augment"), &mut rows);
        let mut counts = [90, 30, 0, 10];
        Smote::default().grow(&mut counts);
        assert_eq!(counts, [90, 90, 0, 90]);
        for (class, count) in counts.into_iter().enumerate() {
            assert_eq!(rows.targets.iter().filter(|&&target| target == class as f32).count(), count);
        }
        assert_eq!(rows.inputs[..390], before.inputs[..]);
        assert_eq!(rows.targets[..130], before.targets[..]);
    }

    #[test]
    fn every_new_row_lies_between_a_row_and_one_of_its_neighbours() {
        let before = uneven();
        let mut rows = before.clone();
        Smote { k_neighbors: 3 }.apply(&mut random::stream(1, "augment"), &mut rows);
        let mut nearest = Nearest::default();
        for (row, target) in rows.inputs.chunks(3).zip(&rows.targets).skip(130) {
            let own: Vec<f32> = before
                .inputs
                .chunks(3)
                .zip(&before.targets)
                .filter(|(_, other)| *other == target)
                .flat_map(|(row, _)| row.to_vec())
                .collect();
            let between = (0..own.len() / 3).any(|base| {
                nearest.clear(3);
                let tree = KdTree::new(&own, 3, (0..own.len() as u32 / 3).collect());
                tree.search(&own[3 * base..][..3], Stretch::NONE, Some(base as u32), &mut nearest);
                nearest.found().iter().any(|&(_, other)| {
                    let (a, b) = (&own[3 * base..][..3], &own[3 * other as usize..][..3]);
                    let step = (row[0] - a[0]) / (b[0] - a[0]);
                    (-1e-4..=1.0001).contains(&step) && (0..3).all(|at| (a[at] + step * (b[at] - a[at]) - row[at]).abs() < 1e-3)
                })
            });
            assert!(between, "{row:?} of class {target}");
        }
    }

    #[test]
    fn what_is_known_of_other_rows_is_forgotten() {
        let (smote, before) = (Smote::default(), uneven());
        let moved = Drawn { inputs: before.inputs.iter().map(|value| (value * 9.0).cos()).collect(), ..before.clone() };
        let apply = |rows: &mut Drawn| smote.apply(&mut random::stream(2, "augment"), rows);
        let mut fresh = moved.clone();
        apply(&mut fresh);
        let mut used = before.clone();
        apply(&mut used);
        let first = used.inputs.clone();
        used.reset(&moved.view().to_owned(), &moved.targets, None);
        apply(&mut used);
        assert_eq!(used.inputs, fresh.inputs);
        used.reset(&before.view().to_owned(), &before.targets, None);
        apply(&mut used);
        assert_eq!(used.inputs, first);
    }

    #[test]
    fn classes_with_too_few_rows_are_left_alone() {
        let mut rows = uneven();
        Smote { k_neighbors: 10 }.apply(&mut random::stream(1, "augment"), &mut rows);
        assert_eq!(rows.targets.iter().filter(|&&target| target == 3.0).count(), 10);
        let mut counts = [90, 30, 0, 10];
        Smote { k_neighbors: 10 }.grow(&mut counts);
        assert_eq!(counts, [90, 90, 0, 10]);
    }
}
