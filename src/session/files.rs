//! The files that experiments read.

use crate::config::Message;
use crate::config::message::shorten;
use crate::data::{Files, bundled};
use crate::message;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Files that are listed where one is missing.
const LISTED: usize = 20;

/// Files that the user gave, and those of data sets that come with Descent where they are not in the program.
#[derive(Default)]
pub struct Attached {
    pub(super) given: BTreeMap<String, Vec<u8>>,
    pub(super) bundled: BTreeMap<String, Vec<u8>>,
    pub(super) listener: Option<Box<dyn Fn(f64)>>,
}

impl Files for Attached {
    fn bundled(&self, name: &str) -> Result<Cow<'_, [u8]>, Message> {
        self.bundled.get(name).map_or_else(|| bundled::embedded(name).map(Cow::Borrowed), |bytes| Ok(Cow::Borrowed(&bytes[..])))
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, Message> {
        self.given.get(path).cloned().ok_or_else(|| {
            let path = shorten(path);
            if self.given.is_empty() {
                return message!("no file {path:?} is loaded; choose it again", "未载入文件 {path:?}，请重新选择");
            }
            let loaded = Message::some(self.given.keys(), LISTED);
            message!("no file {path:?} is loaded, only {loaded}", "未载入文件 {path:?}，已载入的只有 {loaded}"; loaded)
        })
    }

    fn progress(&self, share: f64) {
        self.listener.iter().for_each(|listener| listener(share));
    }
}
