//! Pictures of plain shapes, drawn by their signed distance: a pixel is as bright as the share of it that the shape covers, to within the
//! straightness of the edge there. Without noise values lie from 0 to 1.
//!
//! The noise has a stream of its own, so that more of it leaves every shape where it is.

use super::pixels;
use crate::config::{Issue, Message};
use crate::data::{Files, Shape, Source, Table};
use crate::math::random::{self, Stream};
use crate::message;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Half the size of the largest shape, as a share of the side.
const LARGEST: f32 = 0.4;

/// Shapes | 几何图形
///
/// Pictures of circles, squares, triangles and rhombi: which one is it? | 圆、方块、三角和菱形的小图：认出是哪一种。
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("x-group" = "image", "x-term" = "image"))]
pub struct Shapes {
    /// Samples | 样本数
    ///
    /// Pictures to draw. | 要生成的图片数。
    #[schemars(range(min = 20, max = 20000), extend("x-scale" = "log"))]
    pub samples: usize,
    /// Noise | 噪声
    ///
    /// Standard deviation of the normal noise added to every pixel, which is 0 outside the shape and 1 inside. | 加在每个像素上的正态噪声的标准差；图形外为 0，图形内为 1。
    #[schemars(range(min = 0.0, max = 0.5), extend("x-depth" = "starter", "x-term" = "noise"))]
    pub noise: f64,
    /// Kinds | 种类数
    ///
    /// One class for each: circle, square, triangle, rhombus, cross, ring. | 每种一类：圆、方块、三角、菱形、十字、圆环。
    #[schemars(range(min = 2, max = 6))]
    pub kinds: usize,
    /// Side | 边长
    ///
    /// Pixels along an edge of the picture. | 图片每边的像素数。
    #[schemars(range(min = 12, max = 28), extend("x-term" = "image"))]
    pub side: usize,
    /// Position | 位置
    ///
    /// How far from the middle a shape may lie, as a share of the room there is. | 图形可偏离中心的程度，占可用空间的比例。
    #[schemars(range(min = 0.0, max = 1.0))]
    pub position: f64,
    /// Size variation | 大小差异
    ///
    /// How much smaller than the largest a shape may be. | 图形最多可比最大者小多少（比例）。
    #[schemars(range(min = 0.0, max = 0.6))]
    pub size: f64,
    /// Rotation | 旋转
    ///
    /// Degrees by which a shape may be turned to either side. | 图形向两侧最多旋转的角度。
    #[schemars(range(min = 0.0, max = 180.0))]
    pub rotation: f64,
}

impl Default for Shapes {
    fn default() -> Self {
        Shapes { samples: 500, noise: 0.1, kinds: 4, side: 16, position: 0.5, size: 0.4, rotation: 20.0 }
    }
}

/// What is drawn, in the order of the classes, which is that of the marks that the page has for classes.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Circle,
    Square,
    Triangle,
    Rhombus,
    Cross,
    Ring,
}

const KINDS: [Kind; 6] = [Kind::Circle, Kind::Square, Kind::Triangle, Kind::Rhombus, Kind::Cross, Kind::Ring];

impl Kind {
    fn name(self) -> (&'static str, Message) {
        match self {
            Kind::Circle => ("circle", message!("circle", "圆")),
            Kind::Square => ("square", message!("square", "方块")),
            Kind::Triangle => ("triangle", message!("triangle", "三角")),
            Kind::Rhombus => ("rhombus", message!("rhombus", "菱形")),
            Kind::Cross => ("cross", message!("cross", "十字")),
            Kind::Ring => ("ring", message!("ring", "圆环")),
        }
    }

    /// Distance from the edge, negative inside, of a shape that just fits the circle of radius 1. Beyond corners a little less than the distance:
    /// the pixels there are empty either way.
    fn distance(self, x: f32, y: f32) -> f32 {
        let slab = |wide: f32, high: f32| (x.abs() - wide).max(y.abs() - high);
        let radius = || (x * x + y * y).sqrt();
        match self {
            Kind::Circle => radius() - 0.9,
            Kind::Square => slab(0.72, 0.72),
            // Three edges at half the radius; y grows downwards.
            Kind::Triangle => (y - 0.5).max(0.866_025_4 * x.abs() - 0.5 * y - 0.5),
            // As narrow as no square is, however it is turned.
            Kind::Rhombus => (0.95 * x.abs() + 0.55 * y.abs() - 0.95 * 0.55) / 1.097_724_9,
            Kind::Cross => slab(0.95, 0.3).min(slab(0.3, 0.95)),
            Kind::Ring => (radius() - 0.68).abs() - 0.22,
        }
    }
}

impl Shapes {
    /// One picture, without noise.
    fn draw(&self, stream: &mut Stream, kind: Kind, to: &mut Vec<f32>) {
        let side = self.side as f32;
        let half = LARGEST * side * (1.0 - self.size as f32 * random::uniform(stream, 0.0, 1.0));
        let reach = self.position as f32 * (side / 2.0 - half);
        let [left, top] = [0; 2].map(|_| side / 2.0 + reach * random::uniform(stream, -1.0, 1.0));
        let angle = self.rotation.to_radians() * f64::from(random::uniform(stream, -1.0, 1.0));
        let (sine, cosine) = (libm::sin(angle) as f32, libm::cos(angle) as f32);
        for row in 0..self.side {
            for column in 0..self.side {
                let [x, y] = [(column as f32 + 0.5 - left) / half, (row as f32 + 0.5 - top) / half];
                let distance = half * kind.distance(cosine * x + sine * y, cosine * y - sine * x);
                to.push((0.5 - distance).clamp(0.0, 1.0));
            }
        }
    }
}

impl Source for Shapes {
    fn load(&self, seed: u32, _files: &dyn Files) -> Result<Table, Vec<Issue>> {
        let mut stream = random::stream(seed, "data/shapes");
        let labels: Vec<usize> = (0..self.samples).map(|row| row % self.kinds).collect();
        let mut inputs = Vec::with_capacity(self.samples * self.side * self.side);
        labels.iter().for_each(|&label| self.draw(&mut stream, KINDS[label], &mut inputs));
        super::add_noise(seed, self.noise, &mut inputs);
        let (names, titles) = KINDS[..self.kinds].iter().map(|kind| kind.name()).map(|(name, title)| (name.to_string(), title)).unzip();
        let shape = Shape::Image { channels: 1, height: self.side, width: self.side };
        Ok(Table { titles, ..Table::shaped(shape, inputs, labels, pixels(self.side, self.side), names) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::NoFiles;

    fn plain(side: usize, kinds: usize) -> Shapes {
        Shapes { samples: 24, noise: 0.0, kinds, side, position: 0.0, size: 0.0, rotation: 0.0 }
    }

    /// A picture in letters: empty, at the edge, full.
    fn picture(table: &Table, row: usize, side: usize) -> Vec<String> {
        let letter = |value: &f32| {
            if *value < 0.25 {
                '.'
            } else if *value < 0.75 {
                '+'
            } else {
                '#'
            }
        };
        table.inputs.row(row).to_vec().chunks(side).map(|line| line.iter().map(letter).collect()).collect()
    }

    #[test]
    fn shapes_look_like_what_they_are_called() {
        let table = plain(12, 6).load(1, &NoFiles).unwrap();
        let triangle = [
            "............",
            "............",
            ".....++.....",
            "....+##+....",
            "....####....",
            "...+####+...",
            "...######...",
            "..+######+..",
            ".++++++++++.",
            "............",
            "............",
            "............",
        ];
        assert_eq!(picture(&table, 2, 12), triangle);
        let cross = picture(&table, 4, 12);
        assert_eq!((cross[6].as_str(), cross[2].as_str()), (".+########+.", "....+##+...."));
    }

    #[test]
    fn pixels_add_up_to_the_area_of_the_shape() {
        let radius = f64::from(LARGEST) * 28.0;
        let (disc, cross) = (std::f64::consts::PI * 0.81, 4.0 * (0.95 * 0.3 * 2.0 - 0.09));
        let areas = [disc, 4.0 * 0.72 * 0.72, 1.299, 2.0 * 0.95 * 0.55, cross, disc - std::f64::consts::PI * 0.2116];
        let table = plain(28, 6).load(1, &NoFiles).unwrap();
        for (row, area) in areas.into_iter().enumerate() {
            let sum: f64 = table.inputs.row(row).iter().map(|&value| f64::from(value)).sum();
            assert!((sum / (radius * radius) / area - 1.0).abs() < 0.04, "{:?}: {sum} where {} is due", KINDS[row], area * radius * radius);
        }
    }

    #[test]
    fn turning_changes_the_picture_and_not_the_area() {
        let load = |rotation| Shapes { rotation, ..plain(28, 6) }.load(1, &NoFiles).unwrap().inputs;
        let (upright, turned) = (load(0.0), load(180.0));
        for (kind, (before, after)) in KINDS.iter().cycle().zip(upright.rows().into_iter().zip(turned.rows())) {
            assert!((before.sum() / after.sum() - 1.0).abs() < 0.03, "{kind:?}");
            let round = matches!(kind, Kind::Circle | Kind::Ring);
            let moved = (&before - &after).iter().fold(0.0_f32, |most, value| most.max(value.abs()));
            assert!(if round { moved < 1e-4 } else { moved > 0.1 }, "{kind:?}: {moved}");
        }
    }

    #[test]
    fn wherever_it_lies_a_shape_is_inside_the_picture() {
        let shapes = Shapes { samples: 600, position: 1.0, rotation: 180.0, kinds: 6, noise: 0.0, ..Shapes::default() };
        let table = shapes.load(3, &NoFiles).unwrap();
        let most = f64::from(LARGEST) * 16.0;
        for (row, label) in table.inputs.rows().into_iter().zip(&table.targets) {
            let sum: f64 = row.iter().map(|&value| f64::from(value)).sum();
            // The smallest has 0.6 of the largest's radius, and the rhombus the smallest area.
            assert!(sum > 0.95 * 1.045 * (0.6 * most).powi(2), "class {label}: {sum}");
            assert!(row.iter().all(|value| (0.0..=1.0).contains(value)));
        }
    }

    #[test]
    fn noise_leaves_the_shapes_where_they_are() {
        let load = |noise| Shapes { noise, ..Shapes::default() }.load(3, &NoFiles).unwrap().inputs;
        let moves = (load(0.2) - load(0.0)).mapv(f64::from);
        let (mean, square) = (moves.mean().unwrap(), moves.mapv(|value| value * value).mean().unwrap());
        assert!(mean.abs() < 0.003 && (square.sqrt() - 0.2).abs() < 0.003, "{mean} {square}");
    }
}
