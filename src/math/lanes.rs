//! Products of matrices that every row of the batch has for itself: an element is `[lanes]`, so that all rows are multiplied at once,
//! lane by lane. Attention is made of them.

use super::elementary::LANES;
use super::matrix::{load, store};
use wide::f32x4;

/// A matrix of vectors of lanes: element (r, c) begins at `values[r · row + c · column]`.
#[derive(Clone, Copy)]
pub struct Grid<'a> {
    pub values: &'a [f32],
    pub row: usize,
    pub column: usize,
}

impl<'a> Grid<'a> {
    /// Rows become columns.
    pub fn transposed(self) -> Grid<'a> {
        Grid { row: self.column, column: self.row, ..self }
    }

    fn check(&self, rows: usize, columns: usize, lanes: usize) {
        let last =
            (rows - 1).checked_mul(self.row).zip((columns - 1).checked_mul(self.column)).and_then(|(row, column)| row.checked_add(column));
        assert!(last.and_then(|last| last.checked_add(lanes)).is_some_and(|end| self.values.len() >= end));
    }
}

/// The same to write to.
pub struct GridMut<'a> {
    pub values: &'a mut [f32],
    pub row: usize,
    pub column: usize,
}

/// Rows and columns of a product, and over how many elements each of its own sums.
#[derive(Clone, Copy)]
pub struct Sizes {
    pub rows: usize,
    pub columns: usize,
    pub depth: usize,
}

/// `C = scale · A·B`, lane by lane; `c` is overwritten.
pub fn product(sizes: Sizes, scale: f32, a: Grid, b: Grid, c: GridMut, lanes: usize) {
    let Sizes { rows, columns, depth } = sizes;
    assert!(rows > 0 && columns > 0 && depth > 0 && lanes.is_multiple_of(LANES));
    a.check(rows, depth, lanes);
    b.check(depth, columns, lanes);
    Grid { values: c.values, row: c.row, column: c.column }.check(rows, columns, lanes);
    for row in (0..rows).step_by(4) {
        for column in (0..columns).step_by(2) {
            // In bounds by the checks above.
            unsafe {
                let a = Strided { from: a.values.as_ptr().add(row * a.row), row: a.row, column: a.column };
                let b = Strided { from: b.values.as_ptr().add(column * b.column), row: b.row, column: b.column };
                let to = c.values.as_mut_ptr().add(row * c.row + column * c.column);
                match (rows - row, columns - column) {
                    (1, 1) => tile::<1, 1>(depth, scale, &a, &b, to, c.row, c.column, lanes),
                    (2, 1) => tile::<2, 1>(depth, scale, &a, &b, to, c.row, c.column, lanes),
                    (3, 1) => tile::<3, 1>(depth, scale, &a, &b, to, c.row, c.column, lanes),
                    (_, 1) => tile::<4, 1>(depth, scale, &a, &b, to, c.row, c.column, lanes),
                    (1, _) => tile::<1, 2>(depth, scale, &a, &b, to, c.row, c.column, lanes),
                    (2, _) => tile::<2, 2>(depth, scale, &a, &b, to, c.row, c.column, lanes),
                    (3, _) => tile::<3, 2>(depth, scale, &a, &b, to, c.row, c.column, lanes),
                    _ => tile::<4, 2>(depth, scale, &a, &b, to, c.row, c.column, lanes),
                }
            }
        }
    }
}

struct Strided {
    from: *const f32,
    row: usize,
    column: usize,
}

/// A tile of `ROWS` × `COLUMNS`, one vector of lanes after the other, so that its sums stay in registers.
#[inline(never)]
#[allow(clippy::too_many_arguments)]
unsafe fn tile<const ROWS: usize, const COLUMNS: usize>(
    depth: usize,
    scale: f32,
    a: &Strided,
    b: &Strided,
    c: *mut f32,
    c_row: usize,
    c_column: usize,
    lanes: usize,
) {
    unsafe {
        let scale = f32x4::splat(scale);
        let (a_row, a_column, b_row, b_column) = (a.row, a.column, b.row, b.column);
        for lane in (0..lanes).step_by(LANES) {
            let mut sums = [[f32x4::ZERO; COLUMNS]; ROWS];
            let (mut a_at, mut b_at) = (a.from.add(lane), b.from.add(lane));
            for p in 0..depth {
                // The last element may be the end of its slice.
                if p > 0 {
                    a_at = a_at.add(a_column);
                    b_at = b_at.add(b_row);
                }
                let mut columns = [f32x4::ZERO; COLUMNS];
                for (j, column) in columns.iter_mut().enumerate() {
                    *column = load(b_at.add(j * b_column));
                }
                for (i, row) in sums.iter_mut().enumerate() {
                    let factor = load(a_at.add(i * a_row));
                    for j in 0..COLUMNS {
                        row[j] += factor * columns[j];
                    }
                }
            }
            for (i, row) in sums.iter().enumerate() {
                for (j, sum) in row.iter().enumerate() {
                    store(c.add(i * c_row + j * c_column + lane), *sum * scale);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::random;

    #[test]
    fn products_agree_with_the_definition_at_every_shape_and_either_way_up() {
        let mut stream = random::stream(3, "lanes");
        let lanes = 8;
        for (rows, columns, depth) in [(1, 1, 1), (4, 2, 3), (5, 3, 2), (7, 8, 6), (2, 1, 9)] {
            let mut random = |count: usize| -> Vec<f32> { (0..count * lanes).map(|_| random::normal(&mut stream)).collect() };
            let (a, b) = (random(rows * depth), random(depth * columns));
            let straight = Grid { values: &a, row: depth * lanes, column: lanes };
            // The same numbers read as [depth][rows].
            let lying = Grid { values: &a, row: rows * lanes, column: lanes };
            let b_grid = Grid { values: &b, row: columns * lanes, column: lanes };
            for (a, transposed) in [(straight, false), (lying, true)] {
                let mut c = vec![f32::NAN; rows * columns * lanes];
                let to = GridMut { values: &mut c, row: columns * lanes, column: lanes };
                let grid = if transposed { a.transposed() } else { a };
                product(Sizes { rows, columns, depth }, 0.5, grid, b_grid, to, lanes);
                for (at, got) in c.iter().enumerate() {
                    let (row, column, lane) = (at / lanes / columns, at / lanes % columns, at % lanes);
                    let sum: f64 = (0..depth)
                        .map(|p| {
                            let left = a.values[(if transposed { p * rows + row } else { row * depth + p }) * lanes + lane];
                            f64::from(left) * f64::from(b[(p * columns + column) * lanes + lane])
                        })
                        .sum();
                    assert!((f64::from(*got) - 0.5 * sum).abs() < 1e-5, "{rows}×{columns}×{depth}: {got} {sum}");
                }
            }
        }
    }
}
