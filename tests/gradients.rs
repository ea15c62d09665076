//! Analytic gradients against differences in f64 of the loss, for every activation with every loss.

use descent::config::Issue;
use descent::data::Task;
use descent::learn::net::{Net, Network, activation::ActivationConfig, layers::LayerConfig, layers::dense::Dense, loss::LossConfig};
use descent::learn::{Family, Problem, Rows};
use ndarray::Array2;

fn task(classes: usize) -> Task {
    match classes {
        0 => Task::Regression,
        _ => Task::Classification((0..classes).map(|class| class.to_string()).collect()),
    }
}

#[test]
fn every_activation_and_loss() {
    let inputs = Array2::from_shape_fn((7, 3), |(row, column)| ((row * 3 + column) as f32 * 1.7).sin() + 0.05);
    for activation in ActivationConfig::all() {
        for loss in LossConfig::all() {
            for classes in [0, 2, 4] {
                let task = task(classes);
                if loss.part().suits(&task).is_err() {
                    continue;
                }
                let dense = |units| LayerConfig::dense(Dense { units, activation: activation.clone() });
                let settings = Net { layers: vec![dense(5), dense(4)], loss: loss.clone(), ..Net::default() };
                let problem = Problem::flat(["a", "b", "c"].map(String::from).to_vec(), task, 7, 4);
                assert_eq!(settings.check(&problem), Vec::<Issue>::new());
                let targets: Vec<f32> =
                    (0..7).map(|row| if classes == 0 { (row as f32).cos() * 2.0 } else { (row % classes) as f32 }).collect();
                let mut net = Network::new(settings, &problem);
                let rows = Rows { inputs: inputs.view(), targets: &targets };
                // Biases start at zero, where a unit without input would sit exactly on ReLU's kink.
                let weights: Vec<f32> =
                    net.weights().iter().enumerate().map(|(at, weight)| weight + 0.1 * (at as f32 * 2.3).sin()).collect();
                net.set_weights(&weights);
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
                assert!(worst < 0.02, "{} with {} on {classes} classes: {worst}", activation.name(), loss.name());
            }
        }
    }
}
