//! The digits that come with scikit-learn (`load_digits`): the test rows of "Optical Recognition of Handwritten Digits", E. Alpaydin and C. Kaynak,
//! 1998, UCI Machine Learning Repository, doi:10.24432/C50P49, CC BY 4.0. 1,797 pictures of 8 × 8 pixels by 13 writers; a pixel is how many of 16
//! finer ones are inked, here divided by 16. The file and the script that writes it are in `bundled/`.

use super::pixels;
use crate::config::Issue;
use crate::data::{Files, Shape, Source, Table};
use crate::math::random;
use crate::message;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

const SIDE: usize = 8;
const ROWS: usize = 1797;
/// Ink of a full pixel.
const FULL: f32 = 16.0;
const BITS: usize = 5;
const PIXEL_BYTES: usize = SIDE * SIDE * BITS / 8;

/// Digits | 手写数字
///
/// Handwritten digits of 8 × 8 pixels from 0 to 1 (by 13 people; UCI, CC BY 4.0): which digit is it? | 8 × 8 像素的手写数字，像素值 0 到 1（13 人书写；UCI，CC BY 4.0）：认出是哪个数字。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "image", "x-term" = "image"))]
pub struct Digits {
    /// Samples | 样本数
    ///
    /// Pictures to take; fewer than all are drawn at random. | 取用的图片数；少于全部时随机抽取。
    #[schemars(range(min = 100, max = ROWS), extend("x-scale" = "log", "x-depth" = "starter"))]
    pub samples: usize,
    /// Which digits | 哪些数字
    ///
    /// Half of the digits is a task of its own: a network that knows one half learns the other sooner. | 一半数字自成一个任务：认识其中一半的网络能更快学会另一半。
    pub which: Half,
}

/// Which digits | 哪些数字
///
/// The digits that there are. | 有哪些数字。
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Half {
    /// All ten | 全部十个
    ///
    /// Every digit. | 所有数字。
    #[default]
    All,
    /// 0 to 4 | 0 到 4
    ///
    /// The first five: a task to learn from. | 前五个数字：可以先在其上学习。
    Low,
    /// 5 to 9 | 5 到 9
    ///
    /// The last five: another task of the same kind. | 后五个数字：同类的另一个任务。
    High,
}

impl Half {
    fn range(self) -> std::ops::Range<usize> {
        match self {
            Half::All => 0..10,
            Half::Low => 0..5,
            Half::High => 5..10,
        }
    }
}

impl Default for Digits {
    fn default() -> Self {
        Digits { samples: ROWS, which: Half::All }
    }
}

impl Source for Digits {
    fn bundled(&self) -> Option<&'static str> {
        Some("digits")
    }

    fn load(&self, seed: u32, files: &dyn Files) -> Result<Table, Vec<Issue>> {
        let bytes = files.bundled("digits").map_err(|message| vec![Issue::new("", message)])?;
        if bytes.len() != ROWS * (PIXEL_BYTES + 1) {
            let size = bytes.len();
            return Err(vec![Issue::new("", message!("its file is damaged: it has {size} bytes", "数据文件已损坏：共 {size} 字节"))]);
        }
        let range = self.which.range();
        let digit_of = |row: usize| usize::from(bytes[row * (PIXEL_BYTES + 1) + PIXEL_BYTES]);
        let mut rows: Vec<usize> = (0..ROWS).filter(|&row| range.contains(&digit_of(row))).collect();
        random::shuffle(&mut random::stream(seed, "data/rows"), &mut rows);
        rows.truncate(self.samples);
        rows.sort_unstable();
        let (mut inputs, mut labels) = (Vec::with_capacity(rows.len() * SIDE * SIDE), Vec::with_capacity(rows.len()));
        for row in rows {
            let (picture, digit) = bytes[row * (PIXEL_BYTES + 1)..][..PIXEL_BYTES + 1].split_at(PIXEL_BYTES);
            // Eight pixels are five bytes.
            for eight in picture.as_chunks::<BITS>().0 {
                let bits = eight.iter().rev().fold(0_u64, |bits, &byte| bits << 8 | u64::from(byte));
                inputs.extend((0..8).map(|at| (bits >> (BITS * at) & 31) as f32 / FULL));
            }
            labels.push(usize::from(digit[0]) - range.start);
        }
        let shape = Shape::Image { channels: 1, height: SIDE, width: SIDE };
        Ok(Table::shaped(shape, inputs, labels, pixels(SIDE, SIDE), range.map(|digit| digit.to_string()).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Message;
    use crate::data::NoFiles;
    use std::borrow::Cow;

    #[test]
    fn all_rows_are_those_of_scikit_learn() {
        let table = Digits::default().load(3, &NoFiles).unwrap();
        assert_eq!((table.rows(), table.shape.units()), (1797, 64));
        // load_digits().data[0] and numpy.bincount(load_digits().target), .data.sum(), .data[1796].sum()
        let first = [
            [0, 0, 5, 13, 9, 1, 0, 0],
            [0, 0, 13, 15, 10, 15, 5, 0],
            [0, 3, 15, 2, 0, 11, 8, 0],
            [0, 4, 12, 0, 0, 8, 8, 0],
            [0, 5, 8, 0, 0, 9, 8, 0],
            [0, 4, 11, 0, 1, 12, 7, 0],
            [0, 2, 14, 5, 10, 12, 0, 0],
            [0, 0, 6, 13, 10, 0, 0, 0],
        ];
        let ink = |row: usize| table.inputs.row(row).iter().map(|value| (value * FULL) as i32).collect::<Vec<_>>();
        assert_eq!(ink(0), first.concat());
        assert_eq!((0..1797).flat_map(ink).sum::<i32>(), 561_718);
        assert_eq!(ink(1796).iter().sum::<i32>(), 392);
        let mut sizes = [0; 10];
        table.targets.iter().for_each(|&digit| sizes[digit as usize] += 1);
        assert_eq!(sizes, [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
        assert!(table.inputs.iter().all(|value| (0.0..=1.0).contains(value)));
    }

    #[test]
    fn fewer_rows_are_drawn_by_the_seed_from_everywhere() {
        let load = |seed| Digits { samples: 300, ..Digits::default() }.load(seed, &NoFiles).unwrap();
        assert_eq!(load(1).rows(), 300);
        assert_eq!(load(1), load(1));
        assert_ne!(load(1), load(2));
        let mut sizes = [0; 10];
        load(1).targets.iter().for_each(|&digit| sizes[digit as usize] += 1);
        assert!(sizes.iter().all(|size| (15..50).contains(size)), "{sizes:?}");
    }

    struct Cut;
    impl Files for Cut {
        fn read(&self, _path: &str) -> Result<Vec<u8>, Message> {
            unreachable!("digits are no file of the user's")
        }

        fn bundled(&self, _name: &str) -> Result<Cow<'_, [u8]>, Message> {
            Ok(Cow::Borrowed(&[1, 2, 3]))
        }
    }

    #[test]
    fn a_file_that_was_cut_short_is_named() {
        let issues = Digits::default().load(1, &Cut).unwrap_err();
        assert_eq!(issues[0].clone().under("data.digits").to_string(), "data.digits: its file is damaged: it has 3 bytes");
    }
}
