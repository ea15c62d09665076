//! Adjusted Rand index (Hubert & Arabie 1985), scikit-learn's `adjusted_rand_score`: of how many pairs of rows classes and clusters agree that they belong
//! together or not, so scaled that chance comes to 0 and equality to 1. No unit, between −0.5 and 1.

use super::accuracy::most_probable;
use super::{Answer, Answered, Answers, Direction, Metric};
use crate::config::Message;
use crate::message;

/// `adjusted_rand`.
pub struct AdjustedRand;

impl Metric for AdjustedRand {
    fn name(&self) -> &'static str {
        "adjusted_rand"
    }

    fn title(&self) -> Message {
        message!("adjusted Rand index", "调整兰德指数")
    }

    fn about(&self) -> Option<Message> {
        Some(message!(
            "How well clusters and classes agree on which samples belong together: 1 is the same, 0 is chance.",
            "簇与类别在“哪些样本属于一起”上的一致程度：1 为完全一致，0 为随机水平。"
        ))
    }

    fn term(&self) -> Option<&'static str> {
        Some("adjusted-rand")
    }

    fn direction(&self) -> Direction {
        Direction::Up
    }

    fn bounds(&self) -> [Option<f64>; 2] {
        [Some(-0.5), Some(1.0)]
    }

    fn suits(&self, answered: Answered) -> bool {
        answered.task.is_classification() && matches!(answered.answer, Answer::Clusters { .. })
    }

    fn measure(&self, answers: &Answers) -> f64 {
        let width = answers.answer.width();
        let rows: Vec<[usize; 2]> = answers
            .predictions
            .chunks_exact(width)
            .enumerate()
            .map(|(row, said)| [answers.targets.at(row) as usize, most_probable(said)])
            .collect();
        if rows.is_empty() {
            return f64::NAN;
        }
        let classes = rows.iter().map(|[class, _]| class + 1).max().unwrap_or(0);
        let mut table = vec![0_u64; classes * width];
        rows.iter().for_each(|[class, cluster]| table[class * width + cluster] += 1);
        let sums = |of: &dyn Fn(usize) -> u64, count: usize| (0..count).map(|at| of(at) * of(at)).sum::<u64>() as f64;
        let of_class = |class: usize| table[class * width..][..width].iter().sum::<u64>();
        let of_cluster = |cluster: usize| (0..classes).map(|class| table[class * width + cluster]).sum::<u64>();
        let (all, both) = (rows.len() as f64, table.iter().map(|count| count * count).sum::<u64>() as f64);
        let (in_classes, in_clusters) = (sums(&of_class, classes), sums(&of_cluster, width));
        // Ordered pairs: together in both, in the classes alone, in the clusters alone, in neither.
        let together = both - all;
        let (classes_alone, clusters_alone) = (in_classes - both, in_clusters - both);
        let apart = all * all - classes_alone - clusters_alone - both;
        if classes_alone == 0.0 && clusters_alone == 0.0 {
            return 1.0;
        }
        2.0 * (together * apart - classes_alone * clusters_alone)
            / ((together + classes_alone) * (classes_alone + apart) + (together + clusters_alone) * (clusters_alone + apart))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_scikit_learn() {
        let measure = |clusters: &[usize], classes: &[f32]| {
            let said: Vec<f32> = clusters.iter().flat_map(|&cluster| (0..3).map(move |at| f32::from(u8::from(at == cluster)))).collect();
            AdjustedRand.measure(&Answers::plain(Answer::Clusters { clusters: 3 }, &said, classes))
        };
        // adjusted_rand_score of scikit-learn 1.9.1, the first five from its documentation.
        for (classes, clusters, expected) in [
            (&[0.0, 0.0, 1.0, 1.0][..], &[0, 0, 1, 1][..], 1.0),
            (&[0.0, 0.0, 1.0, 1.0], &[1, 1, 0, 0], 1.0),
            (&[0.0, 0.0, 1.0, 2.0], &[0, 0, 1, 1], 0.571_428_571_428_571_4),
            (&[0.0, 0.0, 1.0, 1.0], &[0, 0, 1, 2], 0.571_428_571_428_571_4),
            (&[0.0, 0.0, 1.0, 1.0], &[0, 1, 0, 1], -0.5),
            (&[0.0, 0.0, 0.0], &[2, 2, 2], 1.0),
            (&[0.0], &[1], 1.0),
        ] {
            let found = measure(clusters, classes);
            assert!((found - expected).abs() < 1e-12, "{classes:?} {clusters:?}: {found}");
        }
        assert!(measure(&[], &[]).is_nan());
    }
}
