//! The loss around a model's weights: a slice of two directions through the point where they stand, one evaluation a point of a grid. A job that is
//! advanced in slices of time and can be dropped at any moment.
//!
//! Directions are either random ones, normalised filter by filter (Li, Xu, Taylor, Studer & Goldstein, Visualizing the Loss Landscape of Neural Nets,
//! 2018, section 4): each unit's or filter's part of a direction is as long as that unit's or filter's weights, and biases, scales and shifts stay
//! where they are. Or they span the plane through the present weights that holds the most of the run's checkpoints (section 7): principal components
//! of their differences from the present weights, not centred, because the plane has to go through those. Where the weights have not gone far enough
//! to span a plane, random directions stand in.
//!
//! Runs that race and have the same weights, filter by filter, are drawn on the one plane: it then holds the most of all their ways. The losses are
//! those of the run in the centre.
//!
//! Everything else is as it is at the present weights: the running statistics of batch normalisation, the rows. Penalties are left out, as in the
//! losses of a run.

mod plane;
mod survey;

use crate::config::{Issue, Message};
use crate::learn::{Learner, Rows, Snapshot};
use crate::math::statistics::evenly;
use crate::message;
use crate::train::{Moment, Run, StopReason, Which};
use ndarray::{Array2, Axis};
use plane::{Plane, main_directions, random_direction};
use schemars::JsonSchema;
use serde::Serialize;
use std::rc::Rc;
pub use survey::{Directions, PartOf, RandomPlane, Survey};

/// Checkpoints that are looked at, of all runs together: their products with one another are computed at once.
const CHECKPOINTS: usize = 64;
/// Of each run as many at least.
const CHECKPOINTS_OF_RUN: usize = 8;
/// Room around the way, as a share of how far it reaches.
const MARGIN: f64 = 0.3;

/// A checkpoint on the plane: where it would lie if it lay in it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Waypoint {
    pub update: u64,
    pub at: [f64; 2],
}

/// The grid along one direction: place `i` is at `(i − zero) · step`, so that the centre is met exactly.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Scale {
    pub step: f64,
    pub zero: usize,
}

impl Scale {
    /// `count` places that cover `low` ≤ 0 ≤ `high`, give or take half a step.
    fn over(low: f64, high: f64, count: usize) -> Self {
        let step = (high - low) / (count - 1) as f64;
        Scale { step, zero: (libm::round(-low / step) as usize).min(count - 1) }
    }

    /// Where place `i` is.
    pub fn at(&self, i: usize) -> f64 {
        (i as f64 - self.zero as f64) * self.step
    }
}

/// A learner, rows, and where it came from: what a landscape is made of.
pub struct Ground {
    /// The landscape's own.
    pub learner: Box<dyn Learner>,
    pub inputs: Array2<f32>,
    pub targets: Vec<f32>,
    /// What each row counts; none where all count alike.
    pub counts: Option<Vec<f32>>,
    /// The ways that are drawn; that of the learner itself is the first.
    pub ways: Vec<Way<Stand>>,
}

/// Weights at an update.
pub type Stand = (u64, Vec<f32>);

/// Where a run has been, oldest first, and where it was best: weights, or their places on the plane.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "Way")]
pub struct Way<P> {
    pub run: usize,
    pub points: Vec<P>,
    pub best: Option<P>,
}

impl Way<Stand> {
    /// At most so many `points` of a run, the first and the last among them; none where the learner has no weights to be moved.
    fn of(run: &Run, number: usize, points: usize) -> Option<Self> {
        let stand = |moment: &Rc<Moment>| Some((moment.update(), fresh(run, moment.learner())?.weighted()?.flat().values.to_vec()));
        let moments = run.checkpoints().all();
        let shown = moments.len().min(points);
        let chosen = (0..shown).map(|at| &moments[if shown < 2 { 0 } else { at * (moments.len() - 1) / (shown - 1) }]);
        let best = moments.last().map(|last| last.best.as_ref().unwrap_or(last));
        let mut points: Vec<Stand> = chosen.filter_map(stand).collect();
        // Updates since the last checkpoint.
        let present = run.learner().weighted()?.flat().values;
        if points.last().is_some_and(|&(last, _)| run.update() > last && run.standing().update >= last) && !run.looks_back() {
            points.push((run.update(), present.to_vec()));
        }
        Some(Way { run: number, points, best: best.and_then(stand) })
    }
}

/// A learner of the run's kind as it stood then, its own.
fn fresh(run: &Run, state: &Snapshot) -> Option<Box<dyn Learner>> {
    let mut learner = run.experiment().learner.part().build(run.problem());
    learner.restore(state).ok().map(|()| learner)
}

/// A slice under way.
pub struct Landscape {
    ground: Ground,
    /// Rows of the part, of which some are measured.
    all_rows: usize,
    centre: Vec<f32>,
    directions: [Vec<f32>; 2],
    scales: [Scale; 2],
    side: usize,
    /// Row by row from the top; NaN where nothing is known yet.
    losses: Vec<f64>,
    done: usize,
    along: bool,
    ways: Vec<Way<Waypoint>>,
    explained: [f64; 2],
    weights: Vec<f32>,
    predictions: Vec<f32>,
}

/// Why there is nothing to be seen, at a field or at none.
fn refused(path: &str, message: Message) -> Vec<Issue> {
    vec![Issue::new(path, message)]
}

impl Landscape {
    /// Around the weights of one of the runs as it stands.
    pub fn of(runs: &[Run], chosen: usize, survey: &Survey) -> Result<Self, Vec<Issue>> {
        let run = &runs[chosen];
        let part = run.part(match survey.part {
            PartOf::Train => Which::Train,
            PartOf::Validation => Which::Validation,
        });
        let all_rows = part.targets.len();
        if all_rows == 0 {
            return Err(refused("part", message!("there are no validation samples: hold some out", "没有验证样本：请先留出一部分")));
        }
        let rows = evenly(all_rows, survey.rows);
        let mut present = Snapshot::default();
        run.learner().snapshot(&mut present);
        let learner = fresh(run, &present).expect("a snapshot of this learner");
        let alike = |other: &Run| match (run.learner().weighted(), other.learner().weighted()) {
            (Some(own), Some(other)) => {
                let (own, other) = (own.flat(), other.flat());
                own.values.len() == other.values.len() && own.filters == other.filters
            }
            _ => false,
        };
        // The plane would be that of a run that went to infinity.
        let lost = |other: &Run| other.stopped().is_some_and(|stop| stop.reason == StopReason::Diverged);
        let mut drawn: Vec<usize> = (0..runs.len()).filter(|&at| at != chosen && !lost(&runs[at]) && alike(&runs[at])).collect();
        drawn.insert(0, chosen);
        let points = (CHECKPOINTS / drawn.len()).max(CHECKPOINTS_OF_RUN);
        let ground = Ground {
            ways: drawn.into_iter().filter_map(|at| Way::of(&runs[at], at, points)).collect(),
            learner,
            inputs: part.inputs.select(Axis(0), &rows),
            targets: rows.iter().map(|&row| part.targets[row]).collect(),
            counts: part.weights_of(&rows),
        };
        let mut landscape = Self::new(ground, survey)?;
        landscape.all_rows = all_rows;
        Ok(landscape)
    }

    /// Around the weights of a learner.
    pub fn new(ground: Ground, survey: &Survey) -> Result<Self, Vec<Issue>> {
        let Some(flat) = ground.learner.weighted().map(|weights| weights.flat()) else {
            return Err(refused(
                "",
                message!(
                    "this model has no weights that could be moved a little: there is no landscape around it",
                    "此模型没有可以微小移动的权重：它周围没有损失地形"
                ),
            ));
        };
        let (centre, side) = (flat.values.to_vec(), 2 * survey.steps + 1);
        let moved = |weights: &[f32]| weights.iter().zip(&centre).map(|(&to, &from)| f64::from(to) - f64::from(from)).collect::<Vec<f64>>();
        let differences: Vec<Vec<f64>> = ground.ways.iter().flat_map(|way| &way.points).map(|(_, weights)| moved(weights)).collect();
        let by_chance = |plane: &RandomPlane| [0, 1].map(|which| random_direction(&centre, &flat.filters, plane.seed, which));
        let (directions, reach) = match &survey.directions {
            Directions::Random(plane) => (by_chance(plane), Some(plane.reach)),
            Directions::Trajectory(_) => match main_directions(&differences, centre.len()) {
                Some(found) => (found, None),
                None => (by_chance(&RandomPlane::default()), Some(RandomPlane::default().reach)),
            },
        };
        let plane = Plane::new(&directions);
        let placed = |(update, weights): &Stand| Waypoint { update: *update, at: plane.place(&directions, &moved(weights)) };
        let ways: Vec<Way<Waypoint>> = ground
            .ways
            .iter()
            .map(|way| Way { run: way.run, points: way.points.iter().map(placed).collect(), best: way.best.as_ref().map(placed) })
            .collect();
        let scales = [0, 1].map(|axis| match reach {
            Some(reach) => Scale::over(-reach, reach, side),
            None => {
                let points = ways.iter().flat_map(|way| &way.points);
                let (low, high) =
                    points.map(|point| point.at[axis]).fold((0.0_f64, 0.0_f64), |(low, high), at| (low.min(at), high.max(at)));
                let room = MARGIN * (high - low);
                Scale::over(low - room, high + room, side)
            }
        });
        let explained = plane.explained(&directions, &differences);
        let predictions = vec![0.0; ground.targets.len() * ground.learner.answer().width()];
        Ok(Landscape {
            all_rows: ground.targets.len(),
            weights: centre.clone(),
            losses: vec![f64::NAN; side * side],
            done: 0,
            ground,
            centre,
            directions,
            scales,
            side,
            along: reach.is_none(),
            ways,
            explained,
            predictions,
        })
    }

    /// Measures the loss at more places until `budget` milliseconds of `now` are spent; true once all are known.
    pub fn advance(&mut self, budget: f64, now: &mut dyn FnMut() -> f64) -> bool {
        let end = now() + budget;
        while self.done < self.losses.len() {
            let (row, column) = (self.done / self.side, self.done % self.side);
            // From the top down: the second direction points up.
            let at = [self.scales[0].at(column), self.scales[1].at(self.side - 1 - row)];
            self.losses[self.done] = self.loss(at);
            self.done += 1;
            if now() >= end {
                break;
            }
        }
        self.done == self.losses.len()
    }

    /// The loss at a place of the plane.
    pub fn loss(&mut self, at: [f64; 2]) -> f64 {
        let [first, second] = &self.directions;
        for (((to, &from), &a), &b) in self.weights.iter_mut().zip(&self.centre).zip(first).zip(second) {
            *to = (f64::from(from) + at[0] * f64::from(a) + at[1] * f64::from(b)) as f32;
        }
        let Ground { learner, inputs, targets, counts, .. } = &self.ground;
        let weights = learner.weighted().expect("it had some when the landscape was made");
        let rows = Rows::new(inputs.view(), targets).weighted(counts.as_deref());
        weights.evaluate_at(&self.weights, rows, &mut self.predictions)
    }

    /// How much of it is known, from 0 to 1.
    pub fn progress(&self) -> f64 {
        self.done as f64 / self.losses.len() as f64
    }

    /// Losses of the `side` × `side` places, row by row from the top; NaN where nothing is known yet.
    pub fn losses(&self) -> &[f64] {
        &self.losses
    }

    /// Places along an edge.
    pub fn side(&self) -> usize {
        self.side
    }

    /// The grid along both directions.
    pub fn scales(&self) -> [Scale; 2] {
        self.scales
    }

    /// The two directions, as long as the weights.
    pub fn directions(&self) -> &[Vec<f32>; 2] {
        &self.directions
    }

    /// Whether the plane is that of the ways; else its directions are random.
    pub fn along(&self) -> bool {
        self.along
    }

    /// The ways of the runs, projected on the plane; that of the run in the centre is the first.
    pub fn ways(&self) -> &[Way<Waypoint>] {
        &self.ways
    }

    /// How much of the checkpoints' squared distances from the centre lies along the first direction, and how much in the plane; NaN without a way.
    pub fn explained(&self) -> [f64; 2] {
        self.explained
    }

    /// Rows that are measured, and rows that there are.
    pub fn rows(&self) -> [usize; 2] {
        [self.ground.targets.len(), self.all_rows]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{NoFiles, Task};
    use crate::learn::net::Net;
    use crate::learn::{Family, Problem};
    use crate::math::random;
    use crate::train::Experiment;
    use serde_json::{Value, json};
    use std::slice;

    fn trained(document: Value, updates: u64) -> Run {
        let mut run = Run::new(Experiment::parse(&document.to_string()).unwrap(), &NoFiles).unwrap();
        while run.update() < updates && run.tick(&mut || 0.0) {}
        run
    }

    fn whole(mut landscape: Landscape) -> Landscape {
        while !landscape.advance(0.0, &mut || 0.0) {}
        landscape
    }

    fn random(part: PartOf) -> Survey {
        Survey { directions: Directions::Random(RandomPlane::default()), part, steps: 5, ..Survey::default() }
    }

    #[test]
    fn the_centre_is_the_loss_of_the_run_to_the_bit() {
        // Batch normalisation has statistics of its own, Schedule-Free AdamW other weights than it trains.
        for learner in [
            json!({}),
            json!({"layers": [{"dense": {}}, {"batch_norm": {}}, {"dense": {"activation": "relu"}}]}),
            json!({"optimizer": "schedule_free_adamw"}),
        ] {
            let mut run = trained(json!({"learner": {"net": learner}}), 60);
            for (part, which) in [(PartOf::Train, Which::Train), (PartOf::Validation, Which::Validation)] {
                for directions in [random(part).directions, Directions::default()] {
                    let landscape = whole(Landscape::of(slice::from_ref(&run), 0, &Survey { directions, ..random(part) }).unwrap());
                    let [across, up] = landscape.scales();
                    let side = landscape.side();
                    let centre = landscape.losses()[(side - 1 - up.zero) * side + across.zero];
                    assert_eq!(centre.to_bits(), run.measure(which)[0].1.to_bits(), "{part:?}");
                    assert!(landscape.losses().iter().all(|loss| loss.is_finite()));
                }
            }
        }
    }

    #[test]
    fn random_directions_are_as_long_as_the_filters_and_leave_biases_where_they_are() {
        let run = trained(json!({"learner": {"net": {"layers": [{"dense": {}}, {"layer_norm": {}}]}}}), 30);
        let landscape = Landscape::of(slice::from_ref(&run), 0, &random(PartOf::Train)).unwrap();
        let flat = run.learner().weighted().unwrap().flat();
        let length = |values: &[f32]| values.iter().map(|&value| f64::from(value).powi(2)).sum::<f64>().sqrt();
        let mut within = vec![false; flat.values.len()];
        for filter in &flat.filters {
            let wanted = length(&flat.values[filter.clone()]);
            for direction in landscape.directions() {
                assert!((length(&direction[filter.clone()]) - wanted).abs() <= 1e-6 * wanted, "{filter:?}");
            }
            within[filter.clone()].fill(true);
        }
        // 8 units and one output: rows of weights; 8 + 1 biases, 8 scales, 8 shifts.
        assert_eq!((flat.filters.len(), within.iter().filter(|&&inside| !inside).count()), (9, 25));
        for direction in landscape.directions() {
            assert!(direction.iter().zip(&within).all(|(&value, &inside)| inside || value == 0.0));
        }
        let again = Landscape::of(slice::from_ref(&run), 0, &random(PartOf::Train)).unwrap();
        assert_eq!(landscape.directions(), again.directions());
        let other = Landscape::of(
            slice::from_ref(&run),
            0,
            &Survey { directions: Directions::Random(RandomPlane { seed: 1, ..Default::default() }), ..random(PartOf::Train) },
        )
        .unwrap();
        assert_ne!(landscape.directions(), other.directions());
    }

    #[test]
    fn the_landscape_of_a_linear_regression_is_its_quadratic() {
        let run = trained(json!({"data": {"plane": {}}, "learner": {"net": {"layers": [], "loss": "mse"}}}), 40);
        let landscape = whole(Landscape::of(slice::from_ref(&run), 0, &random(PartOf::Train)).unwrap());
        let part = run.training();
        let weights = run.learner().weighted().unwrap().flat().values.to_vec();
        let inputs = part.inputs.ncols();
        let [across, up] = landscape.scales();
        for row in 0..landscape.side() {
            for column in 0..landscape.side() {
                let (a, b) = (across.at(column), up.at(landscape.side() - 1 - row));
                let [first, second] = landscape.directions();
                let at: Vec<f64> =
                    (0..weights.len()).map(|i| f64::from(weights[i]) + a * f64::from(first[i]) + b * f64::from(second[i])).collect();
                let error = |(x, &target): (ndarray::ArrayView1<f32>, &f32)| {
                    let answer: f64 = x.iter().zip(&at).map(|(&x, w)| f64::from(x) * w).sum::<f64>() + at[inputs];
                    (answer - f64::from(target)).powi(2)
                };
                let exact = part.inputs.rows().into_iter().zip(&part.targets).map(error).sum::<f64>() / part.targets.len() as f64;
                let got = landscape.losses()[row * landscape.side() + column];
                assert!((got - exact).abs() <= 2e-5 * exact.max(1e-3), "{a} {b}: {got}, {exact}");
            }
        }
    }

    /// A small network, and weights that were moved by multiples of two directions.
    fn in_a_plane(places: &[[f64; 2]]) -> (Ground, Vec<f32>) {
        let problem = Problem::flat(["x", "y"].map(String::from).to_vec(), Task::Regression, 8, 1);
        let learner = Net::default().build(&problem);
        let centre = learner.weighted().unwrap().flat().values.to_vec();
        let mut stream = random::stream(5, "test");
        let directions: [Vec<f64>; 2] = [0, 1].map(|_| centre.iter().map(|_| f64::from(random::normal(&mut stream))).collect());
        let moved = |&[a, b]: &[f64; 2]| -> Vec<f32> {
            (0..centre.len()).map(|i| (f64::from(centre[i]) + a * directions[0][i] + b * directions[1][i]) as f32).collect()
        };
        let way: Vec<_> = places.iter().enumerate().map(|(at, place)| (at as u64, moved(place))).collect();
        let ways = vec![Way { run: 0, best: way.last().cloned(), points: way }];
        let ground = Ground { learner, inputs: Array2::zeros((8, 2)), targets: vec![0.5; 8], counts: None, ways };
        (ground, centre)
    }

    #[test]
    fn the_plane_of_a_way_that_lies_in_one_is_that_plane() {
        let (ground, centre) = in_a_plane(&[[3.0, 1.0], [2.0, -0.5], [1.2, 0.7], [0.3, 0.2], [0.1, -0.1]]);
        let way = ground.ways[0].points.clone();
        let landscape = Landscape::new(ground, &Survey::default()).unwrap();
        let [first, second] = landscape.directions();
        assert_eq!(landscape.ways()[0].points.len(), way.len());
        for (point, (update, weights)) in landscape.ways()[0].points.iter().zip(&way) {
            assert_eq!(point.update, *update);
            for i in 0..centre.len() {
                let rebuilt = f64::from(centre[i]) + point.at[0] * f64::from(first[i]) + point.at[1] * f64::from(second[i]);
                assert!((rebuilt - f64::from(weights[i])).abs() < 1e-5, "{rebuilt}, {}", weights[i]);
            }
        }
        let [share, both] = landscape.explained();
        assert!(share > 0.5 && share < 1.0 && (both - 1.0).abs() < 1e-6, "{share} {both}");
        assert!(landscape.ways()[0].points[0].at[0] < 0.0, "the way begins on the left");
        for (axis, scale) in landscape.scales().into_iter().enumerate() {
            let (low, high) = (scale.at(0), scale.at(landscape.side() - 1));
            assert!(scale.at(scale.zero) == 0.0 && low < 0.0 && high > 0.0);
            assert!(landscape.ways()[0].points.iter().all(|point| point.at[axis] > low && point.at[axis] < high));
        }
    }

    #[test]
    fn what_lies_off_the_plane_is_said() {
        let run = trained(json!({}), 200);
        for (survey, wanted) in [(random(PartOf::Train), 0.0..0.5), (Survey::default(), 0.8..1.0)] {
            let [first, both] = Landscape::of(slice::from_ref(&run), 0, &survey).unwrap().explained();
            assert!(first > 0.0 && first <= both && wanted.contains(&both), "{survey:?}: {first} {both}");
        }
    }

    #[test]
    fn large_parts_are_measured_on_some_of_their_rows_and_that_is_said() {
        let run = trained(json!({"data": {"moons": {"samples": 1000}}}), 30);
        let landscape = Landscape::of(slice::from_ref(&run), 0, &Survey { rows: 100, ..random(PartOf::Train) }).unwrap();
        assert_eq!(landscape.rows(), [100, run.training().targets.len()]);
    }

    #[test]
    fn a_job_stops_at_the_end_of_its_budget_and_goes_on_from_there() {
        let run = trained(json!({}), 30);
        let mut landscape = Landscape::of(slice::from_ref(&run), 0, &random(PartOf::Train)).unwrap();
        let mut clock = 0.0;
        let mut now = || {
            clock += 1.0;
            clock
        };
        assert!(!landscape.advance(10.0, &mut now));
        let known = landscape.losses().iter().filter(|loss| loss.is_finite()).count();
        assert_eq!((known, landscape.progress()), (10, 10.0 / 121.0));
        let (sliced, at_once) = (whole(landscape), whole(Landscape::of(slice::from_ref(&run), 0, &random(PartOf::Train)).unwrap()));
        assert_eq!(sliced.losses(), at_once.losses());
    }

    #[test]
    fn models_without_weights_and_parts_without_rows_are_refused_where_it_is_so() {
        let path = |run: &Run, survey: &Survey| Landscape::of(slice::from_ref(run), 0, survey).err().expect("refused")[0].path.clone();
        let tree = trained(json!({"learner": "tree"}), 3);
        assert_eq!(path(&tree, &random(PartOf::Train)), "");
        let whole = trained(json!({"split": {"validation": 0}}), 3);
        assert_eq!(path(&whole, &random(PartOf::Validation)), "part");
    }

    #[test]
    fn before_the_weights_have_gone_anywhere_random_directions_stand_in() {
        let run = trained(json!({}), 0);
        let early = whole(Landscape::of(slice::from_ref(&run), 0, &Survey { steps: 5, ..Survey::default() }).unwrap());
        let asked = whole(Landscape::of(slice::from_ref(&run), 0, &random(PartOf::Train)).unwrap());
        assert!(!early.along() && early.losses() == asked.losses());
        assert!(Landscape::of(&[trained(json!({}), 40)], 0, &Survey::default()).unwrap().along());
    }

    #[test]
    fn runs_with_the_same_weights_lie_on_one_plane_and_others_are_left_out() {
        let net = |net: Value| json!({"data": {"plane": {}}, "learner": {"net": net}});
        let runs = [
            trained(net(json!({"layers": [{"dense": {"units": 3}}]})), 60),
            trained(net(json!({})), 60),
            trained(json!({"data": {"plane": {}}, "learner": "tree"}), 3),
            trained(net(json!({"optimizer": {"gradient_descent": {"learning_rate": 0.003}}})), 60),
            // Its weights are no numbers after a while.
            trained(
                net(json!({"layers": [{"dense": {"activation": "relu"}}], "optimizer": {"gradient_descent": {"learning_rate": 10}}})),
                60,
            ),
        ];
        assert_eq!(runs[4].stopped().unwrap().reason, StopReason::Diverged);
        let landscape = Landscape::of(&runs, 1, &random(PartOf::Train)).unwrap();
        assert_eq!(landscape.ways().iter().map(|way| way.run).collect::<Vec<_>>(), [1, 3]);
        let landscape = Landscape::of(&runs, 3, &Survey::default()).unwrap();
        let [own, other] = landscape.ways() else { panic!("two ways") };
        assert_eq!((own.run, other.run), (3, 1));
        // Both began at the same weights, and the run in the centre ends there.
        let last = own.points.last().unwrap();
        assert!(own.points[0] == other.points[0] && last.update == 60 && last.at == [0.0, 0.0], "{last:?}");
        for (axis, scale) in landscape.scales().into_iter().enumerate() {
            let (low, high) = (scale.at(0), scale.at(landscape.side() - 1));
            assert!(own.points.iter().chain(&other.points).all(|point| point.at[axis] > low && point.at[axis] < high));
        }
    }
}
