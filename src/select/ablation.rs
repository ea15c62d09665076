//! Ablation: what does each technique of an experiment save? The same experiment with one of them switched off, everything else as it is, and nothing
//! tuned again. (The word is Newell's, 1975, from neurology; Meyes et al. 2019, "Ablation studies in artificial neural networks".)
//!
//! A technique is a function that switches itself off in an experiment and says in what way, or finds that it is not in use. Each has a plain
//! counterpart, which the sentence names: the last row of the field's textbooks before the technique came.

use crate::config::{Message, Nothing};
use crate::data::prepare::scale::Scale;
use crate::learn::Settings;
use crate::learn::net::Net;
use crate::learn::net::control::average::Average;
use crate::learn::net::control::clip::Clip;
use crate::learn::net::control::max_norm::MaxNorm;
use crate::learn::net::initialiser::InitialiserConfig;
use crate::learn::net::layers::LayerConfig;
use crate::learn::net::layers::dense::Dense;
use crate::learn::net::optimizer::OptimizerConfig;
use crate::learn::net::optimizer::mini_batch::MiniBatch;
use crate::learn::net::schedule::ScheduleConfig;
use crate::learn::net::transfer::Transfer;
use crate::message;
use crate::train::Experiment;
use crate::train::stop::EarlyStopping;
use serde::Serialize;

/// An experiment without one of its techniques.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Without {
    pub technique: &'static str,
    pub title: Message,
    /// What stands in its place.
    pub note: Message,
    /// It changes when a run ends, not how fast it learns: what counts is all updates that were spent, not those to the line.
    pub spent: bool,
    #[serde(skip)]
    pub experiment: Experiment,
}

/// A way to switch a technique off: what then stands in its place, none where it is not in use.
type Off = fn(&mut Experiment) -> Option<Message>;

const ALL: [(&str, Off); 15] = [
    ("optimizer", |it| optimizer(net(it)?)),
    ("schedule", |it| schedule(net(it)?)),
    ("warmup", |it| warmup(net(it)?)),
    ("normalisation", |it| normalisation(net(it)?)),
    ("initialisation", |it| initialisation(net(it)?)),
    ("residual", |it| residual(net(it)?)),
    ("scaling", scaling),
    ("augmentation", augmentation),
    ("dropout", |it| dropout(net(it)?)),
    ("penalties", |it| penalties(net(it)?)),
    ("max_norm", |it| max_norm(net(it)?)),
    ("clipping", |it| clipping(net(it)?)),
    ("averaging", |it| averaging(net(it)?)),
    ("pretraining", |it| pretraining(net(it)?)),
    (EARLY_STOPPING, early_stopping),
];

const EARLY_STOPPING: &str = "early_stopping";

fn title(technique: &str) -> Message {
    match technique {
        "optimizer" => message!("Optimizer", "优化器"),
        "schedule" => message!("Schedule", "学习率调度"),
        "warmup" => message!("Warm-up", "预热"),
        "normalisation" => message!("Normalisation", "归一化"),
        "initialisation" => message!("Initialisation", "初始化"),
        "residual" => message!("Residual connections", "残差连接"),
        "scaling" => message!("Scaled inputs", "输入缩放"),
        "augmentation" => message!("Augmentation", "数据增强"),
        "dropout" => message!("Dropout", "Dropout"),
        "penalties" => message!("L1, L2, weight decay", "L1、L2 与权重衰减"),
        "max_norm" => message!("Max-norm", "最大范数约束"),
        "clipping" => message!("Gradient clipping", "梯度裁剪"),
        "averaging" => message!("Weight averaging", "权重平均"),
        "pretraining" => message!("Pre-training", "预训练"),
        _ => message!("Early stopping", "早停"),
    }
}

/// The experiment without each technique that it uses, one at a time.
pub fn techniques(experiment: &Experiment) -> Vec<Without> {
    ALL.iter()
        .filter_map(|&(technique, off)| {
            let mut without = experiment.clone();
            let note = off(&mut without)?;
            Some(Without { technique, title: title(technique), note, spent: technique == EARLY_STOPPING, experiment: without })
        })
        .collect()
}

/// The experiment without this one technique; none where it does not use it.
pub fn without(experiment: &Experiment, technique: &str) -> Option<Experiment> {
    techniques(experiment).into_iter().find(|without| without.technique == technique).map(|without| without.experiment)
}

fn net(experiment: &mut Experiment) -> Option<&mut Net> {
    if let Settings::net(net) = &mut experiment.learner { Some(net) } else { None }
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

fn scaling(experiment: &mut Experiment) -> Option<Message> {
    // A tree's questions are the same at any scale.
    if !matches!(experiment.learner, Settings::net(_)) || experiment.prepare.scale == Scale::None {
        return None;
    }
    experiment.prepare.scale = Scale::None;
    Some(message!("features in the sizes in which they came", "特征保持原来的大小"))
}

fn augmentation(experiment: &mut Experiment) -> Option<Message> {
    let count = std::mem::take(&mut experiment.augment).len();
    (count > 0).then(|| message!("training samples as they are", "训练样本保持原样"))
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

fn early_stopping(experiment: &mut Experiment) -> Option<Message> {
    if matches!(experiment.stop.early_stopping, EarlyStopping::Off(_)) {
        return None;
    }
    experiment.stop.early_stopping = EarlyStopping::Off(Nothing {});
    let most = experiment.stop.max_updates;
    Some(message!("trains on to {most} updates; what counts is all updates spent", "一直训练到第 {most} 次更新；比较的是总更新次数"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<Without> {
        techniques(&Experiment::parse(text).unwrap_or_else(|issues| panic!("{issues:?}")))
    }

    fn names(text: &str) -> Vec<&'static str> {
        of(text).iter().map(|without| without.technique).collect()
    }

    const EVERYTHING: &str = r#"{
        "data": {"shapes": {}},
        "prepare": {"scale": "standard"},
        "augment": [{"horizontal_flip": {}}],
        "learner": {"net": {
            "layers": [
                {"conv2d": {"channels": 4}}, {"batch_norm": {}},
                {"residual": {"layers": [{"residual": {"layers": [{"conv2d": {"channels": 4, "kernel": 3, "padding": 1}}]}}, {"batch_norm": {}}]}},
                {"flatten": {}}, {"drop_connect": {"units": 8}}, {"dropout": {}}, {"layer_norm": {}}
            ],
            "initialiser": "he_normal",
            "optimizer": {"adamw": {"learning_rate": 0.004, "weight_decay": 0.02}},
            "schedule": {"cosine": {}},
            "warmup": {"updates": 20},
            "l1": 0.001,
            "max_norm": {"units": {}},
            "clip": {"norm": {}},
            "average": {"ema": {}},
            "tuning": [{"freeze": {}}],
            "transfer": {"file": {"path": "weights.safetensors"}}
        }}
    }"#;

    #[test]
    fn a_technique_is_listed_where_it_is_used_and_only_there() {
        assert_eq!(names(EVERYTHING), ALL.map(|(name, _)| name));
        assert_eq!(names("{}"), ["optimizer", "initialisation", "early_stopping"]);
        assert_eq!(names(r#"{"learner": "tree"}"#), ["early_stopping"]);
        assert_eq!(
            names(r#"{"learner": "tree", "prepare": {"scale": "standard"}, "augment": ["jitter"]}"#),
            ["augmentation", "early_stopping"]
        );
        let plain = r#"{"learner": {"net": {"optimizer": "sgd", "initialiser": "normal"}}, "stop": {"early_stopping": "off"}}"#;
        assert_eq!(names(plain), [""; 0]);
    }

    #[test]
    fn without_a_technique_it_is_no_longer_listed_and_all_others_are() {
        let all = Experiment::parse(EVERYTHING).unwrap();
        for without in techniques(&all) {
            let left: Vec<&str> = techniques(&without.experiment).iter().map(|left| left.technique).collect();
            let due: Vec<&str> = ALL.iter().map(|(name, _)| *name).filter(|name| *name != without.technique).collect();
            assert_eq!(left, due);
            assert_eq!(super::without(&all, without.technique), Some(without.experiment));
            assert!([&without.title, &without.note].iter().all(|words| !words.en.is_empty() && !words.zh.is_empty()));
        }
        assert_eq!(super::without(&all, "luck"), None);
    }

    #[test]
    fn what_stands_in_the_place_is_the_plain_counterpart() {
        let all = Experiment::parse(EVERYTHING).unwrap();
        let net = |technique: &str| match super::without(&all, technique).unwrap().learner {
            Settings::net(net) => net,
            other => panic!("{other:?}"),
        };
        let layers = |technique: &str| net(technique).layers.iter().map(LayerConfig::name).collect::<Vec<_>>();
        assert_eq!(layers("normalisation"), ["conv2d", "residual", "flatten", "drop_connect", "dropout"]);
        assert_eq!(
            layers("residual"),
            ["conv2d", "batch_norm", "conv2d", "batch_norm", "flatten", "drop_connect", "dropout", "layer_norm"]
        );
        assert_eq!(layers("dropout"), ["conv2d", "batch_norm", "residual", "flatten", "dense", "layer_norm"]);
        let plain = net("optimizer");
        assert_eq!((plain.optimizer.name(), plain.optimizer.part().learning_rate(), plain.weight_decay), ("mini_batch", 0.004, 0.02));
        let light = net("penalties");
        assert_eq!((light.l1, light.optimizer.part().learning_rate()), (0.0, 0.004));
        assert!(matches!(light.optimizer, OptimizerConfig::adamw(settings) if settings.weight_decay == 0.0));
        assert!(net("pretraining").tuning.is_empty());
        let searched = of(r#"{"learner": {"net": {"optimizer": "lbfgs"}}}"#);
        assert!(searched[0].note.en.contains("0.1 instead of “L-BFGS”"), "{}", searched[0].note.en);
    }
}
