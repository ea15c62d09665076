//! What rows augmentations ask for, and what they say where they get others; to be read after an augmentation's name.

use super::Subject;
use crate::config::Message;
use crate::data::Shape;
use crate::message;

/// What a row is, in words.
fn got(shape: &Shape) -> Message {
    match shape {
        Shape::Flat { .. } => message!("{shape} numbers in a row", "一行 {shape} 个数"),
        Shape::Image { .. } => message!("images ({shape})", "图像（{shape}）"),
        Shape::Sequence { .. } => message!("sequences ({shape})", "序列（{shape}）"),
        Shape::Tokens { .. } => message!("{shape} tokens, which are names", "{shape} 个词元，它们只是名称"),
    }
}

/// Numbers of any shape.
pub fn numbers(subject: &Subject) -> Result<(), Message> {
    let got = got(&subject.shape);
    match subject.shape {
        Shape::Tokens { .. } => Err(message!("needs numbers and gets {got}", "需要数值，得到的却是 {got}"; got)),
        _ => Ok(()),
    }
}

/// Images.
pub fn images(subject: &Subject) -> Result<(), Message> {
    let got = got(&subject.shape);
    match subject.shape {
        Shape::Image { .. } => Ok(()),
        _ => Err(message!("needs images and gets {got}", "需要图像，得到的却是{got}"; got)),
    }
}

/// Classes.
pub fn classes(subject: &Subject) -> Result<(), Message> {
    if subject.task.is_classification() { Ok(()) } else { Err(message!("needs a target of classes", "要求目标为类别")) }
}

/// Sequences that belong to a class: of one that is to be continued, the next value would change as well.
pub fn sequences_of_classes(subject: &Subject) -> Result<(), Message> {
    let got = got(&subject.shape);
    match subject.shape {
        Shape::Sequence { .. } if subject.task.is_classification() => Ok(()),
        Shape::Sequence { .. } => Err(message!(
            "needs a target of classes: in a changed series, the number that is to be told would be another",
            "要求目标为类别：序列改变后，要预测的数也会不同"
        )),
        _ => Err(message!("needs sequences and gets {got}", "需要序列，得到的却是{got}"; got)),
    }
}
