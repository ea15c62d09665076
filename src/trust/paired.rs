//! Is B faster than A? Updates to the same finish line, seed by seed: both runs of a pair have the same rows, weights and batches.
//!
//! A run that never arrived took more updates than any that did, and two that never arrived are even; nothing else is assumed of them. The sign test
//! (Arbuthnot 1710; `scipy.stats.binomtest`) counts who was faster and leaves ties out. The signed-rank test (Wilcoxon 1945; `scipy.stats.wilcoxon` with
//! `zero_method="wilcox"`) weighs each difference by its rank. Both are two-sided and exact: the distribution over all 2ⁿ signs is counted, tied ranks
//! included, as SciPy's `PermutationMethod` counts it.

use crate::config::{Message, counted};
use crate::data::prepare::scale::quantile;
use crate::math::statistics;
use crate::message;
use schemars::JsonSchema;
use serde::Serialize;
use std::cmp::Ordering;

/// How likely chance may be where a difference is called one.
const LEVEL: f64 = 0.05;

/// The middle of some numbers and of their lower and upper half (`numpy.quantile`); infinite where too many are.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Quartiles {
    pub low: f64,
    pub median: f64,
    pub high: f64,
}

impl Quartiles {
    /// Nothing for no number. NaN counts as a number without end: a run that never arrived.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Option<Self> {
        let mut sorted: Vec<f64> = values.into_iter().map(|value| if value.is_nan() { f64::INFINITY } else { value }).collect();
        statistics::sort(&mut sorted);
        // Between two infinite numbers there is no other.
        let at = |share: f64| {
            let place = share * (sorted.len() - 1) as f64;
            let (below, above) = (sorted[place.floor() as usize], sorted[place.ceil() as usize]);
            match (below.is_finite(), above.is_finite()) {
                (true, true) => quantile(&sorted, share),
                (false, _) => below,
                (true, false) => above,
            }
        };
        (!sorted.is_empty()).then(|| Quartiles { low: at(0.25), median: at(0.5), high: at(0.75) })
    }
}

/// What pairs say of B against A.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "Pairs")]
pub struct Paired {
    pub pairs: usize,
    /// Pairs in which B took fewer updates, more, and as many.
    pub faster: usize,
    pub slower: usize,
    pub ties: usize,
    /// How often A and B arrived.
    pub arrived: [usize; 2],
    /// Percent of A's updates that B saves, over the pairs in which one arrived at least; infinite where that one is B alone, minus where it is A.
    pub saved: Option<Quartiles>,
    /// The same of B's updates that A saves.
    pub saved_by_a: Option<Quartiles>,
    /// How likely at least so uneven a count is by chance.
    pub sign_p: f64,
    /// The smaller sum of ranks, and how likely one at least as small is by chance.
    pub rank_sum: f64,
    pub rank_p: f64,
}

/// Updates that A and B took for each seed; NaN where the line was never reached.
pub fn compare(pairs: &[(f64, f64)]) -> Paired {
    let pairs: Vec<(f64, f64)> = pairs.iter().map(|&(a, b)| (late(a), late(b))).collect();
    let count = |order: Ordering| pairs.iter().filter(|(a, b)| b.total_cmp(a) == order).count();
    let (faster, slower, ties) = (count(Ordering::Less), count(Ordering::Greater), count(Ordering::Equal));
    let arrived = [pairs.iter().filter(|(a, _)| a.is_finite()).count(), pairs.iter().filter(|(_, b)| b.is_finite()).count()];
    let (rank_sum, rank_p) = signed_rank(&pairs);
    let told = || pairs.iter().filter(|(a, b)| a.is_finite() || b.is_finite());
    Paired {
        pairs: pairs.len(),
        faster,
        slower,
        ties,
        arrived,
        saved: Quartiles::of(told().map(|&(a, b)| saved(a, b))),
        saved_by_a: Quartiles::of(told().map(|&(a, b)| saved(b, a))),
        sign_p: sign(faster, slower),
        rank_sum,
        rank_p,
    }
}

fn late(updates: f64) -> f64 {
    if updates.is_nan() { f64::INFINITY } else { updates }
}

fn saved(a: f64, b: f64) -> f64 {
    match (a.is_finite(), b.is_finite()) {
        // The line may be reached before the first update.
        (true, true) if a == b => 0.0,
        (true, true) => 100.0 * (1.0 - b / a),
        (true, false) => f64::NEG_INFINITY,
        (false, _) => f64::INFINITY,
    }
}

/// Two-sided, without ties.
fn sign(wins: usize, losses: usize) -> f64 {
    let (n, few) = (wins + losses, wins.min(losses));
    let (mut ways, mut below) = (1.0, 0.0);
    for k in 0..=few {
        below += ways;
        ways *= (n - k) as f64 / (k + 1) as f64;
    }
    (2.0 * below / libm::exp2(n as f64)).min(1.0)
}

/// The smaller of the sums of ranks with each sign, and its exact two-sided p.
fn signed_rank(pairs: &[(f64, f64)]) -> (f64, f64) {
    let differences: Vec<f64> = pairs.iter().filter(|(a, b)| a != b).map(|(a, b)| a - b).collect();
    let sizes: Vec<f64> = differences.iter().map(|difference| difference.abs()).collect();
    let order = statistics::order(&sizes);
    // Twice the mean rank of equal ones, so that it is whole.
    let mut ranks = vec![0_usize; sizes.len()];
    let mut from = 0;
    while from < order.len() {
        let equal = order[from..].iter().take_while(|&&at| sizes[at] == sizes[order[from]]).count();
        order[from..from + equal].iter().for_each(|&at| ranks[at] = 2 * from + equal + 1);
        from += equal;
    }
    let all: usize = ranks.iter().sum();
    let plus: usize = ranks.iter().zip(&differences).filter(|(_, difference)| **difference > 0.0).map(|(rank, _)| rank).sum();
    // Of all ways to give signs, how many lead to each sum.
    let mut ways = vec![0.0; all + 1];
    ways[0] = 1.0;
    let mut reach = 0;
    for &rank in &ranks {
        for sum in (0..=reach).rev() {
            ways[sum + rank] += ways[sum];
        }
        reach += rank;
    }
    let few = plus.min(all - plus);
    let below: f64 = ways[..=few].iter().sum();
    (few as f64 / 2.0, (2.0 * below / libm::exp2(ranks.len() as f64)).min(1.0))
}

impl Paired {
    /// What can be said, and what cannot: `names` are A's and B's.
    pub fn verdict(&self, names: [&str; 2]) -> Message {
        let [a, b] = names;
        let (pairs, decided) = (self.pairs, self.faster + self.slower);
        if self.arrived == [0, 0] {
            return message!("Neither {a} nor {b} reached the line in any seed.", "在任何随机种子下，{a} 与 {b} 都未到达终点线。");
        }
        if decided == 0 {
            return message!("{a} and {b} took as many updates in every seed.", "在每个随机种子下，{a} 与 {b} 所用的更新次数都相同。");
        }
        // Said of the faster one.
        let ahead = self.faster >= self.slower;
        let (winner, loser) = if ahead { (b, a) } else { (a, b) };
        let (wins, came) = if ahead { (self.faster, self.arrived) } else { (self.slower, [self.arrived[1], self.arrived[0]]) };
        let much = match if ahead { self.saved } else { self.saved_by_a }.map(|saved| saved.median) {
            Some(percent) if percent.is_finite() && percent >= 0.0 => {
                message!(", median {percent:.0} % fewer updates", "，更新次数的中位数少 {percent:.0}%")
            }
            _ => message!("", ""),
        };
        let missed = pairs - came[0];
        let never = match missed {
            0 => message!("", ""),
            _ if missed == pairs => message!("; {loser} never reached it", "；{loser} 未到达"),
            _ => message!("; {loser} did not reach it in {missed}", "；{loser} 有 {missed} 次未到达"),
        };
        let p = shown(self.sign_p);
        let seeds = counted(pairs, "seed", "seeds");
        let found = message!(
            "{winner} is faster in {wins} of {seeds}{much}{never}",
            "{winner} 在 {pairs} 个随机种子中有 {wins} 个更快{much}{never}"; much, never
        );
        let best = shown(sign(decided, 0));
        if self.faster == self.slower {
            let half = self.faster;
            return message!(
                "Each is faster in {half} of {seeds}: no difference can be told.",
                "在 {pairs} 个随机种子中各有 {half} 个更快：看不出差别。"
            );
        }
        if sign(decided, 0) >= LEVEL {
            return message!(
                "{found}. Too few seeds differ to tell this from chance: even {decided} of {decided} would have p = {best} (sign test).",
                "{found}。分出快慢的随机种子太少，无法与偶然区分：即使 {decided} 个全部更快，p 也有 {best}（符号检验）。"; found
            );
        }
        if self.sign_p >= LEVEL {
            return message!(
                "{found}, which may well be chance: p = {p} (sign test).",
                "{found}，但这很可能只是偶然：p = {p}（符号检验）。"; found
            );
        }
        message!("{found}, p = {p} (sign test).", "{found}，p = {p}（符号检验）。"; found)
    }
}

fn shown(p: f64) -> String {
    if p < 0.001 {
        "< 0.001".into()
    } else if p < 0.2 {
        format!("{p:.3}").trim_end_matches('0').into()
    } else {
        format!("{p:.2}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    const NEVER: f64 = f64::NAN;

    /// `tests/golden/paired_reference.py`.
    #[test]
    fn p_values_and_quartiles_are_scipys() {
        let golden: Value = serde_json::from_str(include_str!("../../tests/golden/paired.json")).unwrap();
        let number = |value: &Value| value.as_f64().unwrap_or(NEVER);
        let cases = golden.as_array().unwrap();
        assert!(cases.len() > 20);
        for case in cases {
            let list = |name: &str| case[name].as_array().unwrap().iter().map(number).collect::<Vec<_>>();
            let pairs: Vec<(f64, f64)> = list("a").into_iter().zip(list("b")).collect();
            let found = compare(&pairs);
            for (name, value) in [("sign_p", found.sign_p), ("rank_sum", found.rank_sum), ("rank_p", found.rank_p)] {
                assert!((value - number(&case[name])).abs() < 1e-9, "{name}: {value} for {case}");
            }
            if let (Some(saved), Some(expected)) = (found.saved, case["saved"].as_array()) {
                for (value, expected) in [saved.low, saved.median, saved.high].into_iter().zip(expected) {
                    assert!((value - number(expected)).abs() < 1e-9, "{value} for {case}");
                }
            }
        }
    }

    #[test]
    fn runs_that_never_arrive_are_slower_than_all_that_do_and_even_among_themselves() {
        let found = compare(&[(100.0, 50.0), (NEVER, 80.0), (70.0, NEVER), (NEVER, NEVER), (60.0, 60.0)]);
        assert_eq!((found.pairs, found.faster, found.slower, found.ties, found.arrived), (5, 2, 1, 2, [3, 3]));
        // Of ∞, 50 %, 0 % and −∞ the middle is between 0 and 50.
        assert_eq!(found.saved.unwrap().median, 25.0);
        let never = compare(&[(10.0, NEVER), (20.0, NEVER), (NEVER, NEVER)]);
        assert_eq!(never.saved.unwrap().median, f64::NEG_INFINITY);
        assert_eq!(Quartiles::of([]), None);
        assert_eq!(compare(&[]).sign_p, 1.0);
    }

    #[test]
    fn quartiles_of_runs_of_which_some_never_arrive() {
        let found = Quartiles::of([10.0, NEVER, 30.0, 20.0]).unwrap();
        assert_eq!((found.low, found.median, found.high), (17.5, 25.0, f64::INFINITY));
        assert_eq!(Quartiles::of([NEVER, NEVER]).unwrap().low, f64::INFINITY);
    }

    #[test]
    fn a_verdict_says_what_the_pairs_can_tell() {
        let verdict = |pairs: &[(f64, f64)]| compare(pairs).verdict(["A", "B"]);
        let some = |n: usize, a: f64, b: f64| vec![(a, b); n];
        let nine = [some(9, 100.0, 62.0), some(1, 100.0, 120.0)].concat();
        let cases = [
            (nine.clone(), "B is faster in 9 of 10 seeds, median 38 % fewer updates, p = 0.021 (sign test).", "p = 0.021"),
            (
                nine.iter().map(|&(a, b)| (b, a)).collect(),
                "A is faster in 9 of 10 seeds, median 38 % fewer updates, p = 0.021 (sign test).",
                "A 在",
            ),
            (
                [some(6, 100.0, 75.0), some(4, 75.0, 100.0)].concat(),
                "B is faster in 6 of 10 seeds, median 25 % fewer updates, which may well be chance: p = 0.75 (sign test).",
                "偶然",
            ),
            (
                some(4, 100.0, 50.0),
                "B is faster in 4 of 4 seeds, median 50 % fewer updates. Too few seeds differ to tell this from chance: even 4 of 4 would have \
                 p = 0.125 (sign test).",
                "种子太少",
            ),
            (some(8, NEVER, 50.0), "B is faster in 8 of 8 seeds; A never reached it, p = 0.008 (sign test).", "A 未到达"),
            (some(3, NEVER, NEVER), "Neither A nor B reached the line in any seed.", "都未到达"),
            (some(3, 40.0, 40.0), "A and B took as many updates in every seed.", "都相同"),
            (
                [some(2, 40.0, 30.0), some(2, 30.0, 40.0)].concat(),
                "Each is faster in 2 of 4 seeds: no difference can be told.",
                "看不出差别",
            ),
        ];
        for (pairs, en, zh) in cases {
            let said = verdict(&pairs);
            assert_eq!(said.en, en);
            assert!(said.zh.contains(zh), "{}", said.zh);
        }
    }
}
