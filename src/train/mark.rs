//! What happened on a run's way that its curves do not say: a schedule that listened, a hand on the settings.

use crate::config::Message;
use schemars::JsonSchema;
use serde::Serialize;

/// Marks that a run keeps: more would hide its chart.
const MOST: usize = 200;

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Mark {
    pub update: u64,
    pub why: Why,
    pub what: Message,
}

/// Of which kind it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The schedule lowered the rate, because the loss had stopped falling.
    Plateau,
    /// The learning rate was changed while it trained.
    Rate,
    /// Another setting was.
    Settings,
    /// A learned number was.
    ByHand,
    /// The best model was put back, to train on from there.
    PutBack,
}

impl Mark {
    /// Adds a mark; a later one of the same kind at the same update takes the place of the earlier, as when a slider is dragged.
    pub fn add(marks: &mut Vec<Mark>, mark: Mark) {
        if marks.last().is_some_and(|last| last.update == mark.update && last.why == mark.why) {
            marks.pop();
        }
        if marks.len() == MOST {
            marks.remove(0);
        }
        marks.push(mark);
    }
}
