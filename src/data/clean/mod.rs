//! Cleaning: what is done about rows that are wrong, one step after the other, after the split. Whatever has to be learned (a mean to fill in, a bound)
//! is learned from the training rows alone. Values are mended in the units in which they came,
//! and in 64 bits: what is filled into a column of one value must be that value.

mod neighbours;

use super::Table;
use super::split::Parts;
use crate::config::Message;
use crate::{message, registry};
use ndarray::{Array2, Axis};
use std::collections::BTreeSet;
use std::fmt::Debug;
use std::sync::Arc;

/// A step of cleaning as it is set.
pub trait Clean {
    /// Rows to leave out, ascending. Says what it needs where it makes no sense, to be read after its name.
    fn drops(&self, _table: &Table, _parts: &Parts) -> Result<Vec<usize>, Message> {
        Ok(Vec::new())
    }

    /// What is to be done to the inputs of any row, learned from training rows.
    fn mends(&self, _training: &Table) -> Result<Option<Arc<dyn Mend>>, Message> {
        Ok(None)
    }
}

/// Something learned that mends one row of inputs. Mending twice is mending once.
pub trait Mend: Debug + Send + Sync {
    fn mend(&self, row: &mut [f64]);
}

registry! {
    /// Cleaning step | 清洗步骤
    ///
    /// What is done about rows that are wrong. | 如何处理有问题的行。
    pub enum Cleaning: Clean = drop_duplicates {
        drop_duplicates::DropDuplicates,
        drop_missing::DropMissing,
        impute::Impute,
        outliers::Outliers,
        labels::Labels,
    }
}

/// What a step did.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, schemars::JsonSchema)]
#[schemars(rename = "Cleaned")]
pub struct Done {
    /// Rows that it left out.
    pub dropped: usize,
    /// Rows that it changed.
    pub changed: usize,
    /// Values that it changed.
    pub values: usize,
}

/// Does one step to `table` and `parts`; returns what it did and what is to be done to rows that come later.
pub fn clean(step: &dyn Clean, table: &mut Table, parts: &mut Parts) -> Result<(Done, Option<Arc<dyn Mend>>), Message> {
    let dropped = step.drops(table, parts)?;
    if dropped.len() == table.rows() || parts.train.iter().all(|row| dropped.binary_search(row).is_ok()) {
        return Err(message!("leaves no training sample", "会使训练样本一个不剩"));
    }
    drop_rows(table, parts, &dropped);
    let mut done = Done { dropped: dropped.len(), ..Done::default() };
    let mend = step.mends(&rows_of(table, &parts.train))?;
    if let Some(mend) = &mend {
        let (mut before, mut after) = (Vec::new(), Vec::new());
        for row in 0..table.rows() {
            before.clear();
            before.extend((0..table.columns.len()).map(|column| table.value(row, column)));
            after.clone_from(&before);
            mend.mend(&mut after);
            let mut values = 0;
            for column in (0..before.len()).filter(|&column| after[column].to_bits() != before[column].to_bits()) {
                table.put(row, column, after[column]);
                values += 1;
            }
            done.values += values;
            done.changed += usize::from(values > 0);
        }
    }
    Ok((done, mend))
}

/// The table without the rows that are in no part.
pub fn keep_parts(table: &mut Arc<Table>, parts: &mut Parts) {
    let mut used = vec![false; table.rows()];
    [&parts.train, &parts.validation, &parts.test].into_iter().flatten().for_each(|&row| used[row] = true);
    let unused: Vec<usize> = (0..table.rows()).filter(|&row| !used[row]).collect();
    if !unused.is_empty() {
        drop_rows(Arc::make_mut(table), parts, &unused);
    }
}

/// The table without these rows (ascending); the parts keep theirs under their new numbers.
fn drop_rows(table: &mut Table, parts: &mut Parts, dropped: &[usize]) {
    if dropped.is_empty() {
        return;
    }
    let kept: Vec<usize> = (0..table.rows()).filter(|row| dropped.binary_search(row).is_err()).collect();
    *table = rows_of(table, &kept);
    for part in [&mut parts.train, &mut parts.validation, &mut parts.test] {
        part.retain(|row| dropped.binary_search(row).is_err());
        part.iter_mut().for_each(|row| *row -= dropped.partition_point(|dropped| dropped < row));
    }
}

/// Some of the rows.
pub fn rows_of(table: &Table, rows: &[usize]) -> Table {
    Table {
        inputs: table.inputs.select(Axis(0), rows),
        targets: rows.iter().map(|&row| table.targets[row]).collect(),
        rests: table.rests.select(rows),
        numbers: rows.iter().map(|&row| table.numbers[row]).collect(),
        groups: table.groups.as_ref().map(|groups| rows.iter().map(|&row| groups[row]).collect()),
        weights: table.weights.as_ref().map(|weights| rows.iter().map(|&row| weights[row]).collect()),
        ..table.without_rows()
    }
}

/// Columns with values missing and how many, in `table`.
pub fn gaps(table: &Table) -> Vec<(usize, usize)> {
    let missing = |inputs: &Array2<f32>, at: usize| inputs.column(at).iter().filter(|value| value.is_nan()).count();
    (0..table.columns.len()).map(|at| (at, missing(&table.inputs, at))).filter(|(_, count)| *count > 0).collect()
}

/// The numbers that a column has, in 64 bits, without those that are missing.
fn present(table: &Table, column: usize) -> Vec<f64> {
    let mut values = table.values(column);
    values.retain(|value| !value.is_nan());
    values
}

/// How many classes have rows; none for numbers.
pub fn classes_present(table: &Table) -> Option<usize> {
    let classes = || table.targets.iter().map(|&target| target as usize).collect::<BTreeSet<_>>().len();
    table.task.is_classification().then(classes)
}
