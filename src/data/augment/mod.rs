//! Augmentations: changes to prepared training rows, drawn anew each epoch, that a good model should not mind. Validation and test
//! rows are never touched. The run applies them in the order of the document, on a copy, with its stream `augment`.

use super::Shape;
use crate::config::Message;
use crate::math::random::Stream;
use crate::registry;
use ndarray::Array2;

/// One change to rows.
pub trait Augment {
    /// Says what it needs where it makes no sense for rows of this shape, to be read after its name.
    fn suits(&self, shape: &Shape) -> Result<(), Message>;

    /// Changes `inputs` `[rows, features]`, as they are after preparation, in place. Equal streams give equal changes.
    fn apply(&self, stream: &mut Stream, inputs: &mut Array2<f32>);
}

registry! {
    /// Augmentation | 数据增强
    ///
    /// A change to training rows, drawn anew each epoch. | 每轮重新抽取的训练行变化。
    pub enum Augmentation: Augment = jitter {
        jitter::Jitter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::random;

    #[test]
    fn every_augmentation_repeats_by_stream_and_keeps_rows_finite() {
        for augmentation in Augmentation::all() {
            let run = |seed| {
                let mut inputs = Array2::from_shape_fn((50, 3), |(row, column)| row as f32 - 10.0 * column as f32);
                augmentation.part().apply(&mut random::stream(seed, "augment"), &mut inputs);
                inputs
            };
            assert_eq!(run(1), run(1), "{}", augmentation.name());
            assert_ne!(run(1), run(2), "{}", augmentation.name());
            assert_eq!(run(1).dim(), (50, 3), "{}", augmentation.name());
            assert!(run(1).iter().all(|value| value.is_finite()), "{}", augmentation.name());
        }
    }
}
