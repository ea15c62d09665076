//! Optimizers that look at the loss more than once an update, against independent implementations in float64: L-BFGS against PyTorch's
//! (`golden/lbfgs_reference.py`), Newton's method against SciPy's, Levenberg–Marquardt and Gauss–Newton against NumPy's least squares
//! (`golden/second_order_reference.py`).

use descent::data::Task;
use descent::learn::net::{Net, Network};
use descent::learn::{Family, Learner, Problem, Rows, Snapshot};
use ndarray::Array2;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct Lbfgs {
    features: usize,
    inputs: Vec<f32>,
    labels: Vec<f32>,
    values: Vec<f32>,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    units: usize,
    classes: usize,
    history_size: usize,
    l2: f64,
    initial: Vec<f32>,
    /// Before each update, without penalties.
    losses: Vec<f64>,
    /// Step lengths tried in each update.
    looks: Vec<usize>,
    weights: Vec<f64>,
}

#[derive(Deserialize)]
struct SecondOrder {
    features: usize,
    inputs: Vec<f32>,
    labels: Vec<f32>,
    values: Vec<f32>,
    newton: Vec<NewtonCase>,
    marquardt: Vec<MarquardtCase>,
}

#[derive(Deserialize)]
struct NewtonCase {
    units: usize,
    classes: usize,
    radius: f64,
    l2: f64,
    initial: Vec<f32>,
    losses: Vec<f64>,
    weights: Vec<f64>,
}

#[derive(Deserialize)]
struct MarquardtCase {
    units: usize,
    classes: usize,
    damping: f64,
    l2: f64,
    initial: Vec<f32>,
    losses: Vec<f64>,
    /// Tries that did not help, in all updates.
    rejected: usize,
    weights: Vec<f64>,
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

/// One hidden layer of tanh units.
fn net(units: usize, more: Value) -> Net {
    let mut settings = json!({"layers": [{"dense": {"units": units, "activation": {"tanh": {}}}}]});
    more.as_object().expect("settings").iter().for_each(|(name, value)| settings[name] = value.clone());
    serde_json::from_value(settings).expect("settings of a net")
}

fn network(settings: Net, features: usize, classes: usize, rows: usize) -> Network {
    let task = if classes == 0 { Task::Regression } else { Task::Classification((0..classes).map(|class| class.to_string()).collect()) };
    let problem = Problem::flat((0..features).map(|at| at.to_string()).collect(), task, rows, 1);
    assert_eq!(settings.check(&problem), Vec::new());
    Network::new(settings, &problem)
}

#[test]
fn twenty_updates_of_lbfgs() {
    let golden: Lbfgs = serde_json::from_str(include_str!("../golden/lbfgs.json")).expect("lbfgs.json");
    let rows = golden.labels.len();
    let inputs = Array2::from_shape_vec((rows, golden.features), golden.inputs).expect("shape");
    for case in golden.cases {
        let name = format!("{} units, {} classes, l2 {}", case.units, case.classes, case.l2);
        let settings = net(case.units, json!({"optimizer": {"lbfgs": {"history_size": case.history_size}}, "l2": case.l2}));
        let mut network = network(settings, golden.features, case.classes, rows);
        network.set_weights(&case.initial);
        let train = Rows::new(inputs.view(), if case.classes == 0 { &golden.values } else { &golden.labels });
        let (mut losses, mut looks) = (Vec::new(), Vec::new());
        for update in 0..case.losses.len() {
            losses.push(network.evaluate(train, &mut vec![0.0; rows * case.classes.max(1)]));
            let tick = network.tick(train);
            assert_eq!(tick.rows, tick.gradients * rows);
            // The first update has to look at where it starts as well.
            looks.push(tick.gradients - usize::from(update == 0));
        }
        assert_eq!(looks, case.looks, "{name}");
        close(&format!("losses of {name}"), losses, &case.losses, 2e-5, 2e-5);
        // Twenty searches multiply what rounding gradients to f32 does: PyTorch in f32 ends up to 3e-3 from itself.
        close(&format!("weights of {name}"), wide(network.weights()), &case.weights, 1e-3, 1e-3);
    }
}

#[test]
fn twenty_updates_of_newton() {
    let golden: SecondOrder = serde_json::from_str(include_str!("../golden/second_order.json")).expect("second_order.json");
    let rows = golden.labels.len();
    let inputs = Array2::from_shape_vec((rows, golden.features), golden.inputs).expect("shape");
    for case in golden.newton {
        let name = format!("{} units, {} classes, l2 {}", case.units, case.classes, case.l2);
        // As many inner steps as SciPy takes, which has no limit.
        let newton = json!({"newton": {"radius": case.radius, "max_products": 1000}});
        let mut network = network(net(case.units, json!({"optimizer": newton, "l2": case.l2})), golden.features, case.classes, rows);
        network.set_weights(&case.initial);
        let train = Rows::new(inputs.view(), if case.classes == 0 { &golden.values } else { &golden.labels });
        let mut losses = Vec::new();
        for _ in 0..case.losses.len() {
            losses.push(network.evaluate(train, &mut vec![0.0; rows * case.classes.max(1)]));
            let tick = network.tick(train);
            assert!(tick.gradients >= 3 && tick.rows >= 2 * rows, "{tick:?}");
        }
        close(&format!("losses of {name}"), losses, &case.losses, 2e-5, 2e-5);
        close(&format!("weights of {name}"), wide(network.weights()), &case.weights, 1e-3, 1e-3);
    }
}

#[test]
fn twenty_updates_of_levenberg_marquardt_and_gauss_newton() {
    let golden: SecondOrder = serde_json::from_str(include_str!("../golden/second_order.json")).expect("second_order.json");
    let rows = golden.labels.len();
    let inputs = Array2::from_shape_vec((rows, golden.features), golden.inputs).expect("shape");
    let two: Vec<f32> = golden.labels.iter().map(|label| label % 2.0).collect();
    for case in golden.marquardt {
        let name = format!("{} units, {} classes, damping {}, l2 {}", case.units, case.classes, case.damping, case.l2);
        let more = json!({"optimizer": {"levenberg_marquardt": {"damping": case.damping}}, "loss": {"mse": {}}, "l2": case.l2});
        let mut network = network(net(case.units, more), golden.features, case.classes, rows);
        network.set_weights(&case.initial);
        let targets = [&golden.values, &golden.labels, &two, &golden.labels][case.classes];
        let train = Rows::new(inputs.view(), targets);
        let (mut losses, mut looks) = (Vec::new(), 0);
        for _ in 0..case.losses.len() {
            losses.push(network.evaluate(train, &mut vec![0.0; rows * case.classes.max(1)]));
            looks += network.tick(train).rows / rows;
        }
        // Every update looks once for all slopes, and once at the loss of every try.
        let judged = if case.damping == 0.0 { 0 } else { case.losses.len() + case.rejected };
        assert_eq!(looks, case.losses.len() + judged, "{name}");
        close(&format!("losses of {name}"), losses, &case.losses, 2e-5, 2e-5);
        close(&format!("weights of {name}"), wide(network.weights()), &case.weights, 1e-3, 1e-3);
    }
}

#[test]
fn slopes_of_single_rows_and_losses_see_the_same_noise() {
    let (inputs, targets) = rows();
    let optimizer = json!({"levenberg_marquardt": {"damping": 1e-6}});
    let mut network = network(net(0, json!({"layers": [{"dropout": {"p": 0.5}}], "optimizer": optimizer})), 3, 0, 24);
    for _ in 0..20 {
        // With one mask the loss is a bowl: the first try is right. With two masks it would often not help.
        assert_eq!(network.tick(Rows::new(inputs.view(), &targets)).rows, 2 * 24);
    }
}

/// A linear model of [`rows`], where the squared error is a bowl, at weights that are not its bottom; and the bottom.
fn bowl(optimizer: Value) -> (Network, Vec<f64>) {
    let mut network = network(net(0, json!({"layers": [], "optimizer": optimizer})), 3, 0, 24);
    network.set_weights(&[1.5, -2.0, 0.5, 3.0]);
    let (inputs, targets) = rows();
    // AᵀA w = Aᵀt by elimination, A the inputs with a column of ones.
    let row = |row: usize| [inputs[[row, 0]], inputs[[row, 1]], inputs[[row, 2]], 1.0].map(f64::from);
    let mut matrix = [[0.0; 5]; 4];
    for (at, &target) in targets.iter().enumerate() {
        for (equation, factor) in matrix.iter_mut().zip(row(at)) {
            equation.iter_mut().zip(row(at)).for_each(|(sum, value)| *sum += factor * value);
            equation[4] += factor * f64::from(target);
        }
    }
    for pivot in 0..4 {
        for other in (0..4).filter(|&other| other != pivot) {
            let factor = matrix[other][pivot] / matrix[pivot][pivot];
            (0..5).for_each(|column| matrix[other][column] -= factor * matrix[pivot][column]);
        }
    }
    (network, (0..4).map(|at| matrix[at][4] / matrix[at][at]).collect())
}

#[test]
fn one_newton_step_reaches_the_bottom_of_a_bowl() {
    let (mut network, bottom) = bowl(json!({"newton": {"radius": 1000, "tolerance": 1e-6}}));
    let (inputs, targets) = rows();
    network.tick(Rows::new(inputs.view(), &targets));
    close("weights", wide(network.weights()), &bottom, 1e-5, 1e-5);
}

#[test]
fn one_gauss_newton_step_reaches_the_bottom_of_a_bowl() {
    let (mut network, bottom) = bowl(json!({"levenberg_marquardt": {"damping": 0}}));
    let (inputs, targets) = rows();
    assert_eq!(network.tick(Rows::new(inputs.view(), &targets)).gradients, 1);
    close("weights", wide(network.weights()), &bottom, 1e-5, 1e-5);
}

#[test]
fn levenberg_marquardt_with_hardly_any_damping_is_gauss_newton_and_with_much_of_it_follows_the_gradient() {
    let (inputs, targets) = rows();
    let train = Rows::new(inputs.view(), &targets);
    let after_one = |damping: f64| {
        let more = json!({"optimizer": {"levenberg_marquardt": {"damping": damping}}});
        let mut network = network(net(2, more), 3, 0, 24);
        // Near enough to a minimum for a full step to help.
        network.set_weights(&[0.9, 0.1, -0.1, 0.1, 0.8, 0.7, 0.1, -0.1, 1.2, 0.6, 0.0]);
        let (before, (_, gradient)) = (network.weights().to_vec(), network.gradient(train));
        network.tick(train);
        (wide(network.weights()).zip(wide(&before)).map(|(after, before)| after - before).collect::<Vec<f64>>(), gradient)
    };
    close("step", after_one(1e-12).0, &after_one(0.0).0, 1e-6, 1e-5);
    let (step, gradient) = after_one(1000.0);
    let norm = |values: &[f64]| values.iter().map(|value| value * value).sum::<f64>().sqrt();
    let gradient: Vec<f64> = wide(&gradient).collect();
    let expected: Vec<f64> = gradient.iter().map(|slope| -slope * norm(&step) / norm(&gradient)).collect();
    close("step", step.iter().copied(), &expected, 2e-3 * norm(&step) + 6e-8, 0.0);
}

#[test]
fn a_newton_step_within_a_tiny_radius_follows_the_gradient() {
    let (inputs, targets) = rows();
    let train = Rows::new(inputs.view(), &targets);
    let mut network = network(net(5, json!({"optimizer": {"newton": {"radius": 1e-4}}})), 3, 0, 24);
    let (before, (_, gradient)) = (network.weights().to_vec(), network.gradient(train));
    network.tick(train);
    let length = wide(&gradient).map(|slope| slope * slope).sum::<f64>().sqrt();
    let expected: Vec<f64> = wide(&gradient).map(|slope| -1e-4 * slope / length).collect();
    // A weight near 1 is rounded to 6e-8.
    close("step", wide(network.weights()).zip(wide(&before)).map(|(after, before)| after - before), &expected, 1.2e-7, 0.0);
}

/// Rows of which the target is a smooth function of the features.
fn rows() -> (Array2<f32>, Vec<f32>) {
    let inputs = Array2::from_shape_fn((24, 3), |(row, column)| ((row * 3 + column) as f32).powi(2).sin());
    let targets = inputs.rows().into_iter().map(|row| (2.0 * row[0]).sin() + row[1] * row[2]).collect();
    (inputs, targets)
}

#[test]
fn an_update_begins_with_what_the_last_one_ended_with_unless_something_changed() {
    let (inputs, targets) = rows();
    let train = Rows::new(inputs.view(), &targets);
    let mut network = network(net(5, json!({"optimizer": {"lbfgs": {}}})), 3, 0, 24);
    assert_eq!(network.tick(train).gradients, 2);
    assert_eq!(network.tick(train).gradients, 1);
    let moved: Vec<f32> = network.weights().iter().map(|weight| weight + 0.01).collect();
    network.set_weights(&moved);
    assert_eq!(network.tick(train).gradients, 2, "other weights");
    let others: Vec<f32> = targets.iter().map(|target| target + 0.01).collect();
    assert_eq!(network.tick(Rows { targets: &others, ..train }).gradients, 2, "other targets");
    let settings = net(5, json!({"optimizer": {"lbfgs": {}}, "l2": 0.01}));
    assert!(network.apply_live(&settings));
    assert_eq!(network.tick(Rows { targets: &others, ..train }).gradients, 2, "another penalty");
    assert_eq!(network.tick(Rows { targets: &others, ..train }).gradients, 1);
}

#[test]
fn an_update_sees_one_function_however_random_its_passes_are() {
    let (inputs, targets) = rows();
    let train = Rows::new(inputs.view(), &targets);
    let layers = json!([{"dense": {"units": 12, "activation": {"tanh": {}}}}, {"dropout": {"p": 0.3}}]);
    let mut network = network(net(0, json!({"layers": layers, "optimizer": {"lbfgs": {}}})), 3, 0, 24);
    for update in 0..40 {
        let optimizer = if update < 20 { json!({"lbfgs": {}}) } else { json!({"newton": {}}) };
        if update == 20 {
            network = self::network(net(0, json!({"layers": layers, "optimizer": optimizer})), 3, 0, 24);
        }
        // The loss with this update's noise, before and after: a search that does not find anything lower stays where it is.
        let mut snapshot = Snapshot::default();
        network.snapshot(&mut snapshot);
        let (before, before_weights) = (network.gradient(train).0, network.weights().to_vec());
        assert!(network.tick(train).gradients > 1);
        let moved = network.weights().to_vec();
        let mut noise = self::network(net(0, json!({"layers": layers, "optimizer": optimizer})), 3, 0, 24);
        noise.restore(&snapshot).expect("a snapshot of this network");
        noise.set_weights(&moved);
        assert!(noise.gradient(train).0 < before || moved == before_weights);
        // The next update draws other noise.
        assert_ne!(noise.gradient(train).0, network.gradient(train).0);
    }
}
