//! Every entry of every registry through the same checks.

use super::shared::{self, fingerprint};
use descent::config::Message;
use descent::config::schema::{choices, resolve, schema_of};
use descent::data::augment::Augmentation;
use descent::data::{Data, Files, NoFiles, Task};
use descent::learn::net::optimizer::search::Needs;
use descent::learn::net::{
    Net, activation::ActivationConfig, initialiser::InitialiserConfig, layers::LayerConfig, loss::LossConfig,
    loss::class_weights::ClassWeights, optimizer::OptimizerConfig, schedule::ScheduleConfig,
};
use descent::learn::{Answer, Learner, Settings, Snapshot};
use descent::train::stop::StopReason;
use descent::train::{Experiment, Run, experiment};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

fn experiments() -> Vec<Experiment> {
    let base = Experiment::default();
    let net = |change: &dyn Fn(&mut Net)| {
        let mut settings = Net::default();
        change(&mut settings);
        Experiment { learner: Settings::net(settings), ..base.clone() }
    };
    let mut all: Vec<Experiment> = Settings::all().into_iter().map(|learner| Experiment { learner, ..base.clone() }).collect();
    all.extend(OptimizerConfig::all().into_iter().map(|part| {
        net(&|net| {
            net.optimizer = part.clone();
            // Some work on squared errors only.
            if part.part().search().is_some_and(|search| search.needs() == Needs::Residuals) {
                net.loss = LossConfig::mse(Default::default());
            }
        })
    }));
    all.extend(ScheduleConfig::all().into_iter().map(|part| net(&|net| net.schedule = part.clone())));
    all.extend(InitialiserConfig::all().into_iter().map(|part| net(&|net| net.initialiser = part.clone())));
    all.extend(ActivationConfig::all().into_iter().map(|part| {
        net(&|net| {
            net.layers.iter_mut().for_each(|layer| {
                if let LayerConfig::dense(dense) = layer {
                    dense.activation = part.clone();
                }
            })
        })
    }));
    for (task, data) in [(two(), "spiral"), (Task::Regression, "plane")] {
        let data = Data::all().into_iter().find(|entry| entry.name() == data).expect("its data");
        let suitable = LossConfig::all().into_iter().filter(|part| part.part().suits(&task).is_ok());
        all.extend(suitable.map(|part| Experiment { data: data.clone(), ..net(&|net| net.loss = part.clone()) }));
    }
    all.push(net(&|net| net.class_weights = ClassWeights::Balanced(Default::default())));
    all.push(net(&|net| net.warmup.updates = 5));
    for controls in [
        r#"{"l1": 0.001, "l2": 0.01, "weight_decay": 0.1, "clip": {"norm": {"limit": 0.5}}, "average": {"ema": {"decay": 0.9}}}"#,
        r#"{"clip": {"value": {"limit": 0.01}}, "max_norm": {"units": {"limit": 1}}, "average": {"ema": {"warm_up": true}}}"#,
        r#"{"optimizer": {"nadam": {}}, "tuning": [{"freeze": {"until": {"update": {"updates": 11}}}}, {"rate": {"first": 2, "last": 3}}]}"#,
    ] {
        all.push(Experiment { learner: Settings::net(serde_json::from_str(controls).unwrap()), ..base.clone() });
    }
    for learner in Settings::all() {
        let over = Data::all().into_iter().filter(|data| data.name() != "csv").map(|data| Experiment {
            data,
            learner: learner.clone(),
            ..base.clone()
        });
        let before = all.len();
        // Each family is asked for what suits it, and has to have something.
        all.extend(over.filter(|experiment| experiment.check_against(&Run::problem_of(experiment, &NoFiles).unwrap()).is_empty()));
        assert!(all.len() > before, "no data suits {}", learner.name());
    }
    all
}

fn two() -> Task {
    Task::Classification(vec!["0".into(), "1".into()])
}

fn start(experiment: &Experiment) -> Run {
    Run::new(experiment.clone(), &NoFiles).unwrap_or_else(|issues| panic!("{issues:?} for {experiment:?}"))
}

fn ticks(run: &mut Run, count: usize) {
    for _ in 0..count {
        run.tick(&mut || 0.0);
    }
}

#[test]
fn the_same_experiment_gives_the_same_bits_and_predicting_changes_nothing() {
    for experiment in experiments() {
        let (mut first, mut second) = (start(&experiment), start(&experiment));
        ticks(&mut first, 12);
        let inputs = first.table().inputs.clone();
        let mut out = Vec::new();
        for _ in 0..12 {
            second.tick(&mut || 0.0);
            second.predict(inputs.view(), &mut out);
        }
        assert_eq!(fingerprint(&first), fingerprint(&second), "{experiment:?}");
    }
}

#[test]
fn a_snapshot_restores_into_a_fresh_learner_that_trains_on_identically() {
    for experiment in experiments() {
        let mut run = start(&experiment);
        ticks(&mut run, 9);
        let mut saved = Snapshot::default();
        run.learner().snapshot(&mut saved);
        let problem = descent::learn::Problem { seed: experiment.seed + 1, ..run.problem().clone() };
        let (mut straight, mut restored) = (experiment.learner.part().build(&problem), experiment.learner.part().build(&problem));
        straight.restore(&saved).unwrap();
        restored.restore(&saved).unwrap();
        let inputs = run.table().inputs.select(ndarray::Axis(0), &run.parts().train);
        let targets: Vec<f32> = run.parts().train.iter().map(|&row| run.table().targets[row]).collect();
        let rows = descent::learn::Rows::new(inputs.view(), &targets);
        for _ in 0..7 {
            assert_eq!(straight.tick(rows), restored.tick(rows));
        }
        let bytes = |learner: &dyn Learner| {
            let mut snapshot = Snapshot::default();
            learner.snapshot(&mut snapshot);
            snapshot.0
        };
        // A tree may have been finished before.
        assert!(run.stopped().is_some() || bytes(&*straight) != saved.0, "training changes nothing: {experiment:?}");
        assert_eq!(bytes(&*straight), bytes(&*restored), "{experiment:?}");
        assert!(restored.restore(&Snapshot(vec![1, 2, 3])).is_err(), "{experiment:?}");
    }
}

#[test]
fn every_run_learns_finite_predictions_of_the_right_shape_and_ends() {
    for mut experiment in experiments() {
        experiment.stop.max_updates = 300;
        let mut run = start(&experiment);
        while run.tick(&mut || 0.0) {}
        assert!(run.stopped().is_some());
        let mut out = Vec::new();
        run.predict(run.table().inputs.view(), &mut out);
        let answer = run.learner().answer();
        assert_eq!(Some(answer), experiment.learner.part().answer(run.problem()), "{experiment:?}");
        assert_eq!(out.len(), run.table().rows() * answer.width());
        assert!(out.iter().all(|value| value.is_finite()), "{experiment:?}");
        if matches!(answer, Answer::Probabilities { .. } | Answer::Clusters { .. }) {
            for row in out.chunks(answer.width()) {
                assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-4, "{row:?}");
            }
        }
    }
}

#[test]
fn every_family_weighs_rows_or_says_why_not() {
    for learner in Settings::all() {
        let over = Data::all().into_iter().filter(|data| data.name() != "csv").map(|data| Experiment {
            data,
            learner: learner.clone(),
            ..Experiment::default()
        });
        let problem_of = |experiment: &Experiment| Run::problem_of(experiment, &NoFiles).unwrap();
        let experiment = over.into_iter().find(|experiment| experiment.check_against(&problem_of(experiment)).is_empty()).expect("data");
        if let Err(why) = learner.part().weighs() {
            assert_both_languages(&why);
            let rows: String = (0..40).map(|row| format!("{row},{},{},{}\n", row % 7, row % 3, ["u", "v"][row % 2])).collect();
            let data = r#"{"data": {"csv": {"path": "t.csv", "columns": [{"column": "w", "role": "weight"}]}}}"#;
            let weighted = Experiment { learner: learner.clone(), ..Experiment::parse(data).unwrap() };
            let issues = Run::new(weighted, &OneFile(format!("a,b,w,kind\n{rows}").into_bytes())).err().unwrap_or_default();
            assert!(
                issues.iter().any(|issue| issue.path == "data.csv.columns" && issue.remedy.is_some()),
                "{}: {issues:?}",
                learner.name()
            );
            continue;
        }
        let run = start(&experiment);
        let part = run.training();
        let (some, ones): (Vec<f32>, Vec<f32>) = (0..part.targets.len()).map(|row| ((row % 4) as f32, 1.0)).unzip();
        // Another class, or another number: where a row counts nothing, that is all the same.
        let other = |target: f32| if run.problem().task.is_classification() { if target > 0.0 { 0.0 } else { 1.0 } } else { target + 1.0 };
        let others: Vec<f32> =
            part.targets.iter().zip(&some).map(|(&target, weight)| if *weight == 0.0 { other(target) } else { target }).collect();
        let learned = |targets: &[f32], weights: Option<&[f32]>| {
            let rows = descent::learn::Rows { weights, ..descent::learn::Rows::new(part.inputs.view(), targets) };
            let mut learner = learner.part().build(run.problem());
            for _ in 0..60 {
                learner.tick(rows);
            }
            let mut out = vec![0.0; part.targets.len() * learner.answer().width()];
            let loss = learner.evaluate(rows, &mut out);
            (loss.to_bits(), out.into_iter().map(f32::to_bits).collect::<Vec<_>>())
        };
        let plain = learned(&part.targets, None);
        assert!(plain == learned(&part.targets, Some(&ones)), "{}: weights of 1", learner.name());
        let weighted = learned(&part.targets, Some(&some));
        assert!(weighted != plain, "{}: weights change nothing", learner.name());
        assert!(weighted == learned(&others, Some(&some)), "{}: targets of rows that count nothing", learner.name());
    }
}

#[test]
fn the_default_experiment_solves_the_spiral() {
    let mut run = start(&Experiment::default());
    while run.tick(&mut || 0.0) {}
    let accuracy = run.measure(descent::train::Which::Validation)[1].1;
    assert!(accuracy >= 0.95, "{accuracy}");
}

#[test]
fn every_choice_and_field_has_words_in_both_languages_and_a_valid_default() {
    let root = experiment::schema();
    for (tag, content) in choices(resolve(root, &root["properties"]["learner"])) {
        assert!(resolve(root, content)["properties"].is_object(), "{tag}");
    }
    for schema in [root, descent::surface::document::schema(), descent::job::document::schema()] {
        has_words_and_defaults(schema);
    }
}

fn has_words_and_defaults(root: &Value) {
    let mut missing = Vec::new();
    for (name, definition) in root["$defs"].as_object().unwrap() {
        let mut need = |at: &str, part: &Value| {
            for key in ["title", "x-title-zh", "description", "x-description-zh"] {
                if part[key].as_str().is_none_or(str::is_empty) {
                    missing.push(format!("{name}{at}: {key}"));
                }
            }
        };
        need("", definition);
        for (field, part) in definition["properties"].as_object().into_iter().flatten() {
            need(&format!(".{field}"), part);
        }
        // A field that is one of a few words: each word has its own.
        for option in definition["oneOf"].as_array().into_iter().flatten().filter(|option| option["type"] == "string") {
            need(&format!(" {}", option["const"]), option);
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    // The schema of jobs is a choice.
    for (name, property) in root["properties"].as_object().into_iter().flatten() {
        let mut value = property["default"].clone();
        let mut issues = Vec::new();
        descent::config::check::check(root, property, &mut value, name, &mut issues);
        assert!(issues.is_empty(), "{issues:?}");
    }
}

/// Settings that a lesson shows of a part at most: of a choice, those of the option that brings most. Layers within layers count once, and what stands in
/// a part of a deeper depth not at all.
fn starters(root: &Value, part: &Value, around: &mut Vec<String>) -> usize {
    if part.get("x-depth").is_some_and(|depth| depth != "starter") {
        return 0;
    }
    let reference = part["$ref"].as_str().unwrap_or_default().to_string();
    if !reference.is_empty() && around.contains(&reference) {
        return 0;
    }
    around.push(reference);
    let content = resolve(root, part);
    let options = choices(content).into_iter().map(|(_, option)| starters(root, option, around)).max().unwrap_or(0);
    let fields: usize = content["properties"].as_object().into_iter().flatten().map(|(_, field)| starters(root, field, around)).sum();
    let items = content.get("items").map_or(0, |item| starters(root, item, around));
    around.pop();
    usize::from(part["x-depth"] == "starter") + options + fields + items
}

#[test]
fn depths_are_known_words_and_a_lesson_has_few_settings() {
    let root = experiment::schema();
    let mut wrong = Vec::new();
    let definitions = root["$defs"].as_object().unwrap().iter().map(|(name, part)| (name.as_str(), part));
    for (name, definition) in definitions.chain([("", root)]) {
        for (field, part) in definition["properties"].as_object().into_iter().flatten() {
            if part.get("x-depth").is_some_and(|depth| depth != "starter" && depth != "explorer" && depth != "lab") {
                wrong.push(format!("{name}.{field}: {}", part["x-depth"]));
            }
        }
    }
    assert!(wrong.is_empty(), "must be starter, explorer, lab or nothing: {}", wrong.join(", "));
    let most = starters(root, root, &mut Vec::new());
    assert!((4..=8).contains(&most), "a lesson shows up to {most} settings");
}

#[test]
fn no_two_options_of_a_choice_look_alike() {
    let all = [experiment::schema(), descent::surface::document::schema()].map(|root| (root, root["$defs"].as_object().unwrap()));
    for (root, (name, definition)) in all.into_iter().flat_map(|(root, definitions)| definitions.iter().map(move |one| (root, one))) {
        for key in ["title", "x-title-zh"] {
            let mut seen = std::collections::BTreeSet::new();
            for option in definition["oneOf"].as_array().into_iter().flatten() {
                let content = option["properties"].as_object().and_then(|properties| properties.values().next());
                let words = option[key].as_str().or_else(|| content.and_then(|content| resolve(root, content)[key].as_str())).unwrap();
                assert!(seen.insert(words.to_string()), "{name}: two options are called {words:?}");
            }
        }
    }
}

/// A registry's entries go by one name in messages, in documents and in the schema, from which the page has its forms.
fn assert_one_name<T: Serialize + JsonSchema>(all: &[T], name: fn(&T) -> &'static str) {
    let names: Vec<&str> = all.iter().map(name).collect();
    let written: Vec<Value> = all.iter().map(|entry| serde_json::to_value(entry).unwrap()).collect();
    let tags: Vec<&str> = written.iter().flat_map(|entry| entry.as_object().unwrap().keys()).map(String::as_str).collect();
    assert_eq!(tags, names, "as documents write them");
    let schema = schema_of::<T>();
    let offered: Vec<&str> = choices(&schema).into_iter().map(|(tag, _)| tag).collect();
    assert_eq!(offered, names, "as the schema offers them");
}

#[test]
fn an_entry_has_one_name_everywhere() {
    assert_one_name(&Settings::all(), Settings::name);
    assert_one_name(&OptimizerConfig::all(), OptimizerConfig::name);
    assert_one_name(&LayerConfig::all(), LayerConfig::name);
    assert_one_name(&ScheduleConfig::all(), ScheduleConfig::name);
    assert_one_name(&LossConfig::all(), LossConfig::name);
    assert_one_name(&ActivationConfig::all(), ActivationConfig::name);
    assert_one_name(&InitialiserConfig::all(), InitialiserConfig::name);
    assert_one_name(&Augmentation::all(), Augmentation::name);
    assert_one_name(&Data::all(), Data::name);
}

/// Numbers, names from the document and whatever is quoted: what a message says in every language.
fn facts(text: &str) -> Vec<String> {
    let mut found: Vec<String> = text.split('"').skip(1).step_by(2).map(|quoted| format!("{quoted:?}")).collect();
    let words =
        text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_' && letter != '.').map(|word| word.trim_matches('.'));
    found.extend(words.filter(|word| word.contains(|letter: char| letter.is_ascii_digit() || letter == '_')).map(String::from));
    found
}

fn assert_both_languages(message: &Message) {
    assert!(message.zh.contains(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter)), "{message:?}");
    for fact in facts(&message.en) {
        assert!(message.zh.contains(&fact), "{fact} is missing in Chinese: {message:?}");
    }
}

struct OneFile(Vec<u8>);
impl Files for OneFile {
    fn read(&self, _path: &str) -> Result<Vec<u8>, Message> {
        Ok(self.0.clone())
    }
}

#[test]
fn all_problems_are_named_at_their_exact_paths() {
    let cases = [
        (
            r#"{"learner": {"net": {"optimizer": {"adam": {"learning_rate": -1}}}}}"#,
            "learner.net.optimizer.adam.learning_rate: must be between 1e-7 and 10, got -1",
        ),
        (
            r#"{"learner": {"net": {"layers": [{"dense": {"units": 2.5}}]}}}"#,
            "learner.net.layers[0].dense.units: must be a whole number between 1 and 256, got 2.5",
        ),
        (r#"{"learner": {"net": {"optimizer": "adamm"}}}"#, "learner.net.optimizer: must be one of gradient_descent, sgd"),
        (
            r#"{"learner": {"net": {"layers": ["dense", {"residual": {"layers": ["dense", "lstm"]}}]}}}"#,
            "learner.net.layers[1].residual.layers[1]: layer 2 (Residual block) holds a layer 2 (LSTM) that needs a sequence and gets 8 numbers in a row",
        ),
        (
            r#"{"learner": {"net": {"layers": [{"residual": {"layers": [{"residual": {"layers": [{"dense": {"units": 0}}]}}]}}]}}}"#,
            "learner.net.layers[0].residual.layers[0].residual.layers[0].dense.units: must be between 1 and 256, got 0",
        ),
        (
            r#"{"learner": {"net": {"layers": [{"residual": {"layers": []}}]}}}"#,
            "learner.net.layers[0].residual.layers: must have between 1 and 10 entries, got 0",
        ),
        (
            r#"{"learner": {"net": {"layers": [{"residual": {"layers": ["dense", "attention"]}}]}}}"#,
            "learner.net.layers[0].residual.layers[1]: layer 1 (Residual block) holds a layer 2 (Self-attention) that needs a sequence and gets 8 numbers in a row",
        ),
        (r#"{"sed": 1}"#, "sed: unknown field, must be one of seed, data"),
        (r#"{"seed": "x"}"#, "seed: must be a whole number"),
        (r#"{"seed": 1e99}"#, "seed: must be between 0 and"),
        (
            r#"{"learner": {"net": {"loss": "softmax_cross_entropy"}}, "data": "plane"}"#,
            "learner.net.loss: “Softmax cross-entropy” needs a target of classes",
        ),
        (
            r#"{"learner": {"tree": {"criterion": "gini"}}, "data": "curve"}"#,
            "learner.tree.criterion: must be “By task” or “Squared error” for numbers, got “Gini”",
        ),
        (
            r#"{"learner": {"gradient_boosting": {"loss": "log_loss"}}, "data": "curve"}"#,
            "learner.gradient_boosting.loss: must be “By task”, “Squared error”, “Absolute error”, “Huber” or “Quantile” for numbers, got “Log loss”",
        ),
        (
            r#"{"learner": {"gradient_boosting": {"loss": "quantile"}}}"#,
            "learner.gradient_boosting.loss: must be “By task” or “Log loss” for classes, got “Quantile”",
        ),
        (r#"{"stop": {"target": {"reach": {"metric": "r2"}}}}"#, "stop.target.reach.metric: must be one of loss, accuracy"),
        (r#"{"data": {"csv": {"path": "none.csv"}}}"#, "data.csv.path: no file \"none.csv\" is loaded"),
        ("{", ": is not JSON: EOF"),
        ("[]", ": must be an object, got []"),
        (r#"{"augment": {}}"#, "augment: must be a list, got {}"),
        (r#"{"prepare": {"features": ["x","y","x","y","x","y","x","y"]}}"#, "prepare.features: must have between 0 and 7 entries, got 8"),
        (r#"{"prepare": {"features": ["x", "x"]}}"#, "prepare.features[1]: x is already listed"),
        (r#"{"prepare": {"features": ["y"]}, "data": "curve"}"#, "prepare.features[0]: y needs the column y, but the columns are x"),
        (r#"{"prepare": {"scale": "big"}}"#, "prepare.scale: must be one of none, standard, min_max, robust, got \"big\""),
        (r#"{"prepare": {"scale": "standard"}, "data": "tokens"}"#, "prepare.scale: must be “No scaling” for tokens"),
        (r#"{"prepare": {"features": ["x"]}, "data": "shapes"}"#, "prepare.features[0]: x needs the column x"),
        (r#"{"prepare": {"damage": ["holes"]}}"#, "prepare.clean: values are missing in x ("),
        (r#"{"prepare": {"damage": ["lost_labels"]}}"#, "prepare.clean: 45 rows have no class, the target, first row"),
        (r#"{"prepare": {"damage": ["holes"]}, "data": "tokens"}"#, "prepare.damage[0]: “Missing values” needs numbers"),
        (r#"{"prepare": {"damage": ["imbalance"]}, "data": "plane"}"#, "prepare.damage[0]: “Imbalance” needs classes"),
        (r#"{"prepare": {"clean": [{"labels": {"fewest": 1000}}]}}"#, "prepare.clean[0]: “Drop invalid labels” leaves no training sample"),
        (
            r#"{"prepare": {"steps": [{"pca": {"components": 3}}]}}"#,
            "prepare.steps[0]: “Principal components” cannot keep 3 components of 2 features",
        ),
        (r#"{"prepare": {"steps": ["scale", "log"]}}"#, "prepare.steps[1]: “Logarithm” needs values above -1, and x goes down to"),
        (r#"{"prepare": {"steps": [{"select": {"k": 5}}]}}"#, "prepare.steps[0]: “Select” cannot keep 5 of 2 features"),
        (
            r#"{"prepare": {"steps": [{"polynomial": {"degree": 4}}]}, "data": "digits"}"#,
            "prepare.steps[0]: “Polynomial features” of degree 4 makes more than 512",
        ),
        (r#"{"prepare": {"steps": ["scale"]}, "data": "tokens"}"#, "prepare.steps: must be empty for tokens"),
        (r#"{"split": {"method": {"k_fold": {"fold": 6}}}}"#, "split.method.k_fold.fold: must be at most 5, the number of folds, got 6"),
        (r#"{"split": {"method": {"leave_one_out": {"row": 426}}}}"#, "split.method.leave_one_out.row: must be at most 425"),
        (r#"{"prepare": {"target": "standard"}}"#, "prepare.target: must be “No scaling”: the target is no number"),
        (r#"{"augment": ["jitter"], "data": "tokens"}"#, "augment[0]: “Jitter” needs numbers and gets 12 tokens"),
        (r#"{"augment": ["rotate", "cutout"]}"#, "augment[1]: “Cutout” needs images and gets 2 numbers in a row"),
        (r#"{"augment": ["rotate"], "data": "curve"}"#, "augment[0]: “Rotate” needs images, or points with two features, and gets one"),
        (r#"{"augment": ["rotate"], "data": "signals"}"#, "augment[0]: “Rotate” needs images and gets sequences (32×1)"),
        (r#"{"augment": ["time_warp"], "data": "shapes"}"#, "augment[0]: “Time warp” needs sequences and gets images (1×16×16)"),
        (r#"{"augment": ["scaling"], "data": "series"}"#, "augment[0]: “Magnitude scaling” needs a target of classes: in a changed series"),
        (r#"{"augment": ["smote"], "data": "plane"}"#, "augment[0]: “SMOTE” needs a target of classes"),
        (
            r#"{"augment": [{"smote": {"k_neighbors": 50}}], "data": {"spiral": {"samples": 100}}}"#,
            "augment[0]: “SMOTE” with 50 neighbours needs at least 51 training samples of every class, and \"",
        ),
        (
            r#"{"augment": ["mixup", "jitter", "smote"]}"#,
            "augment[2]: “SMOTE” cannot follow “Mixup”, after which every sample is of two classes",
        ),
        (r#"{"augment": ["mixup", "cutmix"], "data": "shapes"}"#, "augment[1]: “CutMix” cannot follow “Mixup”"),
        (
            r#"{"augment": ["mixup"], "learner": "tree"}"#,
            "augment[0]: “Mixup” makes samples of two classes, but “Decision tree” takes one class a sample",
        ),
        (
            r#"{"augment": ["mixup"], "learner": {"net": {"optimizer": "lbfgs"}}}"#,
            "augment[0]: “Mixup” makes samples of two classes, but “Neural network” with “L-BFGS” takes one class a sample",
        ),
        (r#"{"augment": [{"mixup": {"alpha": 0}}]}"#, "augment[0].mixup.alpha: must be between 0.01 and 10, got 0"),
        (r#"{"augment": [{"horizontal_flip": {"p": 1}}]}"#, "augment[0].horizontal_flip.p: unknown field, must be one of probability"),
        (r#"{"data": {}}"#, "data: must hold exactly one of spiral, circle"),
        (
            r#"{"data": {"drawn": {"points": [[0, 0, 0], [1, 1, 1]]}}}"#,
            "data.drawn.points: at least 10 points are needed, got 2: draw more on the map",
        ),
        (r#"{"data": {"drawn": {"points": [[0, 7, 0]]}}}"#, "data.drawn.points[0][1]: must be between -6 and 6, got 7"),
        (r#"{"data": {"drawn": {"points": [[0, 0, 5]]}}}"#, "data.drawn.points[0][2]: a class must be a whole number from 0 to 4, got 5"),
        (r#"{"data": {"drawn": {"points": [[0, 0]]}}}"#, "data.drawn.points[0]: must have between 3 and 3 entries, got 2"),
        (r#"{"data": {"text": {"passage": "file"}}}"#, "data.text.passage.file.path: is empty: choose a text file"),
        (r#"{"data": {"text": {"symbols": 257}}}"#, "data.text.symbols: must be between 2 and 256, got 257"),
        (r#"{"data": {"csv": {"path": 5}}}"#, "data.csv.path: must be a text, got 5"),
        (r#"{"stop": {"early_stopping": {"off": {"on": 1}}}}"#, "stop.early_stopping.off.on: unknown field: there are none here"),
        (
            r#"{"stop": {"early_stopping": {"patience": {"restore_best": "yes"}}}}"#,
            "stop.early_stopping.patience.restore_best: must be true or false, got \"yes\"",
        ),
        (
            r#"{"learner": {"tree": {"criterion": "squared_error"}}}"#,
            "learner.tree.criterion: must be “By task”, “Gini” or “Entropy” for classes, got “Squared error”",
        ),
        (
            r#"{"learner": {"svm": {"class_weights": "balanced"}}, "data": "plane"}"#,
            "learner.svm.class_weights: must be “Equal” where the target is not a class",
        ),
        (
            r#"{"learner": {"svm": {"kernel": {"poly": {"degree": 11}}}}}"#,
            "learner.svm.kernel.poly.degree: must be between 0 and 10, got 11",
        ),
        (
            r#"{"learner": {"net": {"loss": "binary_cross_entropy"}}, "data": "blobs"}"#,
            "learner.net.loss: “Binary cross-entropy” needs a target of two classes",
        ),
        (
            r#"{"learner": {"net": {"layers": [{"conv2d": {"kernel": 0}}]}}}"#,
            "learner.net.layers[0].conv2d.kernel: must be between 1 and 15, got 0",
        ),
        (
            r#"{"learner": {"net": {"layers": ["conv2d"]}}}"#,
            "learner.net.layers[0]: layer 1 (Convolution) needs an image and gets 2 numbers in a row",
        ),
        (
            r#"{"learner": {"net": {"layers": ["dense", "max_pool"]}}}"#,
            "learner.net.layers[1]: layer 2 (Max pooling) needs an image and gets 8 numbers in a row",
        ),
        (
            r#"{"learner": {"net": {"layers": ["global_average_pool"]}}}"#,
            "learner.net.layers[0]: layer 1 (Global average pooling) needs an image or a sequence and gets 2 numbers in a row",
        ),
        (
            r#"{"learner": {"net": {"layers": ["dense", "batch_norm"], "optimizer": "sgd"}}}"#,
            "learner.net.layers[1]: layer 2 (Batch norm) needs batches of at least 2 samples and gets 1",
        ),
        (
            r#"{"learner": {"net": {"output_activation": "tanh"}}}"#,
            "learner.net.output_activation: must be “Linear” with a cross-entropy loss, which applies its own, got “Tanh”",
        ),
        (
            r#"{"learner": {"net": {"output_activation": "tanh", "loss": "focal"}}}"#,
            "learner.net.output_activation: must be “Linear” with a cross-entropy loss, which applies its own, got “Tanh”",
        ),
        (r#"{"learner": {"net": {"loss": "focal"}}, "data": "plane"}"#, "learner.net.loss: “Focal loss” needs a target of classes"),
        (r#"{"learner": {"net": {"loss": "quantile"}}}"#, "learner.net.loss: “Quantile loss” needs a target of numbers"),
        (
            r#"{"learner": {"net": {"class_weights": {"given": {"weights": [1]}}}}}"#,
            "learner.net.class_weights.given.weights: must have 2 entries, one for each of the classes",
        ),
        (
            r#"{"learner": {"net": {"class_weights": {"given": {"weights": [1, 0]}}}}}"#,
            "learner.net.class_weights.given.weights[1]: must be between 0.001 and 1000, got 0",
        ),
        (
            r#"{"learner": {"net": {"class_weights": "balanced"}}, "data": "plane"}"#,
            "learner.net.class_weights: must be “Equal” where the target is not a class",
        ),
        (
            r#"{"learner": {"net": {"schedule": {"cosine": {"eta_min": 0.5}}}}}"#,
            "learner.net.schedule.cosine.eta_min: must not exceed the learning rate 0.01, got 0.5",
        ),
        (
            r#"{"learner": {"net": {"optimizer": "schedule_free_adamw", "weight_decay": 0.1}}}"#,
            "learner.net.weight_decay: must be 0 with “Schedule-Free AdamW”, which has a weight decay of its own, got 0.1",
        ),
        (
            r#"{"learner": {"net": {"optimizer": "schedule_free_adamw", "max_norm": "units"}}}"#,
            "learner.net.max_norm: must be “Off” with “Schedule-Free AdamW”",
        ),
        (
            r#"{"learner": {"net": {"optimizer": "schedule_free_adamw", "average": "ema"}}}"#,
            "learner.net.average: must be “Off” with “Schedule-Free AdamW”",
        ),
        (
            r#"{"learner": {"net": {"tuning": [{"freeze": {"first": 2, "last": 4}}]}}}"#,
            "learner.net.tuning[0].freeze.last: must be at most 3, the output layer, got 4",
        ),
        (
            r#"{"learner": {"net": {"tuning": [{"rate": {"first": 3, "last": 2}}]}}}"#,
            "learner.net.tuning[0].rate.last: must not be below the first layer, 3, got 2",
        ),
        (
            r#"{"learner": {"net": {"layers": [{"dense": {}}, {"dropout": {}}], "tuning": [{"freeze": {"first": 2, "last": 2}}]}}}"#,
            "learner.net.tuning[0].freeze.first: nothing from layer 2 to layer 2 has weights",
        ),
        (
            r#"{"learner": {"net": {"tuning": [{"rate": {}}, {"freeze": {}}, {"rate": {"last": 2}}]}}}"#,
            "learner.net.tuning[2].rate.first: a rule above already says this of layer 1",
        ),
        (
            r#"{"learner": {"net": {"tuning": [{"freeze": {"last": 3}}]}}}"#,
            "learner.net.tuning: all layers are frozen to the end: nothing would learn",
        ),
        (r#"{"learner": {"net": {"transfer": "file"}}}"#, "learner.net.transfer.file.path: is empty: choose a safetensors file"),
        (
            r#"{"learner": {"net": {"transfer": {"file": {"path": "a.safetensors", "which": {"first": {"layers": 9}}}}}}}"#,
            "learner.net.transfer.file.which.first.layers: the network has 3 layers, got 9",
        ),
        (
            r#"{"learner": {"net": {"transfer": {"file": {"path": "a.safetensors"}}}}}"#,
            "learner.net.transfer.file.path: no file \"a.safetensors\" is loaded",
        ),
        (
            r#"{"learner": {"net": {"optimizer": "lbfgs", "tuning": ["freeze"]}}}"#,
            "learner.net.tuning: must be empty with “L-BFGS”, which moves all weights together",
        ),
        (
            r#"{"learner": {"net": {"schedule": {"warm_restarts": {"eta_min": 0.02}}}}}"#,
            "learner.net.schedule.warm_restarts.eta_min: must not exceed the learning rate 0.01, got 0.02",
        ),
        (r#"{"learner": {"net": {"warmup": {"start_factor": 0}}}}"#, "learner.net.warmup.start_factor: must be between 0.001 and 1, got 0"),
        (
            r#"{"learner": {"net": {"schedule": {"cyclic": {"mode": "square"}}}}}"#,
            "learner.net.schedule.cyclic.mode: must be one of triangular, triangular2, exp_range, got \"square\"",
        ),
        (
            r#"{"learner": {"net": {"optimizer": "lbfgs", "schedule": "cosine"}}}"#,
            "learner.net.schedule: must be “Constant” with “L-BFGS”, which chooses the length of its steps itself, got “Cosine annealing”",
        ),
        (
            r#"{"learner": {"net": {"optimizer": "lbfgs", "warmup": {"updates": 5}}}}"#,
            "learner.net.warmup.updates: must be 0 with “L-BFGS”",
        ),
        (r#"{"learner": {"net": {"optimizer": "lbfgs", "clip": {"norm": {}}}}}"#, "learner.net.clip: must be “Off” with “L-BFGS”"),
        (
            r#"{"learner": {"net": {"optimizer": "levenberg_marquardt"}}}"#,
            "learner.net.optimizer: “Levenberg–Marquardt” needs a loss of squared differences: set the loss function to “Mean squared error”, got “By task”",
        ),
        (
            r#"{"learner": {"net": {"optimizer": "levenberg_marquardt", "layers": [{"dense": {"units": 100}}, {"dense": {"units": 20}}]}}, "data": "curve"}"#,
            "learner.net.optimizer: “Levenberg–Marquardt” needs a small network, at most",
        ),
        (r#"{"learner": {"net": {"optimizer": "lbfgs", "weight_decay": 0.1}}}"#, "learner.net.weight_decay: must be 0 with “L-BFGS”"),
    ];
    for (json, expected) in cases {
        let issues = Experiment::issues(json, &NoFiles);
        assert!(issues.iter().any(|issue| issue.to_string().starts_with(expected)), "{json}: {issues:?}");
        issues.iter().for_each(|issue| assert_both_languages(&issue.message));
    }
    let several = r#"{"seed": -1, "learner": {"net": {"batch_size": 0, "l1": 99}}, "stop": {"max_updates": 0}}"#;
    assert_eq!(Experiment::issues(several, &NoFiles).len(), 4);
}

#[test]
fn problems_read_naturally_in_chinese() {
    let cases = [
        (r#"{"learner": {"net": {"optimizer": {"adam": {"learning_rate": -1}}}}}"#, "必须是 1e-7 到 10 之间的数字，实际为 -1"),
        (r#"{"learner": {"net": {"layers": [{"dense": {"units": 2.5}}]}}}"#, "必须是 1 到 256 之间的整数，实际为 2.5"),
        (r#"{"stop": {"target": {"reach": {"metric": "r2"}}}}"#, "用于此数据和模型时必须是 loss、accuracy、macro_f1 之一，实际为 \"r2\""),
        (r#"{"prepare": {"features": ["y"]}, "data": "curve"}"#, "y 需要 y 列，但表中的列为 x"),
        (r#"{"data": {"csv": {"path": "none.csv"}}}"#, "未载入文件 \"none.csv\""),
    ];
    for (json, expected) in cases {
        assert_eq!(Experiment::issues(json, &NoFiles)[0].message.zh, expected);
    }
}

#[test]
fn problems_of_a_table_are_named_in_both_languages() {
    let tables: [(&[u8], &str); 10] = [
        (b"", "文件是空的：需要表头和至少 10 行数据"),
        (b"a,b\n", "文件只有表头，没有数据行：至少需要 10 行"),
        (b"\xFF\xFEa\0", "文件只有表头，没有数据行：至少需要 10 行"),
        (b"a,b,c\n1,2,x\n1,2,\"x\n1,2,y\n", "第 3 行的引号没有闭合"),
        (b"a,b,c\n1,2,\"x\n1,2,x\n1,2,\"y\"\n", "第 2 行的引号没有在其单元格内闭合：下一个引号在第 4 行"),
        (b"c\nx\n", "文件至少要有 10 行数据，实际有 1 行"),
        (
            b"a,b,c\n1,2,x\n1\n1,2\n1\n1\n",
            "4 行数据的字段数不是表头的 3 个：第 2 行数据（文件第 3 行）有 1 个；第 3 行数据（文件第 4 行）有 2 个；第 4 行数据（文件第 5 行）有 1 个；另有 1 处",
        ),
        (b"a,b,b,,c\nred,,1,2,x\nnan,1,1,1,x\n1,2,3,4,caf\xE9\n", "列名 \"b\" 在表头中出现 2 次，位于第 2、3 列"),
        (b"a,b\nred,x\n2,y\n", "输入列 \"a\" 有 1 个单元格不是数字：第 1 行数据（文件第 2 行）为 \"red\""),
        (b"a,b\n1,x\n1,x\n", "列 \"b\" 每一行的类别都是 \"x\"：至少需要两个类别"),
    ];
    for (bytes, expected) in tables {
        let issues = Experiment::issues(r#"{"data": {"csv": {"path": "t.csv"}}}"#, &OneFile(bytes.to_vec()));
        issues.iter().for_each(|issue| assert_both_languages(&issue.message));
        assert!(issues.iter().any(|issue| issue.message.zh == expected), "{expected}: {issues:#?}");
    }
}

#[test]
fn divergence_is_named_where_it_happens() {
    let json = r#"{"learner": {"net": {"optimizer": {"mini_batch": {"learning_rate": 10}}, "layers": [{"dense": {"activation": "relu"}}]}}, "data": "plane"}"#;
    let mut run = shared::run(json);
    while run.tick(&mut || 0.0) {}
    let stopped = run.stopped().unwrap();
    assert_eq!(stopped.reason, descent::train::StopReason::Diverged);
    assert!(stopped.message.en.contains(&format!("at update {}", stopped.update)), "{stopped:?}");
    assert!(stopped.update < 200, "{stopped:?}");
}

#[test]
fn live_changes_keep_the_weights_and_others_are_refused() {
    let mut run = start(&Experiment::default());
    ticks(&mut run, 20);
    let before = fingerprint(&run);
    let live = Experiment::parse(r#"{"learner": {"net": {"optimizer": {"adam": {"learning_rate": 0.001}}, "l2": 0.1}}}"#).unwrap();
    assert!(run.apply_live(&live));
    assert_eq!(run.learning_rate(), Some(0.001));
    let live = Experiment::parse(r#"{"learner": {"net": {"warmup": {"updates": 40, "start_factor": 0.5}}}}"#).unwrap();
    assert!(run.apply_live(&live));
    assert!((run.learning_rate().unwrap() - 0.0075).abs() < 1e-15);
    assert_eq!(fingerprint(&run), before);
    let mut searching = shared::run(r#"{"learner": {"net": {"optimizer": "lbfgs"}}}"#);
    ticks(&mut searching, 3);
    let with =
        |settings: &str| Experiment::parse(&format!(r#"{{"learner": {{"net": {{"optimizer": {{"lbfgs": {settings}}}}}}}}}"#)).unwrap();
    assert!(searching.apply_live(&with(r#"{"max_evaluations": 3}"#)));
    assert!(!searching.apply_live(&with(r#"{"history_size": 3}"#)), "it remembers more");
    for other in [
        r#"{"seed": 5}"#,
        r#"{"learner": {"net": {"batch_size": 8}}}"#,
        r#"{"learner": {"net": {"optimizer": "sgd"}}}"#,
        r#"{"learner": "tree"}"#,
    ] {
        assert!(!run.apply_live(&Experiment::parse(other).unwrap()), "{other}");
    }
}

#[test]
fn a_stop_that_new_rules_would_not_make_is_taken_back() {
    let mut run = shared::run(r#"{"stop": {"max_updates": 30}}"#);
    while run.tick(&mut || 0.0) {}
    assert_eq!(run.stopped().unwrap().reason, StopReason::MaxUpdates);
    assert!(run.apply_live(&Experiment::parse(r#"{"stop": {"max_updates": 20}}"#).unwrap()));
    assert!(run.stopped().is_some());
    assert!(run.apply_live(&Experiment::parse(r#"{"stop": {"max_updates": 40}}"#).unwrap()));
    assert!(run.stopped().is_none());
    while run.tick(&mut || 0.0) {}
    assert_eq!(run.update(), 40);
}

#[test]
fn a_batch_of_all_rows_equals_gradient_descent() {
    let batch = shared::run(r#"{"learner": {"net": {"optimizer": {"mini_batch": {"learning_rate": 0.3}}, "batch_size": 4096}}}"#);
    let whole = shared::run(r#"{"learner": {"net": {"optimizer": {"gradient_descent": {"learning_rate": 0.3}}}}}"#);
    let [mut batch, mut whole] = [batch, whole];
    ticks(&mut batch, 30);
    ticks(&mut whole, 30);
    assert_eq!(fingerprint(&batch), fingerprint(&whole));
}

#[test]
fn what_is_drawn_of_a_network_is_what_it_computes() {
    let mut run = start(&Experiment::default());
    ticks(&mut run, 5);
    let inputs = run.table().inputs.clone();
    let (mut all, mut one) = (Vec::new(), Vec::new());
    run.units(inputs.view(), 3, &mut all);
    // Two inputs, then the second unit of the second hidden layer.
    assert!(run.unit(inputs.view(), 2, 1, &mut one));
    assert_eq!(one, all[(2 + 3 + 1) * inputs.nrows()..][..inputs.nrows()]);
    assert!(!run.unit(inputs.view(), 2, 99, &mut one));
    let norms = run.learner().weighted().unwrap().norms();
    let squares: f64 = run.tensors().iter().flat_map(|tensor| &tensor.values).map(|&value| f64::from(value).powi(2)).sum();
    assert!((norms.weights - squares.sqrt()).abs() < 1e-9 && norms.gradient > 0.0);
}

#[test]
fn a_weight_set_by_hand_counts_and_what_does_not_exist_is_named() {
    let mut run = start(&Experiment::default());
    let before = run.standing().train[0].1;
    run.set("4.bias", 0, 3.0).unwrap();
    assert_eq!(run.tensors().last().unwrap().values, [3.0]);
    assert_ne!(run.standing().train[0].1, before);
    assert!(run.set("5.bias", 0, 1.0).unwrap_err().en.contains("must be one of 0.weight, 0.bias"));
    assert!(run.set("4.bias", 1, 1.0).unwrap_err().en.contains("below 1"));
    assert!(run.set("4.bias", 0, f32::NAN).unwrap_err().zh.contains("4.bias[0] 必须是有限数"));
}

#[test]
fn the_leaves_of_a_tree_answer_as_it_predicts() {
    let mut run = shared::run(r#"{"learner": "tree"}"#);
    ticks(&mut run, 8);
    let inputs = run.table().inputs.clone();
    let (mut ends, mut predicted) = (Vec::new(), Vec::new());
    run.leaves(inputs.view(), &mut ends);
    run.predict(inputs.view(), &mut predicted);
    let nodes = run.learner().dividing().unwrap().nodes();
    for (row, &end) in ends.iter().enumerate() {
        assert!(nodes[end as usize].split.is_none());
        assert_eq!(nodes[end as usize].value, predicted[2 * row..2 * row + 2]);
    }
}
