//! Steps: what is done to all features between their making and their scaling, one after the other. A step learns from the training rows alone;
//! it is not given others.

use super::columns::Columns;
use crate::config::Message;
use crate::data::Task;
use crate::registry;
use std::fmt::Debug;
use std::sync::Arc;

/// Training rows as a step meets them.
pub struct Training<'a> {
    pub columns: &'a Columns,
    /// A class's number or a value for each row.
    pub targets: &'a [f32],
    pub task: &'a Task,
}

/// A step as it is set.
pub trait Transform {
    /// What it has learned, or what it needs and does not find, to be read after its name.
    fn fit(&self, training: &Training) -> Result<Arc<dyn Fitted>, Message>;

    /// True where each number stays in its place, so that an image stays an image.
    fn keeps_places(&self) -> bool {
        false
    }
}

/// A step with what it has learned.
pub trait Fitted: Debug + Send + Sync {
    /// The columns of any rows that it makes of the columns of those rows.
    fn apply(&self, columns: Columns) -> Columns;
}

registry! {
    /// Step | 步骤
    ///
    /// A change to the features, learned from the training samples. | 对特征的一步处理，只从训练样本学习。
    pub enum Step: Transform = scale {
        scale::ScaleStep,
        normalize::Normalize,
        log::Log,
        power::Power,
        bins::Bins,
        polynomial::Polynomial,
        pca::Pca,
        select::Select,
    }
}
