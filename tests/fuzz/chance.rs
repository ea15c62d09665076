//! What a case is drawn with: the same case again from the same seed and number.

use descent::math::random::{self, Stream};

pub struct Chance(Stream);

impl Chance {
    /// The stream of case `number` of a kind.
    pub fn of(kind: &str, seed: u32, number: u64) -> Self {
        Chance(random::stream(seed, &format!("fuzz/{kind}/{number}")))
    }

    /// 0 to `bound` − 1.
    pub fn below(&mut self, bound: usize) -> usize {
        random::below(&mut self.0, bound)
    }

    /// True once in `every` times.
    pub fn once_in(&mut self, every: usize) -> bool {
        self.below(every) == 0
    }

    /// From 0 to 1, without 1.
    pub fn share(&mut self) -> f64 {
        self.below(1 << 30) as f64 / f64::from(1 << 30)
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// Seldom many, often few: each count half as often as the one before it.
    pub fn few(&mut self, most: usize) -> usize {
        let mut count = 0;
        while count < most && self.once_in(2) {
            count += 1;
        }
        count
    }
}
