//! CSV files of a run: its history and its predictions.

use crate::data::Task;
use crate::data::table::fits;
use crate::metric::accuracy::most_probable;
use crate::train::{Evaluation, Run};

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

/// `row,split,target,prediction`, then one column a class probability; targets and predictions are class names or values.
pub fn predictions(run: &Run) -> Vec<u8> {
    let (table, parts) = (run.table(), run.parts());
    let all: Vec<usize> = (0..table.rows()).collect();
    let (mut probabilities, mut numbers) = (Vec::new(), Vec::new());
    match table.task {
        Task::Classification(_) => run.predict_rows(&all, &mut probabilities),
        Task::Regression => numbers = run.predict_numbers(&all),
    }
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
    for row in all {
        let mut line = vec![table.numbers[row].to_string(), split[row].to_string()];
        match &table.task {
            Task::Classification(classes) => {
                let predicted = &probabilities[row * classes.len()..][..classes.len()];
                line.push(classes[table.targets[row] as usize].clone());
                line.push(classes[most_probable(predicted)].clone());
                line.extend(predicted.iter().map(|p| p.to_string()));
            }
            Task::Regression => line.extend([table.target_of(row), numbers[row]].map(number)),
        }
        file.write_record(&line).expect("written to memory");
    }
    file.into_inner().expect("written to memory")
}

/// As a 32-bit number where that says it, because it is shorter.
fn number(value: f64) -> String {
    if fits(value) { (value as f32).to_string() } else { value.to_string() }
}
