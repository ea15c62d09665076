//! The experiment document: schema, check, the registry macro from which both come, and the messages that name what is wrong.

pub mod brief;
pub mod check;
pub mod message;
pub mod reader;
pub mod registry;
pub mod remedy;
pub mod schema;
pub mod titles;

use crate::message;
pub use message::{Message, counted};
use reader::Reader;
pub use remedy::Remedy;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt;

/// One thing that is wrong with an experiment, at an exact place.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Issue {
    /// Dotted path of the field (`learner.net.layers[0].dense.units`); empty for the document itself.
    pub path: String,
    /// What is allowed and what was given.
    pub message: Message,
    /// A change of the document after which the issue is gone, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remedy: Option<Box<Remedy>>,
}

impl Issue {
    /// An issue at `path`.
    pub fn new(path: impl Into<String>, message: Message) -> Self {
        Issue { path: path.into(), message, remedy: None }
    }

    /// The same issue with what helps.
    pub fn with(mut self, remedy: impl Into<Option<Remedy>>) -> Self {
        self.remedy = remedy.into().map(Box::new);
        self
    }

    /// The same issue seen from the outside: `prefix.path`.
    pub fn under(mut self, prefix: &str) -> Self {
        self.path = joined(prefix, &self.path);
        self.remedy = self.remedy.map(|remedy| Box::new(remedy.under(prefix)));
        self
    }
}

/// A path seen from the outside.
fn joined(prefix: &str, path: &str) -> String {
    match (prefix, path) {
        ("", _) => path.to_string(),
        (_, "") => prefix.to_string(),
        (_, path) if path.starts_with('[') => format!("{prefix}{path}"),
        (_, path) => format!("{prefix}.{path}"),
    }
}

/// Reads a document of this schema; all of its problems at once.
pub fn parse<T: DeserializeOwned>(schema: &Value, text: &str) -> Result<T, Vec<Issue>> {
    parse_migrated(schema, text, |_| ())
}

/// The same, of a document that `migrate` first brings to its present form.
pub fn parse_migrated<T: DeserializeOwned>(schema: &Value, text: &str, migrate: impl Fn(&mut Value)) -> Result<T, Vec<Issue>> {
    let broken = |error| vec![Issue::new("", message!("is not JSON: {error}", "不是有效的 JSON：{error}"))];
    let mut value: Value = serde_json::from_str(text).map_err(broken)?;
    migrate(&mut value);
    let mut issues = Vec::new();
    check::check(schema, schema, &mut value, "", &mut issues);
    if !issues.is_empty() {
        return Err(issues);
    }
    T::deserialize(Reader(&value)).map_err(|error| {
        let error = message::shorten_to(&error.to_string(), 200);
        vec![Issue::new("", message!("{error}", "无法读取此文档：{error}"))]
    })
}

/// Nothing to set | 无需设置
///
/// This choice has no settings. | 此选项没有设置。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Nothing {}

/// For terminals and scripts, which read English.
impl fmt::Display for Issue {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.path, self.message.en)
    }
}
