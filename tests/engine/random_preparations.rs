//! Preparations drawn from the schema against scikit-learn; `golden/random_preparations_reference.py` drew them. A larger file of that script is compared by
//! naming it in `DESCENT_RANDOM_PREPARATIONS`. And none of them lets a held-out row have a say in what trains.

use descent::data::clean;
use descent::data::prepare::{Pipeline, Prepare};
use descent::data::split::Parts;
use descent::data::table::{Kind, parted};
use descent::data::{Table, Task};
use ndarray::Array2;
use serde::Deserialize;

#[derive(Deserialize)]
struct Golden {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    prepare: Prepare,
    /// None for numbers.
    classes: usize,
    targets: Vec<f64>,
    rows: Vec<Vec<Option<f64>>>,
    /// A last column.
    words: Option<Vec<String>>,
    train: Vec<usize>,
    held: Vec<usize>,
    expected: Vec<Vec<f64>>,
}

fn cases() -> Vec<Case> {
    let named = std::env::var("DESCENT_RANDOM_PREPARATIONS").ok().map(|path| std::fs::read_to_string(path).expect("a file of the script"));
    let golden: Golden =
        serde_json::from_str(named.as_deref().unwrap_or(include_str!("../golden/random_preparations.json"))).expect("its format");
    golden.cases
}

/// As a source would leave it: numbers with what 32 bits do not hold, words by their places among all words.
fn table(case: &Case) -> Table {
    let (rows, numbers) = (case.rows.len(), case.rows[0].len());
    let words: Vec<String> = case.words.iter().flatten().cloned().collect::<std::collections::BTreeSet<_>>().into_iter().collect();
    let width = numbers + usize::from(case.words.is_some());
    let mut inputs = Array2::zeros((rows, width));
    let task = match case.classes {
        0 => Task::Regression,
        classes => Task::Classification((0..classes).map(|class| class.to_string()).collect()),
    };
    let targets = case.targets.iter().map(|&target| target as f32).collect();
    let mut table = Table::new(inputs.clone(), targets, (0..width).map(|at| format!("c{at}")).collect(), "t", task);
    for column in 0..numbers {
        let of = case.rows.iter().map(|row| parted(row[column].unwrap_or(f64::NAN)));
        let rests = of.enumerate().map(|(row, (number, rest))| {
            inputs[(row, column)] = number;
            rest
        });
        table.rests.inputs.insert(column, rests.collect());
    }
    if let Some(of) = &case.words {
        of.iter().enumerate().for_each(|(row, word)| inputs[(row, numbers)] = words.iter().position(|known| known == word).unwrap() as f32);
        table.kinds[numbers] = Kind::Words(words);
    }
    table.inputs = inputs;
    table
}

/// Cleaned and prepared, training rows fitted: all rows, and the names of the features.
fn prepared(case: &Case, mut table: Table) -> Result<(Array2<f32>, Vec<String>), String> {
    let mut parts = Parts { train: case.train.clone(), validation: case.held.clone(), test: vec![] };
    let mut mends = Vec::new();
    for step in &case.prepare.clean {
        let (_, mend) = clean::clean(step.part(), &mut table, &mut parts).map_err(|message| message.en)?;
        mends.extend(mend);
    }
    let pipeline = Pipeline::fit(&case.prepare, &table, &parts.train, mends).map_err(|issues| format!("{issues:?}"))?;
    Ok((pipeline.prepare(&table), pipeline.features().to_vec()))
}

#[test]
fn drawn_preparations_are_scikit_learns() {
    let (cases, mut wrong) = (cases(), Vec::new());
    for (at, case) in cases.iter().enumerate() {
        let say = |what: String| format!("case {at}, {}: {what}", serde_json::to_string(&case.prepare).unwrap());
        match prepared(case, table(case)) {
            Err(issue) => wrong.push(say(issue)),
            Ok((ours, _)) if ours.ncols() != case.expected[0].len() => {
                wrong.push(say(format!("{} columns of {}", ours.ncols(), case.expected[0].len())))
            }
            Ok((ours, _)) => {
                let far = ours.indexed_iter().find(|((row, column), value)| {
                    let due = case.expected[*row][*column];
                    (f64::from(**value) - due).abs() > 1e-5 * due.abs().max(1.0)
                });
                if let Some(((row, column), value)) = far {
                    wrong.push(say(format!("row {row}, column {column}: {value} where {} is due", case.expected[row][column])));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {} preparations differ:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn no_held_out_row_has_a_say_in_what_trains() {
    let mut compared = 0;
    for (at, case) in cases().iter().enumerate() {
        let before = table(case);
        let numbers = case.rows[0].len();
        let filled = case.prepare.clean.iter().any(|step| step.name() == "impute");
        // Other numbers, outliers, gaps, words that no training row has and that sort before and between the others.
        for change in 0..4 {
            let mut after = before.clone();
            if let Some(words) = &case.words {
                let known: Vec<String> = words.iter().cloned().chain(["!", "100", "m"].map(String::from)).collect();
                let known: Vec<String> = known.into_iter().collect::<std::collections::BTreeSet<_>>().into_iter().collect();
                for (row, word) in words.iter().enumerate() {
                    after.inputs[(row, numbers)] = known.iter().position(|other| other == word).unwrap() as f32;
                }
                after.kinds[numbers] = Kind::Words(known);
            }
            for (place, &row) in case.held.iter().enumerate() {
                for column in 0..numbers {
                    let value = after.value(row, column);
                    let gap = if filled { f64::NAN } else { -0.5 };
                    after.put(row, column, [value * -3.0 + 50.0, value * 1.5 + 7.0, 0.25, gap][(change + place) % 4]);
                }
                if let Kind::Words(known) = &after.kinds[after.kinds.len() - 1] {
                    after.inputs[(row, numbers)] = ((place + change) % known.len()) as f32;
                }
                if case.classes == 0 {
                    after.targets[row] = 1000.0 * (change as f32 - 1.0);
                }
            }
            // Where a change makes something that cannot be used at all, that is said, and nothing trains.
            let (Ok((ours, names)), Ok((others, again))) = (prepared(case, before.clone()), prepared(case, after)) else { continue };
            let of_training = |rows: &Array2<f32>| -> Vec<u32> {
                case.train.iter().flat_map(|&row| rows.row(row).iter().map(|value| value.to_bits()).collect::<Vec<_>>()).collect()
            };
            assert_eq!(names, again, "case {at}, change {change}");
            assert_eq!(of_training(&ours), of_training(&others), "case {at}, change {change}: {:?}", case.prepare);
            compared += 1;
        }
    }
    assert!(compared > 100, "{compared}");
}
