//! What the augmentations of an experiment make of a few training rows, for people to look at. No run knows of it: its draws are its own.

use super::run::Part;
use crate::data::augment::{Augmentation, Drawn};
use crate::learn::Problem;
use crate::math::random;
use ndarray::Axis;

/// Rows that are augmented at most, so that those that are shown have partners and neighbours. Points need many for those.
const POINTS: usize = 2000;
const OTHERS: usize = 256;

/// Prepared rows before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    /// The same rows whatever is drawn.
    pub before: Drawn,
    /// The same rows in the same order, and behind them some of those that are made up.
    pub after: Drawn,
}

impl Preview {
    /// Of about `most` rows of the training part; `draw` tells one draw from the next.
    pub fn of(augmentations: &[Augmentation], train: &Part, problem: &Problem, most: usize, draw: u32) -> Self {
        let mut places: Vec<usize> = (0..train.targets.len()).collect();
        // Rows may be sorted by class, or alternate.
        random::shuffle(&mut random::stream(problem.seed, "preview"), &mut places);
        places.truncate(if matches!(problem.shape, crate::data::Shape::Flat { .. }) { POINTS } else { OTHERS }.max(most));
        let inputs = train.inputs.select(Axis(0), &places);
        let targets: Vec<f32> = places.iter().map(|&place| train.targets[place]).collect();
        let mut before = Drawn::new(problem.shape, &problem.task, &inputs, &targets);
        let mut after = before.clone();
        after.augment(augmentations, &mut random::stream(problem.seed, &format!("preview/{draw}")));
        let (own, shown) = (places.len(), places.len().min(most));
        let added = after.count().min(own + most);
        after.keep(shown, own..added);
        before.keep(shown, shown..shown);
        Preview { before, after }
    }

    /// Rows that are made up.
    pub fn added(&self) -> usize {
        self.after.count() - self.before.count()
    }
}
