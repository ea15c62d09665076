//! In which encoding a file of text is, for tables and for texts: what the document says, or what `encodings` finds.
//!
//! Native programs decode by `encoding_rs`. In a page every browser has the tables itself: its worker asks the same rule, which is a wasm of its own, and hands
//! the engine UTF-8 (`www/worker.js`); what it found out comes with the file ([`Told`]).

use crate::config::{Issue, Message, Remedy};
use crate::message;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Encoding | 编码
///
/// How letters became bytes. | 文字以何种方式存为字节。
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// Automatic | 自动
    ///
    /// Guessed from the file. | 由文件判断。
    #[default]
    Auto,
    /// UTF-8 | UTF-8
    ///
    /// All scripts. | 所有文字。
    #[serde(rename = "utf-8")]
    Utf8,
    /// UTF-16, little endian | UTF-16 小端
    ///
    /// All scripts; what Excel calls Unicode text. | 所有文字；即 Excel 的“Unicode 文本”。
    #[serde(rename = "utf-16le")]
    Utf16Le,
    /// UTF-16, big endian | UTF-16 大端
    ///
    /// All scripts. | 所有文字。
    #[serde(rename = "utf-16be")]
    Utf16Be,
    /// Windows-1252 | Windows-1252
    ///
    /// Western Europe, Latin-1 included. | 西欧文字，包括 Latin-1。
    #[serde(rename = "windows-1252")]
    Windows1252,
    /// Mac Roman | Mac Roman
    ///
    /// Western Europe, from older Macs. | 旧版 Mac 的西欧文字。
    Macintosh,
    /// GB18030 | GB18030
    ///
    /// Chinese, GBK and GB 2312 included. | 中文，包括 GBK 与 GB 2312。
    Gb18030,
    /// Big5 | Big5
    ///
    /// Traditional Chinese. | 繁体中文。
    Big5,
    /// Shift-JIS | Shift-JIS
    ///
    /// Japanese, from Windows. | Windows 的日文。
    #[serde(rename = "shift_jis")]
    ShiftJis,
    /// EUC-JP | EUC-JP
    ///
    /// Japanese, from Unix. | Unix 的日文。
    EucJp,
    /// EUC-KR | EUC-KR
    ///
    /// Korean. | 韩文。
    EucKr,
    /// Windows-1250 | Windows-1250
    ///
    /// Central Europe. | 中欧文字。
    #[serde(rename = "windows-1250")]
    Windows1250,
    /// Windows-1251 | Windows-1251
    ///
    /// Cyrillic. | 西里尔文字。
    #[serde(rename = "windows-1251")]
    Windows1251,
    /// Windows-1253 | Windows-1253
    ///
    /// Greek. | 希腊文。
    #[serde(rename = "windows-1253")]
    Windows1253,
    /// Windows-1254 | Windows-1254
    ///
    /// Turkish. | 土耳其文。
    #[serde(rename = "windows-1254")]
    Windows1254,
    /// Windows-1255 | Windows-1255
    ///
    /// Hebrew. | 希伯来文。
    #[serde(rename = "windows-1255")]
    Windows1255,
    /// Windows-1256 | Windows-1256
    ///
    /// Arabic. | 阿拉伯文。
    #[serde(rename = "windows-1256")]
    Windows1256,
    /// Windows-1257 | Windows-1257
    ///
    /// Baltic. | 波罗的海文字。
    #[serde(rename = "windows-1257")]
    Windows1257,
    /// Windows-1258 | Windows-1258
    ///
    /// Vietnamese. | 越南文。
    #[serde(rename = "windows-1258")]
    Windows1258,
    /// Windows-874 | Windows-874
    ///
    /// Thai. | 泰文。
    #[serde(rename = "windows-874")]
    Windows874,
    /// ISO 8859-2 | ISO 8859-2
    ///
    /// Central Europe, from Unix. | Unix 的中欧文字。
    #[serde(rename = "iso-8859-2")]
    Iso8859_2,
    /// KOI8-U | KOI8-U
    ///
    /// Cyrillic, from Unix. | Unix 的西里尔文字。
    #[serde(rename = "koi8-u")]
    Koi8U,
}

impl Encoding {
    /// Its name, as the WHATWG's standard has it in small letters; none for automatic.
    pub fn name(self) -> Option<&'static str> {
        Some(match self {
            Encoding::Auto => return None,
            Encoding::Utf8 => "utf-8",
            Encoding::Utf16Le => "utf-16le",
            Encoding::Utf16Be => "utf-16be",
            Encoding::Windows1252 => "windows-1252",
            Encoding::Macintosh => "macintosh",
            Encoding::Gb18030 => "gb18030",
            Encoding::Big5 => "big5",
            Encoding::ShiftJis => "shift_jis",
            Encoding::EucJp => "euc-jp",
            Encoding::EucKr => "euc-kr",
            Encoding::Windows1250 => "windows-1250",
            Encoding::Windows1251 => "windows-1251",
            Encoding::Windows1253 => "windows-1253",
            Encoding::Windows1254 => "windows-1254",
            Encoding::Windows1255 => "windows-1255",
            Encoding::Windows1256 => "windows-1256",
            Encoding::Windows1257 => "windows-1257",
            Encoding::Windows1258 => "windows-1258",
            Encoding::Windows874 => "windows-874",
            Encoding::Iso8859_2 => "iso-8859-2",
            Encoding::Koi8U => "koi8-u",
        })
    }
}

/// What the page found out about a file before the engine got it as UTF-8.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The encoding that it was in.
    pub name: String,
    /// The line on which it turned out not to be in that encoding; the bytes are as they were, then.
    pub broken: Option<u64>,
}

/// A file as UTF-8.
#[derive(Debug)]
pub struct Decoded<'a> {
    /// Without a byte-order mark. Where the file is said to be UTF-8 and is not, what is broken is left for the reader to say where it stands.
    pub text: Cow<'a, [u8]>,
    /// The encoding that it was in.
    pub name: String,
    /// The line on which it turned out not to be in that encoding; there is no text, then.
    pub broken: Option<u64>,
}

/// The text of a file in the encoding that the document says, or that is found.
pub fn decode<'a>(bytes: &'a [u8], said: Encoding, told: Option<Told>) -> Decoded<'a> {
    if let Some(Told { name, broken }) = told {
        let text = if broken.is_some() { Cow::Borrowed(&bytes[..0]) } else { Cow::Borrowed(without_mark(bytes)) };
        return Decoded { text, name, broken };
    }
    by_tables(bytes, said)
}

fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

#[cfg(not(target_arch = "wasm32"))]
fn by_tables(bytes: &[u8], said: Encoding) -> Decoded<'_> {
    let name = said.name().unwrap_or_else(|| encodings::detect(bytes));
    if name == "utf-8" {
        return Decoded { text: Cow::Borrowed(without_mark(bytes)), name: name.into(), broken: None };
    }
    let encoding = encoding_rs::Encoding::for_label(name.as_bytes()).expect("a name of the standard");
    let mut decoder = encoding.new_decoder_with_bom_removal();
    let mut text = String::with_capacity(decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(bytes.len()));
    let (result, _) = decoder.decode_to_string_without_replacement(bytes, &mut text, true);
    if matches!(result, encoding_rs::DecoderResult::InputEmpty) {
        return Decoded { text: Cow::Owned(text.into_bytes()), name: name.into(), broken: None };
    }
    let line = 1 + text.bytes().filter(|byte| *byte == b'\n').count() as u64;
    Decoded { text: Cow::Borrowed(&bytes[..0]), name: name.into(), broken: Some(line) }
}

/// A file of which the page said nothing: one that it made itself.
#[cfg(target_arch = "wasm32")]
fn by_tables(bytes: &[u8], _said: Encoding) -> Decoded<'_> {
    Decoded { text: Cow::Borrowed(without_mark(bytes)), name: "utf-8".into(), broken: None }
}

/// What is wrong with a file that is not in its encoding. `path` is that of the setting.
pub fn issue(decoded: &Decoded, said: Encoding, path: &str) -> Option<Issue> {
    let (name, line) = (&decoded.name, decoded.broken?);
    let message: Message =
        message!("the file is not {name} in line {line}: choose another encoding", "文件第 {line} 行不是 {name} 编码：请选择其他编码");
    Some(Issue::new(path, message).with(other(said, path)))
}

/// Another encoding for a file that is not in its own: the one that is guessed or, where that was wrong, one in which all bytes are letters.
pub fn other(said: Encoding, path: &str) -> Remedy {
    match said {
        Encoding::Auto => Remedy::set(message!("Read it as Windows-1252", "按 Windows-1252 读取"), path, "windows-1252"),
        _ => Remedy::set(message!("Guess the encoding", "自动判断编码"), path, "auto"),
    }
}
