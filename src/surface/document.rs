//! The document that describes a race on a surface, and everything that can be wrong with it.

use super::{Place, SurfaceConfig};
use crate::config::{self, Issue};
use crate::learn::net::optimizer::OptimizerConfig;
use crate::learn::net::optimizer::adam::Adam;
use crate::learn::net::optimizer::gradient_descent::GradientDescent;
use crate::learn::net::optimizer::momentum::Momentum;
use crate::learn::net::optimizer::search::Needs;
use crate::learn::net::schedule::ScheduleConfig;
use crate::message;
use crate::metric::watch::LOSS;
use crate::train::experiment;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::OnceLock;

/// Race on a surface | 优化器赛跑（测试函数）
///
/// Optimizers that start from one place and run for the lowest one. | 优化器从同一点出发，奔向最低点。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Contest {
    /// Surface | 曲面
    ///
    /// The function that the racers minimise. | 参赛者要最小化的函数。
    #[schemars(extend("x-depth" = "starter", "x-term" = "loss-surface"))]
    pub surface: SurfaceConfig,
    /// Start | 起点
    ///
    /// Where all racers begin: x and y, or nothing for the surface's usual place. | 所有参赛者的出发点：x 与 y；不填则用该曲面惯用的起点。
    #[schemars(inner(range(min = -100.0, max = 100.0)), extend("x-form" = "hidden"))]
    pub start: Option<Place>,
    /// Racers | 参赛者
    ///
    /// Who runs: up to six. | 谁参加：最多六位。
    #[schemars(length(min = 1, max = 6), extend("x-form" = "hidden"))]
    pub racers: Vec<Racer>,
    /// Gradient noise | 梯度噪声
    ///
    /// Standard deviation of what is added to every slope, as a small batch adds it; the same for all racers. | 加到每个坡度上的随机量的标准差，类似小批次带来的噪声；所有参赛者相同。
    #[schemars(range(min = 0.0, max = 10.0), extend("x-depth" = "starter", "x-scale" = "log", "x-term" = "saddle-point"))]
    pub noise: f64,
    /// Tolerance | 容差
    ///
    /// How close to the minimum f* of the surface counts as reached. | 与曲面最小值 f* 相差多少以内算到达。
    #[schemars(range(min = 1e-10, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Max updates | 最多更新次数
    ///
    /// After these the race is over. | 更新达到这么多次后比赛结束。
    #[schemars(range(min = 1, max = 20000), extend("x-scale" = "log", "x-term" = "update"))]
    pub max_updates: u32,
    /// Seed | 随机种子
    ///
    /// The same seed gives the same noise. | 相同的随机种子产生相同的噪声。
    #[schemars(range(min = 0, max = 4294967295_u32), extend("x-term" = "seed"))]
    pub seed: u32,
}

/// Racer | 参赛者
///
/// An optimizer and how its learning rate changes. | 一个优化器，以及它的学习率如何变化。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Racer {
    /// Optimizer | 优化器
    ///
    /// How the slope becomes a step. | 如何把坡度变成一步。
    #[schemars(extend("x-depth" = "starter", "x-term" = "optimizer"))]
    pub optimizer: OptimizerConfig,
    /// Schedule | 学习率调度
    ///
    /// How the learning rate changes on the way. | 途中学习率如何变化。
    #[schemars(extend("x-term" = "schedule"))]
    pub schedule: ScheduleConfig,
}

impl Default for Contest {
    fn default() -> Self {
        let surface = SurfaceConfig::default();
        Contest { racers: usual_racers(&surface), surface, start: None, noise: 0.0, tolerance: 1e-4, max_updates: 1000, seed: 0 }
    }
}

/// Those who run on a surface until others are chosen.
pub fn usual_racers(surface: &SurfaceConfig) -> Vec<Racer> {
    let rates = surface.part().rates();
    let optimizers = [
        OptimizerConfig::gradient_descent(GradientDescent { learning_rate: rates.gradient_descent }),
        OptimizerConfig::momentum(Momentum { learning_rate: rates.momentum, ..Momentum::default() }),
        OptimizerConfig::adam(Adam { learning_rate: rates.adam, ..Adam::default() }),
    ];
    optimizers.map(|optimizer| Racer { optimizer, ..Racer::default() }).to_vec()
}

/// The JSON Schema of the document.
pub fn schema() -> &'static Value {
    static SCHEMA: OnceLock<Value> = OnceLock::new();
    SCHEMA.get_or_init(made)
}

#[cfg(not(for_the_page))]
fn made() -> Value {
    config::schema::schema_of::<Contest>()
}

/// As `build.rs` says, with the definitions that the experiment's schema holds as well; a test in wasm compares it with the derived one.
#[cfg(for_the_page)]
fn made() -> Value {
    let mut own = config::schema::surface().clone();
    let shared = &experiment::schema()["$defs"];
    loop {
        let mut missing = Vec::new();
        references(&own, &mut missing);
        missing.retain(|name| own["$defs"].get(name).is_none());
        if missing.is_empty() {
            return own;
        }
        missing.into_iter().for_each(|name| own["$defs"][&name] = shared[&name].clone());
    }
}

/// The definitions to which a schema refers.
#[cfg(for_the_page)]
fn references(schema: &Value, found: &mut Vec<String>) {
    match schema {
        Value::Object(object) => {
            found.extend(object.get("$ref").and_then(Value::as_str).and_then(|path| path.rsplit('/').next()).map(String::from));
            object.values().for_each(|value| references(value, found));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}

/// The schema without the definitions that the experiment's holds as well: all that the file need hold.
pub fn own_schema() -> Value {
    let (mut own, shared) = (schema().clone(), &experiment::schema()["$defs"]);
    if let Some(definitions) = own["$defs"].as_object_mut() {
        definitions.retain(|name, definition| shared.get(name) != Some(definition));
    }
    own
}

impl Contest {
    /// Parses a document; all of its problems at once.
    pub fn parse(text: &str) -> Result<Self, Vec<Issue>> {
        let contest: Contest = config::parse(schema(), text)?;
        let issues = contest.check();
        if issues.is_empty() { Ok(contest) } else { Err(issues) }
    }

    /// Rules that one field alone cannot state.
    pub fn check(&self) -> Vec<Issue> {
        let racers = self.racers.iter().enumerate();
        racers
            .flat_map(|(at, racer)| racer.check(&self.surface).into_iter().map(move |issue| issue.under(&format!("racers[{at}]"))))
            .collect()
    }

    /// Where the racers begin.
    pub fn start(&self) -> Place {
        self.start.unwrap_or_else(|| self.surface.part().start())
    }
}

impl Racer {
    fn check(&self, surface: &SurfaceConfig) -> Vec<Issue> {
        let mut issues = Vec::new();
        let squares = |search: &dyn crate::learn::net::optimizer::search::Search| search.needs() == Needs::Residuals;
        if self.optimizer.part().search().is_some_and(squares) && surface.part().squares([0.0; 2]).is_none() {
            let (optimizer, surface) = (self.optimizer.title(), surface.title());
            issues.push(Issue::new(
                "optimizer",
                message!(
                    "“{optimizer}” needs a surface that is a sum of squares, which “{surface}” is not",
                    "“{optimizer}”需要平方和形式的曲面，而“{surface}”不是"; optimizer, surface
                ),
            ));
        }
        issues.extend(self.schedule.without_effect(&self.optimizer));
        let own = self.schedule.part().check(self.optimizer.part().learning_rate());
        if let Some(given) = self.schedule.part().listens()
            && given != LOSS
        {
            let path = format!("schedule.{}.metric", self.schedule.name());
            let message = message!(
                "must be {LOSS} on a surface, where only its height is measured, got {given:?}",
                "在曲面上必须是 {LOSS}，因为只测量高度；实际为 {given:?}"
            );
            issues.push(Issue::new(path, message));
        }
        let under = format!("schedule.{}", self.schedule.name());
        issues.extend(own.into_iter().map(|issue| issue.under(&under)));
        issues
    }
}
