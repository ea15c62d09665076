//! In which encoding a file of text is: UTF-8, and what is not that GB18030, as Chinese spreadsheets save it. Decided here, for tables and for texts.
//!
//! The tables of GB18030 are in native programs alone. In a page every browser has them: its worker hands the engine UTF-8 (`www/worker.js`), by the same rule.

use std::borrow::Cow;

/// The text of a file as UTF-8, without a byte-order mark. Bytes that are neither stay as they are, for the reader to say where they stand.
pub fn utf8(bytes: &[u8]) -> Cow<'_, [u8]> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if std::str::from_utf8(bytes).is_ok() { Cow::Borrowed(bytes) } else { gb18030(bytes).map_or(Cow::Borrowed(bytes), Cow::Owned) }
}

#[cfg(not(target_arch = "wasm32"))]
fn gb18030(bytes: &[u8]) -> Option<Vec<u8>> {
    let text = encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some(text.into_owned().into_bytes())
}

#[cfg(target_arch = "wasm32")]
fn gb18030(_bytes: &[u8]) -> Option<Vec<u8>> {
    None
}

// A page decodes before it hands a file over.
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::config::Message;
    use crate::data::csv::Csv;
    use crate::data::{Files, Source, Task};

    struct One(Vec<u8>);
    impl Files for One {
        fn read(&self, _path: &str) -> Result<Vec<u8>, Message> {
            Ok(self.0.clone())
        }
    }

    #[test]
    fn a_table_in_gb18030_is_the_same_as_in_utf8() {
        let rows: String = (0..12).map(|row| format!("{row},{},{}\n", row * row, ["苹果", "梨"][row % 2])).collect();
        let text = format!("身高,\"体重, 公斤\",种类\n{rows}");
        let (bytes, _, _) = encoding_rs::GB18030.encode(&text);
        assert!(std::str::from_utf8(&bytes).is_err());
        let load = |bytes: Vec<u8>| Csv { path: "t.csv".into(), ..Csv::default() }.load(1, &One(bytes)).unwrap();
        let table = load(bytes.into_owned());
        assert_eq!(table, load(text.into_bytes()));
        assert_eq!(table.columns, ["身高", "体重, 公斤"]);
        assert_eq!(table.task, Task::Classification(vec!["梨".into(), "苹果".into()]));
    }

    #[test]
    fn utf8_stays_gb18030_is_read_and_neither_is_left_alone() {
        // '中文,a\n' in GBK; '𠀀' (U+20000) has four bytes in GB18030.
        let cases: [(&[u8], &[u8]); 6] = [
            ("中文,a\n".as_bytes(), "中文,a\n".as_bytes()),
            (b"\xEF\xBB\xBFa,b", b"a,b"),
            (b"\xD6\xD0\xCE\xC4,a\n", "中文,a\n".as_bytes()),
            (b"\x95\x32\x82\x36!", "𠀀!".as_bytes()),
            (b"a,\xE9,c\n", b"a,\xE9,c\n"),
            (b"", b""),
        ];
        for (bytes, expected) in cases {
            assert_eq!(*utf8(bytes), *expected, "{bytes:?}");
        }
    }
}
