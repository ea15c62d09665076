//! Short answers, and those that may be problems instead.

use super::Doubles;
use crate::config::{Issue, Message};
use crate::data::csv::reading::Reading;
use crate::data::overview::Overview;
use crate::train::Curve;
use crate::trust::paired::Paired;
use schemars::JsonSchema;
use serde::Serialize;

/// What was asked for, or what is wrong with the document.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum Or<T, E = Refused> {
    Found(T),
    Refused(E),
}

/// Why there is no answer.
#[derive(Serialize, JsonSchema)]
pub struct Refused {
    pub issues: Vec<Issue>,
}

impl<T> From<Result<T, Vec<Issue>>> for Or<T> {
    fn from(result: Result<T, Vec<Issue>>) -> Self {
        match result {
            Ok(found) => Or::Found(found),
            Err(issues) => Or::Refused(Refused { issues }),
        }
    }
}

/// Why there is no overview, and how the user's file is read: null for other rows.
#[derive(Serialize, JsonSchema)]
pub struct Unread {
    pub issues: Vec<Issue>,
    pub reading: Option<Reading>,
}

/// What there is to see of a document's data.
pub type Overviewed = Or<Overview, Unread>;

/// Where a piece of a job began.
#[derive(Serialize, JsonSchema)]
pub struct Begun {
    pub update: u64,
}

/// The learning rate that a document plans.
#[derive(Serialize, JsonSchema)]
pub struct Rates<'a> {
    pub updates: Doubles<'a>,
    pub rates: Doubles<'a>,
    /// What is measured moves the rate as well.
    pub listens: bool,
}

impl From<Curve> for Rates<'_> {
    fn from(Curve { updates, rates, listens }: Curve) -> Self {
        Rates { updates: updates.into(), rates: rates.into(), listens }
    }
}

/// What pairs say of B against A, and the same in a sentence.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Paired")]
pub struct Judged {
    #[serde(flatten)]
    pub paired: Paired,
    pub verdict: Message,
}
