//! The experiment document: everything a run depends on, in one JSON object.

#[cfg(not(for_the_page))]
use crate::config::schema::schema_of;
use crate::config::{self, Issue, Remedy};
use crate::data::augment::{self, Augmentation, Subject};
use crate::data::prepare::Prepare;
use crate::data::split::Split;
use crate::data::{Data, Files, Table, Task, csv};
use crate::learn::{Problem, Settings};
use crate::message;
#[cfg(not(for_the_page))]
use crate::metric::classes;
use crate::metric::{Answered, Quantity, Watch};
use crate::train::stop::Stop;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
#[cfg(not(for_the_page))]
use std::sync::OnceLock;

/// Experiment | 实验
///
/// One document that describes a whole run. | 描述一次完整运行的文档。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Experiment {
    /// Seed | 随机种子
    ///
    /// The same seed gives the same data, weights and batches. | 相同的随机种子产生相同的数据、权重和批次。
    #[schemars(range(min = 0, max = 4294967295_u32), extend("x-term" = "seed"))]
    pub seed: u32,
    /// Data | 数据
    ///
    /// The samples to learn from. | 用来学习的样本。
    #[schemars(extend("x-depth" = "starter"))]
    pub data: Data,
    /// Split | 划分
    ///
    /// Most samples train the model; some are held out to evaluate it honestly. | 大部分样本用于训练，留出一部分用来如实评估模型。
    pub split: Split,
    /// Prepare | 预处理
    ///
    /// What the model is given of each sample. | 每个样本以什么形式输入模型。
    pub prepare: Prepare,
    /// Augmentation | 数据增强
    ///
    /// Small random changes to the training samples, new in every epoch. | 对训练样本的随机小改动，每轮都不同。
    #[schemars(length(max = 8), extend("x-term" = "augmentation"))]
    pub augment: Vec<Augmentation>,
    /// Model | 模型
    ///
    /// What learns. | 用什么模型来学习。
    pub learner: Settings,
    /// Stop | 停止条件
    ///
    /// When training ends. | 训练何时结束。
    pub stop: Stop,
}

/// The JSON Schema of the experiment document; `x-measured` lists what is measured on rows, as [`Quantity`], `x-per-class` what is said of each class.
#[cfg(not(for_the_page))]
pub fn schema() -> &'static Value {
    static SCHEMA: OnceLock<Value> = OnceLock::new();
    SCHEMA.get_or_init(|| {
        let mut schema = schema_of::<Experiment>();
        schema["x-measured"] = serde_json::to_value(Quantity::on_rows().collect::<Vec<_>>()).expect("plain data");
        schema["x-per-class"] = serde_json::to_value(classes::columns()).expect("plain data");
        schema
    })
}

#[cfg(for_the_page)]
pub use crate::config::schema::experiment as schema;

/// Brings a document of an earlier version to the present form.
fn migrate(document: &mut Value) {
    if let Some(Value::Object(settings)) = document.pointer_mut("/data/csv") {
        csv::migrate(settings);
    }
}

impl Experiment {
    /// Parses a document; all of its problems at once. Rules that need the rows are checked by [`crate::train::Run::new`].
    pub fn parse(text: &str) -> Result<Self, Vec<Issue>> {
        config::parse_migrated(schema(), text, migrate)
    }

    /// Every problem of a document, the ones that show only with its rows included.
    pub fn issues(text: &str, files: &dyn Files) -> Vec<Issue> {
        match Self::parse(text) {
            Err(issues) => issues,
            Ok(experiment) => crate::train::Run::new(experiment, files).err().unwrap_or_default(),
        }
    }

    /// Everything that is measured of a run over such rows; none where the learner has no answer for them.
    pub fn measured(&self, problem: &Problem) -> Option<Vec<Quantity>> {
        let family = self.learner.part();
        let answered = Answered { task: &problem.task, answer: family.answer(problem)? };
        Some(Quantity::all(answered, family.series(problem)))
    }

    /// Weights of rows that the learner does not take; `source` are the rows as they came.
    pub fn check_weights(&self, source: &Table, problem: &Problem) -> Vec<Issue> {
        let (Some(_), Err(why)) = (&problem.counting, self.learner.part().weighs()) else { return Vec::new() };
        let (learner, data) = (self.learner.title(), format!("data.{}", self.data.name()));
        let message = message!(
            "give the rows sample weights, but “{learner}” {why}: use another model, or give the column another role",
            "为各行给出了样本权重，但“{learner}”{why}：请换一种模型，或为该列另选作用"; learner, why
        );
        let issue = Issue::new("columns", message).with(self.data.part().without_weights(source));
        vec![issue.under(&data)]
    }

    /// Cross-field rules of augmentation, learner and stop, given what the rows are.
    pub fn check_against(&self, problem: &Problem) -> Vec<Issue> {
        let subject = Subject { shape: problem.shape, task: &problem.task, class_rows: &problem.class_rows };
        let of_augment = augment::check(&self.augment, &subject, (self.learner.title(), self.learner.part().mixes()));
        let of_augment = of_augment.into_iter().map(|issue| issue.under("augment"));
        let learner = format!("learner.{}", self.learner.name());
        if problem.task == Task::Clustering && self.learner.part().answer(problem).is_none() {
            let name = self.learner.title();
            let message =
                message!("“{name}” learns from a target, and these samples have none", "“{name}”要从目标中学习，而这些样本没有目标"; name);
            let remedy =
                Remedy::set_in_document(message!("Find clusters with k-means", "用 k-均值聚类"), "learner", json!({"k_means": {}}));
            return of_augment.chain([Issue::new(learner, message).with(remedy)]).collect();
        }
        let of_learner = self.learner.part().check(problem).into_iter().map(|issue| issue.under(&learner));
        // Of a learner that such rows do not suit nobody knows what would be measured.
        let known = self.measured(problem);
        let of_stop = known.iter().flat_map(|known| self.stop.check(known)).map(|issue| issue.under("stop"));
        let named = known
            .iter()
            .zip(self.learner.part().watched())
            .flat_map(|(known, (path, name))| Watch::check(name, known).into_iter().map(move |issue| issue.under(&path)));
        of_augment.chain(of_learner).chain(named.map(|issue| issue.under(&learner))).chain(of_stop).collect()
    }
}
