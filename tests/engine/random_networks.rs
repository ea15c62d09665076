//! Networks drawn from the schema, trained beside PyTorch: `golden/random_networks_reference.py` drew them and wrote the numbers. With
//! `DESCENT_RANDOM_NETWORKS=file` a native run compares a file of that program's instead of the sample that is kept.

use descent::data::{Shape, Task};
use descent::learn::net::{Net, Network};
use descent::learn::{Family, Learner, Problem, Rows, Weighted};
use ndarray::Array2;
use serde::Deserialize;

#[derive(Deserialize)]
struct Golden {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    net: Net,
    shape: Sides,
    /// 0 for a target of numbers.
    classes: usize,
    rows: usize,
    updates: usize,
    /// How far PyTorch in single precision is from PyTorch in double.
    noise: f64,
    /// Of predictions for all rows, before every fourth update and after the last.
    losses: Vec<f64>,
    weights: Vec<f64>,
    /// Those with which the model answers, where they are others.
    answering: Option<Vec<f64>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Sides {
    Flat([usize; 1]),
    Image([usize; 3]),
    Sequence([usize; 2]),
    Tokens([usize; 2]),
}

impl Case {
    fn shape(&self) -> Shape {
        match self.shape {
            Sides::Flat([units]) => Shape::Flat { units },
            Sides::Image([channels, height, width]) => Shape::Image { channels, height, width },
            Sides::Sequence([steps, features]) => Shape::Sequence { steps, features },
            Sides::Tokens([steps, vocabulary]) => Shape::Tokens { steps, vocabulary },
        }
    }

    fn inputs(&self) -> Array2<f32> {
        let units = self.shape().units();
        Array2::from_shape_fn((self.rows, units), |(r, c)| match self.shape() {
            Shape::Tokens { vocabulary, .. } => ((r * 7 + c * 3 + r * c % 5) % vocabulary) as f32,
            _ => (libm::sin(1.7 * (units * r + c) as f64) + 0.3 * libm::cos(0.9 * c as f64 * (r + 1) as f64)) as f32,
        })
    }

    fn targets(&self) -> Vec<f32> {
        let target = |r: usize| match self.classes {
            0 => (libm::sin(2.1 * r as f64) + 0.3) as f32,
            classes if r < classes => r as f32,
            classes => ((r * r + r / 2) % classes) as f32,
        };
        (0..self.rows).map(target).collect()
    }

    /// Trains as the reference did; the first difference, if there is one.
    fn follow(&self) -> Result<(), String> {
        let (inputs, targets) = (self.inputs(), self.targets());
        let task = match self.classes {
            0 => Task::Regression,
            classes => Task::Classification((0..classes).map(|class| class.to_string()).collect()),
        };
        let features = (0..self.shape().units()).map(|at| format!("f{at}")).collect();
        let class_rows = (0..self.classes).map(|class| targets.iter().filter(|&&target| target as usize == class).count()).collect();
        let problem = Problem { shape: self.shape(), class_rows, ..Problem::flat(features, task.clone(), self.rows, 1) };
        let issues = self.net.check(&problem);
        if !issues.is_empty() {
            return Err(format!("{issues:?}"));
        }
        let mut network = Network::new(self.net.clone(), &problem);
        let first: Vec<f32> = network.weights().to_vec();
        let wave = |at: usize| (0.5 * libm::sin(2.3 * at as f64 + 0.4)) as f32;
        // Scales of normalisations stay near 1.
        let first = first.iter().enumerate().map(|(at, &drawn)| if drawn == 1.0 { 1.0 + 0.4 * wave(at) } else { wave(at) });
        network.set_weights(&first.collect::<Vec<f32>>());
        let rows = Rows::new(inputs.view(), &targets);
        let mut losses = Vec::new();
        let mut predictions = vec![0.0; self.rows * task.outputs()];
        for update in 0..self.updates {
            if update % 4 == 0 {
                losses.push(network.evaluate(rows, &mut predictions));
            }
            network.tick(rows);
        }
        losses.push(network.evaluate(rows, &mut predictions));
        self.close("loss", losses, &self.losses)?;
        self.close("weight", network.weights().iter().map(|&weight| f64::from(weight)).collect(), &self.weights)?;
        let learned = network.flat().values.iter().map(|&weight| f64::from(weight)).collect();
        self.close("answering weight", learned, self.answering.as_ref().unwrap_or(&self.weights))
    }

    fn close(&self, what: &str, got: Vec<f64>, expected: &[f64]) -> Result<(), String> {
        if got.len() != expected.len() {
            return Err(format!("{} of {what}, the reference has {}", got.len(), expected.len()));
        }
        let off = |(got, expected): (&f64, &f64)| {
            let allowed = 1e-5 + 2e-5 * expected.abs() + 10.0 * self.noise;
            // What is no number is off.
            (got - expected).abs().partial_cmp(&allowed).is_none_or(|order| order.is_gt())
        };
        match got.iter().zip(expected).position(off) {
            Some(at) => Err(format!("{what}[{at}]: {}, the reference has {} (noise {:e})", got[at], expected[at], self.noise)),
            None => Ok(()),
        }
    }
}

fn golden() -> Golden {
    #[cfg(not(target_arch = "wasm32"))]
    if let Ok(path) = std::env::var("DESCENT_RANDOM_NETWORKS") {
        return serde_json::from_str(&std::fs::read_to_string(path).expect("a file")).expect("cases");
    }
    serde_json::from_str(include_str!("../golden/random_networks.json")).expect("random_networks.json")
}

#[test]
fn networks_drawn_from_the_schema_train_as_in_pytorch() {
    let golden = golden();
    assert!(golden.cases.len() >= 40, "{}", golden.cases.len());
    let faults: Vec<String> = golden
        .cases
        .iter()
        .enumerate()
        .filter_map(|(at, case)| {
            Some(format!("{at}: {}\n    {}", case.follow().err()?, serde_json::to_string(&case.net).expect("settings")))
        })
        .collect();
    assert!(faults.is_empty(), "{} of {} networks:\n{}", faults.len(), golden.cases.len(), faults.join("\n"));
}
