//! Where rows come from: generators and files (one file each, one line below), splits, and what is done to rows before a learner sees them.

pub mod augment;
pub mod prepare;
pub mod split;
pub mod table;

use crate::config::Issue;
use crate::registry;
pub use table::{Table, Task};

/// Files that an experiment may name: the file system in a terminal, what the user dropped on the page in a browser.
pub trait Files {
    /// The bytes of `path`, or a message for the user.
    fn read(&self, path: &str) -> Result<Vec<u8>, String>;
}

/// No files at all.
pub struct NoFiles;
impl Files for NoFiles {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        Err(format!("no file {path:?} is loaded"))
    }
}

/// A source of rows.
pub trait Source {
    /// All rows, in a fixed order. Randomness comes from streams of `seed` named `data/…`. Issues have paths relative to the
    /// source's own settings (`path`, `target`).
    fn load(&self, seed: u32, files: &dyn Files) -> Result<Table, Vec<Issue>>;
}

registry! {
    /// Data | 数据
    ///
    /// The rows to learn from. | 用来学习的数据行。
    pub enum Data: Source = spiral {
        circle::Circle,
        xor::Xor,
        gaussians::Gaussians,
        spiral::Spiral,
        moons::Moons,
        checkerboard::Checkerboard,
        blobs::Blobs,
        arms::Arms,
        plane::Plane,
        waves::Waves,
        curve::Curve,
        csv::Csv,
    }
}
