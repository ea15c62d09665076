//! What can be done: experiments that are the run's with something changed.

use crate::config::Message;
use crate::config::reader::Reader;
use crate::message;
use crate::train::{Experiment, Run};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Something that may help.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Remedy {
    pub what: Message,
    /// The experiment with it.
    pub experiment: Value,
    /// The update to go back to before it is taken over; none where it is taken over here, 0 where the run begins again.
    pub back: Option<u64>,
}

/// The experiment with something changed; none where nothing is, or where it no longer fits.
pub(super) fn edited(run: &Run, edit: impl FnOnce(&mut Value)) -> Option<Value> {
    let before = serde_json::to_value(run.experiment()).ok()?;
    let mut document = before.clone();
    edit(&mut document);
    // As documents are parsed: reading values in a second way would be as much code again.
    let experiment = Experiment::deserialize(Reader(&document)).ok()?;
    let fits = experiment.check_against(run.problem()).is_empty();
    let document = serde_json::to_value(&experiment).ok()?;
    (fits && document != before).then_some(document)
}

fn net_edited(run: &Run, edit: impl FnOnce(&mut Value)) -> Option<Value> {
    edited(run, |document| {
        if let Some(net) = document["learner"].get_mut("net") {
            edit(net);
        }
    })
}

fn tree_edited(run: &Run, edit: impl FnOnce(&mut Value)) -> Option<Value> {
    edited(run, |document| {
        if let Some(tree) = document["learner"].get_mut("tree") {
            edit(tree);
        }
    })
}

/// Another learning rate.
pub(super) fn rate(run: &Run, factor: f64, back: Option<u64>, what: Message) -> Option<Remedy> {
    Some(Remedy { what, experiment: net_edited(run, |net| scale_rate(net, factor))?, back })
}

fn scale_rate(net: &mut Value, factor: f64) {
    let rate = net["optimizer"].as_object_mut().and_then(|kind| kind.values_mut().next()).and_then(|own| own.get_mut("learning_rate"));
    if let Some(rate) = rate
        && let Some(now) = rate.as_f64()
    {
        *rate = json!((now * factor).clamp(1e-6, 10.0));
    }
}

/// Every layer's activation another one, where one is given, and the initial weights that suit it.
pub(super) fn activated(run: &Run, activation: Option<&str>, what: Message) -> Option<Remedy> {
    Some(Remedy { what, experiment: net_edited(run, |net| activate(net, activation))?, back: Some(0) })
}

fn activate(net: &mut Value, activation: Option<&str>) {
    let layers = net["layers"].as_array_mut().into_iter().flatten();
    for own in layers.filter_map(|layer| layer.as_object_mut()?.values_mut().next()?.as_object_mut()) {
        if let (Some(name), true) = (activation, own.contains_key("activation")) {
            own.insert("activation".into(), json!({ name: {} }));
        }
    }
    net["initialiser"] = json!({"he_normal": {}});
}

/// An activation whose slope is nowhere zero. What has killed units may well be the rate, so it is smaller, too.
pub(super) fn revived(run: &Run) -> Option<Remedy> {
    let experiment = net_edited(run, |net| {
        activate(net, Some("leaky_relu"));
        scale_rate(net, 0.1);
    })?;
    let what = message!("Start again with Leaky ReLU and a tenth of the learning rate", "改用 Leaky ReLU 与十分之一的学习率，重新开始");
    Some(Remedy { what, experiment, back: Some(0) })
}

/// A normalisation behind every dense layer.
pub(super) fn normalised(run: &Run) -> Option<Remedy> {
    let experiment = net_edited(run, |net| {
        let Some(layers) = net["layers"].as_array() else { return };
        let with = layers.iter().flat_map(|layer| {
            let dense = layer.get("dense").is_some();
            [Some(layer.clone()), dense.then(|| json!({"batch_norm": {}}))].into_iter().flatten()
        });
        net["layers"] = with.collect();
    })?;
    Some(Remedy { what: message!("Start again with batch normalisation", "加入批归一化，重新开始"), experiment, back: Some(0) })
}

/// Twice the units, or a tree twice as deep.
pub(super) fn wider(run: &Run) -> Option<Remedy> {
    let net = net_edited(run, |net| {
        let Some(layers) = net["layers"].as_array_mut() else { return };
        for own in layers.iter_mut().filter_map(|layer| layer.get_mut("dense")) {
            own["units"] = json!(2 * own["units"].as_u64().unwrap_or(8));
        }
    });
    let tree = tree_edited(run, |tree| tree["max_depth"] = json!(2 * tree["max_depth"].as_u64().unwrap_or(4)));
    let what = if net.is_some() {
        message!("Start again with twice as many units", "神经元数加倍，重新开始")
    } else {
        message!("A tree twice as deep", "深度加倍的树")
    };
    Some(Remedy { what, experiment: net.or(tree)?, back: Some(0) })
}

/// One more layer.
pub(super) fn deeper(run: &Run) -> Option<Remedy> {
    let experiment = net_edited(run, |net| {
        if let Some(layers) = net["layers"].as_array_mut() {
            layers.push(json!({"dense": {"units": 16}}));
        }
    })?;
    Some(Remedy { what: message!("Start again with one more layer", "增加一层，重新开始"), experiment, back: Some(0) })
}

/// The best model, with early stopping from there.
pub(super) fn earlier(run: &Run, best: u64) -> Option<Remedy> {
    let experiment = edited(run, |document| {
        document["stop"]["early_stopping"] = json!({"patience": {"patience": 20, "min_delta": 0.0, "restore_best": true}});
    })?;
    let what = message!("Go back to update {best}, and use early stopping from there", "退回第 {best} 次更新，并从那里启用早停");
    Some(Remedy { what, experiment, back: Some(best) })
}

/// Weights held small.
pub(super) fn held_small(run: &Run) -> Option<Remedy> {
    let mut now = 0.0;
    let experiment = net_edited(run, |net| {
        now = (4.0 * net["l2"].as_f64().unwrap_or(0.0)).clamp(0.01, 1.0);
        net["l2"] = json!(now);
    })?;
    Some(Remedy {
        what: message!("Start again with L2 regularisation {now}", "以 L2 正则化 {now} 重新开始"), experiment, back: Some(0)
    })
}

/// A tree half as deep.
pub(super) fn shallower(run: &Run) -> Option<Remedy> {
    let experiment = tree_edited(run, |tree| {
        let deep = tree["max_depth"].as_u64().unwrap_or(8);
        tree["max_depth"] = json!((deep / 2).max(2));
    })?;
    Some(Remedy { what: message!("A tree half as deep", "深度减半的树"), experiment, back: Some(0) })
}

/// A schedule that lowers the rate where the loss stands still.
pub(super) fn plateau_schedule(run: &Run) -> Option<Remedy> {
    let experiment = net_edited(run, |net| net["schedule"] = json!({"reduce_on_plateau": {}}))?;
    let what = message!("Lower the learning rate whenever the loss stands still", "每当损失停滞就降低学习率");
    Some(Remedy { what, experiment, back: None })
}

/// Another optimizer, which takes large steps where slopes are small.
pub(super) fn anew(run: &Run) -> Option<Remedy> {
    let experiment = net_edited(run, |net| net["optimizer"] = json!({"adam": {"learning_rate": 0.01}}))?;
    Some(Remedy { what: message!("Start again with Adam", "改用 Adam 重新开始"), experiment, back: Some(0) })
}
