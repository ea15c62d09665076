//! Augmentations: changes to prepared training rows, drawn anew each epoch, that a good model should not mind. Validation and test
//! rows are never touched. The run applies them in the order of the document, on a copy, with its stream `augment`.
//!
//! Most move the numbers of a row. Some mix rows of two classes (`mixup`, `cutmix`): then a row has two targets and a share. One adds rows
//! (`smote`): how many is known beforehand, because an epoch has to know its length.

pub mod beta;
pub mod picture;
pub mod series;
mod suits;

use super::{Shape, Task};
use crate::config::{Issue, Message};
use crate::math::random::{self, Stream};
use crate::{message, registry};
use ndarray::{Array2, ArrayView2};
use std::ops::Range;

/// What rows are, for which an augmentation may make sense or not.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    pub shape: Shape,
    pub task: &'a Task,
    /// Training rows of each class; empty for numbers. Where rows are added, with those.
    pub class_rows: &'a [usize],
}

/// Training rows on their way through the augmentations.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    pub shape: Shape,
    /// How many classes there are; none for numbers.
    pub classes: usize,
    /// Row-major.
    pub inputs: Vec<f32>,
    pub targets: Vec<f32>,
    /// Where rows of classes were mixed: the second class of every row, and what the first one counts. Else both are empty.
    pub others: Vec<f32>,
    pub shares: Vec<f32>,
    /// What each row counts; empty where all count alike. A row that was mixed of two counts what they count, each by its share; one that is made up counts
    /// what the row counts from which it was made.
    pub weights: Vec<f32>,
    /// Room for a copy of the inputs.
    before: Vec<f32>,
    /// What `smote` knows of each class, as long as it gets the same rows.
    neighbours: Vec<smote::Known>,
}

impl Drawn {
    /// Rows as they are.
    pub fn new(shape: Shape, task: &Task, inputs: &Array2<f32>, targets: &[f32]) -> Self {
        Drawn {
            shape,
            classes: if task.is_classification() { task.outputs() } else { 0 },
            inputs: inputs.iter().copied().collect(),
            targets: targets.to_vec(),
            others: Vec::new(),
            shares: Vec::new(),
            weights: Vec::new(),
            before: Vec::new(),
            neighbours: Vec::new(),
        }
    }

    /// The same rows, each of which counts so much.
    pub fn weighted(self, weights: Option<&[f32]>) -> Self {
        Drawn { weights: weights.unwrap_or_default().to_vec(), ..self }
    }

    /// The same rows as they were.
    pub fn reset(&mut self, inputs: &Array2<f32>, targets: &[f32], weights: Option<&[f32]>) {
        self.inputs.clear();
        self.inputs.extend_from_slice(inputs.as_slice().expect("standard layout"));
        self.targets.clear();
        self.targets.extend_from_slice(targets);
        self.others.clear();
        self.shares.clear();
        self.weights.clear();
        self.weights.extend_from_slice(weights.unwrap_or_default());
    }

    /// Applies all of a document, in its order.
    pub fn augment(&mut self, augmentations: &[Augmentation], stream: &mut Stream) {
        augmentations.iter().for_each(|augmentation| augmentation.part().apply(stream, self));
    }

    /// Keeps the first rows and some behind them alone.
    pub fn keep(&mut self, first: usize, behind: Range<usize>) {
        let cut = |values: &mut Vec<f32>, each: usize| {
            if !values.is_empty() {
                values.copy_within(behind.start * each..behind.end * each, first * each);
                values.truncate((first + behind.len()) * each);
            }
        };
        cut(&mut self.inputs, self.shape.units());
        [&mut self.targets, &mut self.others, &mut self.shares, &mut self.weights].into_iter().for_each(|values| cut(values, 1));
        self.before.clear();
    }

    /// Number of rows.
    pub fn count(&self) -> usize {
        self.targets.len()
    }

    /// The inputs as `[rows, numbers]`.
    pub fn view(&self) -> ArrayView2<'_, f32> {
        ArrayView2::from_shape((self.count(), self.shape.units()), &self.inputs).expect("as many numbers as the shape has")
    }

    /// Every row, to be changed.
    fn rows_mut(&mut self) -> impl Iterator<Item = &mut [f32]> {
        self.inputs.chunks_exact_mut(self.shape.units())
    }

    /// Makes every row anew: `make` gets it as it was and as it shall be.
    fn remake(&mut self, mut make: impl FnMut(&[f32], &mut [f32])) {
        for row in self.inputs.chunks_exact_mut(self.shape.units()) {
            self.before.clear();
            self.before.extend_from_slice(row);
            make(&self.before, row);
        }
    }

    /// Mixes the rows in pairs, each with a partner of its own: `blend` gets a row, its partner as it was, and says what the row's own target
    /// counts then. Numbers are mixed as well; of classes both are kept.
    fn mix(&mut self, stream: &mut Stream, mut blend: impl FnMut(&mut Stream, &mut [f32], &[f32]) -> f32) {
        let units = self.shape.units();
        let mut partners: Vec<usize> = (0..self.count()).collect();
        random::shuffle(stream, &mut partners);
        self.before.clone_from(&self.inputs);
        self.others.clear();
        self.others.extend(partners.iter().map(|&partner| self.targets[partner]));
        self.shares.clear();
        for (row, &partner) in self.inputs.chunks_exact_mut(units).zip(&partners) {
            self.shares.push(blend(stream, row, &self.before[partner * units..][..units]));
        }
        if !self.weights.is_empty() {
            let each = self.weights.iter().zip(&partners).zip(&self.shares);
            let of = |((own, &partner), share): ((&f32, &usize), &f32)| share * own + (1.0 - share) * self.weights[partner];
            self.weights = each.map(of).collect();
        }
        if self.classes == 0 {
            let second = self.others.iter().zip(&self.shares);
            self.targets.iter_mut().zip(second).for_each(|(target, (other, share))| *target = share * *target + (1.0 - share) * other);
            self.others.clear();
            self.shares.clear();
        }
    }
}

/// One change to rows.
pub trait Augment {
    /// Says what it needs where it makes no sense for such rows, to be read after its name.
    fn suits(&self, subject: &Subject) -> Result<(), Message>;

    /// Whether rows have two targets afterwards, where targets are classes.
    fn mixes(&self) -> bool {
        false
    }

    /// Whether it can work on rows that have two targets already.
    fn takes_mixed(&self) -> bool {
        true
    }

    /// How many rows of each class there are afterwards.
    fn grow(&self, _class_rows: &mut [usize]) {}

    /// Changes prepared rows in place. Equal streams give equal changes.
    fn apply(&self, stream: &mut Stream, rows: &mut Drawn);
}

registry! {
    /// Augmentation | 数据增强
    ///
    /// A change to training samples, drawn anew each epoch. | 每轮重新抽取的训练样本变化。
    pub enum Augmentation: Augment = jitter {
        jitter::Jitter,
        rotate::Rotate,
        mixup::Mixup,
        smote::Smote,
        horizontal_flip::HorizontalFlip,
        vertical_flip::VerticalFlip,
        crop::Crop,
        shift::Shift,
        zoom::Zoom,
        brightness::Brightness,
        contrast::Contrast,
        cutout::Cutout,
        cutmix::Cutmix,
        scaling::Scaling,
        window_slice::WindowSlice,
        time_warp::TimeWarp,
    }
}

/// What is wrong with a list of augmentations for such rows; paths are relative to the list. `learner` says whether rows of two classes can be
/// learned from, to be read after its name.
pub fn check(augmentations: &[Augmentation], subject: &Subject, learner: (Message, Result<(), Message>)) -> Vec<Issue> {
    let classes = subject.task.is_classification();
    let mut mixed: Option<Message> = None;
    let mut issues = Vec::new();
    for (at, augmentation) in augmentations.iter().enumerate() {
        let (name, part) = (augmentation.title(), augmentation.part());
        let mut issue = |message: Message| issues.push(Issue::new(format!("[{at}]"), message));
        if let Err(needs) = part.suits(subject) {
            issue(message!("“{name}” {needs}", "“{name}”{needs}"; name, needs));
            continue;
        }
        if let Some(before) = &mixed
            && !part.takes_mixed()
        {
            issue(message!(
                "“{name}” cannot follow “{before}”, after which every sample is of two classes: keep one of them, or put “{name}” first",
                "“{name}”不能放在“{before}”之后，因为那时每个样本都同时属于两个类别：请只保留其一，或把“{name}”放在前面"; name, before
            ));
            continue;
        }
        if part.mixes() && classes {
            mixed = Some(name.clone());
            if let (learner, Err(why)) = &learner {
                issue(message!(
                    "“{name}” makes samples of two classes, but “{learner}” {why}: use another model, or another augmentation",
                    "“{name}”会产生同时属于两个类别的样本，但“{learner}”{why}：请换一种模型，或换一种数据增强"; name, learner, why
                ));
            }
        }
    }
    issues
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Plain rows of numbers, all of one class of two.
    pub fn flat(count: usize, units: usize, value: impl Fn(usize, usize) -> f32) -> Drawn {
        shaped(Shape::Flat { units }, count, |at| value(at / units, at % units))
    }

    /// Images whose pixels are all different, from 0.3 to 0.9.
    pub fn images(count: usize, channels: usize, height: usize, width: usize) -> Drawn {
        shaped(Shape::Image { channels, height, width }, count, |at| 0.3 + 0.6 * (at as f32 * 0.618_034).fract())
    }

    /// Sequences without a zero.
    pub fn sequences(count: usize, steps: usize, features: usize) -> Drawn {
        shaped(Shape::Sequence { steps, features }, count, |at| 1.5 + (at as f32 * 0.618_034).fract())
    }

    fn shaped(shape: Shape, count: usize, value: impl Fn(usize) -> f32) -> Drawn {
        let inputs = Array2::from_shape_fn((count, shape.units()), |(row, column)| value(row * shape.units() + column));
        Drawn::new(shape, &two(), &inputs, &vec![0.0; count])
    }

    fn two() -> Task {
        Task::Classification(vec!["0".into(), "1".into()])
    }

    /// Fifty rows of every shape, fifteen of them of the second class.
    fn rows() -> Vec<Drawn> {
        let all = [flat(50, 3, |row, column| row as f32 * 0.1 - column as f32), images(50, 1, 8, 8), sequences(50, 12, 2)];
        all.map(|rows| Drawn { targets: (0..50).map(|row| f32::from(u8::from(row % 10 < 3))).collect(), ..rows }).to_vec()
    }

    #[test]
    fn every_augmentation_repeats_by_stream_and_keeps_rows_finite() {
        for augmentation in Augmentation::all() {
            let mut suited = 0;
            for before in rows() {
                if augmentation.part().suits(&Subject { shape: before.shape, task: &two(), class_rows: &[35, 15] }).is_err() {
                    continue;
                }
                suited += 1;
                let run = |seed| {
                    let mut rows = before.clone();
                    augmentation.part().apply(&mut random::stream(seed, "augment"), &mut rows);
                    rows
                };
                let name = augmentation.name();
                assert_eq!(run(1), run(1), "{name}");
                assert_ne!(run(1).inputs, run(2).inputs, "{name}");
                assert!(run(1).inputs.iter().all(|value| value.is_finite()), "{name}");
                let mut counts = [35, 15];
                augmentation.part().grow(&mut counts);
                assert_eq!(run(1).count(), counts[0] + counts[1], "{name}");
                assert_eq!(run(1).inputs.len(), run(1).count() * before.shape.units(), "{name}");
                let mixed = if augmentation.part().mixes() { 50 } else { 0 };
                assert_eq!((run(1).others.len(), run(1).shares.len()), (mixed, mixed), "{name}");
            }
            assert!(suited > 0, "{}", augmentation.name());
        }
    }

    #[test]
    fn rows_that_are_put_back_are_the_same_again() {
        let before = &rows()[0];
        let inputs = before.view().to_owned();
        let mut rows = before.clone();
        rows.augment(
            &[Augmentation::smote(Default::default()), Augmentation::mixup(Default::default())],
            &mut random::stream(1, "augment"),
        );
        assert_eq!((rows.count(), rows.shares.len()), (70, 70));
        rows.reset(&inputs, &before.targets, None);
        assert_eq!(Drawn { before: Vec::new(), neighbours: Vec::new(), ..rows }, *before);
    }

    #[test]
    fn no_augmentation_suits_names_and_every_refusal_is_said_in_both_languages() {
        let tokens = Shape::Tokens { steps: 5, vocabulary: 9 };
        let shapes = rows().into_iter().map(|rows| rows.shape).chain([tokens, Shape::Flat { units: 1 }]);
        for shape in shapes {
            for task in [two(), Task::Regression] {
                for augmentation in Augmentation::all() {
                    let refused = augmentation.part().suits(&Subject { shape, task: &task, class_rows: &[3, 3] }).err();
                    assert!(shape != tokens || refused.is_some(), "{}", augmentation.name());
                    refused
                        .iter()
                        .for_each(|message| assert!(!message.en.is_empty() && message.zh.chars().any(|letter| letter > '\u{4e00}')));
                }
            }
        }
    }

    #[test]
    fn augmentations_stand_together_in_groups() {
        let schema = crate::config::schema::schema_of::<Augmentation>();
        let groups: Vec<&str> = crate::config::schema::choices(&schema)
            .into_iter()
            .map(|(_, content)| crate::config::schema::resolve(&schema, content)["x-group"].as_str().expect("a group"))
            .collect();
        let mut once = groups.clone();
        once.dedup();
        assert_eq!(once, ["any", "table", "image", "sequence"]);
    }
}
