//! CSV files of a run: its history and its predictions.

use crate::data::Task;
use crate::metric::accuracy::most_probable;
use crate::train::{Evaluation, Run};
use std::borrow::Cow;

/// A header and one line an evaluation: `update,epoch,rows,gradient_evaluations,learning_rate,train.loss,…,validation.loss,…`.
pub fn history(evaluations: &[Evaluation]) -> Vec<u8> {
    let mut file = csv::Writer::from_writer(Vec::new());
    let Some(first) = evaluations.first() else { return Vec::new() };
    let names = |part: &str, measured: &[(&str, f64)]| measured.iter().map(|(name, _)| format!("{part}.{name}")).collect::<Vec<_>>();
    let head = ["update", "epoch", "rows", "gradient_evaluations", "learning_rate"].map(String::from);
    let header = head.into_iter().chain(names("train", &first.train)).chain(names("validation", &first.validation));
    file.write_record(header).expect("written to memory");
    for evaluation in evaluations {
        let rate = evaluation.learning_rate.map_or(String::new(), |rate| rate.to_string());
        let counts = [evaluation.rows, evaluation.gradients].map(|count| count.to_string());
        let head = [vec![evaluation.update.to_string(), evaluation.epoch.to_string()], counts.to_vec(), vec![rate]].concat();
        let measured = evaluation.train.iter().chain(&evaluation.validation).map(|(_, value)| value.to_string());
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

/// `row,split,target,prediction`, then one column a class probability; targets and predictions are class names or values.
pub fn predictions(run: &Run) -> Vec<u8> {
    let (table, parts) = (run.table(), run.parts());
    let mut probabilities = Vec::new();
    run.predict(table.inputs.view(), &mut probabilities);
    let mut split = vec![""; table.rows()];
    for (name, rows) in [("train", &parts.train), ("validation", &parts.validation), ("test", &parts.test)] {
        rows.iter().for_each(|&row| split[row] = name);
    }
    let mut file = csv::Writer::from_writer(Vec::new());
    let mut header: Vec<String> = ["row", "split", "target", "prediction"].map(String::from).into();
    if let Task::Classification(classes) = &table.task {
        header.extend(classes.iter().map(|class| format!("probability.{class}")));
    }
    file.write_record(&header).expect("written to memory");
    for (row, predicted) in probabilities.chunks_exact(table.task.outputs()).enumerate() {
        let mut line = vec![table.numbers[row].to_string(), split[row].to_string()];
        match &table.task {
            Task::Classification(classes) => {
                line.push(name(&classes[table.targets[row] as usize]).into_owned());
                line.push(name(&classes[most_probable(predicted)]).into_owned());
                line.extend(predicted.iter().map(|p| p.to_string()));
            }
            Task::Regression => line.extend([table.targets[row].to_string(), predicted[0].to_string()]),
        }
        file.write_record(&line).expect("written to memory");
    }
    file.into_inner().expect("written to memory")
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
