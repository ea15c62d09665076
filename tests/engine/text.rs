//! Character models on the passages that come with Descent: they beat the one answer that is right most often.

use descent::data::NoFiles;
use descent::train::{Experiment, Run, Which};

/// Validation accuracy after so many updates, and that of the character which is most frequent there.
fn trained(passage: &str, layers: &str, updates: usize) -> (f64, f64) {
    let json = format!(
        r#"{{"data": {{"text": {{"passage": "{passage}"}}}}, "learner": {{"net": {{"layers": {layers}, "optimizer": {{"adam": {{"learning_rate": 0.01}}}}}}}}, "stop": {{"max_updates": {updates}, "early_stopping": {{"off": {{}}}}}}}}"#
    );
    let mut run = Run::new(Experiment::parse(&json).unwrap(), &NoFiles).unwrap();
    while run.tick(&mut || 0.0) {}
    let mut counts = vec![0; run.table().task.outputs()];
    let rows = &run.parts().validation;
    rows.iter().for_each(|&row| counts[run.table().targets[row] as usize] += 1);
    assert!(run.parts().train.iter().max() < rows.iter().min(), "what is judged comes later in the text");
    let most = *counts.iter().max().unwrap() as f64 / rows.len() as f64;
    (run.measure(Which::Validation)[1].1, most)
}

#[test]
fn recurrent_and_attention_networks_learn_more_than_the_most_frequent_character() {
    let recurrent = r#"[{"embedding": {"features": 16}}, {"gru": {"units": 32, "returns": "last"}}]"#;
    let attention = r#"[{"embedding": {"features": 16}}, "positional_encoding", {"residual": {"layers": [{"attention": {"heads": 2}}]}}, "layer_norm", "last_step", {"dense": {"units": 32}}]"#;
    for (passage, layers, updates, times) in [
        ("english", recurrent, 600, 1.6),
        ("english", attention, 600, 1.4),
        ("chinese", recurrent, 300, 1.2),
        ("chinese", attention, 300, 1.1),
    ] {
        let (accuracy, most) = trained(passage, layers, updates);
        println!("{passage}: {accuracy:.3} against {most:.3}");
        assert!(accuracy > times * most, "{passage} with {layers}: {accuracy} against {most}");
    }
}
