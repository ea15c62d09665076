//! Optimizers that the first golden file does not hold, and what is done around their step, against PyTorch and the papers;
//! `golden/optimizers_reference.py` and `golden/elastic_net_reference.py` wrote the numbers.

use descent::data::Task;
use descent::learn::net::control::average::{Average, Ema};
use descent::learn::net::optimizer::OptimizerConfig;
use descent::learn::net::{Net, Network};
use descent::learn::{Family, Learner, Problem, Rows, Weighted};
use ndarray::Array2;
use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize)]
struct Golden {
    inputs: Vec<f32>,
    labels: Vec<f32>,
    initial: Vec<f32>,
    optimizers: Vec<Case>,
    controls: Vec<Case>,
    tuning: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    net: Net,
    losses: Vec<f64>,
    /// The weights in training.
    weights: Vec<f64>,
    /// Those with which the model answers, where they are others.
    answering: Option<Vec<f64>>,
}

fn golden() -> Golden {
    serde_json::from_str(include_str!("../golden/optimizers.json")).expect("optimizers.json")
}

fn close(what: &str, got: impl IntoIterator<Item = f64>, expected: &[f64], absolute: f64, relative: f64) {
    let got: Vec<f64> = got.into_iter().collect();
    assert_eq!(got.len(), expected.len(), "{what}");
    for (at, (got, expected)) in got.iter().zip(expected).enumerate() {
        assert!((got - expected).abs() <= absolute + relative * expected.abs(), "{what}[{at}]: {got}, the reference has {expected}");
    }
}

fn wide(values: &[f32]) -> impl Iterator<Item = f64> {
    values.iter().map(|&value| f64::from(value))
}

impl Golden {
    fn inputs(&self) -> Array2<f32> {
        Array2::from_shape_vec((self.labels.len(), 3), self.inputs.clone()).expect("shape")
    }

    fn network(&self, net: &Net) -> Network {
        let classes = Task::Classification(["0", "1", "2"].map(String::from).to_vec());
        let problem = Problem::flat(["a", "b", "c"].map(String::from).to_vec(), classes, self.labels.len(), 1);
        assert_eq!(net.check(&problem), Vec::new());
        let mut network = Network::new(net.clone(), &problem);
        // Initial weights are a function of their place: smaller networks take the first.
        let initial = self.initial[..network.weights().len()].to_vec();
        network.set_weights(&initial);
        network
    }

    /// Trains as the reference did and compares all the way.
    fn follow(&self, case: &Case) {
        let inputs = self.inputs();
        let rows = Rows::new(inputs.view(), &self.labels);
        let name = serde_json::to_string(&case.net).expect("settings");
        let mut network = self.network(&case.net);
        let mut losses = Vec::new();
        for _ in &case.losses {
            losses.push(network.evaluate(rows, &mut vec![0.0; 3 * self.labels.len()]));
            network.tick(rows);
        }
        close(&format!("loss of {name}"), losses, &case.losses, 1e-6, 1e-5);
        close(&format!("weights of {name}"), wide(network.weights()), &case.weights, 2e-5, 2e-5);
        let tensors: Vec<f32> = network.tensors().into_iter().flat_map(|tensor| tensor.values).collect();
        close(&format!("answering weights of {name}"), wide(&tensors), case.answering.as_ref().unwrap_or(&case.weights), 2e-5, 2e-5);
    }
}

#[test]
fn twenty_updates_of_every_optimizer() {
    let golden = golden();
    golden.optimizers.iter().for_each(|case| golden.follow(case));
    // Those with the longest list have a file of their own.
    let elsewhere: serde_json::Value = serde_json::from_str(include_str!("../golden/torch.json")).expect("torch.json");
    let elsewhere = elsewhere["optimizers"].as_array().expect("optimizers");
    for optimizer in OptimizerConfig::all() {
        let name = optimizer.name();
        let here = golden.optimizers.iter().any(|case| case.net.optimizer.name() == name);
        // Those that search: golden_second_order.rs.
        let there =
            name == "sgd" || optimizer.part().search().is_some() || elsewhere.iter().any(|case| case["optimizer"].get(name).is_some());
        assert!(here || there, "{name} is compared with nothing");
    }
}

#[test]
fn twenty_updates_of_every_control_and_of_all_in_their_order() {
    let golden = golden();
    golden.controls.iter().for_each(|case| golden.follow(case));
}

#[test]
fn frozen_layers_and_rates_of_their_own_are_pytorchs_parameter_groups() {
    let golden = golden();
    golden.tuning.iter().for_each(|case| golden.follow(case));
}

#[test]
fn an_elastic_net_is_scikit_learns() {
    #[derive(Deserialize)]
    struct File {
        inputs: Vec<f32>,
        targets: Vec<f32>,
        cases: Vec<Elastic>,
    }
    #[derive(Deserialize)]
    struct Elastic {
        alpha: f64,
        l1_ratio: f64,
        coefficients: Vec<f64>,
        intercept: f64,
    }
    let file: File = serde_json::from_str(include_str!("../golden/elastic_net.json")).expect("elastic_net.json");
    let inputs = Array2::from_shape_vec((file.targets.len(), 4), file.inputs).expect("shape");
    let problem = Problem::flat(["a", "b", "c", "d"].map(String::from).to_vec(), Task::Regression, file.targets.len(), 1);
    for case in file.cases {
        // Half of our squared error is theirs.
        let (l1, l2) = (2.0 * case.alpha * case.l1_ratio, 2.0 * case.alpha * (1.0 - case.l1_ratio));
        let net = json!({"layers": [], "loss": {"mse": {}}, "optimizer": {"gradient_descent": {}}, "l1": l1, "l2": l2, "schedule": {"exponential": {"gamma": 0.9998}}});
        let mut network = Network::new(serde_json::from_value(net).expect("settings"), &problem);
        for _ in 0..40_000 {
            network.tick(Rows::new(inputs.view(), &file.targets));
        }
        let name = format!("alpha {} with ratio {}", case.alpha, case.l1_ratio);
        let expected: Vec<f64> = case.coefficients.into_iter().chain([case.intercept]).collect();
        close(&name, wide(network.weights()), &expected, 3e-4, 0.0);
    }
}

/// The golden network, trained for `updates` with these settings.
fn trained(settings: serde_json::Value, updates: usize) -> Network {
    let golden = golden();
    let mut net = serde_json::to_value(&golden.controls[0].net).expect("settings");
    net["clip"] = json!({"off": {}});
    net["optimizer"] = json!({"adam": {"learning_rate": 0.05}});
    settings.as_object().expect("settings").iter().for_each(|(key, value)| net[key] = value.clone());
    let mut network = golden.network(&serde_json::from_value(net).expect("settings"));
    let inputs = golden.inputs();
    for _ in 0..updates {
        network.tick(Rows::new(inputs.view(), &golden.labels));
    }
    network
}

#[test]
fn controls_that_do_not_bind_change_no_bit() {
    let plain = trained(json!({}), 15);
    for settings in [
        json!({"clip": {"norm": {"limit": 1000}}}),
        json!({"clip": {"value": {"limit": 1000}}}),
        json!({"max_norm": {"units": {"limit": 100}}}),
        json!({"average": {"ema": {"decay": 0.9}}}),
    ] {
        assert_eq!(trained(settings.clone(), 15).weights(), plain.weights(), "{settings}");
    }
    // An average that forgets at once is the weights themselves.
    let forgetting = trained(json!({"average": {"ema": {"decay": 0}}}), 15);
    assert_eq!(forgetting.tensors(), plain.tensors());
}

#[test]
fn decoupled_decay_is_that_of_adamw_on_weights_and_coupled_decay_under_plain_descent() {
    let decayed = |optimizer: serde_json::Value, l2: f64, weight_decay: f64| {
        trained(json!({"optimizer": optimizer, "l2": l2, "weight_decay": weight_decay}), 15)
    };
    // AdamW's own decay takes biases along: compared after one update, which finds them decayed and not yet felt elsewhere.
    let adam = trained(json!({"weight_decay": 0.4}), 1);
    let adamw = trained(json!({"optimizer": {"adamw": {"learning_rate": 0.05, "weight_decay": 0.4}}}), 1);
    for (one, other) in adam.tensors().iter().zip(adamw.tensors()).filter(|(one, _)| one.name.ends_with("weight")) {
        close(&one.name, wide(&one.values), &wide(&other.values).collect::<Vec<_>>(), 1e-6, 1e-6);
    }
    let plain = json!({"mini_batch": {"learning_rate": 0.2}});
    let (coupled, decoupled) = (decayed(plain.clone(), 0.3, 0.0), decayed(plain, 0.0, 0.3));
    close("weights", wide(coupled.weights()), &wide(decoupled.weights()).collect::<Vec<_>>(), 1e-5, 1e-5);
}

#[test]
fn the_norm_that_is_shown_is_that_before_clipping() {
    let (plain, clipped) = (trained(json!({}), 1), trained(json!({"clip": {"norm": {"limit": 0.001}}}), 1));
    assert!(plain.norms().gradient > 0.1);
    assert_eq!(clipped.norms(), descent::learn::Norms { weights: clipped.norms().weights, ..plain.norms() });
}

#[test]
fn no_row_of_weights_is_longer_than_max_norm_allows() {
    let network = trained(json!({"max_norm": {"units": {"limit": 0.5}}}), 30);
    for tensor in network.tensors().iter().filter(|tensor| tensor.name.ends_with("weight")) {
        for row in tensor.values.chunks_exact(tensor.shape[1]) {
            let norm = wide(row).map(|weight| weight * weight).sum::<f64>().sqrt();
            assert!(norm <= 0.5 + 1e-6, "{}: {norm}", tensor.name);
        }
    }
}

#[test]
fn an_average_can_be_turned_on_and_off_while_training() {
    let golden = golden();
    let inputs = golden.inputs();
    let rows = Rows::new(inputs.view(), &golden.labels);
    let mut network = trained(json!({}), 5);
    let flat = |network: &Network| network.tensors().into_iter().flat_map(|tensor| tensor.values).collect::<Vec<f32>>();
    let with = |average: Average| {
        let plain = json!({"layers": golden.controls[0].net.layers, "batch_size": 10, "optimizer": {"adam": {"learning_rate": 0.05}}});
        Net { average, ..serde_json::from_value::<Net>(plain).expect("settings") }
    };
    assert!(network.apply_live(&with(Average::Ema(Ema { decay: 0.9, warm_up: false }))));
    assert_eq!(flat(&network), network.weights());
    network.tick(rows);
    assert_eq!(flat(&network), network.weights(), "it begins with the weights of now");
    network.tick(rows);
    assert_ne!(flat(&network), network.weights());
    network.set("0.weight", 0, 7.0).expect("set");
    assert_eq!((flat(&network)[0], network.weights()[0]), (7.0, 7.0));
    let mut averaged = descent::learn::Snapshot::default();
    network.snapshot(&mut averaged);
    let answered = flat(&network);
    assert!(network.apply_live(&with(Average::default())));
    network.tick(rows);
    assert_eq!(flat(&network), network.weights());
    // A model that was averaged is put back as it answered.
    network.restore(&averaged).expect("a snapshot of this network");
    assert_eq!(flat(&network), answered);
}
