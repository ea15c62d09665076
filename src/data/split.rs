//! Which rows train, which choose between models, which judge the last one.

use super::{Table, Task};
use crate::math::random;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Split | 划分
///
/// Which rows train, which choose, which judge. The rest trains. | 哪些行用于训练、选择与评判，其余用于训练。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Split {
    /// Validation share | 验证集比例
    ///
    /// Rows that choose: early stopping and schedules watch them. | 用于选择的行：早停与学习率计划参考它们。
    #[schemars(range(min = 0.0, max = 0.4))]
    pub validation: f64,
    /// Test share | 测试集比例
    ///
    /// Rows that judge, once, at the end. | 只在最后评判一次的行。
    #[schemars(range(min = 0.0, max = 0.4))]
    pub test: f64,
    /// Stratify | 分层
    ///
    /// Every part gets each class in the same proportion. | 各部分保持相同的类别比例。
    pub stratify: bool,
}

impl Default for Split {
    fn default() -> Self {
        Split { validation: 0.15, test: 0.15, stratify: true }
    }
}

/// Row numbers of each part, ascending; together all rows, none twice.
#[derive(Clone, Debug, PartialEq)]
pub struct Parts {
    pub train: Vec<usize>,
    pub validation: Vec<usize>,
    pub test: Vec<usize>,
}

impl Split {
    /// Draws the parts from the stream `split`. Totals are the shares of all rows, rounded; with stratification each class is within a row
    /// of its share.
    pub fn split(&self, table: &Table, seed: u32) -> Parts {
        let mut stream = random::stream(seed, "split");
        let mut order: Vec<usize> = (0..table.rows()).collect();
        random::shuffle(&mut stream, &mut order);
        if self.stratify
            && let Task::Classification(classes) = &table.task
        {
            order = interleaved(&order, &table.targets, classes.len());
        }
        let count = |share: f64| (share * table.rows() as f64).round() as usize;
        let (validation, test) = (count(self.validation), count(self.test));
        // The parts are taken as evenly spaced picks of an order in which classes are evenly spread.
        let mut parts = Parts { train: Vec::new(), validation: Vec::new(), test: Vec::new() };
        let rows = order.len().max(1);
        let crosses = |at: usize, count: usize| (at + 1) * count / rows > at * count / rows;
        for (at, &row) in order.iter().enumerate() {
            let held = validation + test;
            if crosses(at, held) {
                let nth = at * held / rows;
                let to_test = held > 0 && (nth + 1) * test / held > nth * test / held;
                if to_test { parts.test.push(row) } else { parts.validation.push(row) }
            } else {
                parts.train.push(row);
            }
        }
        for part in [&mut parts.train, &mut parts.validation, &mut parts.test] {
            part.sort_unstable();
        }
        parts
    }
}

/// The same rows class after class, each class in its shuffled order.
fn interleaved(order: &[usize], targets: &[f32], classes: usize) -> Vec<usize> {
    (0..classes).flat_map(|class| order.iter().copied().filter(move |&row| targets[row] as usize == class)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn parts_are_disjoint_cover_all_and_keep_the_shares(
            labels in proptest::collection::vec(0_usize..3, 20..400),
            validation in 0.0..0.4_f64,
            test in 0.0..0.4_f64,
            seed in 0_u32..1000,
        ) {
            let points = vec![[0.0, 0.0]; labels.len()];
            let table = Table::plane(points, labels.clone(), 3);
            let parts = Split { validation, test, stratify: true }.split(&table, seed);
            let mut all: Vec<usize> = [&parts.train[..], &parts.validation, &parts.test].concat();
            all.sort_unstable();
            prop_assert_eq!(all, (0..labels.len()).collect::<Vec<_>>());
            prop_assert_eq!(parts.validation.len(), (validation * labels.len() as f64).round() as usize);
            prop_assert_eq!(parts.test.len(), (test * labels.len() as f64).round() as usize);
            for class in 0..3 {
                let of = |rows: &[usize]| rows.iter().filter(|&&row| labels[row] == class).count() as f64;
                let size = labels.iter().filter(|&&label| label == class).count() as f64;
                prop_assert!((of(&parts.validation) - validation * size).abs() <= 2.0);
                prop_assert!((of(&parts.test) - test * size).abs() <= 2.0);
            }
        }
    }
}
