//! A run that goes on is the run that never stopped: whatever ended it, whatever is raised, it is compared bit for bit with a run that had the
//! larger number from the start.

use descent::data::NoFiles;
use descent::learn::Snapshot;
use descent::learn::net::optimizer::OptimizerConfig;
use descent::learn::net::schedule::ScheduleConfig;
use descent::math::random::{self, Stream};
use descent::session::Session;
use descent::train::{Evaluation, Experiment, Run, StopReason};
use serde_json::{Value, json};

fn parse(document: &Value) -> Experiment {
    Experiment::parse(&document.to_string()).unwrap_or_else(|issues| panic!("{document}: {issues:?}"))
}

fn begin(document: &Value) -> Run {
    Run::new(parse(document), &NoFiles).unwrap_or_else(|issues| panic!("{document}: {issues:?}"))
}

/// Ticks until `update`, or until it stops.
fn train(run: &mut Run, update: u64) {
    while run.update() < update && run.tick(&mut || 0.0) {}
}

/// Everything that a run is, but what it is called and how long it took.
#[derive(Debug, PartialEq)]
struct State {
    learner: Snapshot,
    history: Vec<(String, [Vec<u64>; 3])>,
    last: Evaluation,
    counts: (u64, u64, bool),
    best: Option<(u64, f64)>,
    watched: Option<(String, f64)>,
    patience: Option<(u32, u32)>,
    rate: Option<f64>,
    checkpoints: Vec<u64>,
    stopped: Option<String>,
    arrival: Option<u64>,
    confusion: Vec<u32>,
}

fn state(run: &Run) -> State {
    let mut learner = Snapshot::default();
    run.learner().snapshot(&mut learner);
    let bits = |values: &[f64]| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
    let history = run.history().series().iter();
    State {
        learner,
        history: history.map(|series| (series.name.clone(), [&series.last, &series.min, &series.max].map(|values| bits(values)))).collect(),
        last: run.last().clone(),
        counts: (run.update(), run.rows(), run.at_boundary()),
        best: run.best(),
        watched: run.best_watched().map(|(name, value)| (name.into(), value)),
        patience: run.patience(),
        rate: run.learning_rate(),
        checkpoints: run.checkpoints().all().iter().map(|moment| moment.update()).collect(),
        stopped: run.stopped().map(|stopped| format!("{stopped:?}")),
        arrival: run.arrival().map(|arrival| arrival.update),
        confusion: run.confusion(),
    }
}

/// The states of two runs are the same; names what differs, because all of it would fill a screen.
fn assert_same(run: &Run, other: &Run, what: &str) {
    let (own, other) = (state(run), state(other));
    for ((name, own), (_, other)) in own.history.iter().zip(&other.history) {
        assert_eq!(own, other, "{what}: {name}");
    }
    assert!(own.learner == other.learner, "{what}: weights, optimizer, schedule or batches at update {}", own.counts.0);
    assert!(
        own == other,
        "{what}:\n{:?}\n{:?}",
        State { history: Vec::new(), learner: Snapshot::default(), ..own },
        State { history: Vec::new(), learner: Snapshot::default(), ..other }
    );
}

/// A run of `first` to its end, gone on with `then`, against one of `then` from the start. False where both rules end it at the same place.
fn goes_on(first: &Value, then: &Value) -> bool {
    let what = format!("{first}\n  then {}", then["stop"]);
    let (mut run, mut straight) = (begin(first), begin(then));
    train(&mut run, u64::MAX);
    let (end, reason) = (run.update(), run.stopped().unwrap().reason);
    let shown = run.tensors();
    if first["stop"]["early_stopping"]["patience"]["restore_best"] == json!(true) && reason != StopReason::Target {
        assert_eq!(Some(run.standing().update), run.best().map(|(update, _)| update), "{what}: the best is shown");
        let mut there = begin(first);
        train(&mut there, run.standing().update);
        // It may have ended there itself; then it shows the same.
        assert_eq!(shown, there.tensors(), "{what}: the best is what is handed out");
    }
    // Looks leave no trace, also of a run that has stopped.
    run.look_back(Some(end / 2));
    run.look_back(Some(end));
    run.look_back(None);
    assert_eq!(run.tensors(), shown, "{what}: what is shown after a look back");
    let mut fork = run.fork(u64::MAX);
    assert_same(&fork, &run, &format!("{what}: a fork at the end"));
    let mut later = begin(first);
    later.leave_at(end, parse(then)).unwrap();

    assert!(run.apply_live(&parse(then)), "{what}");
    train(&mut straight, end);
    if run.stopped().is_some() {
        assert!(straight.stopped().is_some(), "{what}: it should have gone on from {end}");
        return false;
    }
    assert!(fork.apply_live(&parse(then)), "{what}");
    for more in [0, 1, 2, 9, 40, 1000] {
        for (name, run) in [("it", &mut run), ("a fork at its end", &mut fork), ("a fork that begins again", &mut later)] {
            train(run, end + more);
            train(&mut straight, end + more);
            assert_same(run, &straight, &format!("{what}: {name}, {more} updates later"));
        }
    }
    assert!(straight.stopped().is_some());
    run.rewind();
    train(&mut run, u64::MAX);
    assert_same(&run, &straight, &format!("{what}: rewound"));
    true
}

/// The document with `stop` as it is at first and as it is then.
fn pair(base: &Value, first: Value, then: Value) -> [Value; 2] {
    [first, then].map(|stop| {
        let mut document = base.clone();
        document["stop"] = stop;
        document
    })
}

/// Why a run ends, and what is raised then.
const WAYS: [&str; 9] = [
    "patience",
    "patience off",
    "min_delta",
    "limit at an evaluation",
    "limit in mid-epoch",
    "limit and patience",
    "target",
    "target off",
    "limit with a target met",
];

fn way(base: &Value, way: &str, restore: bool) -> [Value; 2] {
    let every = json!({"updates": {"every": 5}});
    let patience =
        |patience: u32, min_delta: f64| json!({"patience": {"patience": patience, "min_delta": min_delta, "restore_best": restore}});
    let stop = |limit: u64, early: Value| json!({"max_updates": limit, "early_stopping": early, "evaluate_every": every.clone()});
    let target = |value: f64| {
        let mut stop = stop(70, patience(50, 0.0));
        stop["target"] = json!({"reach": {"metric": "loss", "value": value}});
        stop
    };
    // A loss that it reaches on its way, at an evaluation.
    let reached = || {
        let mut run = begin(&pair(base, stop(30, patience(50, 0.0)), Value::Null)[0].clone());
        train(&mut run, 20);
        run.history().named("validation.loss").unwrap().last[1..].iter().copied().fold(f64::INFINITY, f64::min)
    };
    match way {
        "patience" => pair(base, stop(60, patience(2, 10.0)), stop(60, patience(7, 10.0))),
        "patience off" => pair(base, stop(55, patience(3, 10.0)), stop(55, json!({"off": {}}))),
        "min_delta" => pair(base, stop(60, patience(4, 10.0)), stop(60, patience(4, 0.0001))),
        "limit at an evaluation" => pair(base, stop(25, patience(50, 0.0)), stop(60, patience(50, 0.0))),
        "limit in mid-epoch" => pair(base, stop(23, patience(50, 0.0)), stop(58, patience(50, 0.0))),
        "limit and patience" => pair(base, stop(19, patience(3, 10.0)), stop(44, patience(8, 0.0))),
        "target" => pair(base, target(reached()), target(0.0)),
        "target off" => pair(base, target(reached()), stop(70, patience(50, 0.0))),
        // Met where it is measured only because it ends.
        "limit with a target met" => {
            let mut first = target(1e6);
            first["evaluate_every"] = json!({"updates": {"every": 1000}});
            first["max_updates"] = json!(13);
            let mut then = first.clone();
            then["max_updates"] = json!(31);
            pair(base, first, then)
        }
        other => panic!("{other}"),
    }
}

fn base(optimizer: Value, schedule: Value, extra: usize) -> Value {
    let name = optimizer.as_object().unwrap().keys().next().unwrap().clone();
    let data =
        if name == "levenberg_marquardt" { json!({"waves": {"samples": 60}}) } else { json!({"moons": {"samples": 80, "noise": 0.3}}) };
    let mut net = json!({"layers": [{"dense": {"units": 5}}], "batch_size": 16, "optimizer": optimizer, "schedule": schedule});
    let mut document = json!({"seed": 3, "data": data});
    match extra {
        1 => net["average"] = json!({"ema": {"decay": 0.9}}),
        2 => document["augment"] = json!([{"jitter": {"std": 0.1}}]),
        3 => net["layers"] = json!([{"dense": {"units": 6}}, {"dropout": {}}, {"dense": {"units": 4}}, {"batch_norm": {}}]),
        _ => (),
    }
    document["learner"] = json!({"net": net});
    document
}

#[test]
fn whatever_ended_it_whatever_is_raised_whatever_trains() {
    let optimizers = [
        json!({"momentum": {"learning_rate": 0.05}}),
        json!({"adam": {"learning_rate": 0.05}}),
        json!({"schedule_free_adamw": {"learning_rate": 0.05}}),
        json!({"soap": {}}),
        json!({"lbfgs": {}}),
        json!({"levenberg_marquardt": {}}),
    ];
    let schedules = [
        json!({"constant": {}}),
        json!({"cosine": {"t_max": 50}}),
        json!({"one_cycle": {"total_steps": 60}}),
        json!({"reduce_on_plateau": {"patience": 0, "factor": 0.5, "threshold": 0.2}}),
        json!({"step": {"step_size": 9}}),
    ];
    let (mut at, mut went) = (0, 0);
    for optimizer in &optimizers {
        let searches = optimizer.get("lbfgs").or(optimizer.get("levenberg_marquardt")).is_some();
        for schedule in schedules.iter().take(if searches { 1 } else { 5 }) {
            for name in WAYS {
                at += 1;
                let mut base = base(optimizer.clone(), schedule.clone(), if searches { 0 } else { at % 4 });
                if schedule.get("step").is_some() {
                    base["learner"]["net"]["warmup"] = json!({"updates": 8});
                }
                if optimizer.get("schedule_free_adamw").is_some() && base["learner"]["net"].get("average").is_some() {
                    base["learner"]["net"].as_object_mut().unwrap().remove("average");
                }
                for restore in [true, false] {
                    let [first, then] = way(&base, name, restore);
                    went += usize::from(goes_on(&first, &then));
                }
            }
        }
    }
    assert!(went as f64 > 0.9 * 2.0 * at as f64, "{went} of {} went on", 2 * at);
}

#[test]
fn a_tree_grows_on_and_one_that_is_finished_does_not() {
    let base = json!({"seed": 3, "data": {"moons": {"samples": 120, "noise": 0.3}}, "learner": {"tree": {}}});
    for augment in [false, true] {
        let mut base = base.clone();
        if augment {
            base["augment"] = json!([{"jitter": {"std": 0.05}}]);
        }
        for (first, then) in [
            (
                json!({"early_stopping": {"patience": {"patience": 1, "min_delta": 10.0}}}),
                json!({"early_stopping": {"patience": {"patience": 4, "min_delta": 10.0}}}),
            ),
            (json!({"max_updates": 3}), json!({"max_updates": 6})),
            (
                json!({"max_updates": 4, "evaluate_every": {"epochs": {"every": 3}}}),
                json!({"max_updates": 50, "evaluate_every": {"epochs": {"every": 3}}}),
            ),
        ] {
            let [first, then] = pair(&base, first, then);
            assert!(goes_on(&first, &then));
        }
        let [first, then] = pair(&base, json!({}), json!({"max_updates": 30_000, "early_stopping": {"off": {}}}));
        let mut run = begin(&first);
        train(&mut run, u64::MAX);
        assert_eq!(run.stopped().unwrap().reason, StopReason::Finished);
        assert!(run.apply_live(&parse(&then)));
        assert_eq!(run.stopped().unwrap().reason, StopReason::Finished);
        assert_eq!(run.fork(u64::MAX).stopped().unwrap().reason, StopReason::Finished);
        // Where it was finished and waited too long at once, going on finds nothing more.
        let (end, evaluations) = (run.update(), run.history().rows() as u32);
        let waiting = json!({"patience": {"patience": evaluations - 1, "min_delta": 10.0}});
        let mut run = begin(&pair(&base, json!({"early_stopping": waiting}), json!({}))[0]);
        train(&mut run, u64::MAX);
        assert_eq!((run.stopped().unwrap().reason, run.update()), (StopReason::EarlyStopping, end));
        assert!(run.apply_live(&parse(&then)));
        assert_eq!((run.stopped().unwrap().reason, run.update()), (StopReason::Finished, end));
    }
}

/// The example that the fault was found with.
#[test]
fn patience_raised_sees_something_new_and_a_cosine_goes_on_where_it_was() {
    let base = |schedule: Value| json!({"seed": 3, "data": {"moons": {"samples": 200, "noise": 0.3}}, "learner": {"net": {"optimizer": {"adam": {"learning_rate": 0.05}}, "schedule": schedule}}});
    for schedule in [json!({"constant": {}}), json!({"cosine": {"t_max": 200}})] {
        let patience = |patience: u32| json!({"early_stopping": {"patience": {"patience": patience}}});
        let [first, then] = pair(&base(schedule), patience(5), patience(10));
        assert!(goes_on(&first, &then));
        let mut run = begin(&first);
        train(&mut run, u64::MAX);
        let end = run.update();
        let rate = run.history().named("learning_rate").unwrap().last.last().copied();
        assert!(run.apply_live(&parse(&then)));
        assert_eq!(run.learning_rate(), rate, "the rate of the next update, as the last row says");
        let seen: Vec<f64> = run.history().named("validation.loss").unwrap().last.clone();
        train(&mut run, end + 20);
        let new = run.history().named("validation.loss").unwrap().last[seen.len()..].to_vec();
        assert!(!new.is_empty() && new.iter().all(|loss| !seen.contains(loss)), "{new:?} was seen before");
    }
}

#[test]
fn settings_changed_while_it_stands_still_count_from_there() {
    let base = base(json!({"adam": {"learning_rate": 0.05}}), json!({"cosine": {"t_max": 80}}), 0);
    let every = json!({"updates": {"every": 5}});
    let limit = |limit: u64| json!({"max_updates": limit, "evaluate_every": every.clone()});
    for end in [20, 23] {
        let [first, then] = pair(&base, limit(end), limit(70));
        let slower = |document: &Value| {
            let mut document = document.clone();
            document["learner"]["net"]["optimizer"]["adam"]["learning_rate"] = json!(0.01);
            document
        };
        let (mut run, mut straight) = (begin(&first), begin(&then));
        train(&mut run, u64::MAX);
        // Changed while it stands, it does not go on by itself, and shows what it showed.
        let shown = run.standing().update;
        assert!(run.apply_live(&parse(&slower(&first))));
        assert!(run.stopped().is_some() && run.standing().update == shown);
        assert!(run.apply_live(&parse(&slower(&then))));
        train(&mut straight, end);
        assert!(straight.apply_live(&parse(&slower(&then))));
        for to in [end, end + 1, 40, 100] {
            train(&mut run, to);
            train(&mut straight, to);
            assert_same(&run, &straight, &format!("changed at {end}, at {to}"));
        }
        assert_eq!(run.marks(), straight.marks());
    }
}

#[test]
fn the_best_put_back_trains_on_as_from_then_and_says_so() {
    let mut base = base(json!({"adam": {"learning_rate": 0.2}}), json!({"cosine": {"t_max": 100}}), 2);
    base["stop"] = json!({"evaluate_every": {"updates": {"every": 5}}, "max_updates": 400, "early_stopping": {"off": {}}});
    let mut run = begin(&base);
    train(&mut run, 62);
    let (best, _) = run.best().unwrap();
    assert!(best < 55, "{best}");
    assert!(run.restore_best());
    assert_eq!((run.update(), run.standing().update, run.learner().rated().map(|rated| rated.scheduled())), (62, best, Some(best)));
    let mark = run.marks().last().unwrap();
    assert!(mark.update == 62 && mark.what.en.contains(&format!("update {best}")), "{mark:?}");
    let mut there = run.fork(best);
    for more in 0..40 {
        let snapshots = [&run, &there].map(|run| {
            let mut snapshot = Snapshot::default();
            run.learner().snapshot(&mut snapshot);
            snapshot
        });
        assert!(snapshots[0] == snapshots[1], "{more} updates later");
        assert_eq!(run.learning_rate(), there.learning_rate());
        run.tick(&mut || 0.0);
        there.tick(&mut || 0.0);
    }
    // The counter is that of then as well, and a new rule counts what is behind it alone.
    base["stop"]["early_stopping"] = json!({"patience": {"patience": 30, "restore_best": false}});
    let mut run = begin(&base);
    train(&mut run, 62);
    let (best, _) = run.best().unwrap();
    let waited = run.patience().unwrap().0;
    assert!(waited as u64 == (60 - best) / 5);
    run.restore_best();
    assert_eq!(run.patience().unwrap().0, 0);
    base["stop"]["early_stopping"]["patience"]["min_delta"] = json!(5.0);
    assert!(run.apply_live(&parse(&base)));
    assert_eq!(run.patience().unwrap().0, 0);
    train(&mut run, 80);
    assert_eq!(run.patience().unwrap().0, 4, "65, 70, 75, 80");
}

#[test]
fn a_number_set_by_hand_changes_the_model_that_is_shown() {
    let mut base = base(json!({"adam": {"learning_rate": 0.2}}), json!({"constant": {}}), 0);
    base["stop"] = json!({"max_updates": 60, "early_stopping": {"patience": {"patience": 4}}});
    let mut run = begin(&base);
    train(&mut run, u64::MAX);
    let best = run.best().unwrap().0;
    assert!(best < run.update() && run.standing().update == best);
    let mut shown = run.tensors();
    run.set("0.bias", 1, 0.75).unwrap();
    shown.iter_mut().find(|tensor| tensor.name == "0.bias").unwrap().values[1] = 0.75;
    assert_eq!(run.tensors(), shown);
    run.look_back(Some(0));
    run.look_back(None);
    assert_eq!(run.tensors(), shown);
    assert_eq!(run.marks().len(), 2, "put back, and set");
    assert!(run.stopped().is_some());
}

#[test]
fn going_back_keeps_what_was_seen_of_the_test_part() {
    let mut session = Session::default();
    session.open("{}").unwrap();
    session.advance(f64::INFINITY, 40, &mut || 0.0);
    session.reveal(0).unwrap();
    session.go_back(0, 20).unwrap();
    assert_eq!(session.runs()[0].revealed().len(), 1);
}

/// Documents whose parts are drawn from the registries, and rules that are raised in one way or several.
fn drawn(stream: &mut Stream) -> Option<[Value; 2]> {
    let mut below = |count: usize| random::below(stream, count);
    let optimizers = OptimizerConfig::all();
    let optimizer = &optimizers[below(optimizers.len())];
    let schedules = ScheduleConfig::all();
    let schedule = if optimizer.part().search().is_some() { 0 } else { below(schedules.len()) };
    let mut base = base(json!({optimizer.name(): {}}), json!({schedules[schedule].name(): {}}), below(4));
    base["seed"] = json!(below(1000));
    let net = &mut base["learner"]["net"];
    net["batch_size"] = json!([5, 16, 64][below(3)]);
    if optimizer.part().search().is_none() {
        net["warmup"] = json!({"updates": 12 * below(2)});
        net["l2"] = json!([0.0, 0.01][below(2)]);
    }
    let every = [json!({"epochs": {"every": 1}}), json!({"epochs": {"every": 3}}), json!({"updates": {"every": 4}})][below(3)].clone();
    let metric = if base["data"].get("moons").is_some() { ["loss", "accuracy"][below(2)] } else { ["loss", "r2", "rmse"][below(3)] };
    let min_delta = [0.0, 0.01, 0.5];
    let patience = json!({"patience": 1 + below(5), "min_delta": min_delta[below(3)], "restore_best": below(2) == 0, "metric": metric});
    let mut first = json!({"max_updates": 10 + below(40), "evaluate_every": every, "early_stopping": {"patience": patience}});
    if below(4) == 0 {
        first["target"] = json!({"reach": {"metric": "loss", "value": 0.05 * below(15) as f64}});
    }
    let mut then = first.clone();
    then["max_updates"] = json!(first["max_updates"].as_u64().unwrap() + below(40) as u64);
    then["target"] = [json!({"off": {}}), json!({"reach": {"metric": "loss", "value": 0.0}})][below(2)].clone();
    match below(4) {
        0 => then["early_stopping"] = json!({"off": {}}),
        1 => then["early_stopping"]["patience"]["min_delta"] = json!(0.0),
        _ => (),
    }
    if then["early_stopping"].get("patience").is_some() {
        then["early_stopping"]["patience"]["patience"] = json!(patience["patience"].as_u64().unwrap() + below(10) as u64);
    }
    let both = pair(&base, first, then);
    both.iter()
        .all(|document| Experiment::parse(&document.to_string()).is_ok_and(|experiment| Run::new(experiment, &NoFiles).is_ok()))
        .then_some(both)
}

#[test]
fn drawn_at_random() {
    let mut stream = random::stream(7, "going on");
    let (mut fit, mut went) = (0, 0);
    while fit < 250 {
        let Some([first, then]) = drawn(&mut stream) else { continue };
        let mut run = begin(&first);
        train(&mut run, u64::MAX);
        fit += 1;
        if run.stopped().unwrap().reason == StopReason::Diverged {
            assert!(run.apply_live(&parse(&then)) && run.stopped().unwrap().reason == StopReason::Diverged, "{first}");
            continue;
        }
        went += usize::from(goes_on(&first, &then));
    }
    assert!(went > 120, "{went} of {fit} went on");
}
