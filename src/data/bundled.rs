//! Data sets that come with Descent, as files of `bundled/`. They are in a native program; the wasm engine is without them, and is given the file
//! that an experiment needs before it opens it.

use crate::config::Message;
use crate::message;

/// (name, bytes) of each.
#[cfg(not(target_arch = "wasm32"))]
const EMBEDDED: &[(&str, &[u8])] = &[("digits", include_bytes!("bundled/digits.bin"))];
#[cfg(target_arch = "wasm32")]
const EMBEDDED: &[(&str, &[u8])] = &[];

/// The bytes of the data set `name`, where they are in the program.
pub fn embedded(name: &str) -> Result<&'static [u8], Message> {
    EMBEDDED.iter().find(|(known, _)| *known == name).map(|(_, bytes)| *bytes).ok_or_else(|| {
        message!("its file could not be loaded: reload the page when you are connected", "无法载入其数据文件：请在联网后重新加载页面")
    })
}
