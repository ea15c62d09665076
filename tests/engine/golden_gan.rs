//! The game of a generator and a discriminator against PyTorch, move by move; `golden/gan_reference.py` wrote the numbers.

use descent::data::Task;
use descent::learn::gan::Gan;
use descent::learn::generate::Duel;
use descent::learn::{Family, Learner, Problem, Weighted};
use serde::Deserialize;

#[derive(Deserialize)]
struct Golden {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    settings: Gan,
    /// `[12][features]`.
    rows: Vec<f32>,
    features: usize,
    initial: Vec<f32>,
    moves: Vec<Move>,
    #[serde(rename = "final")]
    last: Vec<f64>,
}

#[derive(Deserialize)]
struct Move {
    /// The rows of the batch; none where the generator moves.
    order: Vec<u32>,
    noise: Vec<f32>,
    loss: f64,
}

#[test]
fn every_move_is_that_of_pytorch() {
    let golden: Golden = serde_json::from_str(include_str!("../golden/gan.json")).expect("gan.json");
    assert!(golden.cases.len() >= 30);
    for (number, case) in golden.cases.into_iter().enumerate() {
        let names = (0..case.features).map(|at| at.to_string()).collect();
        let problem = Problem::flat(names, Task::Clustering, 12, 1);
        assert_eq!(case.settings.check(&problem), Vec::new(), "case {number}");
        let mut game = Duel::new(case.settings, &problem);
        assert_eq!(game.parameters(), case.initial.len(), "case {number}");
        game.set_weights(&case.initial);
        for (at, step) in case.moves.iter().enumerate() {
            let series = if step.order.is_empty() {
                game.update_generator(&step.noise);
                0
            } else {
                game.update_discriminator(&case.rows, &step.order, &step.noise);
                1
            };
            let (loss, due) = (game.series()[series], step.loss);
            assert!((loss - due).abs() < 2e-4 * (1.0 + due.abs()), "case {number}, move {at}: the loss is {loss}, PyTorch has {due}");
        }
        let weights = game.flat();
        for (at, (&weight, &due)) in weights.values.iter().zip(&case.last).enumerate() {
            let away = (f64::from(weight) - due).abs();
            assert!(away < 2e-4 * (1.0 + due.abs()), "case {number}, weight {at}: {weight}, PyTorch has {due}");
        }
    }
}
