//! Where problems of a table stand, as the user finds them: counted all, named the first few.

use crate::config::Message;
pub(super) use crate::config::counted;
use crate::config::message::shorten;
use crate::message;

/// Places that are listed of one problem.
const SHOWN_PLACES: usize = 3;

/// Where one kind of problem occurs: how often, and the first few places.
#[derive(Clone, Default)]
pub(super) struct Places {
    pub(super) count: usize,
    first: Vec<Message>,
}

impl Places {
    pub(super) fn add(&mut self, place: impl FnOnce() -> Message) {
        self.count += 1;
        if self.first.len() < SHOWN_PLACES {
            self.first.push(place());
        }
    }

    /// The places in words; `None` if there are none.
    pub(super) fn list(&self) -> Option<Message> {
        let (first, more) = (Message::join(&self.first, "; ", "；"), self.count - self.first.len());
        let all = if more > 0 { message!("{first} and {more} more", "{first}；另有 {more} 处"; first) } else { first };
        (self.count > 0).then_some(all)
    }
}

/// A row as the user finds it.
pub(super) struct Row<'a> {
    pub(super) number: usize,
    /// The text of all rows, the line of the file on which it begins, and where in it this row stands.
    pub(super) text: &'a [u8],
    pub(super) first_line: u64,
    pub(super) byte: usize,
    /// Lines that begin with `#` are comments.
    pub(super) comments: bool,
}

impl Row<'_> {
    pub(super) fn words(&self) -> Message {
        let (number, line) = (self.number, self.line());
        message!("row {number} (line {line})", "第 {number} 行数据（文件第 {line} 行）")
    }
}

impl Row<'_> {
    /// Line of the file on which the row begins. A reader's position is where the row before ended: blank lines and comments may follow.
    fn line(&self) -> u64 {
        let mut at = self.byte;
        while let Some(byte) = self.text.get(at) {
            match byte {
                b'\n' | b'\r' => at += 1,
                b'#' if self.comments => at += self.text[at..].iter().take_while(|byte| **byte != b'\n').count(),
                _ => break,
            }
        }
        self.first_line + self.text[..at].iter().filter(|byte| **byte == b'\n').count() as u64
    }
}

/// A cell in quotes, cut short.
pub(super) fn brief(cell: &str) -> String {
    format!("{:?}", shorten(cell))
}
