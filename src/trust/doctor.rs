//! Names what is wrong with a run while it trains: from its history, and from how its layers are. Each finding says since when, what it was told
//! by, and what can be done; a remedy is an experiment. Each threshold stands at its rule and says where it comes from.
//!
//! A cause comes before what follows from it: while inputs or the target are far from the size that initial weights are made for, layers die and
//! losses stand still because of that, and remedies for layers and rates would be advice for another illness. `tests.rs` tries every remedy on
//! the case that it is for, and asks that training with it does better than training on without it.

mod curve;
mod remedy;
mod scale;

use crate::config::{Message, brief, counted};
use crate::learn::advice::Ill;
use crate::learn::inside::Fault;
use crate::learn::net::layers::LayerConfig;
use crate::train::{Run, StopReason};
use crate::{message, metric};
use curve::Curve;
pub use remedy::Remedy;
use remedy::{earlier, of_family};
use schemars::JsonSchema;
use serde::Serialize;

/// Training rows on which layers are judged.
const SAMPLE: usize = 128;
/// Evaluations before anything is said of curves: fewer say nothing yet.
const FEW: usize = 12;
/// A loss so many times its lowest diverges, where it also rose at each of the last evaluations. A choice: a noisy loss of small batches rarely
/// triples, and never steadily.
const DIVERGED: f64 = 3.0;
/// So much above its lowest, the validation loss has risen: the generalisation loss of 10 % of Prechelt, "Early stopping – but when?" (1998), is
/// within the 5 to 20 % at which his GL rules stop.
const RISEN: f64 = 1.1;
/// A loss that fell by less than this share over the last third of a run stands still: a hundred times the relative threshold of 1e-4 an evaluation
/// that PyTorch's `ReduceLROnPlateau` has.
const STILL: f64 = 0.01;
/// A loss that fell steadily, but by less than this share of itself over the last half, falls slowly.
const SLOW: f64 = 0.05;
/// Where so large a share of the steps of the last half goes down, the loss glides; where fewer do, it is tossed about by steps that are too large
/// for the place. A loss that is noise alone goes down half of the time.
const GLIDES: f64 = 0.8;
/// Updates that a remedy goes back before what went wrong.
const BACK: u64 = 20;

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "FindingKind")]
pub enum Kind {
    Scale,
    Diverging,
    Exploding,
    Vanishing,
    Dead,
    SmallRate,
    Overfitting,
    Underfitting,
    Plateau,
}

/// One thing that is wrong, and how it is known.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Finding {
    pub kind: Kind,
    pub what: Message,
    /// The updates over which it shows.
    pub from: u64,
    pub to: u64,
    /// The layer in which it shows, counted from the first behind the inputs.
    pub layer: Option<usize>,
    pub remedies: Vec<Remedy>,
}

/// Everything that is wrong with a run as it stands, the worst first; empty for a healthy one, and for one that has only begun.
pub fn examine(run: &Run) -> Vec<Finding> {
    let Some(train) = Curve::of(run, "train.loss") else { return Vec::new() };
    let held = Curve::of(run, "validation.loss");
    if run.update() == 0 || run.looks_back() {
        return Vec::new();
    }
    if let Some(found) = diverging(run, &train) {
        return scale::examine(run).into_iter().chain([found]).collect();
    }
    let over = held.as_ref().filter(|_| train.len() >= FEW).and_then(|held| overfitting(run, &train, held));
    let mut all = layers(run);
    if train.len() >= FEW && over.is_none() {
        all.extend(standing(run, &train, held.as_ref()));
    }
    // Where training does well for all the sizes of its inputs, it is left alone.
    let ill = !all.is_empty() || (train.len() >= FEW && is_poor(run));
    if let Some(cause) = ill.then(|| scale::examine(run)).flatten() {
        all = vec![cause];
    }
    all.extend(over);
    all
}

/// The loss is no number any more, or several times its lowest and was higher still at every one of the last evaluations.
fn diverging(run: &Run, train: &Curve) -> Option<Finding> {
    let stopped = run.stopped().is_some_and(|stopped| stopped.reason == StopReason::Diverged);
    let (low, rows) = (train.lowest(), train.len());
    let rises =
        rows - low > 3 && train.last() > DIVERGED * train.values[low] && train.values[rows - 3..].windows(2).all(|pair| pair[1] >= pair[0]);
    if !stopped && !rises {
        return None;
    }
    let from = train.updates[low] as u64;
    let (before, after) = (brief::number(train.values[low]), brief::number(train.last()));
    let layer = first_layer(run);
    let place = layer.as_ref().map_or_else(
        || message!("", ""),
        |(at, name)| {
            let number = at + 1;
            let name = LayerConfig::title_of(name).unwrap_or_else(|| message!("output", "输出层"));
            message!(", first in layer {number} ({name})", "，最先出现在第 {number} 层（{name}）"; name)
        },
    );
    let what = message!(
        "Training diverged at update {from}: the training loss went from {before} to {after}{place}. The learning rate is too large.",
        "训练在第 {from} 次更新时发散：训练损失从 {before} 变为 {after}{place}。学习率过大。"; place
    );
    let back = from.saturating_sub(BACK);
    Some(Finding {
        kind: Kind::Diverging,
        what,
        from,
        to: run.update(),
        layer: layer.map(|(at, _)| at),
        remedies: of_family(run, Ill::Diverging { back }),
    })
}

/// The layer in which numbers are broken, or else exploded; its number and its tag.
fn first_layer(run: &Run) -> Option<(usize, String)> {
    let layers = run.diagnose(SAMPLE);
    let broken = |at: &usize| {
        let layer = &layers[*at];
        [&layer.weights, &layer.gradients, &layer.activations].into_iter().flatten().any(|spread| spread.broken > 0)
    };
    let exploding = |at: &usize| layers[*at].verdict.as_ref().is_some_and(|verdict| verdict.fault == Fault::Exploding);
    let at = (0..layers.len()).find(broken).or_else(|| (0..layers.len()).find(exploding))?;
    let layers = run.learner().layered()?.layers(0);
    Some((at, layers.get(at + 1)?.name.clone()))
}

/// One finding a fault: the first layer that has it, and how many do.
fn layers(run: &Run) -> Vec<Finding> {
    let layers = run.diagnose(SAMPLE);
    let faults = [Fault::Exploding, Fault::Dead, Fault::Vanishing];
    let found = faults.into_iter().filter_map(|fault| {
        let having: Vec<usize> =
            (0..layers.len()).filter(|&at| layers[at].verdict.as_ref().is_some_and(|verdict| verdict.fault == fault)).collect();
        let first = *having.first()?;
        let verdict = layers[first].verdict.as_ref().expect("it has one");
        let (number, others, said) = (first + 1, having.len() - 1, &verdict.message);
        let layers_more = counted(others, "more layer", "more layers");
        let more = if others > 0 { message!(" ({layers_more})", "（另有 {others} 层）") } else { message!("", "") };
        let (kind, ill) = match fault {
            Fault::Exploding => (Kind::Exploding, Ill::Exploding),
            Fault::Dead => (Kind::Dead, Ill::Dead),
            Fault::Vanishing => (Kind::Vanishing, Ill::Vanishing),
        };
        Some(Finding {
            kind,
            what: message!("Layer {number}{more}: {said}", "第 {number} 层{more}：{said}"; more, said),
            from: run.update(),
            to: run.update(),
            layer: Some(first),
            remedies: of_family(run, ill),
        })
    });
    found.collect()
}

/// The validation loss was lowest a while ago and has risen by a tenth since, while the training loss went on falling.
fn overfitting(run: &Run, train: &Curve, held: &Curve) -> Option<Finding> {
    let (low, rows) = (held.lowest(), held.len());
    let since = rows - low;
    if since < (rows / 10).max(8) {
        return None;
    }
    let recent = (since / 3).clamp(1, 10);
    let (now, best) = (held.mean(rows - recent..rows), held.values[low]);
    // What has all but vanished may rise a hundredfold and still be nothing.
    if now <= RISEN * best || now - best < 0.02 * held.values[0] || train.mean(rows - recent..rows) >= train.values[low] {
        return None;
    }
    let from = held.updates[low] as u64;
    let (best, now) = (brief::number(best), brief::number(now));
    let what = message!(
        "Overfitting began at update {from}: since then the validation loss rose from {best} to {now} while the training loss went on falling.",
        "自第 {from} 次更新起过拟合：此后验证损失从 {best} 升到 {now}，而训练损失仍在下降。"
    );
    Some(Finding {
        kind: Kind::Overfitting,
        what,
        from,
        to: run.update(),
        layer: None,
        remedies: (from > 0).then(|| earlier(run, from)).flatten().into_iter().chain(of_family(run, Ill::Overfitting)).collect(),
    })
}

/// The training loss falls very slowly, or not at all: because of the rate, because the model is too small, or because it has come to a flat place.
fn standing(run: &Run, train: &Curve, held: Option<&Curve>) -> Option<Finding> {
    let (first, last) = (train.values[0], train.last());
    // What has all but vanished has nowhere left to fall.
    if last <= 0.02 * first {
        return None;
    }
    let from = train.updates[train.len() / 2] as u64;
    let finding = |kind, what, ill| Some(Finding { kind, what, from, to: run.update(), layer: None, remedies: of_family(run, ill) });
    let slow = train.fell(0.5);
    if (1e-6..SLOW).contains(&slow) && train.steadily() > 0.95 && run.learning_rate().is_some() {
        let percent = brief::number(100.0 * slow);
        let what = message!(
            "The learning rate is small: the training loss falls steadily, but only by {percent} % over the last half of the run.",
            "学习率偏小：训练损失稳步下降，但在训练的后半程只降了 {percent}%。"
        );
        return finding(Kind::SmallRate, what, Ill::SmallRate);
    }
    if train.fell(0.66).abs() > STILL {
        return None;
    }
    let poor = is_poor(run);
    let gap = held.map_or(1.0, |held| held.last() / last.max(1e-12));
    if poor && gap < 1.5 {
        let what = message!(
            "Underfitting: the loss stands still, and even the training samples are predicted badly. The model is too small, or its inputs say too little.",
            "欠拟合：损失停滞不前，连训练数据也预测不好。模型太小，或输入的信息太少。"
        );
        return finding(Kind::Underfitting, what, Ill::Underfitting);
    }
    let percent = brief::number(100.0 * STILL);
    let what = message!(
        "A plateau: the training loss has changed by less than {percent} % over the last third of the run.",
        "平台期：训练损失在最近三分之一的训练中变化不到 {percent}%。"
    );
    // A loss that glides has a flat place before it, one that is tossed about a narrow one: the first wants larger steps, the second smaller ones.
    finding(Kind::Plateau, what, if train.steadily() > GLIDES { Ill::Flat } else { Ill::Tossed })
}

/// Worse on its own training rows than most would accept, as a metric says that has a word on that.
fn is_poor(run: &Run) -> bool {
    let of = |name: &str| run.last().train.iter().find(|(metric, _)| *metric == name).map(|(_, value)| *value);
    metric::of(run.answered()).any(|metric| metric.poor().zip(of(metric.name())).is_some_and(|(poor, value)| value < poor))
}

#[cfg(test)]
mod tests;
