//! The techniques of a network, each with its plain counterpart: what the field's textbooks had before the technique came.

use super::Net;
use super::control::average::Average;
use super::control::clip::Clip;
use super::control::max_norm::MaxNorm;
use super::initialiser::InitialiserConfig;
use super::layers::LayerConfig;
use super::layers::dense::Dense;
use super::optimizer::OptimizerConfig;
use super::optimizer::mini_batch::MiniBatch;
use super::schedule::ScheduleConfig;
use super::transfer::Transfer;
use crate::config::Message;
use crate::learn::advice::Technique;
use crate::message;
use serde_json::json;

/// A way to switch a technique off: what then stands in its place, none where it is not in use.
type Off = fn(&mut Net) -> Option<Message>;

/// Name, title, and how it is switched off.
fn all() -> [(&'static str, Message, Off); 12] {
    [
        ("optimizer", message!("Optimizer", "优化器"), optimizer),
        ("schedule", message!("Schedule", "学习率调度"), schedule),
        ("warmup", message!("Warm-up", "预热"), warmup),
        ("normalisation", message!("Normalisation", "归一化"), normalisation),
        ("initialisation", message!("Initialisation", "初始化"), initialisation),
        ("residual", message!("Residual connections", "残差连接"), residual),
        ("dropout", message!("Dropout", "Dropout"), dropout),
        ("penalties", message!("L1, L2, weight decay", "L1、L2 与权重衰减"), penalties),
        ("max_norm", message!("Max-norm", "最大范数约束"), max_norm),
        ("clipping", message!("Gradient clipping", "梯度裁剪"), clipping),
        ("averaging", message!("Weight averaging", "权重平均"), averaging),
        ("pretraining", message!("Pre-training", "预训练"), pretraining),
    ]
}

/// Those that a network uses.
pub(super) fn of(net: &Net) -> Vec<Technique> {
    let used = all().into_iter().filter_map(|(name, title, off)| {
        let mut without = net.clone();
        let note = off(&mut without)?;
        Some(Technique { name, title, note, without: json!(without) })
    });
    used.collect()
}

fn optimizer(net: &mut Net) -> Option<Message> {
    use OptimizerConfig as O;
    if matches!(net.optimizer, O::mini_batch(_) | O::sgd(_) | O::gradient_descent(_)) {
        return None;
    }
    let name = net.optimizer.title();
    let searches = net.optimizer.part().search().is_some();
    let rate = if searches { MiniBatch::default().learning_rate } else { net.optimizer.part().learning_rate() };
    // Its own weight decay stays: that is another technique.
    net.weight_decay += decay(&mut net.optimizer).map_or(0.0, |decay| *decay);
    net.optimizer = O::mini_batch(MiniBatch { learning_rate: rate });
    Some(if searches {
        message!(
            "plain mini-batch SGD at its default rate {rate} instead of “{name}”, which needs none",
            "不用“{name}”（它不需要学习率），改用普通小批量 SGD，取其默认学习率 {rate}"; name
        )
    } else {
        message!(
            "plain mini-batch SGD at the same rate {rate} instead of “{name}”; the rate is not tuned again",
            "不用“{name}”，改用普通小批量 SGD，学习率仍为 {rate}，不重新调整"; name
        )
    })
}

/// The optimizer's own weight decay, where it has one.
fn decay(optimizer: &mut OptimizerConfig) -> Option<&mut f64> {
    match optimizer {
        OptimizerConfig::adamw(settings) => Some(&mut settings.weight_decay),
        OptimizerConfig::lion(settings) => Some(&mut settings.weight_decay),
        OptimizerConfig::muon(settings) => Some(&mut settings.weight_decay),
        OptimizerConfig::schedule_free_adamw(settings) => Some(&mut settings.weight_decay),
        _ => None,
    }
}

fn schedule(net: &mut Net) -> Option<Message> {
    let (name, rate) = (net.schedule.title(), net.optimizer.part().learning_rate());
    if matches!(net.schedule, ScheduleConfig::constant(_)) {
        return None;
    }
    net.schedule = ScheduleConfig::constant(Default::default());
    Some(message!("the rate stays at {rate} instead of following “{name}”", "学习率保持 {rate}，不再按“{name}”变化"; name))
}

fn warmup(net: &mut Net) -> Option<Message> {
    let updates = std::mem::take(&mut net.warmup.updates);
    (updates > 0).then(|| {
        message!("full steps from the first update, without {updates} of warm-up", "从第一次更新起就用完整步长，不做 {updates} 次预热")
    })
}

/// Layers for which `change` says what stands in their place, those within residual blocks too. True where there was one.
fn replace(layers: &mut Vec<LayerConfig>, change: &dyn Fn(&LayerConfig) -> Option<Vec<LayerConfig>>) -> bool {
    let mut found = false;
    let mut kept = Vec::new();
    for mut layer in std::mem::take(layers) {
        if let Some(instead) = change(&layer) {
            found = true;
            kept.extend(instead);
            continue;
        }
        if let LayerConfig::residual(block) = &mut layer {
            found |= replace(&mut block.layers, change);
            // A block with nothing inside adds nothing.
            if block.layers.is_empty() {
                continue;
            }
        }
        kept.push(layer);
    }
    *layers = kept;
    found
}

fn normalisation(net: &mut Net) -> Option<Message> {
    let found = replace(&mut net.layers, &|layer| matches!(layer, LayerConfig::batch_norm(_) | LayerConfig::layer_norm(_)).then(Vec::new));
    found.then(|| message!("without its normalising layers", "去掉所有归一化层"))
}

fn initialisation(net: &mut Net) -> Option<Message> {
    use InitialiserConfig as I;
    // The others know nothing of a layer's size: they are no technique.
    if !matches!(net.initialiser, I::xavier_uniform(_) | I::xavier_normal(_) | I::he_uniform(_) | I::he_normal(_)) {
        return None;
    }
    let name = net.initialiser.title();
    net.initialiser = I::fan_in(Default::default());
    Some(message!(
        "weights from ±1/√inputs, as before Xavier and He, instead of “{name}”",
        "不用“{name}”，权重取自 ±1/√输入数，即 Xavier 与 He 之前的做法"; name
    ))
}

fn residual(net: &mut Net) -> Option<Message> {
    let mut found = false;
    // Blocks may stand in blocks.
    while replace(&mut net.layers, &|layer| if let LayerConfig::residual(block) = layer { Some(block.layers.clone()) } else { None }) {
        found = true;
    }
    found.then(|| message!("the layers of each block alone, with nothing going around them", "只保留每个块内的层，去掉绕行的连接"))
}

fn dropout(net: &mut Net) -> Option<Message> {
    let found = replace(&mut net.layers, &|layer| match layer {
        LayerConfig::dropout(_) => Some(Vec::new()),
        LayerConfig::drop_connect(layer) => {
            Some(vec![LayerConfig::dense(Dense { units: layer.units, activation: layer.activation.clone() })])
        }
        _ => None,
    });
    found.then(|| message!("no unit and no connection is ever left out", "不丢弃任何神经元或连接"))
}

fn penalties(net: &mut Net) -> Option<Message> {
    let own = decay(&mut net.optimizer).map_or(0.0, std::mem::take);
    let given = [std::mem::take(&mut net.l1), std::mem::take(&mut net.l2), std::mem::take(&mut net.weight_decay), own];
    given.iter().any(|&strength| strength > 0.0).then(|| message!("nothing pulls weights towards zero", "没有惩罚项把权重拉向零"))
}

fn max_norm(net: &mut Net) -> Option<Message> {
    let before = std::mem::take(&mut net.max_norm);
    (before != MaxNorm::default()).then(|| message!("weights may grow as they like", "权重可以任意增长"))
}

fn clipping(net: &mut Net) -> Option<Message> {
    let before = std::mem::take(&mut net.clip);
    (before != Clip::default()).then(|| message!("gradients are used as they are", "梯度原样使用"))
}

fn averaging(net: &mut Net) -> Option<Message> {
    let before = std::mem::take(&mut net.average);
    (before != Average::default()).then(|| message!("predicts with the weights that are trained", "直接用正在训练的权重来预测"))
}

fn pretraining(net: &mut Net) -> Option<Message> {
    if !matches!(net.transfer, Transfer::File(_)) {
        return None;
    }
    net.transfer = Transfer::default();
    // Rules for layers were made for weights that have learned: frozen at random they would say nothing.
    let rules = std::mem::take(&mut net.tuning).len();
    Some(if rules > 0 {
        message!("all weights begin fresh, and all learn at the same rate", "所有权重从头开始，且都以相同的学习率学习")
    } else {
        message!("all weights begin fresh", "所有权重从头开始")
    })
}
