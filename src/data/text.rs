//! A passage for a character model: from the last `steps` characters the next one. A row is a window; the next row is the window one character later.
//!
//! English: the beginning of Lewis Carroll, "Alice's Adventures in Wonderland" (1865). Chinese: Laozi, "Daodejing", chapters 1, 2 and 38 to 60, in
//! simplified characters with modern punctuation. Both are in the public domain; the files are in `bundled/`. Every run of blanks is one space, or one end
//! of line where it holds one. Characters beyond the most frequent ones are a single symbol.

use super::encoding::{self, Encoding};
use super::steps;
use crate::config::{Issue, Nothing, Remedy, counted};
use crate::data::{Files, Shape, Source, Table};
use crate::message;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The largest file, in bytes.
const LARGEST_FILE: usize = 4 << 20;
/// The fewest rows that can be split into three parts and still teach something.
const FEWEST_ROWS: usize = 10;
/// What stands for all rare characters, for a space and for the end of a line.
const OTHER: char = '□';
const SPACE: char = '␣';
const LINE: char = '⏎';

/// Text | 文本
///
/// A passage: which character comes next? From Alice in Wonderland (Carroll, 1865), the Daodejing (Laozi), both in the public domain, or a file of yours. | 一段文字：下一个字符是什么？取自《爱丽丝漫游奇境》（卡罗尔，1865）、《道德经》（老子），均属公有领域，或你自己的文件。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "sequence", "x-term" = "character-model"))]
pub struct Text {
    /// Samples | 样本数
    ///
    /// How many samples to cut from the beginning of the passage, at most; each is one character further on. | 从文章开头截取的样本数上限；每个样本比前一个晚一个字符。
    #[schemars(range(min = 20, max = 20000), extend("x-scale" = "log"))]
    pub samples: usize,
    /// Passage | 文章
    ///
    /// The text to learn from. | 用来学习的文字。
    pub passage: Passage,
    /// Steps | 步数
    ///
    /// How many of the last characters the model sees. | 模型能看到最近多少个字符。
    #[schemars(range(min = 2, max = 64), extend("x-scale" = "log"))]
    pub steps: usize,
    /// Symbols | 符号数
    ///
    /// Different characters at most; the rarest beyond that become one symbol, □. | 不同字符的上限；超出的罕见字符合为一个符号 □。
    #[schemars(range(min = 2, max = 256), extend("x-scale" = "log", "x-term" = "token"))]
    pub symbols: usize,
    /// Lower case | 小写
    ///
    /// Makes capital letters small, so that there are fewer symbols to learn. | 把大写字母变为小写，使要学的符号更少。
    pub lower_case: bool,
}

impl Default for Text {
    fn default() -> Self {
        Text { samples: 5000, passage: Passage::default(), steps: 12, symbols: 256, lower_case: true }
    }
}

/// Passage | 文章
///
/// The text to learn from. | 用来学习的文字。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Passage {
    /// English | 英文
    ///
    /// The beginning of Alice's Adventures in Wonderland by Lewis Carroll, 1865. | 刘易斯·卡罗尔《爱丽丝漫游奇境》（1865）的开头。
    English(Nothing),
    /// Chinese | 中文
    ///
    /// Chapters of the Daodejing by Laozi, about 400 BC. | 老子《道德经》若干章，约公元前 400 年。
    Chinese(Nothing),
    /// Your own | 自己的文件
    ///
    /// A text file of yours. | 你自己的文本文件。
    File(Own),
}

impl Default for Passage {
    fn default() -> Self {
        Passage::English(Nothing {})
    }
}

/// Your own | 自己的文件
///
/// A text file of yours. | 你自己的文本文件。
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Own {
    /// File | 文件
    ///
    /// Path of the file; in the page, the name of a file that was loaded. At most 4 MB. | 文件路径；在网页中为已载入文件的名称。最大 4 MB。
    #[schemars(extend("x-file" = ".txt", "x-largest-bytes" = LARGEST_FILE))]
    pub path: String,
    /// Encoding | 编码
    ///
    /// How letters became bytes. | 文字以何种方式存为字节。
    #[schemars(extend("x-depth" = "lab"))]
    pub encoding: Encoding,
}

impl Source for Text {
    fn bundled(&self) -> Option<&'static str> {
        match self.passage {
            Passage::English(_) => Some("alice"),
            Passage::Chinese(_) => Some("daodejing"),
            Passage::File(_) => None,
        }
    }

    fn load(&self, _seed: u32, files: &dyn Files) -> Result<Table, Vec<Issue>> {
        let text = self.read(files).map_err(|issue| vec![issue])?;
        let mut characters = plain(&text, self.lower_case);
        let (length, needed) = (characters.len(), self.steps + FEWEST_ROWS);
        if length < needed {
            let path = if self.bundled().is_some() { "" } else { "passage.file.path" };
            let message = message!(
                "the text must have at least {needed} characters, so that there are {FEWEST_ROWS} rows, got {length}",
                "文本至少要有 {needed} 个字符才能得到 {FEWEST_ROWS} 行，实际有 {length} 个"
            );
            let steps = length.saturating_sub(FEWEST_ROWS);
            let seen = counted(steps, "character", "characters");
            let title = message!("Let the model see {seen}", "让模型看到 {steps} 个字符");
            let remedy = if steps < 2 { another() } else { Remedy::set(title, "steps", steps) };
            return Err(vec![Issue::new(path, message).with(remedy)]);
        }
        // What lies behind the last row has no say in which symbols there are.
        characters.truncate(self.steps + self.samples);
        let (symbols, numbers) = numbered(&characters, self.symbols);
        let rows = numbers.len() - self.steps;
        let inputs = (0..rows).flat_map(|row| &numbers[row..row + self.steps]).map(|&number| number as f32).collect();
        let shape = Shape::Tokens { steps: self.steps, vocabulary: symbols.len() };
        let table = Table::shaped(shape, inputs, numbers[self.steps..].to_vec(), steps(self.steps), symbols.clone());
        Ok(Table { symbols, target: "next".into(), ordered: true, ..table })
    }
}

impl Text {
    fn read(&self, files: &dyn Files) -> Result<String, Issue> {
        let Passage::File(Own { path, encoding }) = &self.passage else {
            let name = self.bundled().expect("a passage of Descent's own");
            let bytes = files.bundled(name).map_err(|message| Issue::new("", message))?;
            return Ok(String::from_utf8_lossy(&bytes).into_owned());
        };
        let at = "passage.file.path";
        if path.is_empty() {
            return Err(Issue::new(at, message!("is empty: choose a text file", "为空：请选择文本文件")).with(another()));
        }
        let bytes = files.read(path).map_err(|message| Issue::new(at, message).with(another()))?;
        if bytes.len() > LARGEST_FILE {
            let (most, megabytes) = (LARGEST_FILE >> 20, bytes.len() as f64 / (1 << 20) as f64);
            let message =
                message!("the file may have at most {most} MB, got {megabytes:.1} MB", "文件最大 {most} MB，实际 {megabytes:.1} MB");
            return Err(Issue::new(at, message).with(another()));
        }
        let decoded = encoding::decode(&bytes, *encoding, files.encoding(path));
        if let Some(issue) = encoding::issue(&decoded, *encoding, "passage.file.encoding") {
            return Err(issue);
        }
        String::from_utf8(decoded.text.into_owned()).map_err(|error| {
            let line = 1 + error.as_bytes()[..error.utf8_error().valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
            let message = message!(
                "the file is not utf-8 in line {line}: choose another encoding",
                "文件第 {line} 行不是 utf-8 编码：请选择其他编码"
            );
            Issue::new("passage.file.encoding", message).with(encoding::other(*encoding, "passage.file.encoding"))
        })
    }
}

/// A passage that is always there.
fn another() -> Remedy {
    Remedy::set(message!("Read the English passage", "使用英文文章"), "passage", serde_json::json!({ "english": {} }))
}

/// Characters as they are shown: blanks have a sign, and what cannot be seen is left out.
fn plain(text: &str, lower_case: bool) -> Vec<char> {
    let mut shown = Vec::with_capacity(text.len());
    let mut blank = None;
    for letter in text.trim().chars() {
        if letter.is_whitespace() {
            let line = letter == '\n' || blank == Some(LINE);
            blank = Some(if line { LINE } else { SPACE });
        } else if !letter.is_control() {
            shown.extend(blank.take());
            shown.push(if lower_case { small(letter) } else { letter });
        }
    }
    shown
}

/// The small letter of a capital in the Latin, Greek and Cyrillic alphabets. The tables for every script would be ten kilobytes of wasm.
fn small(letter: char) -> char {
    let by = match letter {
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' | 'Α'..='Ρ' | 'Σ'..='Ϋ' | 'А'..='Я' => 32,
        'Ѐ'..='Џ' => 80,
        _ => 0,
    };
    char::from_u32(letter as u32 + by).unwrap_or(letter)
}

/// At most `most` symbols in the order of their code points, the one for all others last where it is needed; and each character as the number of its symbol.
fn numbered(characters: &[char], most: usize) -> (Vec<String>, Vec<usize>) {
    // Sorted numbers in place of maps: that code is there already.
    let codes: Vec<usize> = characters.iter().map(|&letter| letter as usize).collect();
    let mut sorted = codes.clone();
    sorted.sort_unstable();
    let counts: Vec<usize> = sorted.chunk_by(|a, b| a == b).map(<[usize]>::len).collect();
    sorted.dedup();
    let rare = sorted.len() > most;
    if rare {
        let mut ranked = counts.clone();
        ranked.sort_unstable();
        ranked.reverse();
        // Of those as frequent as the last one that is kept, the first by code point.
        let least = ranked[most - 2];
        let mut room = most - 1 - ranked.iter().take_while(|&&count| count > least).count();
        let mut at = 0;
        sorted.retain(|_| {
            let count = counts[at];
            at += 1;
            let tied = count == least && room > 0;
            room -= usize::from(tied);
            count > least || tied
        });
    }
    let numbers = codes.iter().map(|code| sorted.binary_search(code).unwrap_or(sorted.len())).collect();
    let shown = sorted.iter().filter_map(|&code| char::from_u32(code as u32)).chain(rare.then_some(OTHER));
    (shown.map(String::from).collect(), numbers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Message;
    use crate::data::{NoFiles, Task};

    struct One(Vec<u8>);
    impl Files for One {
        fn read(&self, _path: &str) -> Result<Vec<u8>, Message> {
            Ok(self.0.clone())
        }
    }

    fn own(text: &[u8], change: impl Fn(&mut Text)) -> Result<Table, Vec<Issue>> {
        let mut source = Text { passage: Passage::File(Own { path: "t.txt".into(), ..Own::default() }), steps: 3, ..Text::default() };
        change(&mut source);
        source.load(1, &One(text.to_vec()))
    }

    /// The rows of a table as text, each with what comes next.
    fn rows(table: &Table) -> Vec<String> {
        let row =
            |(row, &next): (ndarray::ArrayView1<f32>, &f32)| row.iter().chain([&next]).map(|&at| &*table.symbols[at as usize]).collect();
        table.inputs.rows().into_iter().zip(&table.targets).map(row).collect()
    }

    #[test]
    fn a_row_is_the_last_characters_and_the_next_one() {
        let table = own("Ab  c\n\n d\tab\u{0}c 文字ab".as_bytes(), |_| ()).unwrap();
        assert_eq!(table.symbols, ["a", "b", "c", "d", "⏎", "␣", "字", "文"]);
        assert_eq!(rows(&table).concat(), "ab␣cb␣c⏎␣c⏎dc⏎d␣⏎d␣ad␣ab␣abcabc␣bc␣文c␣文字␣文字a文字ab");
        assert!(table.ordered && table.target == "next" && table.shape == Shape::Tokens { steps: 3, vocabulary: 8 });
        assert_eq!(table.task, Task::Classification(table.symbols.clone()));
        assert!(own("Ab  c\n\n d\tab\u{0}c 文字ab".as_bytes(), |text| text.lower_case = false).unwrap().symbols.contains(&"A".into()));
    }

    #[test]
    fn rare_characters_are_one_symbol() {
        let table = own(b"aaaaabbbbccc aaddeaab", |text| text.symbols = 4).unwrap();
        assert_eq!(table.symbols, ["a", "b", "c", "□"]);
        assert!(rows(&table).contains(&"cc□a".into()), "{:?}", rows(&table));
        let few = own(b"abababababababab", |text| text.symbols = 2).unwrap();
        assert_eq!(few.symbols, ["a", "b"], "nothing is rare here");
    }

    #[test]
    fn small_letters_are_those_of_unicode() {
        for letter in ('A'..='Z').chain('À'..='Ö').chain('Ø'..='Þ').chain('Α'..='Ρ').chain('Σ'..='Ϋ').chain('Ѐ'..='Я') {
            assert_eq!(letter.to_lowercase().collect::<String>(), small(letter).to_string());
        }
        for letter in ('\u{0}'..='@').chain('['..='¿').chain(['×', 'ß', 'а', 'я', 'ѐ', '道', '。']) {
            assert_eq!(small(letter), letter);
        }
    }

    #[test]
    fn samples_are_cut_from_the_beginning() {
        let table = own(b"abcdefghijklmnopqrstuvwxyz", |text| text.samples = 20).unwrap();
        assert_eq!((table.rows(), rows(&table)[19].as_str(), table.symbols.len()), (20, "tuvw", 23));
    }

    #[test]
    fn the_passages_are_there_in_both_languages() {
        for (passage, length, symbols, words) in
            [(Passage::English(Nothing {}), 5000, 38, "white␣rabbit"), (Passage::Chinese(Nothing {}), 2061, 256, "天下皆知美之为美，斯恶")]
        {
            let steps = words.chars().count() - 1;
            let table = Text { passage, steps, ..Text::default() }.load(1, &NoFiles).unwrap();
            assert_eq!((table.rows(), table.symbols.len()), (length, symbols));
            assert!(rows(&table).iter().any(|row| row == words));
        }
    }

    // A page decodes before it hands a file over.
    #[cfg(not(target_arch = "wasm32"))]
    #[test]
    fn other_encodings_are_read_and_what_is_wrong_is_named() {
        let (bytes, _, _) = encoding_rs::GB18030.encode("道可道，非常道。名可名，非常名。");
        assert_eq!(rows(&own(&bytes, |_| ()).unwrap())[0], "道可道，");
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode("Größe, Qualität, süß");
        assert_eq!(rows(&own(&bytes, |_| ()).unwrap())[0], "größ");
        let cases: [(&[u8], &str); 2] = [
            (b"short", "passage.file.path: the text must have at least 13 characters, so that there are 10 rows, got 5"),
            (&[b'a'; LARGEST_FILE + 1], "passage.file.path: the file may have at most 4 MB, got 4.0 MB"),
        ];
        for (bytes, expected) in cases {
            let issues: Vec<String> = own(bytes, |_| ()).unwrap_err().iter().map(|issue| issue.to_string()).collect();
            assert_eq!(issues, [expected]);
        }
        let said = |text: &mut Text, said| {
            if let Passage::File(own) = &mut text.passage {
                own.encoding = said;
            }
        };
        for (encoding, name, bytes) in [
            (Encoding::Utf8, "utf-8", &b"abcdefgh\nijk\xFFdefghijklmnopq"[..]),
            (Encoding::Big5, "big5", b"abcdefgh\nijk\xFFdefghijklmnopq"),
        ] {
            let issue = own(bytes, |text| said(text, encoding)).unwrap_err().remove(0);
            assert_eq!(issue.to_string(), format!("passage.file.encoding: the file is not {name} in line 2: choose another encoding"));
        }
    }
}
