//! Learners that make rows like those they saw. `gan.rs` is a generator against a discriminator as a learner, `duel.rs` their game, `player.rs` one of the two.

mod duel;
pub mod player;

pub use duel::Duel;
