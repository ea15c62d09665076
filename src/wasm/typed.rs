//! Which TypeScript type the answer of a call is declared with: a line for each Rust type that leaves, so that a call cannot say one and send another. The types
//! themselves are those of `www/boundary.d.ts`, which `boundary/typescript.rs` writes; nothing of this is code in the wasm.

use super::to_js;
use crate::boundary::augmented::Augmented;
use crate::boundary::points::Points;
use crate::boundary::race::Race;
use crate::boundary::replies::{Begun, Judged, Or, Overviewed, Rates};
use crate::boundary::{Frame, Request};
use crate::config::{Issue, Message};
use crate::job;
use crate::learn::inside::{Plan, Time};
use crate::select::techniques::Without;
use crate::session::{Known, Progress};
use crate::train::Revealed;
use crate::trust::alike::Alike;
use serde::Serialize;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const BOUNDARY: &str = "import type * as Boundary from '../boundary';";

/// What leaves as plain data.
pub trait Leaves: Serialize {
    type As: JsCast;
}

/// A value as its call is declared.
pub fn sent<T: Leaves>(value: &T) -> T::As {
    to_js(value).unchecked_into()
}

/// The same by way of a JSON value, as experiments are written elsewhere: a second way to write every setting would be a tenth of all code.
pub fn sent_as_json<T: Leaves>(value: &T) -> T::As {
    to_js(&serde_json::json!(value)).unchecked_into()
}

macro_rules! leaves {
    ($($rust:ty => $name:ident, $typescript:tt;)*) => {
        #[wasm_bindgen]
        extern "C" {
            $(
                #[wasm_bindgen(typescript_type = $typescript)]
                pub type $name;
            )*
        }
        $(impl Leaves for $rust {
            type As = $name;
        })*
    };
}

leaves! {
    Frame<'_> => SentFrame, "Boundary.Frame";
    Option<Points<'_>> => SentPoints, "Boundary.Points | null";
    Option<Augmented<'_>> => SentAugmented, "Boundary.Augmented | null";
    Option<Rates<'_>> => SentRates, "Boundary.Rates | null";
    Overviewed => SentOverview, "Boundary.Or<Boundary.Overview, Boundary.Unread>";
    Judged => SentPaired, "Boundary.Paired";
    Vec<Issue> => SentIssues, "Boundary.Issue[]";
    Option<Message> => SentMessage, "Boundary.Message | null";
    Option<Revealed> => SentRevealed, "Boundary.Revealed | null";
    Option<Plan> => SentPlan, "Boundary.Plan | null";
    Option<Time> => SentTime, "Boundary.Time | null";
    Vec<Without> => SentTechniques, "Boundary.Technique[]";
    Vec<Alike> => SentAlike, "Boundary.Alike[]";
    Or<job::Plan> => SentJobPlan, "Boundary.Or<Boundary.JobPlan>";
    Or<Known> => SentKnown, "Boundary.Or<Boundary.Known>";
    Or<Begun> => SentBegun, "Boundary.Or<Boundary.Begun>";
    Option<Progress> => SentProgress, "Boundary.Progress | null";
    Or<Race<'_>> => SentRace, "Boundary.Or<Boundary.SurfaceRace>";
}

/// What a page asks a frame for; nothing where it is no request.
pub fn asked(request: JsValue) -> Request {
    serde_wasm_bindgen::from_value(request).unwrap_or_default()
}
