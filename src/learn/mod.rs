//! Learners: everything that turns rows into answers, behind one trait that the page can animate. The trait is a small core, which every family has, and
//! abilities (`abilities.rs`), which a learner hands out if it has them.

mod abilities;
pub mod advice;
pub mod boost;
pub mod class_weights;
pub mod generate;
pub mod inside;
mod rows;
mod snapshot;
mod view;
pub mod weighing;

use crate::config::{Issue, Message};
pub use crate::metric::Answer;
use crate::metric::Quantity;
use crate::{message, registry};
pub use abilities::{Dividing, Flat, Layered, Members, Norms, Rated, Sampling, Sensitive, Tensor, Weighted};
use advice::{Advice, Ill, Technique};
use inside::Plan;
use ndarray::ArrayView2;
pub use rows::{Counting, Given, Mixed, Problem, Rows, telling};
pub use snapshot::{Snapshot, numbers};
use std::any::Any;
pub use view::{Form, LayerView, Mark, NodeView, Place, SplitView, View};
pub use weighing::Weighing;

/// One visible unit of work that was done.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tick {
    /// Rows touched: the batch of an update, the rows of the node that was split.
    pub rows: usize,
    /// Gradients that were computed for it: one in most updates, more where a step is searched for, none for a tree.
    pub gradients: usize,
    /// True at a natural point to evaluate: the end of an epoch, a split of a tree.
    pub boundary: bool,
    /// True when there is nothing more to do (a tree that cannot be split). A net never finishes by itself.
    pub finished: bool,
}

/// A learner in training. Loops that others write as recursion keep their state in the struct, so that they can pause.
pub trait Learner {
    /// One visible unit of work on the training rows (the same rows every time, but for augmentation).
    fn tick(&mut self, train: Rows) -> Tick;

    /// Whether it goes over the rows again and again, an epoch at a time. The rows of one that takes them once are augmented once.
    fn has_epochs(&self) -> bool {
        false
    }

    /// What it answers; the same as its settings said ([`Family::answer`]).
    fn answer(&self) -> Answer;

    /// Fills `out` (`[rows, answer().width()]`, row-major) with answers; changes nothing that was learned.
    fn predict(&self, inputs: ArrayView2<f32>, out: &mut [f32]);

    /// Like `predict`, and returns the learner's own mean loss per row without penalties (for a tree: log loss, squared error).
    fn evaluate(&self, rows: Rows, out: &mut [f32]) -> f64;

    /// Its own quantities as they are now, one for each of [`Family::series`]; not a number where there is none yet.
    fn series(&self) -> Vec<f64> {
        Vec::new()
    }

    /// A cheap sign, looked at after every tick, that something is no longer finite.
    fn suspicious(&self) -> bool {
        false
    }

    /// The first tensor of which a number is not finite, if any. It looks at everything that was learned, at every evaluation.
    fn non_finite(&self) -> Option<String> {
        None
    }

    /// What the page draws; of wide layers the first `most` units.
    fn view(&self, most: usize) -> View;

    /// Number of learned numbers.
    fn parameters(&self) -> usize;

    /// Writes the learned state and whatever training on identically needs.
    fn snapshot(&self, into: &mut Snapshot);

    /// Puts a snapshot of a learner of the same configuration back.
    fn restore(&mut self, from: &Snapshot) -> Result<(), String>;

    /// Takes over the live settings (learning rate, schedule, regularisation) of `settings`; false if they are another family's or differ in more.
    fn apply_live(&mut self, settings: &dyn Family) -> bool;

    /// Layers of units, where it has some.
    fn layered(&self) -> Option<&dyn Layered> {
        None
    }

    /// Weights that can be moved a little, where it has some.
    fn weighted(&self) -> Option<&dyn Weighted> {
        None
    }

    /// The same, to be set.
    fn weighted_mut(&mut self) -> Option<&mut dyn Weighted> {
        None
    }

    /// A learning rate, where it has one.
    fn rated(&self) -> Option<&dyn Rated> {
        None
    }

    /// The same, to be told what was measured.
    fn rated_mut(&mut self) -> Option<&mut dyn Rated> {
        None
    }

    /// Nodes that divide rows, where it has some.
    fn dividing(&self) -> Option<&dyn Dividing> {
        None
    }

    /// Learners within it, where it has some.
    fn members(&self) -> Option<&dyn Members> {
        None
    }

    /// A loss that changes with the inputs, where it is smooth.
    fn sensitive(&self) -> Option<&dyn Sensitive> {
        None
    }

    /// Rows of its own making, where it makes some.
    fn sampling(&self) -> Option<&dyn Sampling> {
        None
    }
}

/// A learning rate as it is planned, before anything is measured.
pub struct Rates<'a> {
    /// The rate of the update after so many finished ones.
    pub rate: Box<dyn Fn(u64) -> f64 + 'a>,
    /// As many updates as show what it does, where the settings say.
    pub span: Option<u64>,
    /// Whether what is measured moves the rate as well.
    pub listens: bool,
}

/// Settings of a family of learners.
pub trait Family: Any {
    /// What its learners answer for such rows; none where they do not suit them, which `check` then says.
    fn answer(&self, problem: &Problem) -> Option<Answer> {
        Answer::of(&problem.task)
    }

    /// The quantities of its own that a learner measures at every evaluation. Their names are no metric's, nor another's of this family.
    fn series(&self, _problem: &Problem) -> Vec<Quantity> {
        Vec::new()
    }

    /// Files that the settings name: the path of the setting, and of the file.
    fn files(&self) -> Vec<(&str, &str)> {
        Vec::new()
    }

    /// The measured quantity that the settings name in a field `metric`, if they name one, and the path of what has that field.
    fn watched(&self) -> Option<(String, &str)> {
        None
    }

    /// Whether it can learn from rows of two classes at once (see [`Mixed`]); otherwise why not, to be read after its name.
    fn mixes(&self) -> Result<(), Message> {
        Err(message!("takes one class a sample", "每个样本只接受一个类别"))
    }

    /// Whether its learners take rows that count differently ([`Rows::weights`]); otherwise why not, to be read after its name.
    fn weighs(&self) -> Result<(), Message> {
        Err(message!("counts every sample alike", "对每个样本同等计算"))
    }

    /// Rules that one field alone cannot state. Paths are relative to the family's own settings.
    fn check(&self, problem: &Problem) -> Vec<Issue>;

    /// What the settings come to, layer by layer, whether they fit or not; none for learners without layers.
    fn plan(&self, _problem: &Problem) -> Option<Plan> {
        None
    }

    /// The learning rate as the settings plan it; none for learners without one.
    fn rates(&self) -> Option<Rates<'_>> {
        None
    }

    /// The techniques in the settings, each with the settings without it.
    fn techniques(&self) -> Vec<Technique> {
        Vec::new()
    }

    /// Whether it matters how large features are: to sums of them and to distances, not to questions of order.
    fn minds_scale(&self) -> bool {
        true
    }

    /// What may help a run that suffers from this, the likeliest first.
    fn advice(&self, _ill: Ill) -> Vec<Advice> {
        Vec::new()
    }

    /// A fresh learner. Call `check` first: settings with issues may panic.
    fn build(&self, problem: &Problem) -> Box<dyn Learner>;
}

registry! {
    /// Model | 模型
    ///
    /// What learns. | 用什么模型来学习。
    pub enum Settings: Family = net {
        net::Net,
        tree::Tree,
        svm::Svm,
        #[path = "boost/gradient_boosting.rs"]
        gradient_boosting::GradientBoosting,
        #[path = "neighbours/k_nearest_neighbours.rs"]
        k_nearest_neighbours::KNearestNeighbours,
        #[path = "cluster/k_means.rs"]
        k_means::KMeans,
        #[path = "generate/gan.rs"]
        gan::Gan,
    }
}
