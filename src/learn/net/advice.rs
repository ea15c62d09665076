//! What may help a network that suffers from something.

use super::Net;
use crate::config::Message;
use crate::learn::advice::{Advice, Ill, changed};
use crate::message;
use serde_json::{Value, json};

pub(super) fn of(net: &Net, ill: Ill) -> Vec<Advice> {
    let again = |what: Message, change: &dyn Fn(&mut Value)| Advice { what, settings: changed(net, change), back: Some(0) };
    let here = |what: Message, change: &dyn Fn(&mut Value)| Advice { back: None, ..again(what, change) };
    let slower = || {
        again(message!("Start again with a tenth of the learning rate", "以十分之一的学习率重新开始"), &|net| {
            scale_rate(net, 0.1)
        })
    };
    let faster = |times: f64| {
        here(message!("Multiply the learning rate by {times}", "把学习率增大到 {times} 倍"), &|net| scale_rate(net, times))
    };
    match ill {
        Ill::Diverging { back: 0 } => vec![slower()],
        Ill::Diverging { back } => {
            let what =
                message!("Go back to update {back} and divide the learning rate by ten", "退回第 {back} 次更新，并把学习率缩小到十分之一");
            vec![Advice { what, settings: changed(net, |net| scale_rate(net, 0.1)), back: Some(back) }, slower()]
        }
        Ill::Exploding => {
            vec![again(message!("Start again with He initialisation", "改用 He 初始化，重新开始"), &|net| activate(net, None))]
        }
        // What has killed units may well be the rate: an activation whose slope is nowhere zero, and a smaller one.
        Ill::Dead => {
            let what =
                message!("Start again with Leaky ReLU and a tenth of the learning rate", "改用 Leaky ReLU 与十分之一的学习率，重新开始");
            let revive = |net: &mut Value| {
                activate(net, Some("leaky_relu"));
                scale_rate(net, 0.1);
            };
            vec![again(what, &revive), slower()]
        }
        Ill::Vanishing => vec![
            again(
                message!("Start again with Leaky ReLU and He initialisation", "改用 Leaky ReLU 与 He 初始化，重新开始"),
                &|net| {
                    activate(net, Some("leaky_relu"));
                },
            ),
            again(message!("Start again with batch normalisation", "加入批归一化，重新开始"), &normalise),
        ],
        Ill::SmallRate => vec![faster(3.0), faster(10.0)],
        Ill::Overfitting => {
            let now = (4.0 * net.l2).clamp(0.01, 1.0);
            vec![again(message!("Start again with L2 regularisation {now}", "以 L2 正则化 {now} 重新开始"), &|net| {
                net["l2"] = json!(now)
            })]
        }
        Ill::Underfitting => vec![
            again(message!("Start again with twice as many units", "神经元数加倍，重新开始"), &|net| {
                for own in net["layers"].as_array_mut().into_iter().flatten().filter_map(|layer| layer.get_mut("dense")) {
                    own["units"] = json!(2 * own["units"].as_u64().unwrap_or(8));
                }
            }),
            again(message!("Start again with one more layer", "增加一层，重新开始"), &|net| {
                if let Some(layers) = net["layers"].as_array_mut() {
                    layers.push(json!({"dense": {"units": 16}}));
                }
            }),
        ],
        // An optimizer that takes large steps where slopes are small.
        Ill::Flat => {
            let adam = |net: &mut Value| net["optimizer"] = json!({"adam": {"learning_rate": 0.01}});
            vec![faster(3.0), again(message!("Start again with Adam", "改用 Adam 重新开始"), &adam)]
        }
        Ill::Tossed => {
            let lower = |net: &mut Value| net["schedule"] = json!({"reduce_on_plateau": {}});
            vec![here(message!("Lower the learning rate whenever the loss stands still", "每当损失停滞就降低学习率"), &lower)]
        }
    }
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
fn activate(net: &mut Value, activation: Option<&str>) {
    let layers = net["layers"].as_array_mut().into_iter().flatten();
    for own in layers.filter_map(|layer| layer.as_object_mut()?.values_mut().next()?.as_object_mut()) {
        if let (Some(name), true) = (activation, own.contains_key("activation")) {
            own.insert("activation".into(), json!({ name: {} }));
        }
    }
    net["initialiser"] = json!({"he_normal": {}});
}

/// A normalisation behind every dense layer.
fn normalise(net: &mut Value) {
    let Some(layers) = net["layers"].as_array() else { return };
    let with = layers.iter().flat_map(|layer| {
        let dense = layer.get("dense").is_some();
        [Some(layer.clone()), dense.then(|| json!({"batch_norm": {}}))].into_iter().flatten()
    });
    net["layers"] = with.collect();
}
