//! CSV files of a run: its history and its predictions.

use crate::data::Task;
use crate::data::table::fits;
use crate::metric::Answer;
use crate::metric::accuracy::most_probable;
use crate::train::{Evaluation, Run};
use std::borrow::Cow;

/// A header and one line an evaluation: [`Evaluation::COUNTED`], then `train.loss,…,validation.loss,…`, then the learner's own quantities.
pub fn history(evaluations: &[Evaluation]) -> Vec<u8> {
    let mut file = csv::Writer::from_writer(Vec::new());
    let Some(first) = evaluations.first() else { return Vec::new() };
    let names = |part: &str, measured: &[(&str, f64)]| measured.iter().map(|(name, _)| format!("{part}.{name}")).collect::<Vec<_>>();
    let own = first.own.iter().map(|(name, _)| name.to_string());
    let measured = names("train", &first.train).into_iter().chain(names("validation", &first.validation));
    let header = Evaluation::COUNTED.map(String::from).into_iter().chain(measured).chain(own);
    file.write_record(header).expect("written to memory");
    for evaluation in evaluations {
        let head = evaluation.counted().map(|count| count.map_or(String::new(), |count| count.to_string()));
        let measured = evaluation.train.iter().chain(&evaluation.validation).chain(&evaluation.own).map(|(_, value)| value.to_string());
        file.write_record(head.into_iter().chain(measured)).expect("written to memory");
    }
    file.into_inner().expect("written to memory")
}

/// A name of the user's as a cell. A spreadsheet takes a cell that begins with one of these letters for a formula, whoever wrote it, so an apostrophe is put
/// before it, as OWASP says under "CSV Injection"; a name that is a number, −1, stays one.
fn name(name: &str) -> Cow<'_, str> {
    let formula = name.starts_with(['=', '+', '-', '@', '\t', '\r']) && name.parse::<f64>().is_err();
    if formula { Cow::Owned(format!("'{name}")) } else { Cow::Borrowed(name) }
}

/// What a row may be taken for by a learner that makes rows.
const MADE_OR_REAL: [&str; 2] = ["made", "real"];

/// `row,split,target,prediction`, then a column a class probability or score, or a column a cluster, or two for how likely a row is made or real; targets
/// and predictions are class names, values, or numbers of clusters, and a target that is not there is empty.
pub fn predictions(run: &Run) -> Vec<u8> {
    let (table, parts) = (run.table(), run.parts());
    let all: Vec<usize> = (0..table.rows()).collect();
    let (answer, mut answers, mut numbers) = (run.learner().answer(), Vec::new(), Vec::new());
    match answer {
        Answer::Value => numbers = run.predict_numbers(&all),
        _ => run.predict_rows(&all, &mut answers),
    }
    let mut split = vec![""; table.rows()];
    for (name, rows) in [("train", &parts.train), ("validation", &parts.validation), ("test", &parts.test)] {
        rows.iter().for_each(|&row| split[row] = name);
    }
    let mut file = csv::Writer::from_writer(Vec::new());
    let mut header: Vec<String> = ["row", "split", "target", "prediction"].map(String::from).into();
    let classes = if let Task::Classification(classes) = &table.task { &classes[..] } else { &[] };
    match answer {
        Answer::Probabilities { .. } => header.extend(classes.iter().map(|class| format!("probability.{class}"))),
        Answer::Scores { .. } => header.extend(classes.iter().map(|class| format!("score.{class}"))),
        Answer::Clusters { clusters } => header.extend((0..clusters).map(|cluster| format!("cluster.{cluster}"))),
        Answer::Samples => header.extend(MADE_OR_REAL.map(String::from)),
        Answer::Value => {}
    }
    file.write_record(&header).expect("written to memory");
    for row in all {
        let mut line = vec![table.numbers[row].to_string(), split[row].to_string()];
        line.push(match &table.task {
            Task::Classification(classes) => name(&classes[table.targets[row] as usize]).into_owned(),
            Task::Regression => number(table.target_of(row)),
            Task::Clustering => String::new(),
        });
        if answer == Answer::Value {
            line.push(number(numbers[row]));
        } else {
            let said = &answers[row * answer.width()..][..answer.width()];
            let chosen = most_probable(said);
            line.push(match answer {
                Answer::Samples => MADE_OR_REAL[chosen].to_string(),
                _ if answer.is_class() => name(&classes[chosen]).into_owned(),
                _ => chosen.to_string(),
            });
            line.extend(said.iter().map(|value| value.to_string()));
        }
        file.write_record(&line).expect("written to memory");
    }
    file.into_inner().expect("written to memory")
}

/// Rows that the learner makes, a column a feature as it is given them; none where it makes none.
pub fn samples(run: &Run, count: usize) -> Option<Vec<u8>> {
    let features = &run.problem().features;
    let made = run.learner().sampling()?.sample(count, run.experiment().seed);
    let mut file = csv::Writer::from_writer(Vec::new());
    file.write_record(features.iter().map(|feature| name(feature).into_owned())).expect("written to memory");
    for row in made.chunks_exact(features.len().max(1)) {
        file.write_record(row.iter().map(|value| value.to_string())).expect("written to memory");
    }
    Some(file.into_inner().expect("written to memory"))
}

/// As a 32-bit number where that says it, because it is shorter.
fn number(value: f64) -> String {
    if fits(value) { (value as f32).to_string() } else { value.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Message;
    use crate::data::Files;
    use crate::train::Experiment;

    struct Classes;
    impl Files for Classes {
        fn read(&self, _path: &str) -> Result<Vec<u8>, Message> {
            let rows: String = (0..30).map(|at| format!("{at},{}\n", ["=1+1", "@SUM(A1)", "-1"][at % 3])).collect();
            Ok(format!("x,y\n{rows}").into_bytes())
        }
    }

    #[test]
    fn names_that_a_spreadsheet_would_run_are_texts_and_numbers_stay_numbers() {
        for (given, due) in [
            ("=1+1", "'=1+1"),
            ("+a", "'+a"),
            ("-a", "'-a"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\ta", "'\ta"),
            ("\ra", "'\ra"),
            ("-1.5", "-1.5"),
            ("+2", "+2"),
            ("-1e3", "-1e3"),
            ("a=b", "a=b"),
            ("", ""),
        ] {
            assert_eq!(name(given), due);
        }
        let document = r#"{"data": {"csv": {"path": "t.csv"}}}"#;
        let run = Run::new(Experiment::parse(document).unwrap(), &Classes).unwrap_or_else(|issues| panic!("{issues:?}"));
        let file = predictions(&run);
        let mut reader = csv::Reader::from_reader(&file[..]);
        let targets: Vec<String> = reader.records().take(3).map(|record| record.unwrap()[2].to_string()).collect();
        assert_eq!(targets, ["'=1+1", "'@SUM(A1)", "-1"]);
    }
}
