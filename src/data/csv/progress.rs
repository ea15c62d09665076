//! How far the reading of a large file is.

/// Bytes between two words about it: about a hundredth of a second.
const STEP: u64 = 1 << 20;

/// One pass over a file, which is a stretch of the whole work.
pub(super) struct Progress<'a> {
    bytes: f64,
    stretch: [f64; 2],
    next: u64,
    tell: &'a dyn Fn(f64),
}

impl<'a> Progress<'a> {
    pub(super) fn new(bytes: usize, stretch: [f64; 2], tell: &'a dyn Fn(f64)) -> Self {
        Progress { bytes: bytes as f64, stretch, next: STEP, tell }
    }

    /// The pass has come to this row.
    pub(super) fn at(&mut self, record: &::csv::ByteRecord) {
        let Some(byte) = record.position().map(::csv::Position::byte).filter(|&byte| byte >= self.next) else { return };
        self.next = byte + STEP;
        let [from, to] = self.stretch;
        (self.tell)(from + (to - from) * byte as f64 / self.bytes);
    }
}
