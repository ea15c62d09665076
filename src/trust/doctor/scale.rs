//! The sizes of what a model is given. Initial weights keep the spread of numbers of about size 1 from layer to layer (Glorot and Bengio 2010); inputs
//! far from it saturate the first layer or make it deaf, and give one rate to slopes of very different sizes (LeCun et al., "Efficient BackProp",
//! 1998, section 4.3). A target far from it asks for weights that small steps take for ever to reach.

use super::remedy::edited;
use super::{Finding, Kind, Remedy};
use crate::config::message::shorten;
use crate::config::{Message, brief};
use crate::data::{Shape, Task};
use crate::math::statistics;
use crate::message;
use crate::train::{Part, Run, Which};
use serde_json::json;

/// Root mean square beyond which a column or the target is called large.
const LARGE: f64 = 10.0;
/// And below which all columns are called small.
const SMALL: f64 = 0.05;
/// Rows that are looked at, evenly spaced.
const SAMPLE: usize = 1000;

/// What of the inputs and the target is of another size than a network is made for; none for learners that go by order or by counts.
pub(super) fn examine(run: &Run) -> Option<Finding> {
    let tokens = matches!(run.problem().shape, Shape::Tokens { .. });
    run.learning_rate()?;
    let part = run.part(Which::Train);
    let (inputs, target) = (if tokens { None } else { inputs(run, part) }, target(run, part));
    let (scale, also) = (inputs.is_some(), target.is_some());
    let what = match (inputs, target) {
        (Some(inputs), Some(target)) => message!("{inputs} {target}", "{inputs}{target}"; inputs, target),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => return None,
    };
    let experiment = edited(run, |document| {
        if scale {
            document["prepare"]["scale"] = json!("standard");
        }
        if also {
            document["prepare"]["target"] = json!("standard");
        }
    });
    let remedy = experiment.map(|experiment| {
        let what = match (scale, also) {
            (true, true) => message!("Standardise inputs and target, and start again", "对输入和目标做标准化，重新开始"),
            (true, false) => message!("Standardise the inputs, and start again", "对输入做标准化，重新开始"),
            _ => message!("Standardise the target, and start again", "对目标做标准化，重新开始"),
        };
        Remedy { what, experiment, back: Some(0) }
    });
    Some(Finding { kind: Kind::Scale, what, from: 0, to: run.update(), layer: None, remedies: remedy.into_iter().collect() })
}

/// Of evenly spaced rows.
fn root_mean_square(count: usize, value: impl Fn(usize) -> f32) -> f64 {
    let shown = count.clamp(1, SAMPLE);
    let squares: Vec<f64> = (0..shown.min(count)).map(|at| f64::from(value(at * count / shown))).map(|value| value * value).collect();
    libm::sqrt(statistics::mean(&squares))
}

fn inputs(run: &Run, part: &Part) -> Option<Message> {
    let sizes = (0..part.inputs.ncols()).map(|column| root_mean_square(part.inputs.nrows(), |row| part.inputs[[row, column]]));
    let (column, largest) = sizes.enumerate().max_by(|a, b| a.1.total_cmp(&b.1))?;
    let (name, size) = (shorten(&run.problem().features[column]), brief::number(largest));
    if largest > LARGE {
        return Some(message!(
            "The inputs are not scaled: {name} is about {size} large, and initial weights are made for numbers of about 1.",
            "输入没有缩放：{name} 的大小约为 {size}，而初始权重适合大小约为 1 的数。"
        ));
    }
    (largest > 0.0 && largest < SMALL).then(|| {
        message!(
            "The inputs are not scaled: none is larger than about {size} ({name}), and initial weights are made for numbers of about 1.",
            "输入没有缩放：最大的 {name} 也只约为 {size}，而初始权重适合大小约为 1 的数。"
        )
    })
}

fn target(run: &Run, part: &Part) -> Option<Message> {
    let table = run.table();
    if table.task != Task::Regression {
        return None;
    }
    let size = root_mean_square(part.targets.len(), |row| part.targets[row]);
    let (name, shown) = (shorten(&table.target), brief::number(size));
    (size > LARGE).then(|| {
        message!(
            "The target is not scaled: {name} is about {shown} large, and the network begins at about 0.",
            "目标没有缩放：{name} 的大小约为 {shown}，而网络的输出从约 0 开始。"
        )
    })
}
