//! Ablation: what does each technique of an experiment save? The same experiment with one of them switched off, everything else as it is, and nothing
//! tuned again. (The word is Newell's, 1975, from neurology; Meyes et al. 2019, "Ablation studies in artificial neural networks".)
//!
//! A family knows the techniques in its own settings ([`crate::learn::Family::techniques`]); here are those of the experiment around them.

use crate::config::reader::Reader;
use crate::config::{Message, Nothing};
use crate::data::prepare::scale::Scale;
use crate::learn::Settings;
use crate::message;
use crate::train::Experiment;
use crate::train::stop::EarlyStopping;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// An experiment without one of its techniques.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "Technique")]
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

const EARLY_STOPPING: &str = "early_stopping";

/// Name, title, and how it is switched off.
fn around() -> [(&'static str, Message, Off); 3] {
    [
        ("scaling", message!("Scaled inputs", "输入缩放"), scaling),
        ("augmentation", message!("Augmentation", "数据增强"), augmentation),
        (EARLY_STOPPING, message!("Early stopping", "早停"), early_stopping),
    ]
}

/// The experiment without each technique that it uses, one at a time.
pub fn techniques(experiment: &Experiment) -> Vec<Without> {
    let tag = experiment.learner.name();
    let own = experiment.learner.part().techniques().into_iter().map(|technique| {
        let document = json!({ tag: technique.without });
        let learner = Settings::deserialize(Reader(&document)).expect("settings of its own family");
        let without = Experiment { learner, ..experiment.clone() };
        Without { technique: technique.name, title: technique.title, note: technique.note, spent: false, experiment: without }
    });
    let around = around().into_iter().filter_map(|(technique, title, off)| {
        let mut without = experiment.clone();
        let note = off(&mut without)?;
        Some(Without { technique, title, note, spent: technique == EARLY_STOPPING, experiment: without })
    });
    own.chain(around).collect()
}

/// The experiment without this one technique; none where it does not use it.
pub fn without(experiment: &Experiment, technique: &str) -> Option<Experiment> {
    techniques(experiment).into_iter().find(|without| without.technique == technique).map(|without| without.experiment)
}

fn scaling(experiment: &mut Experiment) -> Option<Message> {
    if !experiment.learner.part().minds_scale() || experiment.prepare.scale == Scale::None {
        return None;
    }
    experiment.prepare.scale = Scale::None;
    Some(message!("features in the sizes in which they came", "特征保持原来的大小"))
}

fn augmentation(experiment: &mut Experiment) -> Option<Message> {
    let count = std::mem::take(&mut experiment.augment).len();
    (count > 0).then(|| message!("training samples as they are", "训练样本保持原样"))
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
    use crate::learn::net::layers::LayerConfig;
    use crate::learn::net::optimizer::OptimizerConfig;

    fn of(text: &str) -> Vec<Without> {
        techniques(&Experiment::parse(text).unwrap_or_else(|issues| panic!("{issues:?}")))
    }

    fn names(text: &str) -> Vec<&'static str> {
        of(text).iter().map(|without| without.technique).collect()
    }

    const ALL: [&str; 15] = [
        "optimizer",
        "schedule",
        "warmup",
        "normalisation",
        "initialisation",
        "residual",
        "dropout",
        "penalties",
        "max_norm",
        "clipping",
        "averaging",
        "pretraining",
        "scaling",
        "augmentation",
        "early_stopping",
    ];

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
        assert_eq!(names(EVERYTHING), ALL);
        assert_eq!(names("{}"), ["optimizer", "initialisation", "early_stopping"]);
        assert_eq!(names(r#"{"learner": "tree"}"#), ["early_stopping"]);
        assert_eq!(
            names(r#"{"learner": "tree", "prepare": {"scale": "standard"}, "augment": ["jitter"]}"#),
            ["augmentation", "early_stopping"]
        );
        for by_distance in ["svm", "k_nearest_neighbours", "k_means"] {
            let text = format!(r#"{{"learner": "{by_distance}", "prepare": {{"scale": "standard"}}}}"#);
            assert_eq!(names(&text), ["scaling", "early_stopping"]);
        }
        let plain = r#"{"learner": {"net": {"optimizer": "sgd", "initialiser": "normal"}}, "stop": {"early_stopping": "off"}}"#;
        assert_eq!(names(plain), [""; 0]);
    }

    #[test]
    fn without_a_technique_it_is_no_longer_listed_and_all_others_are() {
        let all = Experiment::parse(EVERYTHING).unwrap();
        for without in techniques(&all) {
            let left: Vec<&str> = techniques(&without.experiment).iter().map(|left| left.technique).collect();
            let due: Vec<&str> = ALL.into_iter().filter(|name| *name != without.technique).collect();
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
