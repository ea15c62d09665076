//! Forecasting: from the last `lag` values of a series the one `horizon` steps ahead. A row is a window; the next row is the window one step later.
//!
//! No scale is measured on the series, which would tell the training rows of those held out: every kind stays within a few units by itself.
//! Mackey–Glass: dx/dt = 0.2 x(t − 17) / (1 + x(t − 17)¹⁰) − 0.1 x(t) (Mackey and Glass 1977), by Runge–Kutta at steps of 0.1, every third unit of
//! time kept. Logistic map: x ← 3.9 x (1 − x).

use crate::config::Issue;
use crate::data::{Files, Shape, Source, Table, Task};
use crate::math::random::{self, Stream};
use ndarray::Array2;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::f64::consts::TAU;

/// Series | 时间序列
///
/// A series that goes on: forecast its next value from the last ones. | 一段延续的序列：根据最近的值预测下一个值。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "sequence", "x-term" = "series"))]
pub struct Series {
    /// Samples | 样本数
    ///
    /// Windows to cut from the series, each one step after the other. | 从序列中截取的窗口数，每个窗口比前一个晚一步。
    #[schemars(range(min = 20, max = 20000), extend("x-scale" = "log"))]
    pub samples: usize,
    /// Noise | 噪声
    ///
    /// Standard deviation of the normal noise that was measured along with the series. | 与序列一同测得的正态噪声的标准差。
    #[schemars(range(min = 0.0, max = 0.5), extend("x-depth" = "starter", "x-term" = "noise"))]
    pub noise: f64,
    /// Kind | 类型
    ///
    /// How the series goes on. | 序列如何延续。
    pub kind: Kind,
    /// Lag | 回看步数
    ///
    /// How many of the last values the model sees. | 模型能看到最近多少个值。
    #[schemars(range(min = 1, max = 64), extend("x-term" = "forecast"))]
    pub lag: usize,
    /// Horizon | 预测步长
    ///
    /// How many steps ahead the value lies that is forecast. | 要预测的值在多少步之后。
    #[schemars(range(min = 1, max = 32), extend("x-term" = "forecast"))]
    pub horizon: usize,
}

impl Default for Series {
    fn default() -> Self {
        Series { samples: 500, noise: 0.1, kind: Kind::default(), lag: 24, horizon: 1 }
    }
}

/// Kind | 类型
///
/// How the series goes on. | 序列如何延续。
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Sines | 正弦叠加
    ///
    /// Two waves, of 31 and of 7.3 steps. | 两个波相加，周期为 31 步与 7.3 步。
    #[default]
    Sines,
    /// Trend and season | 趋势与季节
    ///
    /// Climbs from −1 to 1 while a pattern of 12 steps repeats: the last values lie higher than any before. | 从 −1 升到 1，同时重复 12 步的图案：最后的值高于之前所有的值。
    Season,
    /// Mackey–Glass | 麦基–格拉斯
    ///
    /// A chaotic series, the usual test of forecasts: near values are easy, far ones are not. | 混沌序列，常用的预测基准：近处容易，远处困难。
    MackeyGlass,
    /// Logistic map | 逻辑斯蒂映射
    ///
    /// 3.9 x (1 − x) of the value before: a simple rule, and no two stretches are alike. | 前一个值的 3.9 x (1 − x)：规则简单，却没有两段相同。
    Logistic,
    /// Random walk | 随机游走
    ///
    /// Each step is random: no model can do better than to repeat the last value. | 每一步都是随机的：没有模型能胜过重复最后一个值。
    Walk,
}

/// A phase, anywhere in a period.
fn phase(stream: &mut Stream) -> f64 {
    TAU * f64::from(random::uniform(stream, 0.0, 1.0))
}

impl Kind {
    /// `length` values in time.
    fn values(self, stream: &mut Stream, length: usize) -> Vec<f64> {
        let times = (0..length).map(|at| at as f64);
        match self {
            Kind::Sines => {
                let [slow, fast] = [phase(stream), phase(stream)];
                times.map(|t| 0.6 * libm::sin(TAU * t / 31.0 + slow) + 0.4 * libm::sin(TAU * t / 7.3 + fast)).collect()
            }
            Kind::Season => {
                let [year, half] = [phase(stream), phase(stream)];
                let season = |t: f64| 0.35 * libm::sin(TAU * t / 12.0 + year) + 0.15 * libm::sin(TAU * t / 6.0 + half);
                times.map(|t| 2.0 * t / (length - 1) as f64 - 1.0 + season(t)).collect()
            }
            Kind::MackeyGlass => mackey_glass(0.9 + 0.4 * f64::from(random::uniform(stream, 0.0, 1.0)), length),
            Kind::Logistic => {
                let mut value = 0.1 + 0.8 * f64::from(random::uniform(stream, 0.0, 1.0));
                times
                    .map(|_| {
                        value = 3.9 * value * (1.0 - value);
                        value
                    })
                    .collect()
            }
            // Of a length that the whole walk is about two units wide, however many steps it has.
            Kind::Walk => {
                let (step, mut value) = (1.0 / (length as f64).sqrt(), 0.0);
                times
                    .map(|_| {
                        value += step * f64::from(random::normal(stream));
                        value
                    })
                    .collect()
            }
        }
    }
}

/// Steps a unit of time, and units of time a value.
const FINE: usize = 10;
const KEPT: usize = 3;
const DELAY: usize = 17 * FINE;
/// Values until a start is forgotten.
const FORGOTTEN: usize = 100;

/// The series that was `start` for ever before it begins.
fn mackey_glass(start: f64, length: usize) -> Vec<f64> {
    let slope = |x: f64, delayed: f64| {
        let fifth = delayed * delayed * delayed * delayed * delayed;
        0.2 * delayed / (1.0 + fifth * fifth) - 0.1 * x
    };
    let step = 1.0 / FINE as f64;
    let mut past = vec![start; DELAY + 1];
    for _ in 0..(FORGOTTEN + length) * KEPT * FINE {
        let (x, at) = (past[past.len() - 1], past.len() - 1 - DELAY);
        let (from, to) = (past[at], past[at + 1]);
        let middle = 0.5 * (from + to);
        let first = slope(x, from);
        let second = slope(x + 0.5 * step * first, middle);
        let third = slope(x + 0.5 * step * second, middle);
        let fourth = slope(x + step * third, to);
        past.push(x + step / 6.0 * (first + 2.0 * (second + third) + fourth));
    }
    past.into_iter().skip(DELAY).step_by(KEPT * FINE).skip(FORGOTTEN).take(length).collect()
}

impl Source for Series {
    fn load(&self, seed: u32, _files: &dyn Files) -> Result<Table, Vec<Issue>> {
        let mut stream = random::stream(seed, "data/series");
        let Series { samples, lag, horizon, .. } = *self;
        let values = self.kind.values(&mut stream, samples + lag + horizon - 1);
        let mut values: Vec<f32> = values.into_iter().map(|value| value as f32).collect();
        super::add_noise(seed, self.noise, &mut values);
        let inputs = Array2::from_shape_fn((samples, lag), |(row, step)| values[row + step]);
        let targets = (0..samples).map(|row| values[row + lag - 1 + horizon]).collect();
        let columns = (0..lag).rev().map(|back| if back == 0 { "t".into() } else { format!("t−{back}") }).collect();
        let table = Table::new(inputs, targets, columns, &format!("t+{horizon}"), Task::Regression);
        Ok(Table { shape: Shape::Sequence { steps: lag, features: 1 }, ordered: true, ..table })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::NoFiles;

    const KINDS: [Kind; 5] = [Kind::Sines, Kind::Season, Kind::MackeyGlass, Kind::Logistic, Kind::Walk];

    #[test]
    fn windows_follow_each_other_and_targets_lie_ahead() {
        for (kind, (lag, horizon)) in KINDS.into_iter().zip([(1, 1), (5, 3), (24, 32), (64, 1), (2, 7)]) {
            let table = Series { samples: 50, kind, lag, horizon, ..Series::default() }.load(3, &NoFiles).unwrap();
            assert!(table.ordered);
            assert_eq!(table.columns.len(), lag);
            for row in 1..50 {
                let (before, now) = (table.inputs.row(row - 1), table.inputs.row(row));
                assert_eq!(before.to_vec()[1..], now.to_vec()[..lag - 1], "one step later");
                if row >= horizon {
                    assert_eq!(table.targets[row - horizon], now[lag - 1], "{kind:?}: the target is the value {horizon} ahead");
                }
            }
        }
    }

    #[test]
    fn what_is_held_out_lies_after_all_that_trains() {
        let table = Series { horizon: 4, ..Series::default() }.load(3, &NoFiles).unwrap();
        let parts = crate::data::split::Split::default().split(&table, 3).unwrap();
        let last = |rows: &[usize]| *rows.last().unwrap();
        assert!(last(&parts.train) < parts.validation[0] && last(&parts.validation) < parts.test[0]);
    }

    #[test]
    fn without_noise_a_rule_gives_the_next_value() {
        let rule = |kind, forecast: &dyn Fn(&[f32]) -> f32, off: f32| {
            let table = Series { noise: 0.0, kind, ..Series::default() }.load(3, &NoFiles).unwrap();
            for (row, target) in table.inputs.rows().into_iter().zip(&table.targets) {
                assert!((forecast(row.as_slice().unwrap()) - target).abs() < off, "{kind:?}: {row} {target}");
            }
        };
        rule(Kind::Logistic, &|row| 3.9 * row[23] * (1.0 - row[23]), 1e-5);
        // The season repeats after twelve steps, higher by what it has climbed since: 2 over all 524 values.
        rule(Kind::Season, &|row| row[12] + 2.0 * 12.0 / 523.0, 1e-5);
    }

    #[test]
    fn mackey_glass_is_the_one_of_the_literature() {
        let values = mackey_glass(1.2, 3000);
        let (low, high) = values.iter().fold((f64::MAX, f64::MIN), |(low, high), &value| (low.min(value), high.max(value)));
        assert!((0.2..0.5).contains(&low) && (1.25..1.4).contains(&high), "{low} to {high}");
        let mean = values.iter().sum::<f64>() / 3000.0;
        assert!((mean - 0.93).abs() < 0.02, "{mean}");
        // It winds around that about every 50 units of time.
        let crossings = values.windows(2).filter(|pair| pair[0] < 0.93 && pair[1] >= 0.93).count();
        assert!((3000 * KEPT / crossings).abs_diff(50) < 8, "{crossings} crossings");
    }

    #[test]
    fn no_kind_stands_still_or_runs_away() {
        for kind in KINDS {
            for seed in 0..20 {
                let values = Series { noise: 0.0, kind, samples: 2000, ..Series::default() }.load(seed, &NoFiles).unwrap().targets;
                let most = values.iter().fold(0.0_f32, |most, value| most.max(value.abs()));
                assert!(most < 4.0, "{kind:?}: {most}");
                assert!(values.windows(2).filter(|pair| pair[0] == pair[1]).count() < 10, "{kind:?}");
            }
        }
    }
}
