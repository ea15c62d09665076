//! Where problems of a table stand, as the user finds them: counted all, named the first few.

use crate::config::Message;
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
#[derive(Clone, Copy)]
pub(super) struct Row {
    pub(super) number: usize,
    pub(super) line: u64,
}

impl Row {
    pub(super) fn words(self) -> Message {
        let Row { number, line } = self;
        message!("row {number} (line {line})", "第 {number} 行数据（文件第 {line} 行）")
    }
}

pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
