//! What must hold of an optimizer whatever the numbers: steps over single tensors, and optimizers that become others at the ends of their settings.

use descent::config::Nothing;
use descent::data::Task;
use descent::learn::net::control::average::{Average, Ema};
use descent::learn::net::control::max_norm::{MaxNorm, Units};
use descent::learn::net::optimizer::{Block, OptimizerConfig, Slots, Step};
use descent::learn::net::{Net, Network};
use descent::learn::{Family, Layered, Learner, Problem, Rated, Rows, Weighted};
use ndarray::Array2;
use serde_json::{Value, json};

/// `{"muon": {…}}`.
fn optimizer(settings: Value) -> OptimizerConfig {
    serde_json::from_value(settings).expect("an optimizer")
}

/// Where a tensor of zeros is after these gradients.
fn steps(settings: Value, rows: usize, columns: usize, weight: bool, gradients: &[Vec<f32>]) -> Vec<f32> {
    let config = optimizer(settings);
    let part = config.part();
    let length = rows * columns;
    let mut block = Block { range: 0..length, rows, columns, weight, memory: 0..0 };
    block.memory = 0..part.memory(&block) as usize;
    let (mut memory, mut scratch) = (vec![0.0; block.memory.end], vec![f64::NAN; part.scratch(&block) as usize]);
    let (mut parameters, mut slots) = (vec![0.0; length], vec![0.0; part.slots() * length]);
    for (at, gradient) in gradients.iter().enumerate() {
        part.step(Step {
            rate: part.learning_rate(),
            update: at as u64 + 1,
            parameters: &mut parameters,
            gradient,
            slots: Slots::new(&mut slots, length, 0..length),
            blocks: std::slice::from_ref(&block),
            memory: &mut memory,
            scratch: &mut scratch,
        });
    }
    parameters
}

fn waves(length: usize, count: usize) -> Vec<Vec<f32>> {
    (0..count).map(|at| (0..length).map(|i| ((at * length + i) as f32 * 1.9 + 0.3).sin()).collect()).collect()
}

fn close(got: &[f32], expected: &[f32], tolerance: f32) {
    assert_eq!(got.len(), expected.len());
    assert!(got.iter().zip(expected).all(|(got, expected)| (got - expected).abs() <= tolerance), "{got:?}\n{expected:?}");
}

fn length(values: &[f32]) -> f32 {
    values.iter().map(|value| value * value).sum::<f32>().sqrt()
}

#[test]
fn muon_only_scales_an_orthogonal_gradient_and_does_not_see_how_large_it_is() {
    // A rotation: all singular values are one already, so five steps of the polynomial move them together.
    let (cosine, sine) = (0.6_f32, 0.8_f32);
    let rotation = vec![cosine, -sine, sine, cosine];
    let settings = json!({"muon": {"learning_rate": 0.1, "weight_decay": 0}});
    let moved = steps(settings.clone(), 2, 2, true, std::slice::from_ref(&rotation));
    let mut single = 1.0 / 2.0_f64.sqrt();
    for _ in 0..5 {
        single = 3.4445 * single - 4.7750 * single.powi(3) + 2.0315 * single.powi(5);
    }
    let expected: Vec<f32> = rotation.iter().map(|value| -0.1 * single as f32 * value).collect();
    close(&moved, &expected, 1e-6);

    let gradients = waves(12, 4);
    let larger: Vec<Vec<f32>> = gradients.iter().map(|gradient| gradient.iter().map(|slope| 1000.0 * slope).collect()).collect();
    close(&steps(settings.clone(), 3, 4, true, &gradients), &steps(settings.clone(), 3, 4, true, &larger), 1e-5);

    // A matrix and its transpose move alike, but for the length that the original scale gives tall ones: √(4/3).
    let turned = |matrix: &[f32]| (0..12).map(|at| matrix[at % 3 * 4 + at / 3]).collect::<Vec<f32>>();
    let tall: Vec<Vec<f32>> = gradients.iter().map(|gradient| turned(gradient)).collect();
    let wide: Vec<f32> =
        turned(&steps(settings.clone(), 3, 4, true, &gradients)).iter().map(|value| value * (4.0_f32 / 3.0).sqrt()).collect();
    close(&steps(settings, 4, 3, true, &tall), &wide, 1e-6);
}

#[test]
fn muon_moves_biases_as_adamw_does() {
    let gradients = waves(5, 6);
    let muon = steps(json!({"muon": {"learning_rate": 0.02, "rest": 0.5, "weight_decay": 0.1}}), 5, 1, false, &gradients);
    let adamw = steps(json!({"adamw": {"learning_rate": 0.01, "weight_decay": 0.1}}), 5, 1, false, &gradients);
    assert_eq!(muon, adamw);
}

#[test]
fn shampoos_first_step_over_one_row_or_one_bias_is_the_direction_of_the_gradient() {
    let settings = json!({"shampoo": {"learning_rate": 0.5, "momentum": 0, "beta2": 1, "epsilon": 1e-12, "graft": "none"}});
    let gradient = waves(6, 1).remove(0);
    let expected: Vec<f32> = gradient.iter().map(|slope| -0.5 * slope / length(&gradient)).collect();
    for (rows, columns, weight) in [(1, 6, true), (6, 1, true), (6, 1, false)] {
        close(&steps(settings.clone(), rows, columns, weight, std::slice::from_ref(&gradient)), &expected, 1e-4);
    }
}

#[test]
fn shampoo_with_every_side_too_long_is_momentum_and_grafts_change_the_length_alone() {
    let gradients = waves(12, 5);
    let of = |more: Value| {
        let mut settings = json!({"learning_rate": 0.1, "momentum": 0.8, "beta2": 0.9, "every": 2});
        more.as_object().expect("settings").iter().for_each(|(key, value)| settings[key] = value.clone());
        json!({"shampoo": settings})
    };
    let untouched = steps(of(json!({"longest": 1, "graft": "none"})), 3, 4, true, &gradients);
    close(&untouched, &steps(json!({"momentum": {"learning_rate": 0.1, "momentum": 0.8}}), 3, 4, true, &gradients), 1e-6);

    let first = &gradients[..1];
    let none = steps(of(json!({"graft": "none"})), 3, 4, true, first);
    for (graft, expected) in [("gradient", 0.1 * length(&first[0])), ("adagrad", 0.1 * 12.0_f32.sqrt())] {
        let grafted = steps(of(json!({"graft": graft})), 3, 4, true, first);
        assert!((length(&grafted) - expected).abs() < 1e-5, "{graft}: {}", length(&grafted));
        let factor = length(&grafted) / length(&none);
        close(&grafted, &none.iter().map(|value| factor * value).collect::<Vec<_>>(), 1e-6);
    }
}

#[test]
fn soap_without_bases_is_adam_that_begins_with_the_second_gradient() {
    let gradients = waves(12, 8);
    let adam = json!({"adam": {"learning_rate": 0.05, "beta1": 0.8, "beta2": 0.9}});
    for (rows, columns, weight, longest) in [(3, 4, true, 1), (12, 1, false, 64)] {
        let soap = json!({"soap": {"learning_rate": 0.05, "beta1": 0.8, "beta2": 0.9, "every": 2, "longest": longest}});
        assert_eq!(steps(soap.clone(), rows, columns, weight, &gradients[..1]), vec![0.0; 12]);
        close(&steps(soap, rows, columns, weight, &gradients), &steps(adam.clone(), rows, columns, weight, &gradients[1..]), 1e-6);
    }
}

#[test]
fn soap_turns_with_the_gradients() {
    // Turned by an orthogonal matrix from either side, the steps are those of before, turned: Adam's would not be.
    let gradients = waves(9, 12);
    let (cosine, sine) = (0.6_f32, 0.8_f32);
    let turn = |x: &[f32]| -> Vec<f32> {
        let row = |at: usize| &x[3 * at..3 * at + 3];
        let mix = |a: f32, b: f32| row(0).iter().zip(row(2)).map(move |(x, y)| a * x + b * y).collect::<Vec<f32>>();
        [mix(cosine, -sine), row(1).to_vec(), mix(sine, cosine)].concat()
    };
    let turned: Vec<Vec<f32>> = gradients.iter().map(|gradient| turn(gradient)).collect();
    let soap = json!({"soap": {"learning_rate": 0.05, "every": 3, "epsilon": 1e-4}});
    close(&turn(&steps(soap.clone(), 3, 3, true, &gradients)), &steps(soap, 3, 3, true, &turned), 5e-5);
}

#[test]
fn lion_without_memory_is_sign_descent_and_rests_where_there_is_no_slope() {
    let moved = steps(json!({"lion": {"learning_rate": 0.5, "beta1": 0, "beta2": 0}}), 1, 4, true, &[vec![3.0, -0.1, 0.0, 1e-9]]);
    assert_eq!(moved, [-0.5, 0.5, 0.0, -0.5]);
}

#[test]
fn nadam_without_first_moments_is_adam_without_them() {
    let gradients = waves(7, 10);
    let of = |name: &str| steps(json!({name: {"learning_rate": 0.05, "beta1": 0}}), 7, 1, true, &gradients);
    close(&of("nadam"), &of("adam"), 1e-6);
}

/// The default network on a few rows, and those rows.
fn network(settings: Value) -> (Network, Array2<f32>, Vec<f32>) {
    let net: Net = serde_json::from_value(settings).expect("settings");
    let problem = Problem::flat(["a", "b"].map(String::from).to_vec(), Task::Classification(vec!["0".into(), "1".into()]), 12, 1);
    assert_eq!(net.check(&problem), Vec::new());
    let inputs = Array2::from_shape_fn((12, 2), |(row, column)| ((row * 2 + column) as f32 * 1.7).sin());
    (Network::new(net, &problem), inputs, (0..12).map(|row| (row % 2) as f32).collect())
}

fn answering(network: &Network) -> Vec<f32> {
    network.tensors().into_iter().flat_map(|tensor| tensor.values).collect()
}

#[test]
fn schedule_free_answers_with_the_mean_of_its_steps() {
    let (mut adam, inputs, targets) = network(json!({"optimizer": {"adam": {"learning_rate": 0.05, "beta1": 0}}}));
    let (mut free, ..) = network(json!({"optimizer": {"schedule_free_adamw": {"learning_rate": 0.05, "beta1": 0}}}));
    let rows = Rows::new(inputs.view(), &targets);
    assert_eq!(answering(&free), free.weights());
    let mut sum = vec![0.0_f64; adam.weights().len()];
    for _ in 0..10 {
        adam.tick(rows);
        free.tick(rows);
        sum.iter_mut().zip(adam.weights()).for_each(|(sum, &weight)| *sum += f64::from(weight));
    }
    // Gradients at the newest step: Adam without first moments.
    close(free.weights(), adam.weights(), 1e-5);
    close(&answering(&free), &sum.iter().map(|sum| (sum / 10.0) as f32).collect::<Vec<_>>(), 1e-5);

    // Gradients at the mean: it is what answers.
    let (mut mean, ..) = network(json!({"optimizer": {"schedule_free_adamw": {"beta1": 1}}}));
    (0..10).for_each(|_| {
        mean.tick(rows);
    });
    close(&answering(&mean), mean.weights(), 1e-6);
}

#[test]
fn what_is_seen_of_schedule_free_is_the_model_that_answers() {
    let (mut free, inputs, targets) = network(json!({"optimizer": {"schedule_free_adamw": {}}}));
    let rows = Rows::new(inputs.view(), &targets);
    (0..20).for_each(|_| {
        free.tick(rows);
    });
    assert_ne!(answering(&free), free.weights());
    // A plain network with the saved weights answers the same.
    let (mut plain, ..) = network(json!({}));
    plain.set_weights(&answering(&free));
    let (mut ours, mut theirs) = (vec![0.0; 24], vec![0.0; 24]);
    assert_eq!(free.evaluate(rows, &mut ours), plain.evaluate(rows, &mut theirs));
    assert_eq!(ours, theirs);
    assert_eq!(free.layers(8), plain.layers(8));
    assert_eq!(free.norms().weights, plain.norms().weights);
    // A weight set by hand is set in all of its forms.
    free.set("0.weight", 3, 9.0).unwrap();
    assert_eq!((answering(&free)[3], free.weights()[3]), (9.0, 9.0));
}

#[test]
fn schedule_free_names_the_controls_that_it_has_no_place_for() {
    let free = Net { optimizer: optimizer(json!({"schedule_free_adamw": {}})), ..Net::default() };
    let net = Net {
        weight_decay: 0.1,
        max_norm: MaxNorm::Units(Units { limit: 1.0 }),
        average: Average::Ema(Ema { decay: 0.9, warm_up: false }),
        ..free.clone()
    };
    let problem = Problem::flat(vec!["a".into()], Task::Regression, 12, 1);
    let paths: Vec<String> = net.check(&problem).into_iter().map(|issue| issue.path).collect();
    assert_eq!(paths, ["weight_decay", "max_norm", "average"]);
    assert_eq!(Net { max_norm: MaxNorm::Off(Nothing {}), ..free }.check(&problem), Vec::new());
}

#[test]
fn what_changes_the_size_of_an_optimizers_memory_is_not_live() {
    let (mut network, ..) = network(json!({"optimizer": {"shampoo": {}}}));
    let with = |shampoo: Value| serde_json::from_value::<Net>(json!({"optimizer": {"shampoo": shampoo}})).unwrap();
    assert!(network.apply_live(&with(json!({"every": 3, "graft": "none", "learning_rate": 0.5}))));
    assert!(!network.apply_live(&with(json!({"longest": 4}))));
    assert_eq!(network.learning_rate(), Some(0.5));
}

#[test]
fn frozen_layers_do_not_change_a_bit_under_any_optimizer_until_they_thaw() {
    for config in OptimizerConfig::all().into_iter().filter(|config| config.part().search().is_none()) {
        let free = config.part().iterates() > 0;
        let mut settings = json!({"l1": 0.01, "l2": 0.1, "clip": {"norm": {"limit": 1}}, "optimizer": config});
        settings["tuning"] =
            json!([{"freeze": {"first": 2, "last": 2, "until": {"update": {"updates": 4}}}}, {"freeze": {"first": 1, "last": 1}}]);
        if !free {
            settings["weight_decay"] = json!(0.1);
            settings["max_norm"] = json!({"units": {"limit": 0.1}});
            settings["average"] = json!({"ema": {"decay": 0.7}});
        }
        let (mut net, inputs, targets) = network(settings);
        // SGD and gradient descent choose their own batches.
        let rows = Rows::new(inputs.view(), &targets);
        let before = net.tensors();
        for update in 1..=8 {
            net.tick(rows);
            for (now, before) in net.tensors().iter().zip(&before) {
                let frozen = now.name.starts_with("0.") || (now.name.starts_with("2.") && update <= 4);
                // SOAP's first update moves nothing; the one after thawing is the layer's first.
                if frozen || update > if now.name.starts_with("2.") { 5 } else { 1 } {
                    assert_eq!(now.values == before.values, frozen, "{} of {} after {update} updates", now.name, config.name());
                }
            }
        }
    }
}

#[test]
fn one_factor_for_all_layers_is_a_learning_rate() {
    let rows = |inputs: &Array2<f32>, targets: &[f32], net: &mut Network| {
        (0..10).for_each(|_| {
            net.tick(Rows::new(inputs.view(), targets));
        });
    };
    let (mut scaled, inputs, targets) = network(json!({
        "optimizer": {"adam": {"learning_rate": 0.08}}, "tuning": [{"rate": {"first": 1, "last": 3, "factor": 0.25}}]
    }));
    let (mut plain, ..) = network(json!({"optimizer": {"adam": {"learning_rate": 0.02}}}));
    rows(&inputs, &targets, &mut scaled);
    rows(&inputs, &targets, &mut plain);
    assert_eq!(scaled.weights(), plain.weights());
}

#[test]
fn rules_change_while_training() {
    let (mut net, inputs, targets) = network(json!({}));
    let rows = Rows::new(inputs.view(), &targets);
    let with = |tuning: Value| serde_json::from_value::<Net>(json!({"tuning": tuning})).unwrap();
    net.tick(rows);
    assert!(net.apply_live(&with(json!([{"freeze": {"first": 1, "last": 2}}]))));
    let before = net.tensors();
    net.tick(rows);
    assert_eq!(before.iter().zip(net.tensors()).map(|(a, b)| *a != b).collect::<Vec<_>>(), [false, false, false, false, true, true]);
    assert!(net.apply_live(&with(json!([]))));
    net.tick(rows);
    assert!(before.iter().zip(net.tensors()).all(|(a, b)| *a != b));
}

#[test]
fn shampoo_and_soap_turn_wide_layers_whose_gradient_has_rank_one() {
    // G = u·vᵀ in numbers that multiply exactly: LLᵀ and RᵀR have one eigenvalue s² and zeros.
    let side = |length: usize, turn: usize| -> Vec<f32> {
        (0..length).map(|at| [1.0, -0.5, 0.25, -1.0, 2.0, 0.0][(at * at + turn) % 6]).collect()
    };
    for (rows, columns) in [(64, 1), (64, 64), (96, 80), (130, 3), (200, 150)] {
        let (u, v) = (side(rows, 0), side(columns, 4));
        let gradient: Vec<f32> = u.iter().flat_map(|u| v.iter().map(move |v| u * v)).collect();
        let size = length(&gradient);
        assert!(size > 0.0);
        // (L + ε)^−¼ G (R + ε)^−¼ = G / √(s² + ε).
        let shampoo = json!({"shampoo": {"learning_rate": 0.1, "momentum": 0, "beta2": 1, "graft": "none"}});
        let got = steps(shampoo, rows, columns, true, std::slice::from_ref(&gradient));
        let expected: Vec<f32> = gradient.iter().map(|slope| -0.1 * slope / size).collect();
        close(&got, &expected, 1e-6);
        // The first update finds the bases; the second steps by the rate along the one direction that has a slope.
        let got = steps(json!({"soap": {"learning_rate": 0.1}}), rows, columns, true, &[gradient.clone(), gradient]);
        close(&got, &expected, 1e-5);
    }
}

#[test]
fn a_gradient_that_is_no_number_leaves_none_with_every_optimizer() {
    for config in OptimizerConfig::all() {
        if config.part().search().is_some() {
            continue;
        }
        let settings = serde_json::to_value(&config).expect("settings");
        let mut gradients = waves(6, 4);
        gradients[1][2] = f32::NAN;
        let got = steps(settings, 2, 3, true, &gradients);
        assert!(!got[2].is_finite(), "{}: {got:?}", config.name());
    }
}

#[test]
fn centred_rmsprop_of_a_gradient_that_never_changes_stays_finite() {
    // The variance is zero but for rounding, which may be negative.
    let settings = json!({"rmsprop": {"learning_rate": 0.001, "alpha": 0.5, "centered": true, "epsilon": 1e-3}});
    let got = steps(settings, 1, 7, true, &vec![vec![0.1, 0.3, 0.7, 1.1, 1.3, 1.7, 1.9]; 200]);
    assert!(got.iter().all(|value| value.is_finite() && *value < 0.0), "{got:?}");
}

#[test]
fn dampening_as_much_as_momentum_makes_velocity_a_mean() {
    let gradients = waves(5, 6);
    let (mut mean, mut expected) = (gradients[0].clone(), vec![0.0_f32; 5]);
    for (at, gradient) in gradients.iter().enumerate() {
        if at > 0 {
            mean.iter_mut().zip(gradient).for_each(|(mean, slope)| *mean = 0.8 * *mean + (1.0 - 0.8) * slope);
        }
        expected.iter_mut().zip(&mean).for_each(|(place, mean)| *place -= 0.1 * mean);
    }
    let got = steps(json!({"momentum": {"learning_rate": 0.1, "momentum": 0.8, "dampening": 0.8}}), 1, 5, true, &gradients);
    close(&got, &expected, 1e-6);
}
