//! What a family knows of its own settings: the techniques in them, which can be left out one at a time, and what may help a run that suffers from
//! something. Settings travel as documents, so that no family has to know the registry that lists it.

use crate::config::Message;
use serde::Serialize;
use serde_json::{Value, json};

/// A technique that settings use.
#[derive(Clone, Debug)]
pub struct Technique {
    /// Its name in events and jobs.
    pub name: &'static str,
    pub title: Message,
    /// What stands in its place.
    pub note: Message,
    /// The settings without it.
    pub without: Value,
}

/// What a run suffers from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Ill {
    /// Its steps are too large. Before the update `back` all was well; 0 where it never was.
    Diverging { back: u64 },
    /// Numbers grow from layer to layer.
    Exploding,
    /// Units answer nothing whatever they are given.
    Dead,
    /// Gradients shrink from layer to layer.
    Vanishing,
    /// Its steps are too small.
    SmallRate,
    /// It learns its training rows by heart.
    Overfitting,
    /// It is too simple for its rows.
    Underfitting,
    /// Its loss stands still in a flat place.
    Flat,
    /// Its loss stands still because its steps are too large for the place.
    Tossed,
}

/// Something that may help.
#[derive(Clone, Debug)]
pub struct Advice {
    pub what: Message,
    /// The settings with it.
    pub settings: Value,
    /// The update to go back to before it is taken over; none where it is taken over here, 0 where the run begins again.
    pub back: Option<u64>,
}

/// Settings with something changed. What does not change them, or does not fit, is found by who offers it.
pub fn changed(settings: &impl Serialize, change: impl FnOnce(&mut Value)) -> Value {
    let mut document = json!(settings);
    change(&mut document);
    document
}
