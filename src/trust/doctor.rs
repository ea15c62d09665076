//! Names what is wrong with a run while it trains: from its history, and from how its layers are. Each finding says since when, what it was told
//! by, and what can be done; a remedy is an experiment. The thresholds are stated at each rule and in its words.

use crate::config::reader::Reader;
use crate::config::{Message, brief};
use crate::data::Task;
use crate::learn::View;
use crate::learn::inside::Fault;
use crate::message;
use crate::train::{Experiment, Run, StopReason};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Training rows on which layers are judged.
const SAMPLE: usize = 128;
/// Evaluations before anything is said of curves: fewer say nothing yet.
const FEW: usize = 12;
/// A loss so many times its lowest diverges.
const DIVERGED: f64 = 3.0;
/// So much above its lowest, the validation loss has risen.
const RISEN: f64 = 1.1;
/// A loss that fell by less than this share over the last third of a run stands still.
const STILL: f64 = 0.01;
/// A loss that fell steadily, but by less than this share of itself over the last half, falls slowly.
const SLOW: f64 = 0.05;
/// Updates that a remedy goes back before what went wrong.
const BACK: u64 = 20;

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Diverging,
    Exploding,
    Vanishing,
    Dead,
    SmallRate,
    Overfitting,
    Underfitting,
    Plateau,
}

/// Something that may help.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Remedy {
    pub what: Message,
    /// The experiment with it.
    pub experiment: Value,
    /// The update to go back to before it is taken over; none where it is taken over here, or the run begins again.
    pub back: Option<u64>,
}

/// One thing that is wrong, and how it is known.
#[derive(Clone, Debug, PartialEq, Serialize)]
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

/// A column of the history with what it is over.
struct Curve<'a> {
    updates: &'a [f64],
    values: &'a [f64],
}

impl<'a> Curve<'a> {
    fn of(run: &'a Run, name: &str) -> Option<Self> {
        let series = run.history().series();
        let find = |name: &str| series.iter().find(|series| series.name == name).map(|series| &series.last[..]);
        Some(Curve { updates: find("update")?, values: find(name)? })
    }

    fn last(&self) -> f64 {
        self.values.last().copied().unwrap_or(f64::NAN)
    }

    /// Row of the lowest value.
    fn lowest(&self) -> usize {
        (0..self.values.len())
            .filter(|&row| self.values[row].is_finite())
            .min_by(|&a, &b| self.values[a].total_cmp(&self.values[b]))
            .unwrap_or(0)
    }

    /// Mean of the values of some rows: one evaluation is noise.
    fn mean(&self, rows: std::ops::Range<usize>) -> f64 {
        let count = rows.len().max(1) as f64;
        self.values[rows].iter().sum::<f64>() / count
    }

    fn len(&self) -> usize {
        self.values.len()
    }

    /// By what share of itself it fell from one stretch of a tenth to the last one; `from` is a share of the rows.
    fn fell(&self, from: f64) -> f64 {
        let (rows, tenth) = (self.len(), (self.len() / 10).max(1));
        let start = ((rows as f64 * from) as usize).min(rows - tenth);
        let (before, after) = (self.mean(start..start + tenth), self.mean(rows - tenth..rows));
        (before - after) / before.abs().max(1e-12)
    }

    /// Share of steps over the last half that went down.
    fn steadily(&self) -> f64 {
        let half = &self.values[self.len() / 2..];
        let down = half.windows(2).filter(|pair| pair[1] < pair[0]).count();
        down as f64 / half.len().saturating_sub(1).max(1) as f64
    }
}

/// Everything that is wrong with a run as it stands, the worst first; empty for a healthy one, and for one that has only begun.
pub fn examine(run: &Run) -> Vec<Finding> {
    let Some(train) = Curve::of(run, "train.loss") else { return Vec::new() };
    let held = Curve::of(run, "validation.loss");
    if run.update() == 0 || run.looks_back() {
        return Vec::new();
    }
    if let Some(found) = diverging(run, &train) {
        return vec![found];
    }
    let mut all = layers(run);
    if train.len() >= FEW {
        let over = held.as_ref().and_then(|held| overfitting(run, &train, held));
        let stands = over.is_none().then(|| standing(run, &train, held.as_ref())).flatten();
        all.extend(over.into_iter().chain(stands));
    }
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
            message!(", first in layer {number} ({name})", "，最先出现在第 {number} 层（{name}）")
        },
    );
    let what = message!(
        "Training diverges since update {from}: the training loss went from {before} to {after}{place}. Steps are too large.",
        "自第 {from} 次更新起训练发散：训练损失从 {before} 变为 {after}{place}。步子过大。"; place
    );
    let back = from.saturating_sub(BACK);
    let remedies = [
        scaled_rate(run, 0.5).map(|experiment| Remedy {
            what: message!("Go back to update {back} and halve the learning rate", "退回第 {back} 次更新，并把学习率减半"),
            experiment,
            back: Some(back),
        }),
        scaled_rate(run, 0.1).map(|experiment| Remedy {
            what: message!("Start again with a tenth of the learning rate", "以十分之一的学习率重新开始"),
            experiment,
            back: Some(0),
        }),
    ];
    Some(Finding {
        kind: Kind::Diverging,
        what,
        from,
        to: run.update(),
        layer: layer.map(|(at, _)| at),
        remedies: remedies.into_iter().flatten().collect(),
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
    let View::Layers { layers } = run.learner().view(0) else { return None };
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
        let more = if others > 0 { message!(" ({others} more layers)", "（另有 {others} 层）") } else { message!("", "") };
        let (kind, remedies) = match fault {
            Fault::Exploding => (Kind::Exploding, vec![clipped(run)]),
            Fault::Dead => (Kind::Dead, vec![activated(run, "leaky_relu"), rate_remedy(run, 0.5)]),
            Fault::Vanishing => (Kind::Vanishing, vec![activated(run, "relu"), normalised(run)]),
        };
        Some(Finding {
            kind,
            what: message!("Layer {number}{more}: {said}", "第 {number} 层{more}：{said}"; more, said),
            from: run.update(),
            to: run.update(),
            layer: Some(first),
            remedies: remedies.into_iter().flatten().collect(),
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
    let stop = edited(run, |document| {
        document["stop"]["early_stopping"] = json!({"patience": {"patience": 20, "min_delta": 0.0, "restore_best": true}})
    })
    .map(|experiment| Remedy {
        what: message!("Go back to update {from}, and stop early from there", "退回第 {from} 次更新，并从那里启用早停"),
        experiment,
        back: Some(from),
    });
    let l2 = net_edited(run, |net| net["l2"] = json!(net["l2"].as_f64().unwrap_or(0.0).max(0.0005) * 2.0)).map(|experiment| Remedy {
        what: message!(
            "Start again with weights held small (L2 0.001 or twice as much as now)",
            "以更小的权重重新开始（L2 取 0.001 或现值的两倍）"
        ),
        experiment,
        back: Some(0),
    });
    let depth = tree_edited(run, |tree| {
        let deep = tree["max_depth"].as_u64().unwrap_or(8);
        tree["max_depth"] = json!((deep / 2).max(2));
    })
    .map(|experiment| Remedy { what: message!("A tree half as deep", "深度减半的树"), experiment, back: Some(0) });
    Some(Finding {
        kind: Kind::Overfitting,
        what,
        from,
        to: run.update(),
        layer: None,
        remedies: [stop, l2, depth].into_iter().flatten().collect(),
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
    let finding = |kind, what, remedies: Vec<Option<Remedy>>| {
        Some(Finding { kind, what, from, to: run.update(), layer: None, remedies: remedies.into_iter().flatten().collect() })
    };
    let slow = train.fell(0.5);
    if (1e-6..SLOW).contains(&slow) && train.steadily() > 0.95 && run.learner().learning_rate().is_some() {
        let percent = brief::number(100.0 * slow);
        let what = message!(
            "The learning rate is small: the training loss falls steadily, but only by {percent} % over the last half of the run.",
            "学习率偏小：训练损失稳步下降，但在训练的后半程只降了 {percent}%。"
        );
        return finding(Kind::SmallRate, what, vec![rate_remedy(run, 3.0), rate_remedy(run, 10.0)]);
    }
    if train.fell(0.66).abs() > STILL {
        return None;
    }
    let poor = is_poor(run);
    let gap = held.map_or(1.0, |held| held.last() / last.max(1e-12));
    if poor && gap < 1.5 {
        let what = message!(
            "Underfitting: the loss stands still, and even the training rows are predicted badly. The model is too small, or its inputs say too little.",
            "欠拟合：损失停滞不前，连训练数据也预测不好。模型太小，或输入的信息太少。"
        );
        return finding(Kind::Underfitting, what, vec![wider(run), deeper(run)]);
    }
    let percent = brief::number(100.0 * STILL);
    let what = message!(
        "A plateau: the training loss has changed by less than {percent} % over the last third of the run.",
        "平台期：训练损失在最近三分之一的训练中变化不到 {percent}%。"
    );
    let lowers = net_edited(run, |net| net["schedule"] = json!({"reduce_on_plateau": {}})).map(|experiment| Remedy {
        what: message!("Lower the learning rate whenever the loss stands still", "每当损失停滞就降低学习率"),
        experiment,
        back: None,
    });
    finding(Kind::Plateau, what, vec![lowers, rate_remedy(run, 3.0)])
}

/// Worse on its own training rows than most would accept: accuracy below 0.9, R² below 0.8.
fn is_poor(run: &Run) -> bool {
    let of = |name: &str| run.last().train.iter().find(|(metric, _)| *metric == name).map(|(_, value)| *value);
    match run.table().task {
        Task::Classification(_) => of("accuracy").is_some_and(|value| value < 0.9),
        Task::Regression => of("r2").is_some_and(|value| value < 0.8),
    }
}

/// The experiment with something changed; none where nothing is, or where it no longer fits.
fn edited(run: &Run, edit: impl FnOnce(&mut Value)) -> Option<Value> {
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

fn scaled_rate(run: &Run, factor: f64) -> Option<Value> {
    net_edited(run, |net| {
        let rate = net["optimizer"].as_object_mut().and_then(|kind| kind.values_mut().next()).and_then(|own| own.get_mut("learning_rate"));
        if let Some(rate) = rate
            && let Some(now) = rate.as_f64()
        {
            *rate = json!((now * factor).clamp(1e-6, 10.0));
        }
    })
}

fn rate_remedy(run: &Run, factor: f64) -> Option<Remedy> {
    let experiment = scaled_rate(run, factor)?;
    let what = if factor > 1.0 {
        message!("A learning rate {factor} times as large", "把学习率增大到 {factor} 倍")
    } else {
        let times = 1.0 / factor;
        message!("A learning rate {times} times smaller", "把学习率缩小到 {times} 分之一")
    };
    Some(Remedy { what, experiment, back: None })
}

fn clipped(run: &Run) -> Option<Remedy> {
    let experiment = net_edited(run, |net| net["clip"] = json!({"norm": {}}))?;
    Some(Remedy { what: message!("Clip the gradient", "裁剪梯度"), experiment, back: None })
}

/// Every layer's activation another one, with the initial weights that suit it.
fn activated(run: &Run, activation: &str) -> Option<Remedy> {
    let experiment = net_edited(run, |net| {
        let Some(layers) = net["layers"].as_array_mut() else { return };
        for own in layers.iter_mut().filter_map(|layer| layer.as_object_mut()?.values_mut().next()?.as_object_mut()) {
            if own.contains_key("activation") {
                own.insert("activation".into(), json!({ activation: {} }));
            }
        }
        net["initialiser"] = json!({"he_normal": {}});
    })?;
    let name = activation.replace('_', " ");
    Some(Remedy {
        what: message!("Start again with {name} and He's initial weights", "改用 {name} 与 He 初始化重新开始"),
        experiment,
        back: Some(0),
    })
}

/// A normalisation behind every dense layer.
fn normalised(run: &Run) -> Option<Remedy> {
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

fn wider(run: &Run) -> Option<Remedy> {
    let net = net_edited(run, |net| {
        let Some(layers) = net["layers"].as_array_mut() else { return };
        for own in layers.iter_mut().filter_map(|layer| layer.get_mut("dense")) {
            own["units"] = json!(2 * own["units"].as_u64().unwrap_or(8));
        }
    });
    let tree = tree_edited(run, |tree| tree["max_depth"] = json!(2 * tree["max_depth"].as_u64().unwrap_or(4)));
    let what = if net.is_some() {
        message!("Start again with twice as many units", "单元数加倍，重新开始")
    } else {
        message!("A tree twice as deep", "深度加倍的树")
    };
    Some(Remedy { what, experiment: net.or(tree)?, back: Some(0) })
}

fn deeper(run: &Run) -> Option<Remedy> {
    let experiment = net_edited(run, |net| {
        if let Some(layers) = net["layers"].as_array_mut() {
            layers.push(json!({"dense": {"units": 16}}));
        }
    })?;
    Some(Remedy { what: message!("Start again with one more layer", "增加一层，重新开始"), experiment, back: Some(0) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Session;

    fn after(json: &str, updates: u64) -> (Session, Vec<Finding>) {
        let mut session = Session::default();
        session.open(json).unwrap_or_else(|issues| panic!("{issues:?}"));
        session.advance(f64::INFINITY, updates, &mut || 0.0);
        let found = examine(&session.runs()[0]);
        (session, found)
    }

    fn kinds(found: &[Finding]) -> Vec<Kind> {
        found.iter().map(|finding| finding.kind).collect()
    }

    /// Takes a remedy as the page does.
    fn taken(session: &mut Session, remedy: &Remedy) {
        let text = remedy.experiment.to_string();
        match remedy.back {
            Some(update) if update > 0 => {
                session.go_back(0, update);
                assert!(session.live(0, &text).unwrap());
            }
            _ => session.replace(0, &text).unwrap(),
        }
    }

    #[test]
    fn a_healthy_run_is_left_alone() {
        let (_, found) = after(r#"{"data": {"moons": {}}}"#, 400);
        assert_eq!(kinds(&found), []);
    }

    #[test]
    fn divergence_is_dated_and_a_tenth_of_the_rate_mends_it() {
        let json = r#"{"data": {"curve": {}}, "learner": {"net": {"optimizer": {"mini_batch": {"learning_rate": 0.9}}, "layers": [{"dense": {"units": 16, "activation": {"relu": {}}}}]}}}"#;
        let (mut session, found) = after(json, 3000);
        assert_eq!(kinds(&found)[0], Kind::Diverging, "{:?}", session.runs()[0].last());
        assert!(found[0].from < found[0].to);
        let remedy = &found[0].remedies[1];
        taken(&mut session, remedy);
        session.advance(f64::INFINITY, 300, &mut || 0.0);
        assert!(!kinds(&examine(&session.runs()[0])).contains(&Kind::Diverging));
    }

    #[test]
    fn sigmoids_one_behind_the_other_vanish_and_relu_mends_them() {
        let layer = r#"{"dense": {"units": 8, "activation": {"sigmoid": {}}}}"#;
        let layers = [layer; 8].join(",");
        let (mut session, found) = after(&format!(r#"{{"learner": {{"net": {{"layers": [{layers}]}}}}}}"#), 60);
        let vanishing = found.iter().find(|finding| finding.kind == Kind::Vanishing).expect("eight sigmoids");
        assert_eq!(vanishing.layer, Some(0));
        taken(&mut session, &vanishing.remedies[0]);
        session.advance(f64::INFINITY, 60, &mut || 0.0);
        assert!(!kinds(&examine(&session.runs()[0])).contains(&Kind::Vanishing));
    }

    #[test]
    fn a_rate_that_is_too_small_is_told_from_a_plateau() {
        let (_, found) = after(
            r#"{"learner": {"net": {"optimizer": {"gradient_descent": {"learning_rate": 0.0005}}}}, "stop": {"early_stopping": {"off": {}}}}"#,
            300,
        );
        assert_eq!(kinds(&found), [Kind::SmallRate]);
        assert_eq!(found[0].remedies.len(), 2);
    }

    #[test]
    fn a_large_network_on_few_noisy_rows_overfits_since_its_best() {
        let json = r#"{"data": {"moons": {"samples": 60, "noise": 0.45}}, "learner": {"net": {"layers": [{"dense": {"units": 64}}, {"dense": {"units": 64}}]}}, "stop": {"early_stopping": {"off": {}}}}"#;
        let (session, found) = after(json, 1500);
        assert_eq!(kinds(&found), [Kind::Overfitting]);
        assert_eq!(Some(found[0].from), session.runs()[0].best().map(|(update, _)| update));
    }

    #[test]
    fn a_line_cannot_part_a_spiral() {
        let (_, found) = after(r#"{"learner": {"net": {"layers": []}}, "stop": {"early_stopping": {"off": {}}}}"#, 2000);
        assert_eq!(kinds(&found), [Kind::Underfitting]);
    }
}
