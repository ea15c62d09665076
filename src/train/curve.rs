//! The learning rate of an experiment as it is planned, to be drawn before training: a pure function of the document, without rows or weights.

use super::Experiment;
use crate::learn::Rates;

/// Updates looked at in one column of the picture.
const LOOKS: u64 = 8;

/// Rates over updates, as many as a picture of some columns can show.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// Rising, from 0 to the last update in the picture.
    pub updates: Vec<f64>,
    pub rates: Vec<f64>,
    /// What is measured moves the rate as well, which nobody can draw beforehand.
    pub listens: bool,
}

impl Curve {
    /// The plan from the first update to where it has shown what it does, at most to the last that is trained, and always to `present`; none for
    /// learners without a rate. A column of many updates gives its lowest and its highest, so that no peak is lost.
    pub fn of(experiment: &Experiment, present: u64, columns: usize) -> Option<Self> {
        let plan = experiment.learner.part().rates()?;
        let last = last(&plan, experiment.stop.max_updates, present);
        let (columns, length) = (columns.max(1) as u64, last + 1);
        let mut curve = Curve { updates: Vec::new(), rates: Vec::new(), listens: plan.listens };
        if length <= 2 * columns {
            (0..length).for_each(|update| curve.put(update, (plan.rate)(update)));
            return Some(curve);
        }
        curve.put(0, (plan.rate)(0));
        for column in 0..columns {
            let (from, to) = (column * length / columns, (column + 1) * length / columns);
            let looks = (to - from).min(LOOKS);
            let seen = (0..looks).map(|look| from + look * (to - from) / looks).map(|update| (update, (plan.rate)(update)));
            let (mut low, mut high) = ((0, f64::INFINITY), (0, f64::NEG_INFINITY));
            for at in seen {
                low = if at.1 < low.1 { at } else { low };
                high = if at.1 > high.1 { at } else { high };
            }
            let (first, second) = if low.0 < high.0 { (low, high) } else { (high, low) };
            curve.put(first.0, first.1);
            curve.put(second.0, second.1);
        }
        curve.put(last, (plan.rate)(last));
        Some(curve)
    }

    /// Adds a point unless it is there already.
    fn put(&mut self, update: u64, rate: f64) {
        if self.updates.last().is_none_or(|last| (update as f64) > *last) {
            self.updates.push(update as f64);
            self.rates.push(rate);
        }
    }
}

/// The last update in the picture: a little behind what shows the plan, doubled until the present is in it, so that the picture seldom changes.
fn last(plan: &Rates, most: u64, present: u64) -> u64 {
    let mut last = plan.span.map_or(most, |span| (span + span / 8).min(most)).max(1);
    while last < present && last < most {
        last = (2 * last).min(most);
    }
    last.max(present)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn curve(net: &str, present: u64, columns: usize) -> Curve {
        let document = format!(r#"{{"learner": {{"net": {net}}}, "stop": {{"max_updates": 20000}}}}"#);
        Curve::of(&Experiment::parse(&document).unwrap(), present, columns).unwrap()
    }

    fn end(curve: &Curve) -> f64 {
        *curve.updates.last().unwrap()
    }

    #[test]
    fn it_ends_a_little_behind_the_schedule_and_reaches_the_present() {
        let cosine = r#"{"schedule": {"cosine": {"t_max": 800}}}"#;
        assert_eq!(end(&curve(cosine, 0, 100)), 900.0);
        assert_eq!(end(&curve(cosine, 901, 100)), 1800.0);
        assert_eq!(end(&curve(cosine, 19_999, 100)), 20_000.0);
        assert_eq!(end(&curve(cosine, 30_000, 100)), 30_000.0);
        assert_eq!(end(&curve(r#"{"schedule": {"cosine": {"t_max": 800}}, "warmup": {"updates": 80}}"#, 0, 100)), 990.0);
        assert_eq!(end(&curve("{}", 0, 100)), 20_000.0);
        assert_eq!(end(&curve(r#"{"schedule": {"cosine": {"t_max": 1000000}}}"#, 0, 100)), 20_000.0);
    }

    #[test]
    fn every_update_is_there_where_there_are_few_and_no_peak_is_lost_where_there_are_many() {
        let few = curve(r#"{"schedule": {"step": {"step_size": 5, "gamma": 0.5}}}"#, 0, 100);
        assert_eq!(few.updates, (0..=22).map(f64::from).collect::<Vec<_>>());
        assert_eq!(few.rates[4..6], [0.01, 0.005]);
        // Three thousand cycles in a hundred columns.
        let many = curve(r#"{"schedule": {"cyclic": {"step_size_up": 4, "step_size_down": 3}}}"#, 20_000, 100);
        assert!(many.updates.len() <= 202 && many.updates.is_sorted());
        let (low, high) = many.rates.iter().fold((1.0_f64, 0.0_f64), |(low, high), &rate| (low.min(rate), high.max(rate)));
        assert!(low < 0.0101 && high > 0.0399, "{low} to {high}");
        let changes = many.rates.windows(2).filter(|pair| (pair[0] - pair[1]).abs() > 0.01).count();
        assert!(changes > 150, "{changes}");
    }

    #[test]
    fn what_listens_is_said_and_a_tree_has_no_rate() {
        assert!(curve(r#"{"schedule": "reduce_on_plateau"}"#, 0, 10).listens);
        assert!(!curve(r#"{"schedule": "cosine"}"#, 0, 10).listens);
        assert_eq!(Curve::of(&Experiment::parse(r#"{"learner": "tree"}"#).unwrap(), 0, 10), None);
    }
}
