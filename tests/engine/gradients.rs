//! Analytic gradients against differences in f64 of the loss, and products with the Hessian against differences of gradients, for every
//! activation with every loss.

use descent::config::Issue;
use descent::data::Task;
use descent::learn::net::loss::class_weights::{ClassWeights, Given};
use descent::learn::net::{Net, Network, activation::ActivationConfig, layers::LayerConfig, layers::dense::Dense, loss::LossConfig};
use descent::learn::{Family, Mixed, Problem, Rows};
use ndarray::Array2;

fn task(classes: usize) -> Task {
    match classes {
        0 => Task::Regression,
        _ => Task::Classification((0..classes).map(|class| class.to_string()).collect()),
    }
}

/// (what it is, a network with every activation and every loss that suits, its targets): 7 rows of 3 features.
fn networks() -> Vec<(String, Network, Vec<f32>)> {
    let mut networks = Vec::new();
    let smooth: LossConfig = serde_json::from_str(r#"{"binary_cross_entropy": {"label_smoothing": 0.2}}"#).expect("a loss");
    let smoother: LossConfig = serde_json::from_str(r#"{"softmax_cross_entropy": {"label_smoothing": 0.3}}"#).expect("a loss");
    let sharp: LossConfig = serde_json::from_str(r#"{"focal": {"gamma": 0.5}}"#).expect("a loss");
    for activation in ActivationConfig::all() {
        for mut loss in LossConfig::all().into_iter().chain([smooth.clone(), smoother.clone(), sharp.clone()]) {
            // Its default is where a network that answers about 0 is, 1 from both classes: differences would straddle its corner.
            if let LossConfig::huber(huber) = &mut loss {
                huber.delta = 0.37;
            }
            for classes in [0, 2, 4] {
                let task = task(classes);
                if loss.part().suits(&task).is_err() {
                    continue;
                }
                let dense = |units| LayerConfig::dense(Dense { units, activation: activation.clone() });
                let mut settings = Net { layers: vec![dense(5), dense(4)], loss: loss.clone(), ..Net::default() };
                if classes > 0 {
                    let weights = (0..classes).map(|class| 1.0 + class as f64).collect();
                    settings.class_weights = ClassWeights::Given(Given { weights });
                }
                let problem = Problem::flat(["a", "b", "c"].map(String::from).to_vec(), task, 7, 4);
                assert_eq!(settings.check(&problem), Vec::<Issue>::new());
                let targets: Vec<f32> =
                    (0..7).map(|row| if classes == 0 { (row as f32).cos() * 2.0 } else { (row % classes) as f32 }).collect();
                let mut net = Network::new(settings, &problem);
                // Biases start at zero, where a unit without input would sit exactly on ReLU's kink.
                let weights: Vec<f32> =
                    net.weights().iter().enumerate().map(|(at, weight)| weight + 0.1 * (at as f32 * 2.3).sin()).collect();
                net.set_weights(&weights);
                networks.push((format!("{} with {} on {classes} classes", activation.name(), loss.name()), net, targets));
            }
        }
    }
    networks
}

fn inputs() -> Array2<f32> {
    Array2::from_shape_fn((7, 3), |(row, column)| ((row * 3 + column) as f32 * 1.7).sin() + 0.05)
}

#[test]
fn every_activation_and_loss() {
    let inputs = inputs();
    for (name, mut net, targets) in networks() {
        check(&name, &mut net, Rows::new(inputs.view(), &targets));
    }
}

#[test]
fn every_loss_on_rows_of_two_classes() {
    let inputs = inputs();
    let others: Vec<f32> = (0..7).map(|row| f32::from(u8::from(row % 3 == 0))).collect();
    let shares: Vec<f32> = (0..7).map(|row| row as f32 / 6.0).collect();
    for (name, mut net, targets) in networks() {
        if !name.starts_with("tanh") || name.ends_with("on 0 classes") {
            continue;
        }
        let mixed = Some(Mixed { targets: &others, shares: &shares });
        check(&name, &mut net, Rows { mixed, ..Rows::new(inputs.view(), &targets) });
        // A row that is of its first class alone is as any other.
        let (plain, whole) = (Rows::new(inputs.view(), &targets), [1.0; 7]);
        let (expected, same) =
            (net.gradient(plain), net.gradient(Rows { mixed: Some(Mixed { targets: &others, shares: &whole }), ..plain }));
        assert!((expected.0 - same.0).abs() < 1e-6, "{name}");
        expected.1.iter().zip(&same.1).for_each(|(plain, mixed)| assert!((plain - mixed).abs() < 1e-6, "{name}"));
    }
}

/// The gradient of the mean loss on `rows` against differences of that loss.
fn check(name: &str, net: &mut Network, rows: Rows) {
    let weights = net.weights().to_vec();
    let (_, gradient) = net.gradient(rows);
    let mut worst = 0.0_f64;
    for at in 0..weights.len() {
        // Small enough that hardly a difference straddles a kink of ReLU or |d|, large enough for the forward pass in f32.
        let h = 1e-3_f32;
        let mut loss_at = |shift: f32| {
            let mut moved = weights.clone();
            moved[at] += shift;
            net.set_weights(&moved);
            net.gradient(rows).0
        };
        let numeric = (loss_at(h) - loss_at(-h)) / (2.0 * f64::from(h));
        worst = worst.max((numeric - f64::from(gradient[at])).abs() / (0.05 + numeric.abs()));
    }
    assert!(worst < 0.02, "{name}: {worst}");
}

#[test]
fn hessian_products_of_every_activation_and_loss() {
    let inputs = inputs();
    for (name, mut net, targets) in networks() {
        let rows = Rows::new(inputs.view(), &targets);
        let weights = net.weights().to_vec();
        // All weights move at once, then one of each layer.
        let all: Vec<f32> = (0..weights.len()).map(|at| (at as f32 * 1.3 + 0.2).cos()).collect();
        let one = |at: usize| (0..weights.len()).map(|place| f32::from(u8::from(place == at))).collect::<Vec<f32>>();
        for direction in [all, one(4), one(16), one(25), one(weights.len() - 1)] {
            let product = net.hessian_product(rows, &direction).expect("dense layers have second derivatives");
            let h = 3e-4_f32;
            let mut gradient_at = |shift: f32| {
                net.set_weights(&weights.iter().zip(&direction).map(|(weight, v)| weight + shift * v).collect::<Vec<_>>());
                net.gradient(rows).1
            };
            let (up, down) = (gradient_at(h), gradient_at(-h));
            net.set_weights(&weights);
            let numeric = up.iter().zip(&down).map(|(up, down)| (f64::from(*up) - f64::from(*down)) / (2.0 * f64::from(h)));
            let worst =
                numeric.zip(&product).map(|(numeric, &got)| (numeric - f64::from(got)).abs() / (0.05 + numeric.abs())).fold(0.0, f64::max);
            assert!(worst < 0.02, "{name}: {worst}");
        }
    }
}
