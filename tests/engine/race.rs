//! Races: lock-step, forks that are exact, looks back without a trace, finish lines.

use descent::learn::Tensor;
use descent::session::Session;

const FOREVER: f64 = f64::INFINITY;

/// Learners with every kind of state that an update depends on.
const KINDS: [(&str, &str); 6] = [
    (
        "adam over batches",
        r#"{"learner": {"net": {"batch_size": 10, "optimizer": {"adam": {}}, "layers": [{"dense": {"units": 6}}, {"dropout": {}}]}}}"#,
    ),
    (
        "a schedule that listens",
        r#"{"learner": {"net": {"schedule": {"reduce_on_plateau": {"patience": 1}}}}, "stop": {"early_stopping": {"off": {}}}}"#,
    ),
    ("augmentation", r#"{"data": {"moons": {}}, "augment": [{"jitter": {"std": 0.1}}]}"#),
    ("an average of weights", r#"{"learner": {"net": {"average": {"ema": {}}, "layers": [{"dense": {"units": 5}}, {"batch_norm": {}}]}}}"#),
    ("steps that are searched for", r#"{"learner": {"net": {"optimizer": {"lbfgs": {}}}}}"#),
    ("a tree", r#"{"learner": {"tree": {"max_depth": 12}}, "stop": {"early_stopping": {"off": {}}}}"#),
];

fn open(json: &str) -> Session {
    let mut session = Session::default();
    session.open(json).unwrap_or_else(|issues| panic!("{json}: {issues:?}"));
    session
}

fn train(session: &mut Session, updates: u64) -> u64 {
    session.advance(FOREVER, updates, &mut || 0.0)
}

fn weights(session: &Session, run: usize) -> (Vec<Tensor>, Vec<f32>) {
    let run = &session.runs()[run];
    let mut answers = Vec::new();
    run.predict(run.table().inputs.view(), &mut answers);
    (run.tensors(), answers)
}

#[test]
fn a_fork_does_what_the_run_did_bit_for_bit() {
    for (what, json) in KINDS {
        let mut session = open(json);
        let mut done = 0;
        while done < 40 && session.runs()[0].stopped().is_none() {
            done += train(&mut session, 1);
        }
        let end = session.runs()[0].update();
        for update in [0, end / 3, end / 2] {
            let at = session.fork(0, update).unwrap();
            assert!(at <= update, "{what}");
            let fork = session.runs().len() - 1;
            assert_eq!(session.runs()[fork].update(), at, "{what}");
            assert!(session.reach(fork, end, FOREVER, &mut || 0.0));
            assert_eq!(weights(&session, fork), weights(&session, 0), "{what} from update {at}");
            let (run, base) = (&session.runs()[fork], &session.runs()[0]);
            assert_eq!(
                (run.last(), run.rows(), run.best(), run.stopped()),
                (base.last(), base.rows(), base.best(), base.stopped()),
                "{what}"
            );
            let column = |run: &descent::train::Run, name: &str| {
                let series = run.history().series().iter().find(|series| series.name == name).unwrap().last.clone();
                series.into_iter().map(f64::to_bits).collect::<Vec<_>>()
            };
            for name in ["update", "train.loss", "validation.loss", "learning_rate"] {
                assert_eq!(column(run, name), column(base, name), "{what}: {name}");
            }
        }
    }
}

#[test]
fn looking_back_leaves_no_trace() {
    for (what, json) in KINDS {
        let (mut session, mut other) = (open(json), open(json));
        train(&mut session, 15);
        train(&mut other, 15);
        let now = weights(&session, 0);
        let shown = session.look_back(0, Some(3)).unwrap();
        assert!(shown <= 3 && session.runs()[0].standing().update == shown, "{what}");
        let mut there = open(json);
        train(&mut there, shown);
        assert_eq!(weights(&session, 0), weights(&there, 0), "{what}");
        assert_eq!(session.runs()[0].standing().train, there.runs()[0].last().train, "{what}");
        session.look_back(0, Some(0));
        session.look_back(0, None);
        assert_eq!(weights(&session, 0), now, "{what}");
        session.look_back(0, Some(3));
        train(&mut session, 10);
        train(&mut other, 10);
        assert_eq!(weights(&session, 0), weights(&other, 0), "{what}");
        assert_eq!(session.runs()[0].last(), other.runs()[0].last(), "{what}");
    }
}

#[test]
fn runs_start_alike_go_in_lock_step_and_one_that_joins_comes_level_first() {
    let mut session = open(r#"{"learner": {"net": {"optimizer": {"sgd": {}}}}}"#);
    session.add(r#"{"learner": {"net": {"optimizer": {"adam": {}}}}}"#, None).unwrap();
    assert_eq!(weights(&session, 0), weights(&session, 1));
    train(&mut session, 50);
    session.add(r#"{"learner": {"tree": {}}}"#, None).unwrap();
    session.add(r#"{"learner": {"net": {"optimizer": {"momentum": {}}}}}"#, None).unwrap();
    assert_eq!(train(&mut session, 7), 7);
    let updates: Vec<u64> = session.runs().iter().map(|run| run.update()).collect();
    assert_eq!([updates[0], updates[1], updates[3]], [57; 3]);
    let mut alone = open(r#"{"learner": {"net": {"optimizer": {"momentum": {}}}}}"#);
    train(&mut alone, 57);
    assert_eq!(weights(&session, 3), weights(&alone, 0));
}

#[test]
fn the_finish_line_is_crossed_at_the_first_evaluation_beyond_it() {
    let json = r#"{"data": {"moons": {}}, "learner": {"net": {"optimizer": {"adam": {"learning_rate": 0.02}}}}}"#;
    let (mut before, mut after) = (open(json), open(json));
    before.finish(r#"{"metric": "accuracy", "value": 0.9}"#).unwrap();
    train(&mut before, 4000);
    train(&mut after, 4000);
    assert!(after.runs()[0].arrival().is_none());
    after.finish(r#"{"metric": "accuracy", "value": 0.9}"#).unwrap();
    let arrival = before.runs()[0].arrival().expect("moons are easy");
    assert_eq!(Some(arrival), after.runs()[0].arrival());
    assert!(arrival.value >= 0.9 && arrival.update > 0 && arrival.rows > arrival.update);
    let series = before.runs()[0].history().series();
    let (updates, accuracy) = (&series[0].last, &series.iter().find(|series| series.name == "validation.accuracy").unwrap().last);
    for (at, value) in updates.iter().zip(accuracy) {
        assert!(*value < 0.9 || *at >= arrival.update as f64);
    }
    before.finish(r#"{"metric": "accuracy", "value": 2.0}"#).unwrap();
    assert!(before.runs()[0].arrival().is_none());
    before.finish("null").unwrap();
    let wrong = before.finish(r#"{"metric": "rmse", "value": 2.0}"#).unwrap_err();
    assert_eq!(wrong[0].path, "finish.metric");
}

#[test]
fn a_fork_that_begins_again_leaves_at_the_same_place() {
    let (slow, fast) = (
        r#"{"learner": {"net": {"optimizer": {"adam": {"learning_rate": 0.001}}}}}"#,
        r#"{"learner": {"net": {"optimizer": {"adam": {"learning_rate": 0.01}}}}}"#,
    );
    let mut session = open(slow);
    train(&mut session, 60);
    let at = session.fork(0, 30).unwrap();
    assert!(session.live(1, fast).unwrap());
    train(&mut session, 30);
    assert_eq!(session.runs()[1].forked(), Some(at));
    let ended = weights(&session, 1);
    assert_ne!(ended, weights(&session, 0));
    assert_eq!(session.runs()[1].marks().len(), 1);
    session.rewind();
    train(&mut session, 90);
    assert_eq!(weights(&session, 1), ended);
    let mut replayed = open(slow);
    replayed.add(fast, Some((at, slow))).unwrap();
    train(&mut replayed, 90);
    assert_eq!(weights(&replayed, 1), ended);
}

#[test]
fn going_back_trains_on_from_there() {
    let json = r#"{"learner": {"net": {"optimizer": {"adam": {}}}}}"#;
    let (mut session, mut other) = (open(json), open(json));
    train(&mut session, 100);
    let at = session.go_back(0, 60).unwrap();
    train(&mut other, at);
    assert_eq!(weights(&session, 0), weights(&other, 0));
    train(&mut session, 25);
    train(&mut other, 25);
    assert_eq!(weights(&session, 0), weights(&other, 0));
}

#[test]
fn what_cannot_race_is_named() {
    let mut session = open("{}");
    let issues = session.add(r#"{"seed": 7, "data": {"moons": {}}}"#, None).unwrap_err();
    assert_eq!(issues.iter().map(|issue| issue.path.as_str()).collect::<Vec<_>>(), ["seed", "data"]);
    assert!(session.replace(0, r#"{"seed": 7}"#).is_ok());
    for _ in 1..8 {
        session.add(r#"{"seed": 7}"#, None).unwrap();
    }
    assert_eq!(session.add(r#"{"seed": 7}"#, None).unwrap_err().len(), 1);
    assert_eq!(session.fork(0, 0), None);
    assert!(session.remove(7) && !session.remove(7));
}

#[test]
fn a_rate_that_listens_says_when_it_fell() {
    let mut session = open(
        r#"{"learner": {"net": {"optimizer": {"adam": {"learning_rate": 0.3}}, "schedule": {"reduce_on_plateau": {"patience": 2}}}}, "stop": {"early_stopping": {"off": {}}}}"#,
    );
    train(&mut session, 3000);
    let run = &session.runs()[0];
    assert!(!run.marks().is_empty());
    let fell: Vec<u64> = run.marks().iter().map(|mark| mark.update).collect();
    let rates = &run.history().series().iter().find(|series| series.name == "learning_rate").unwrap().last;
    let falls = rates.windows(2).filter(|pair| pair[1] < pair[0]).count();
    assert_eq!(falls, fell.len());
}

#[test]
fn checkpoints_stay_bounded_and_evenly_spaced() {
    let mut session = open(r#"{"stop": {"early_stopping": {"off": {}}, "evaluate_every": {"updates": {"every": 1}}}}"#);
    train(&mut session, 3000);
    let updates: Vec<u64> = session.runs()[0].checkpoints().all().iter().map(|moment| moment.update()).collect();
    assert!(updates.len() > 100 && updates.len() <= 256, "{}", updates.len());
    let step = updates[1] - updates[0];
    assert!(updates.windows(2).all(|pair| pair[1] - pair[0] == step), "{updates:?}");
}

#[test]
fn what_if_it_had_not_stopped_goes_on_from_its_end_and_is_replayed_alike() {
    let json = r#"{"learner": {"net": {"optimizer": {"adam": {"learning_rate": 0.03}}}}, "stop": {"early_stopping": {"patience": {"patience": 5, "restore_best": true}}}}"#;
    let on = json.replace(r#""early_stopping": {"patience": {"patience": 5, "restore_best": true}}"#, r#""early_stopping": {"off": {}}"#);
    let mut session = open(json);
    train(&mut session, 20_000);
    let end = session.runs()[0].stopped().expect("it is over soon").update;
    assert_eq!(session.fork(0, end), Some(end));
    assert!(session.live(1, &on).unwrap());
    train(&mut session, 300);
    assert_eq!(session.runs()[1].update(), end + 300);
    let mut straight = open(&on);
    train(&mut straight, end + 300);
    assert_eq!(weights(&session, 1), weights(&straight, 0));
    let mut replayed = open(json);
    replayed.add(&on, Some((end, json))).unwrap();
    assert!(replayed.reach(1, end + 300, FOREVER, &mut || 0.0));
    assert_eq!(weights(&replayed, 1), weights(&straight, 0));
    session.rewind();
    assert!(session.reach(1, end + 300, FOREVER, &mut || 0.0));
    assert_eq!(weights(&session, 1), weights(&straight, 0));
}
