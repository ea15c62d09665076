//! Augmentations in runs: what they change, and what they must leave alone.

use super::shared::{self, fingerprint};
use descent::data::augment::{Augmentation, Drawn};
use descent::data::{Data, NoFiles};
use descent::learn::{Mixed, Rows, Settings, Snapshot};
use descent::math::random;
use descent::train::{Experiment, Run, Which};
use ndarray::Axis;

/// Every augmentation on each kind of row that it suits.
fn experiments() -> Vec<Experiment> {
    let kinds = ["spiral", "waves", "breast_cancer", "shapes", "signals"];
    let data: Vec<Data> = Data::all().into_iter().filter(|data| kinds.contains(&data.name())).collect();
    let all = Augmentation::all().into_iter().flat_map(|augmentation| {
        data.iter().map(move |data| Experiment { data: data.clone(), augment: vec![augmentation.clone()], ..Experiment::default() })
    });
    let suited: Vec<Experiment> = all.filter(|experiment| Run::new(experiment.clone(), &NoFiles).is_ok()).collect();
    for augmentation in Augmentation::all() {
        assert!(suited.iter().any(|experiment| experiment.augment[0] == augmentation), "{} suits nothing", augmentation.name());
    }
    suited
}

fn start(experiment: &Experiment) -> Run {
    Run::new(experiment.clone(), &NoFiles).unwrap_or_else(|issues| panic!("{issues:?}"))
}

fn ticks(run: &mut Run, count: usize) {
    (0..count).for_each(|_| _ = run.tick(&mut || 0.0));
}

/// To the end of an epoch.
fn epoch(run: &mut Run) {
    run.tick(&mut || 0.0);
    while !run.at_boundary() {
        run.tick(&mut || 0.0);
    }
}

fn parts(run: &mut Run) -> Vec<Vec<(&'static str, f64)>> {
    [Which::Train, Which::Validation, Which::Test].map(|part| run.measure(part)).to_vec()
}

#[test]
fn every_augmentation_trains_to_the_same_bits_and_again_after_a_rewind() {
    for experiment in experiments() {
        let name = (experiment.augment[0].name(), experiment.data.name());
        let (mut first, mut second) = (start(&experiment), start(&experiment));
        let plain = fingerprint(&{
            let mut plain = start(&Experiment { augment: Vec::new(), ..experiment.clone() });
            ticks(&mut plain, 30);
            plain
        });
        ticks(&mut first, 30);
        ticks(&mut second, 30);
        assert_eq!(fingerprint(&first), fingerprint(&second), "{name:?}");
        // Noise-free classes of the same size leave nothing to make.
        assert!(fingerprint(&first) != plain || (name.0 == "smote" && name.1 != "breast_cancer"), "{name:?} changes nothing");
        first.rewind();
        ticks(&mut first, 30);
        assert_eq!(fingerprint(&first), fingerprint(&second), "{name:?} after a rewind");
        let mut out = Vec::new();
        first.predict(first.table().inputs.view(), &mut out);
        assert!(out.iter().all(|value| value.is_finite()), "{name:?}");
    }
}

#[test]
fn weights_split_and_every_measured_row_are_as_without_augmentation() {
    for experiment in experiments() {
        let name = experiment.augment[0].name();
        let (mut augmented, mut plain) = (start(&experiment), start(&Experiment { augment: Vec::new(), ..experiment.clone() }));
        assert_eq!(augmented.table(), plain.table(), "{name}");
        assert_eq!(augmented.parts().train, plain.parts().train, "{name}");
        assert_eq!(augmented.tensors(), plain.tensors(), "{name}");
        // The training part too is measured on its own rows.
        assert_eq!(parts(&mut augmented), parts(&mut plain), "{name}");
    }
}

#[test]
fn an_epoch_with_made_up_rows_is_as_long_as_there_are_rows() {
    let json = r#"{"data": "breast_cancer", "prepare": {"scale": "standard"}, "augment": ["smote"], "learner": {"net": {"class_weights": "balanced"}}}"#;
    let mut run = shared::run(json);
    let own = run.parts().train.len();
    let [first, second] = run.problem().class_rows[..] else { panic!("two classes") };
    assert_eq!(first, second);
    assert!(first + second > own, "{first} + {second} of {own}");
    assert_eq!(run.problem().train_rows, first + second);
    for done in 1..=3 {
        epoch(&mut run);
        assert_eq!(run.epoch(), f64::from(done));
        assert_eq!(run.rows(), (first + second) as u64 * u64::from(done as u32));
    }
    assert!(run.profile(1, &mut clock()).is_some());
    let plan = run.experiment().learner.part().plan(run.problem()).unwrap();
    assert_eq!(plan.costs, run.learner().layered().map(|layered| layered.costs()));
}

/// Each reading a second after the one before: long enough for anything that is timed.
fn clock() -> impl FnMut() -> f64 {
    let mut milliseconds = 0.0;
    move || {
        milliseconds += 1000.0;
        milliseconds
    }
}

/// The training rows of a run as they come from the stream `augment` the first time.
fn drawn(run: &Run) -> (Drawn, random::Stream) {
    let inputs = run.table().inputs.select(Axis(0), &run.parts().train);
    let targets: Vec<f32> = run.parts().train.iter().map(|&row| run.table().targets[row]).collect();
    let mut rows = Drawn::new(run.problem().shape, &run.problem().task, &inputs, &targets);
    let mut stream = random::stream(run.experiment().seed, "augment");
    rows.augment(&run.experiment().augment, &mut stream);
    (rows, stream)
}

#[test]
fn a_tree_grows_on_rows_that_were_drawn_once() {
    let mut run =
        shared::run(r#"{"data": "moons", "augment": [{"jitter": {"std": 0.3}}], "learner": "tree", "stop": {"max_updates": 20}}"#);
    let (rows, _) = drawn(&run);
    let Settings::tree(_) = run.experiment().learner else { panic!("a tree") };
    let mut alone = run.experiment().learner.part().build(run.problem());
    for _ in 0..12 {
        run.tick(&mut || 0.0);
        alone.tick(Rows::new(rows.view(), &rows.targets));
        let bytes = |learner: &dyn descent::learn::Learner| {
            let mut snapshot = Snapshot::default();
            learner.snapshot(&mut snapshot);
            snapshot.0
        };
        assert_eq!(bytes(run.learner()), bytes(&*alone));
    }
}

#[test]
fn a_network_sees_other_rows_every_epoch_and_both_classes_of_each() {
    let mut run = shared::run(r#"{"data": "blobs", "augment": ["jitter", "mixup"]}"#);
    let mut alone = run.experiment().learner.part().build(run.problem());
    let (mut rows, mut stream) = drawn(&run);
    let inputs = run.table().inputs.select(Axis(0), &run.parts().train);
    let targets: Vec<f32> = run.parts().train.iter().map(|&row| run.table().targets[row]).collect();
    for _ in 0..40 {
        run.tick(&mut || 0.0);
        let mixed = Some(Mixed { targets: &rows.others, shares: &rows.shares });
        if alone.tick(Rows { mixed, ..Rows::new(rows.view(), &rows.targets) }).boundary {
            rows.reset(&inputs, &targets, None);
            rows.augment(&run.experiment().augment, &mut stream);
        }
        assert_eq!(run.tensors(), alone.weighted().unwrap().tensors());
    }
    assert!(run.epoch() > 2.0);
}

#[test]
fn mixing_makes_a_model_less_sure() {
    let entropy = |augment: &str| {
        let mut run = shared::run(&format!(
            r#"{{"data": "gaussians", "augment": [{augment}], "stop": {{"max_updates": 600, "early_stopping": "off"}}}}"#
        ));
        while run.tick(&mut || 0.0) {}
        let mut out = Vec::new();
        run.predict(run.table().inputs.view(), &mut out);
        assert!(run.measure(Which::Validation)[1].1 > 0.9);
        out.iter().map(|&p| -f64::from(p) * f64::from(p.max(1e-9)).ln()).sum::<f64>() / out.len() as f64
    };
    let (plain, mixed) = (entropy(""), entropy(r#""mixup""#));
    assert!(mixed > 2.0 * plain, "{plain} {mixed}");
}
