//! Damage: what real data suffers, done on purpose to a copy of a good set, before the split. Then there is something to clean, and the clean set tells
//! how well it went.

use super::Table;
use crate::config::Message;
use crate::math::random::Stream;
use crate::registry;

/// One kind of damage.
pub trait Harm {
    /// Harms the table; returns how many rows it touched. Equal streams do equal harm. Says what it needs where it makes no sense, to be read after its
    /// name.
    fn harm(&self, table: &mut Table, stream: &mut Stream) -> Result<usize, Message>;
}

registry! {
    /// Damage | 数据损坏
    ///
    /// Something that real data suffers, done on purpose. | 真实数据常见的问题，有意制造出来。
    pub enum Damage: Harm = holes {
        holes::Holes,
        noisy_labels::NoisyLabels,
        lost_labels::LostLabels,
        imbalance::Imbalance,
        duplicates::Duplicates,
        far_off::FarOff,
        turned::Turned,
        moved::Moved,
    }
}
