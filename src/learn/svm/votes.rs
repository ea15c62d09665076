//! Several classes as a tournament of pairs (one-vs-one): each pair of classes has a border of its own, and a row is of the class that wins most of its pairs.
//!
//! A pair (i, j), i < j, has decision values that are positive on the side of i, as in libsvm; the pairs come in the order (0,1), (0,2), …, (1,2), ….

/// What a score is at most: a number, whatever the kernel made.
const HUGE: f64 = f32::MAX as f64 / 2.0;

/// All pairs of so many classes, in order.
pub fn pairs(classes: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..classes).flat_map(move |i| (i + 1..classes).map(move |j| (i, j)))
}

/// Fills `out` with a score a class, of which the greatest is always that of the class which libsvm, and with it `SVC.predict`, chooses.
///
/// They are scikit-learn's `decision_function`: for two classes the decision value and its negative; for more, votes plus Σ of the decision values squeezed
/// into (−⅓, ⅓), which orders classes of as many votes by how sure they are. `SVC.predict` knows no such order: of classes with as many votes it takes the lowest.
/// Where the two disagree (and where a decision value is 0, a vote for the upper class), the chosen class has a hair more than the greatest score.
///
/// `decisions` has a number a pair; None for a pair of which nothing is learned yet, which votes for nobody.
pub fn scores(decisions: &[Option<f64>], votes: &mut Votes, out: &mut [f32]) {
    let classes = out.len();
    votes.count.clear();
    votes.count.resize(classes, 0);
    votes.sure.clear();
    votes.sure.resize(classes, 0.0);
    for ((i, j), decision) in pairs(classes).zip(decisions) {
        let Some(decision) = *decision else { continue };
        votes.count[if decision > 0.0 { i } else { j }] += 1;
        votes.sure[i] += decision;
        votes.sure[j] -= decision;
    }
    for (class, score) in out.iter_mut().enumerate() {
        let sure = votes.sure[class];
        *score =
            if classes == 2 { sure.clamp(-HUGE, HUGE) } else { f64::from(votes.count[class]) + sure / (3.0 * (sure.abs() + 1.0)) } as f32;
    }
    let chosen = winner(&votes.count);
    if votes.count[chosen] == 0 {
        return;
    }
    let rival = out.iter().enumerate().filter(|(class, _)| *class != chosen).fold(f32::NEG_INFINITY, |most, (_, &score)| most.max(score));
    if out[chosen] <= rival {
        out[chosen] = rival.next_up();
    }
}

/// The class of most votes, of equals the lowest.
fn winner(count: &[u32]) -> usize {
    (0..count.len()).fold(0, |best, class| if count[class] > count[best] { class } else { best })
}

/// Room to count in.
#[derive(Clone, Debug, Default)]
pub struct Votes {
    count: Vec<u32>,
    sure: Vec<f64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(decisions: &[f64], classes: usize) -> Vec<f32> {
        let mut out = vec![0.0; classes];
        let decisions: Vec<_> = decisions.iter().copied().map(Some).collect();
        scores(&decisions, &mut Votes::default(), &mut out);
        out
    }

    #[test]
    fn pairs_come_in_libsvms_order() {
        assert_eq!(pairs(4).collect::<Vec<_>>(), [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]);
        assert_eq!(pairs(1).count(), 0);
    }

    #[test]
    fn two_classes_have_the_decision_value() {
        assert_eq!(of(&[0.75], 2), [0.75, -0.75]);
        // libsvm votes for the upper class at 0, and below what 32 bits hold.
        for nothing in [0.0, -1e-60] {
            let scores = of(&[nothing], 2);
            assert!(scores[1] > scores[0], "{scores:?}");
        }
        let scores = of(&[1e-60], 2);
        assert!(scores[0] > scores[1], "{scores:?}");
    }

    #[test]
    fn scores_are_scikit_learns_and_ties_go_to_the_lowest_class() {
        // sklearn.utils.multiclass._ovr_decision_function(d < 0, -d, 3) of d = [1, 2, 0.5]: [2.25, 0.888…, −0.238…]
        let scores = of(&[1.0, 2.0, 0.5], 3);
        let due = [2.0 + 3.0 / 12.0, 1.0 - 0.5 / 4.5, -2.5 / 10.5];
        assert!(scores.iter().zip(due).all(|(&ours, due)| (f64::from(ours) - due).abs() < 1e-7), "{scores:?}");
        // A circle: 0 beats 1, 1 beats 2, 2 beats 0 clearly. scikit-learn's scores are greatest for 2, its `predict` says 0.
        let scores = of(&[1.0, -5.0, 1.0], 3);
        assert!(scores[0] > scores[2] && scores[2] > scores[1], "{scores:?}");
        assert_eq!(scores[0], scores[2].next_up());
    }

    #[test]
    fn pairs_without_a_border_vote_for_nobody() {
        let mut out = [0.0; 3];
        scores(&[Some(-1.0), None, None], &mut Votes::default(), &mut out);
        assert_eq!(out, [-1.0 / 6.0, 1.0 + 1.0 / 6.0, 0.0]);
    }
}
