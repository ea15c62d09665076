//! Augmentations: changes to prepared training rows, drawn anew each epoch from the stream `augment`.

use crate::math::random::Stream;
use crate::registry;
use ndarray::Array2;

/// A random change of rows that leaves their targets true.
pub trait Augment {
    /// Changes prepared rows `[rows, features]` in place.
    fn apply(&self, stream: &mut Stream, inputs: &mut Array2<f32>);
}

registry! {
    /// Augmentation | 数据增强
    ///
    /// A change of training rows, drawn anew each epoch. | 每轮重新抽取的训练行变化。
    pub enum Augmentation: Augment = jitter {
        jitter::Jitter,
    }
}
