//! What it finds, and that every remedy helps in the case that it is for.

use super::*;
use crate::session::Session;

fn after(json: &str, updates: u64) -> (Session, Vec<Finding>) {
    let mut session = Session::default();
    session.open(json).unwrap_or_else(|issues| panic!("{issues:?}"));
    session.advance(f64::INFINITY, updates, &mut || 0.0);
    let found = examine(&session.runs()[0]);
    (session, found)
}

fn kinds(found: &[Finding]) -> Vec<Kind> {
    found.iter().map(|finding| finding.kind).collect()
}

/// Takes a remedy as the page does.
fn taken(session: &mut Session, remedy: &Remedy) {
    let text = remedy.experiment.to_string();
    match remedy.back {
        Some(update) if update > 0 => {
            session.go_back(0, update);
            assert!(session.live(0, &text).unwrap());
        }
        _ => session.replace(0, &text).unwrap(),
    }
}

#[test]
fn a_healthy_run_is_left_alone() {
    let (_, found) = after(r#"{"data": {"moons": {}}}"#, 400);
    assert_eq!(kinds(&found), []);
}

#[test]
fn divergence_is_dated_and_a_tenth_of_the_rate_mends_it() {
    let json = r#"{"data": {"curve": {}}, "learner": {"net": {"optimizer": {"mini_batch": {"learning_rate": 0.9}}, "layers": [{"dense": {"units": 16, "activation": {"relu": {}}}}]}}}"#;
    let (mut session, found) = after(json, 3000);
    assert_eq!(kinds(&found)[0], Kind::Diverging, "{:?}", session.runs()[0].last());
    assert!(found[0].from < found[0].to);
    let remedy = found[0].remedies.last().expect("a smaller rate");
    taken(&mut session, remedy);
    session.advance(f64::INFINITY, 300, &mut || 0.0);
    assert!(!kinds(&examine(&session.runs()[0])).contains(&Kind::Diverging));
}

#[test]
fn sigmoids_one_behind_the_other_vanish_and_relu_mends_them() {
    let layer = r#"{"dense": {"units": 8, "activation": {"sigmoid": {}}}}"#;
    let layers = [layer; 8].join(",");
    let (mut session, found) = after(&format!(r#"{{"learner": {{"net": {{"layers": [{layers}]}}}}}}"#), 60);
    let vanishing = found.iter().find(|finding| finding.kind == Kind::Vanishing).expect("eight sigmoids");
    assert_eq!(vanishing.layer, Some(0));
    taken(&mut session, &vanishing.remedies[0]);
    session.advance(f64::INFINITY, 60, &mut || 0.0);
    assert!(!kinds(&examine(&session.runs()[0])).contains(&Kind::Vanishing));
}

#[test]
fn a_rate_that_is_too_small_is_told_from_a_plateau() {
    let (_, found) = after(
        r#"{"learner": {"net": {"optimizer": {"gradient_descent": {"learning_rate": 0.0005}}}}, "stop": {"early_stopping": {"off": {}}}}"#,
        300,
    );
    assert_eq!(kinds(&found), [Kind::SmallRate]);
    assert_eq!(found[0].remedies.len(), 2);
}

#[test]
fn a_large_network_on_few_noisy_rows_overfits_since_its_best() {
    let json = r#"{"data": {"moons": {"samples": 60, "noise": 0.45}}, "learner": {"net": {"layers": [{"dense": {"units": 64}}, {"dense": {"units": 64}}]}}, "stop": {"early_stopping": {"off": {}}}}"#;
    let (session, found) = after(json, 1500);
    assert_eq!(kinds(&found), [Kind::Overfitting]);
    assert_eq!(Some(found[0].from), session.runs()[0].best().map(|(update, _)| update));
}

#[test]
fn a_line_cannot_part_a_spiral() {
    let (_, found) = after(r#"{"learner": {"net": {"layers": []}}, "stop": {"early_stopping": {"off": {}}}}"#, 2000);
    assert_eq!(kinds(&found), [Kind::Underfitting]);
}

/// What a kind is judged by: how well held-out rows are predicted, or the training rows.
fn judged(kind: Kind, session: &Session) -> f64 {
    let last = session.runs()[0].standing();
    let held = matches!(kind, Kind::Overfitting | Kind::Scale) && !last.validation.is_empty();
    let measured = if held { &last.validation } else { &last.train };
    let loss = measured.iter().find(|(name, _)| *name == "r2").map_or(measured[0].1, |(_, r2)| -r2);
    if loss.is_finite() { loss } else { f64::INFINITY }
}

#[test]
fn every_remedy_helps_in_the_case_that_it_is_for() {
    let sigmoids = [r#"{"dense": {"units": 8, "activation": {"sigmoid": {}}}}"#; 8].join(",");
    let relus = [r#"{"dense": {"units": 32, "activation": {"relu": {}}}}"#; 2].join(",");
    let off = r#""stop": {"early_stopping": {"off": {}}, "max_updates": 100000}"#;
    // What is wrong, an experiment with it, and the updates after which it is seen and to which it then trains, with and without each remedy.
    let cases: Vec<(Kind, String, [u64; 2])> = vec![
        (Kind::Scale, format!(r#"{{"data": {{"wine": {{}}}}, {off}}}"#), [300, 600]),
        (Kind::Scale, format!(r#"{{"data": {{"diabetes": {{}}}}, {off}}}"#), [300, 600]),
        (
            Kind::Diverging,
            format!(
                r#"{{"data": {{"curve": {{}}}}, "learner": {{"net": {{"optimizer": {{"mini_batch": {{"learning_rate": 0.9}}}}, "layers": [{{"dense": {{"units": 16, "activation": {{"relu": {{}}}}}}}}]}}}}, {off}}}"#
            ),
            [3000, 6000],
        ),
        (Kind::Vanishing, format!(r#"{{"learner": {{"net": {{"layers": [{sigmoids}]}}}}, {off}}}"#), [60, 2000]),
        (
            Kind::Exploding,
            format!(
                r#"{{"data": {{"curve": {{}}}}, "learner": {{"net": {{"initialiser": {{"normal": {{"deviation": 2}}}}, "optimizer": {{"adam": {{"learning_rate": 0.01}}}}, "layers": [{relus}, {relus}]}}}}, {off}}}"#
            ),
            [60, 600],
        ),
        (
            Kind::Dead,
            format!(r#"{{"learner": {{"net": {{"optimizer": {{"momentum": {{"learning_rate": 2}}}}, "layers": [{relus}]}}}}, {off}}}"#),
            [300, 3000],
        ),
        (
            Kind::SmallRate,
            format!(r#"{{"learner": {{"net": {{"optimizer": {{"gradient_descent": {{"learning_rate": 0.0005}}}}}}}}, {off}}}"#),
            [300, 3000],
        ),
        (
            Kind::Overfitting,
            format!(
                r#"{{"data": {{"moons": {{"samples": 120, "noise": 0.35}}}}, "learner": {{"net": {{"layers": [{{"dense": {{"units": 64}}}}, {{"dense": {{"units": 64}}}}]}}}}, {off}}}"#
            ),
            [1500, 3000],
        ),
        (Kind::Underfitting, format!(r#"{{"learner": {{"net": {{"layers": []}}}}, {off}}}"#), [2000, 8000]),
        (Kind::Underfitting, format!(r#"{{"learner": {{"net": {{"layers": [{{"dense": {{"units": 1}}}}]}}}}, {off}}}"#), [2000, 8000]),
    ];
    let mut wrong = Vec::new();
    for (kind, json, [updates, until]) in &cases {
        let (mut without, found) = after(json, *updates);
        without.advance(f64::INFINITY, until - updates, &mut || 0.0);
        let plain = judged(*kind, &without);
        let Some(finding) = found.iter().find(|finding| finding.kind == *kind) else {
            wrong.push(format!("{kind:?} is not found but {:?}: {json}", kinds(&found)));
            continue;
        };
        if finding.remedies.is_empty() {
            wrong.push(format!("{kind:?} has no remedy: {json}"));
        }
        for remedy in &finding.remedies {
            let (mut with, _) = after(json, *updates);
            taken(&mut with, remedy);
            let left = until.saturating_sub(with.runs()[0].update());
            with.advance(f64::INFINITY, left, &mut || 0.0);
            let mended = judged(*kind, &with);
            println!("{kind:?} {plain:.4} -> {mended:.4} {}", remedy.what.en);
            if mended >= plain {
                wrong.push(format!("{kind:?}: {plain} without, {mended} with {:?}", remedy.what.en));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
