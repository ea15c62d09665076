//! Which wave is it? Rows of one period or more, each with a phase, a frequency and a size of its own, so that no single step tells the class.
//!
//! The noise has a stream of its own, so that more of it leaves every wave as it is.

use super::steps;
use crate::config::{Issue, Message};
use crate::data::{Files, Shape, Source, Table};
use crate::math::random::{self, Stream};
use crate::message;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Signals | 信号
///
/// Short pieces of waves: which form do they have? | 一小段波：认出它的波形。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "sequence"))]
pub struct Signals {
    /// Samples | 样本数
    ///
    /// How many samples to draw. | 要生成的样本数。
    #[schemars(range(min = 20, max = 20000), extend("x-scale" = "log"))]
    pub samples: usize,
    /// Noise | 噪声
    ///
    /// Standard deviation of the normal noise added to every step; waves reach from −1 to 1 at most. | 加在每一步上的正态噪声的标准差；波的幅度不超过 −1 到 1。
    #[schemars(range(min = 0.0, max = 0.5), extend("x-depth" = "starter", "x-term" = "noise"))]
    pub noise: f64,
    /// Forms | 波形数
    ///
    /// One class for each: sine, square, sawtooth, chirp, triangle. | 每种一类：正弦、方波、锯齿、啁啾、三角波。
    #[schemars(range(min = 2, max = 5))]
    pub forms: usize,
    /// Steps | 步数
    ///
    /// Length of a sample. | 每个样本的长度。
    #[schemars(range(min = 16, max = 128), extend("x-scale" = "log"))]
    pub steps: usize,
    /// Periods | 周期数
    ///
    /// Periods in a sample at most; every sample has at least half as many. | 每个样本最多的周期数；最少为其一半。
    #[schemars(range(min = 1.0, max = 8.0))]
    pub periods: f64,
}

impl Default for Signals {
    fn default() -> Self {
        Signals { samples: 500, noise: 0.1, forms: 4, steps: 32, periods: 4.0 }
    }
}

/// What repeats, in the order of the classes.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Form {
    Sine,
    Square,
    Sawtooth,
    Chirp,
    Triangle,
}

const FORMS: [Form; 5] = [Form::Sine, Form::Square, Form::Sawtooth, Form::Chirp, Form::Triangle];

impl Form {
    fn name(self) -> (&'static str, Message) {
        match self {
            Form::Sine => ("sine", message!("sine", "正弦")),
            Form::Square => ("square", message!("square", "方波")),
            Form::Sawtooth => ("sawtooth", message!("sawtooth", "锯齿")),
            Form::Chirp => ("chirp", message!("chirp", "啁啾")),
            Form::Triangle => ("triangle", message!("triangle", "三角波")),
        }
    }

    /// From −1 to 1, at `along` 0 to 1 of a row of `periods`; `phase` is in periods.
    fn at(self, along: f64, periods: f64, phase: f64) -> f64 {
        // A chirp begins half as fast as the others and ends half as fast again.
        let turns = phase + periods * if self == Form::Chirp { 0.5 * along * (1.0 + along) } else { along };
        let within = turns - turns.floor();
        match self {
            Form::Sine | Form::Chirp => libm::sin(std::f64::consts::TAU * within),
            Form::Square => {
                if within < 0.5 {
                    1.0
                } else {
                    -1.0
                }
            }
            Form::Sawtooth => 2.0 * within - 1.0,
            Form::Triangle => 1.0 - 4.0 * (within - 0.5).abs(),
        }
    }
}

impl Signals {
    fn draw(&self, stream: &mut Stream, form: Form, to: &mut Vec<f32>) {
        let mut share = || f64::from(random::uniform(stream, 0.0, 1.0));
        let (phase, periods, size) = (share(), self.periods * (0.5 + 0.5 * share()), 0.6 + 0.4 * share());
        to.extend((0..self.steps).map(|step| (size * form.at(step as f64 / self.steps as f64, periods, phase)) as f32));
    }
}

impl Source for Signals {
    fn load(&self, seed: u32, _files: &dyn Files) -> Result<Table, Vec<Issue>> {
        let mut stream = random::stream(seed, "data/signals");
        let labels: Vec<usize> = (0..self.samples).map(|row| row % self.forms).collect();
        let mut inputs = Vec::with_capacity(self.samples * self.steps);
        labels.iter().for_each(|&label| self.draw(&mut stream, FORMS[label], &mut inputs));
        super::add_noise(seed, self.noise, &mut inputs);
        let (names, titles) = FORMS[..self.forms].iter().map(|form| form.name()).map(|(name, title)| (name.to_string(), title)).unzip();
        let shape = Shape::Sequence { steps: self.steps, features: 1 };
        Ok(Table { titles, ..Table::shaped(shape, inputs, labels, steps(self.steps), names) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::NoFiles;

    #[test]
    fn known_values() {
        let cases = [
            (Form::Sine, [0.0, 1.0, 0.0, -1.0]),
            (Form::Square, [1.0, 1.0, -1.0, -1.0]),
            (Form::Sawtooth, [-1.0, -0.5, 0.0, 0.5]),
            (Form::Triangle, [-1.0, 0.0, 1.0, 0.0]),
        ];
        for (form, quarters) in cases {
            for (quarter, value) in quarters.into_iter().enumerate() {
                for (periods, phase) in [(1.0, 0.0), (2.0, 3.0)] {
                    let got = form.at(quarter as f64 / 4.0 / periods, periods, phase);
                    assert!((got - value).abs() < 1e-12, "{form:?} after {quarter} quarters: {got}");
                }
            }
        }
    }

    #[test]
    fn a_chirp_ends_three_times_as_fast_as_it_begins() {
        let turns = |along: f64| 0.5 * along * (1.0 + along) * 8.0;
        let speed = |along: f64| (turns(along + 1e-6) - turns(along - 1e-6)) / 2e-6;
        assert!((speed(1.0) / speed(0.0) - 3.0).abs() < 1e-6);
        assert!((Form::Chirp.at(0.75, 8.0, 0.1) - (std::f64::consts::TAU * (turns(0.75) + 0.1)).sin()).abs() < 1e-9);
    }

    #[test]
    fn rows_differ_in_phase_and_size_and_no_step_alone_tells_the_class() {
        let table = Signals { noise: 0.0, samples: 4000, forms: 5, ..Signals::default() }.load(3, &NoFiles).unwrap();
        for (class, form) in FORMS.iter().enumerate() {
            let rows = table.inputs.column(0).into_iter().zip(&table.targets);
            let first: Vec<f32> = rows.filter(|(_, label)| **label == class as f32).map(|(value, _)| *value).collect();
            let mean = first.iter().sum::<f32>() / first.len() as f32;
            assert!(mean.abs() < 0.08, "{form:?}: {mean}");
            let most = first.iter().fold(0.0_f32, |most, value| most.max(value.abs()));
            assert!((0.9..=1.0).contains(&most), "{form:?}: {most}");
        }
    }
}
