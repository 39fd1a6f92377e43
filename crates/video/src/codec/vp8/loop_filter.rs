//! The loop filter (RFC 6386, section 15): smooths the edges of macroblocks and of the blocks within.

use super::header::{FilterHeader, Segmentation};
use super::modes::{LumaMode, Macroblock, Reference};
use super::picture::{FrameBuffer, PlaneBuffer};

/// Edges are filtered 16 pixels at a time.
const LANES: usize = 16;

/// One line of pixels beside an edge, a lane for each pixel along it.
type Line = [i16; LANES];

/// Thresholds for one macroblock.
#[derive(Clone, Copy)]
struct Thresholds {
    macroblock_edge: i16,
    block_edge: i16,
    interior: i16,
    high_variance: i16,
}

/// Filter settings of a frame.
pub(super) struct LoopFilter {
    header: FilterHeader,
    /// Level of each segment before the differences by reference and mode.
    levels: [i32; 4],
    key: bool,
}

impl LoopFilter {
    pub(super) fn new(header: &FilterHeader, segmentation: &Segmentation, key: bool) -> Self {
        let levels = segmentation.filter_level.map(|value| {
            match (segmentation.enabled, segmentation.absolute) {
                (false, _) => header.level,
                (true, true) => value,
                (true, false) => header.level + value,
            }
            .clamp(0, 63)
        });
        Self {
            header: *header,
            levels,
            key,
        }
    }

    /// Whether the frame is filtered at all; a level of 0 switches off every segment.
    pub(super) const fn is_on(&self) -> bool {
        self.header.level != 0
    }

    /// Filters one row of macroblocks, all of which are decoded, as is the row below or nothing.
    pub(super) fn filter_row(&self, frame: &mut FrameBuffer, row: usize, macroblocks: &[Macroblock]) {
        for (column, macroblock) in macroblocks.iter().enumerate() {
            let level = self.level(macroblock);
            if level == 0 {
                continue;
            }
            let thresholds = self.thresholds(level);
            let inner = !macroblock.skipped || macroblock.is_by_block();
            if self.header.simple {
                filter_simple(&mut frame.luma, column, row, inner, thresholds);
            } else {
                filter_normal(frame, column, row, inner, thresholds);
            }
        }
    }

    /// 9.6: differences by reference frame and mode.
    fn level(&self, macroblock: &Macroblock) -> i32 {
        let base = self.levels[usize::from(macroblock.segment & 3)];
        if !self.header.deltas_enabled {
            return base;
        }
        let [by_block, zero, other, split] = self.header.mode_deltas;
        let mode = match (macroblock.reference, macroblock.luma) {
            (Reference::Intra, LumaMode::ByBlock) => by_block,
            (Reference::Intra, _) => 0,
            (_, LumaMode::ZeroVector) => zero,
            (_, LumaMode::SplitVector) => split,
            _ => other,
        };
        (base + self.header.reference_deltas[macroblock.reference as usize] + mode).clamp(0, 63)
    }

    /// 15.2 to 15.4.
    fn thresholds(&self, level: i32) -> Thresholds {
        let sharpness = self.header.sharpness;
        let mut interior = level >> (i32::from(sharpness > 0) + i32::from(sharpness > 4));
        if sharpness > 0 {
            interior = interior.min(9 - sharpness);
        }
        let interior = interior.max(1);
        let high_variance = match (level, self.key) {
            (40.., true) | (20..=39, false) => 2,
            (40.., false) => 3,
            (15..=39, true) | (15..=19, false) => 1,
            _ => 0,
        };
        Thresholds {
            macroblock_edge: ((level + 2) * 2 + interior) as i16,
            block_edge: (level * 2 + interior) as i16,
            interior: interior as i16,
            high_variance,
        }
    }
}

fn filter_normal(frame: &mut FrameBuffer, column: usize, row: usize, inner: bool, thresholds: Thresholds) {
    let (x, y) = (column * 16, row * 16);
    if column > 0 {
        luma_edge::<true, true>(&mut frame.luma, x, y, thresholds);
        chroma_edge::<true, true>(frame, x / 2, y / 2, thresholds);
    }
    if inner {
        for offset in [4, 8, 12] {
            luma_edge::<true, false>(&mut frame.luma, x + offset, y, thresholds);
        }
        chroma_edge::<true, false>(frame, x / 2 + 4, y / 2, thresholds);
    }
    if row > 0 {
        luma_edge::<false, true>(&mut frame.luma, x, y, thresholds);
        chroma_edge::<false, true>(frame, x / 2, y / 2, thresholds);
    }
    if inner {
        for offset in [4, 8, 12] {
            luma_edge::<false, false>(&mut frame.luma, x, y + offset, thresholds);
        }
        chroma_edge::<false, false>(frame, x / 2, y / 2 + 4, thresholds);
    }
}

fn filter_simple(plane: &mut PlaneBuffer, column: usize, row: usize, inner: bool, thresholds: Thresholds) {
    let (x, y) = (column * 16, row * 16);
    let (strong, weak) = (thresholds.macroblock_edge, thresholds.block_edge);
    if column > 0 {
        simple_edge::<true>(plane, x, y, strong);
    }
    if inner {
        for offset in [4, 8, 12] {
            simple_edge::<true>(plane, x + offset, y, weak);
        }
    }
    if row > 0 {
        simple_edge::<false>(plane, x, y, strong);
    }
    if inner {
        for offset in [4, 8, 12] {
            simple_edge::<false>(plane, x, y + offset, weak);
        }
    }
}

/// A luma edge of 16 pixels that begins at (`x`, `y`): to the left of it when `VERTICAL`, above it otherwise.
fn luma_edge<const VERTICAL: bool, const MACROBLOCK: bool>(
    plane: &mut PlaneBuffer,
    x: usize,
    y: usize,
    thresholds: Thresholds,
) {
    let mut lines = [[0; LANES]; 8];
    load::<VERTICAL, 16>(plane, x, y, 0, &mut lines);
    filter_lines::<MACROBLOCK>(&mut lines, thresholds);
    store::<VERTICAL, 16>(plane, x, y, 0, &lines);
}

/// The same edge of both chroma planes, 8 pixels each.
fn chroma_edge<const VERTICAL: bool, const MACROBLOCK: bool>(
    frame: &mut FrameBuffer,
    x: usize,
    y: usize,
    thresholds: Thresholds,
) {
    let mut lines = [[0; LANES]; 8];
    load::<VERTICAL, 8>(&frame.blue, x, y, 0, &mut lines);
    load::<VERTICAL, 8>(&frame.red, x, y, 8, &mut lines);
    filter_lines::<MACROBLOCK>(&mut lines, thresholds);
    store::<VERTICAL, 8>(&mut frame.blue, x, y, 0, &lines);
    store::<VERTICAL, 8>(&mut frame.red, x, y, 8, &lines);
}

/// Loads the eight lines beside an edge, four on each side, `N` pixels into the lanes from `lane` on. Values are
/// shifted to be signed, as the filters want them.
fn load<const VERTICAL: bool, const N: usize>(
    plane: &PlaneBuffer,
    x: usize,
    y: usize,
    lane: usize,
    lines: &mut [Line; 8],
) {
    if VERTICAL {
        for along in 0..N {
            let start = plane.index(x, y + along) - 4;
            if let Some(pixels) = plane.data.get(start..start + 8) {
                for (line, &pixel) in lines.iter_mut().zip(pixels) {
                    line[lane + along] = i16::from(pixel) - 128;
                }
            }
        }
    } else {
        for (across, line) in lines.iter_mut().enumerate() {
            let start = plane.index(x, y + across) - 4 * plane.width;
            if let Some(pixels) = plane.data.get(start..start + N) {
                for (value, &pixel) in line[lane..lane + N].iter_mut().zip(pixels) {
                    *value = i16::from(pixel) - 128;
                }
            }
        }
    }
}

/// Stores the six lines that filters change.
fn store<const VERTICAL: bool, const N: usize>(
    plane: &mut PlaneBuffer,
    x: usize,
    y: usize,
    lane: usize,
    lines: &[Line; 8],
) {
    if VERTICAL {
        for along in 0..N {
            let start = plane.index(x, y + along) - 3;
            if let Some(pixels) = plane.data.get_mut(start..start + 6) {
                for (pixel, line) in pixels.iter_mut().zip(&lines[1..7]) {
                    *pixel = (line[lane + along] + 128) as u8;
                }
            }
        }
    } else {
        for (across, line) in lines.iter().enumerate().take(7).skip(1) {
            let start = plane.index(x, y + across) - 4 * plane.width;
            if let Some(pixels) = plane.data.get_mut(start..start + N) {
                for (pixel, &value) in pixels.iter_mut().zip(&line[lane..lane + N]) {
                    *pixel = (value + 128) as u8;
                }
            }
        }
    }
}

fn clamp(value: i16) -> i16 {
    value.clamp(-128, 127)
}

/// Filters eight lines: strongly at macroblock edges (15.3), lightly inside (15.2). Without branches, so that the
/// compiler can take all lanes at once.
fn filter_lines<const MACROBLOCK: bool>(lines: &mut [Line; 8], thresholds: Thresholds) {
    let edge = if MACROBLOCK {
        thresholds.macroblock_edge
    } else {
        thresholds.block_edge
    };
    let (interior, variance) = (thresholds.interior, thresholds.high_variance);
    // Read from copies and written elsewhere: only so does the compiler see that lanes do not depend on each other.
    let [p3, p2, p1, p0, q0, q1, q2, q3] = *lines;
    let [_, outer_p, middle_p, near_p, near_q, middle_q, outer_q, _] = lines;
    for lane in 0..LANES {
        let (p3, p2, p1, p0) = (p3[lane], p2[lane], p1[lane], p0[lane]);
        let (q0, q1, q2, q3) = (q0[lane], q1[lane], q2[lane], q3[lane]);
        let within = |first: i16, second: i16| (first - second).abs() <= interior;
        let smooth = within(p3, p2)
            & within(p2, p1)
            & within(p1, p0)
            & within(q1, q0)
            & within(q2, q1)
            & within(q3, q2)
            & ((p0 - q0).abs() * 2 + (p1 - q1).abs() / 2 <= edge);
        // All ones or all zeros.
        let mask = -i16::from(smooth);
        let high = -i16::from(((p1 - p0).abs() > variance) | ((q1 - q0).abs() > variance));

        if MACROBLOCK {
            let value = clamp(clamp(p1 - q1) + 3 * (q0 - p0)) & mask;
            let sharp = value & high;
            let (inner_q, inner_p) = (
                clamp(q0 - (clamp(sharp + 4) >> 3)),
                clamp(p0 + (clamp(sharp + 3) >> 3)),
            );
            let wide = value & !high;
            let part = |weight: i16| clamp((63 + wide * weight) >> 7);
            near_p[lane] = clamp(inner_p + part(27));
            near_q[lane] = clamp(inner_q - part(27));
            middle_p[lane] = clamp(p1 + part(18));
            middle_q[lane] = clamp(q1 - part(18));
            outer_p[lane] = clamp(p2 + part(9));
            outer_q[lane] = clamp(q2 - part(9));
        } else {
            let value = clamp((clamp(p1 - q1) & high) + 3 * (q0 - p0)) & mask;
            let (down, up) = (clamp(value + 4) >> 3, clamp(value + 3) >> 3);
            near_q[lane] = clamp(q0 - down);
            near_p[lane] = clamp(p0 + up);
            let outer = ((down + 1) >> 1) & !high;
            middle_q[lane] = clamp(q1 - outer);
            middle_p[lane] = clamp(p1 + outer);
        }
    }
}

/// The simple filter (15.2): luma only, two pixels changed.
#[expect(clippy::needless_range_loop, reason = "a lane runs across all lines")]
fn simple_edge<const VERTICAL: bool>(plane: &mut PlaneBuffer, x: usize, y: usize, edge: i16) {
    let mut lines = [[0; LANES]; 8];
    load::<VERTICAL, 16>(plane, x, y, 0, &mut lines);
    for lane in 0..LANES {
        let [p1, p0, q0, q1] = [2, 3, 4, 5].map(|line: usize| lines[line][lane]);
        let mask = -i16::from((p0 - q0).abs() * 2 + (p1 - q1).abs() / 2 <= edge);
        let value = clamp(clamp(p1 - q1) + 3 * (q0 - p0)) & mask;
        lines[4][lane] = clamp(q0 - (clamp(value + 4) >> 3));
        lines[3][lane] = clamp(p0 + (clamp(value + 3) >> 3));
    }
    store::<VERTICAL, 16>(plane, x, y, 0, &lines);
}
