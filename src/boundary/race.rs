//! A race on a surface, run to its end.

use super::{Doubles, Floats, Words};
use crate::session::MOST_SIDE;
use crate::surface::{Contest, Standing, SurfaceRace, field};
use schemars::JsonSchema;
use serde::Serialize;

/// Where it is held, and what every racer did.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SurfaceRace")]
pub struct Race<'a> {
    /// The part of the plane that is shown, `[x0, x1, y0, y1]`.
    pub frame: Doubles<'a>,
    /// x and y of each.
    pub minima: Doubles<'a>,
    pub lowest: f64,
    pub start: Doubles<'a>,
    pub updates: u32,
    pub runners: Vec<Runner<'a>>,
    /// Of the three usual racers: gradient descent, momentum, Adam.
    pub rates: Doubles<'a>,
    /// f over the frame, `[side × side]`; null where it was not asked for.
    pub field: Option<Floats<'a>>,
}

/// What a racer did.
#[derive(Serialize, JsonSchema)]
pub struct Runner<'a> {
    pub standing: Standing,
    /// x and y before the first update and after each.
    pub path: Floats<'a>,
    /// f at these places.
    pub values: Doubles<'a>,
    /// Gradients until there.
    pub gradients: Words<'a>,
}

impl Race<'_> {
    /// `side` > 0: with f over the frame, so many cells along an edge.
    pub fn of(contest: &Contest, side: usize) -> Self {
        let surface = contest.surface.part();
        let rates = surface.rates();
        let mut race = SurfaceRace::new(contest);
        race.run();
        let runners = race.runners().iter().map(|runner| Runner {
            standing: runner.standing(),
            path: runner.path().to_vec().into(),
            values: runner.values().to_vec().into(),
            gradients: runner.gradients().to_vec().into(),
        });
        Race {
            frame: surface.frame().to_vec().into(),
            minima: surface.minima().concat().into(),
            lowest: race.lowest(),
            start: contest.start().to_vec().into(),
            updates: race.update(),
            runners: runners.collect(),
            rates: vec![rates.gradient_descent, rates.momentum, rates.adam].into(),
            field: (side > 0).then(|| field(surface, side.min(MOST_SIDE)).into()),
        }
    }
}
