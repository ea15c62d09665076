//! Where a square window stands on an image, and which of its taps meet a pixel: what lies in the padding is left out, not multiplied by zero.

/// A window that moves over an image; sizes and steps are the same along both axes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    pub kernel: usize,
    pub stride: usize,
    pub padding: usize,
}

/// The taps of one axis that meet something: `taps` of them, from `tap` on, the first at index `input`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reach {
    pub tap: usize,
    pub taps: usize,
    pub input: usize,
}

impl Window {
    /// Places along an axis of `size` pixels, rounded down as PyTorch does; none where the window is larger than the padded axis.
    pub fn places(&self, size: usize) -> usize {
        (size + 2 * self.padding).checked_sub(self.kernel).map_or(0, |room| room / self.stride + 1)
    }

    /// Taps of the window at `place` that meet one of the `size` pixels: neighbours meet neighbours.
    pub fn pixels(&self, place: usize, size: usize) -> Reach {
        let start = place * self.stride;
        let tap = self.padding.saturating_sub(start);
        let taps = self.kernel.min((size + self.padding).saturating_sub(start)).saturating_sub(tap);
        Reach { tap, taps, input: if taps > 0 { start + tap - self.padding } else { 0 } }
    }

    /// The other way round: taps by which one of the `places` meets `pixel`, each a stride after the one before, each at the place before.
    pub fn windows(&self, pixel: usize, places: usize) -> Reach {
        let end = pixel + self.padding;
        let tap = (end % self.stride).max(end.saturating_sub(self.stride * (places - 1)));
        let last = end.min(self.kernel - 1);
        let taps = if last >= tap { (last - tap) / self.stride + 1 } else { 0 };
        Reach { tap, taps, input: if taps > 0 { (end - tap) / self.stride } else { 0 } }
    }

    /// Places at which `tap` meets one of the `size` pixels.
    pub fn places_of(&self, tap: usize, size: usize) -> std::ops::Range<usize> {
        let first = self.padding.saturating_sub(tap).div_ceil(self.stride);
        let end = (size + self.padding).checked_sub(tap + 1).map_or(0, |room| room / self.stride + 1).min(self.places(size));
        first.min(end)..end
    }

    /// True where no pixel is in two windows.
    pub fn is_disjoint(&self) -> bool {
        self.stride >= self.kernel
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_meeting_of_a_tap_and_a_pixel_is_listed_once_from_each_side() {
        for (kernel, stride, padding) in [(1, 1, 0), (3, 1, 1), (5, 1, 2), (5, 2, 4), (2, 2, 0), (2, 3, 1), (3, 2, 5), (7, 3, 0)] {
            let window = Window { kernel, stride, padding };
            for size in 1..12 {
                let places = window.places(size);
                let mut meetings = Vec::new();
                for place in 0..places {
                    for tap in 0..kernel {
                        if let Some(pixel) = (place * stride + tap).checked_sub(padding).filter(|&pixel| pixel < size) {
                            meetings.push((place, tap, pixel));
                        }
                    }
                }
                let mut by_place = Vec::new();
                for place in 0..places {
                    let reach = window.pixels(place, size);
                    by_place.extend((0..reach.taps).map(|at| (place, reach.tap + at, reach.input + at)));
                }
                assert_eq!(by_place, meetings, "{window:?} on {size}");
                let mut by_pixel = Vec::new();
                for pixel in (0..size).filter(|_| places > 0) {
                    let reach = window.windows(pixel, places);
                    by_pixel.extend((0..reach.taps).map(|at| (reach.input - at, reach.tap + at * stride, pixel)));
                }
                by_pixel.sort_unstable();
                assert_eq!(by_pixel, meetings, "{window:?} on {size}");
                let mut by_tap: Vec<_> = (0..kernel)
                    .flat_map(|tap| window.places_of(tap, size).map(move |place| (place, tap, place * stride + tap - padding)))
                    .collect();
                by_tap.sort_unstable();
                assert_eq!(by_tap, meetings, "{window:?} on {size}");
            }
        }
    }
}
