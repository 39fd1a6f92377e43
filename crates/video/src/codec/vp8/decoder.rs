//! Decoding one frame: partitions, macroblock rows, reference frames.

use std::sync::Arc;

use super::bool_decoder::BoolDecoder;
use super::header::{FrameHeader, FrameTag, Persistent, Refresh};
use super::inter::{self, Interpolation};
use super::intra::{self, WholeMode};
use super::loop_filter::LoopFilter;
use super::modes::{Bounds, LumaMode, Macroblock, ModeReader, Neighbours, Reference};
use super::picture::{FrameBuffer, PlaneBuffer, Size};
use super::tokens::{self, Coefficients, Context, SECOND, Steps};
use super::transform;
use crate::codec::{Decode, Fault};
use crate::picture::{Matrix, Picture, Plane, Range};

/// Decodes samples one by one.
pub(in crate::codec) struct Decoder {
    stream: Option<Stream>,
    state: Persistent,
    matrix: Matrix,
    range: Range,
    max_pixels: u32,
}

/// What exists once a key frame has said how large pictures are.
struct Stream {
    size: Size,
    /// Last, golden and alternate reference.
    last: Arc<FrameBuffer>,
    golden: Arc<FrameBuffer>,
    alternate: Arc<FrameBuffer>,
    /// Buffers no reference holds any more.
    spare: Vec<FrameBuffer>,
    /// Macroblocks of the frame in rows of one more than there are columns: each row, and the whole, begins with a
    /// border that stands for what lies outside the frame.
    macroblocks: Vec<Macroblock>,
    above: Vec<Context>,
}

impl Stream {
    fn new(size: Size) -> Self {
        let blank = Arc::new(FrameBuffer::new(size.columns, size.rows));
        Self {
            size,
            last: Arc::clone(&blank),
            golden: Arc::clone(&blank),
            alternate: blank,
            spare: Vec::new(),
            macroblocks: vec![Macroblock::default(); (size.columns + 1) * (size.rows + 1)],
            above: vec![Context::default(); size.columns],
        }
    }

    fn buffer(&mut self) -> FrameBuffer {
        self.spare
            .pop()
            .unwrap_or_else(|| FrameBuffer::new(self.size.columns, self.size.rows))
    }

    fn recycle(&mut self, frame: Arc<FrameBuffer>) {
        self.spare.extend(Arc::into_inner(frame));
    }

    /// Puts the new frame where the header says (9.7): alternate first, then golden, as libvpx does.
    fn refresh(&mut self, frame: &Arc<FrameBuffer>, header: &FrameHeader) {
        let alternate = match header.alternate {
            Refresh::Keep => None,
            Refresh::FromThis => Some(Arc::clone(frame)),
            Refresh::FromLast => Some(Arc::clone(&self.last)),
            Refresh::FromOther => Some(Arc::clone(&self.golden)),
        };
        if let Some(alternate) = alternate {
            let old = std::mem::replace(&mut self.alternate, alternate);
            self.recycle(old);
        }
        let golden = match header.golden {
            Refresh::Keep => None,
            Refresh::FromThis => Some(Arc::clone(frame)),
            Refresh::FromLast => Some(Arc::clone(&self.last)),
            Refresh::FromOther => Some(Arc::clone(&self.alternate)),
        };
        if let Some(golden) = golden {
            let old = std::mem::replace(&mut self.golden, golden);
            self.recycle(old);
        }
        if header.refresh_last {
            let old = std::mem::replace(&mut self.last, Arc::clone(frame));
            self.recycle(old);
        }
    }
}

impl Decoder {
    pub(in crate::codec) fn new(matrix: Matrix, range: Range, max_pixels: u32) -> Self {
        Self {
            stream: None,
            state: Persistent::default(),
            matrix,
            range,
            max_pixels,
        }
    }

    fn picture(&self, size: Size, frame: &FrameBuffer) -> Picture {
        let plane = |plane: &PlaneBuffer| Plane {
            data: plane.data.clone(),
            stride: plane.width,
        };
        Picture {
            width: size.width,
            height: size.height,
            y: plane(&frame.luma),
            u: plane(&frame.blue),
            v: plane(&frame.red),
            matrix: self.matrix,
            range: self.range,
        }
    }
}

impl Decode for Decoder {
    fn decode(&mut self, sample: &[u8], wanted: bool) -> Result<Option<Picture>, Fault> {
        let tag = FrameTag::read(sample)?;
        let (first, rest) = tag.split(sample)?;
        if let Some((width, height)) = tag.key {
            let size = Size::new(width, height, self.max_pixels)?;
            if self.stream.as_ref().is_none_or(|stream| stream.size != size) {
                self.stream = Some(Stream::new(size));
            }
        }
        let stream = self
            .stream
            .as_mut()
            .ok_or_else(|| Fault::Broken("a frame comes before the first key frame".to_owned()))?;

        let mut bits = BoolDecoder::new(first);
        let key = tag.key.is_some();
        let mut header = FrameHeader::read(&mut bits, key, &mut self.state);
        let partitions = partitions(rest, header.partitions_log2)?;
        let mut frame = stream.buffer();
        let job = FrameJob {
            key,
            header: &header,
            state: &self.state,
            interpolation: Interpolation::of_version(tag.version),
            steps: Steps::by_segment(&header.quantizers, &self.state.segmentation),
            filter: LoopFilter::new(&self.state.filter, &self.state.segmentation, key),
        };
        job.run(stream, &mut frame, bits, partitions);

        if let Some(saved) = header.saved.take() {
            self.state.probabilities = saved;
        }
        let size = stream.size;
        let frame = Arc::new(frame);
        stream.refresh(&frame, &header);
        let picture = (wanted && tag.shown).then(|| self.picture(size, &frame));
        if let Some(stream) = &mut self.stream {
            stream.recycle(frame);
        }
        Ok(picture)
    }
}

/// The token partitions (9.5): sizes of all but the last, then the data. A size that points past the end is damage.
fn partitions(data: &[u8], count_log2: u32) -> Result<Vec<BoolDecoder<'_>>, Fault> {
    let count = 1_usize << count_log2;
    let cut = || Fault::Broken("a token partition is cut off".to_owned());
    let (sizes, mut rest) = data.split_at_checked(3 * (count - 1)).ok_or_else(cut)?;
    let mut partitions = Vec::with_capacity(count);
    for &[low, middle, high] in sizes.as_chunks::<3>().0 {
        let size = u32::from_le_bytes([low, middle, high, 0]) as usize;
        let (partition, after) = rest.split_at_checked(size).ok_or_else(cut)?;
        partitions.push(BoolDecoder::new(partition));
        rest = after;
    }
    partitions.push(BoolDecoder::new(rest));
    Ok(partitions)
}

/// What stays the same for all macroblocks of a frame.
struct FrameJob<'a> {
    key: bool,
    header: &'a FrameHeader,
    state: &'a Persistent,
    interpolation: Interpolation,
    steps: [Steps; 4],
    filter: LoopFilter,
}

impl FrameJob<'_> {
    fn run(
        &self,
        stream: &mut Stream,
        frame: &mut FrameBuffer,
        mut bits: BoolDecoder<'_>,
        mut partitions: Vec<BoolDecoder<'_>>,
    ) {
        let Size { columns, rows, .. } = stream.size;
        stream.above.fill(Context::default());
        let stride = columns + 1;
        for row in 0..rows {
            let mut left_context = Context::default();
            let partition = row & (partitions.len() - 1);
            for column in 0..columns {
                let place = (row + 1) * stride + column + 1;
                let macroblock = self.read_modes(&mut bits, stream, place, column, row);
                stream.macroblocks[place] = self.reconstruct(
                    stream,
                    frame,
                    &mut partitions[partition],
                    &mut left_context,
                    macroblock,
                    column,
                    row,
                );
            }
            // One row behind: prediction within the frame wants unfiltered neighbours.
            if row > 0 {
                self.filter(stream, frame, row - 1);
            }
        }
        self.filter(stream, frame, rows - 1);
    }

    fn filter(&self, stream: &Stream, frame: &mut FrameBuffer, row: usize) {
        if self.filter.is_on() {
            let stride = stream.size.columns + 1;
            let start = (row + 1) * stride + 1;
            self.filter
                .filter_row(frame, row, &stream.macroblocks[start..start + stride - 1]);
        }
    }

    fn read_modes(
        &self,
        bits: &mut BoolDecoder<'_>,
        stream: &Stream,
        place: usize,
        column: usize,
        row: usize,
    ) -> Macroblock {
        let stride = stream.size.columns + 1;
        let around = Neighbours {
            above: &stream.macroblocks[place - stride],
            left: &stream.macroblocks[place - 1],
            above_left: &stream.macroblocks[place - stride - 1],
        };
        let bounds = Bounds::new(column, row, stream.size.columns, stream.size.rows);
        let mut reader = ModeReader {
            bits,
            key: self.key,
            header: self.header,
            state: self.state,
        };
        reader.read(&stream.macroblocks[place], &around, bounds)
    }

    /// Reads the coefficients, predicts and adds the residue. Notes on the macroblock whether there was any.
    #[expect(
        clippy::too_many_arguments,
        reason = "the two contexts and the position belong to the row, not to the frame"
    )]
    fn reconstruct(
        &self,
        stream: &mut Stream,
        frame: &mut FrameBuffer,
        bits: &mut BoolDecoder<'_>,
        left_context: &mut Context,
        mut macroblock: Macroblock,
        column: usize,
        row: usize,
    ) -> Macroblock {
        let mut blocks: Coefficients = [[0; 16]; 25];
        let mut reach = [0; 25];
        let has_second = !macroblock.is_by_block();
        let above_context = &mut stream.above[column];
        if macroblock.skipped {
            tokens::clear_contexts(has_second, above_context, left_context);
        } else {
            let steps = &self.steps[usize::from(macroblock.segment & 3)];
            let probabilities = &self.state.probabilities.tokens;
            reach = tokens::read(
                bits,
                probabilities,
                steps,
                has_second,
                above_context,
                left_context,
                &mut blocks,
            );
            macroblock.skipped = reach == [0; 25];
        }
        if has_second && reach[SECOND] > 0 {
            let firsts = transform::inverse_walsh(&blocks[SECOND]);
            for ((block, first), reach) in blocks.iter_mut().zip(firsts).zip(&mut reach) {
                block[0] = first;
                *reach = (*reach).max(u8::from(first != 0));
            }
        }
        let (x, y) = (column * 16, row * 16);
        match macroblock.reference {
            Reference::Intra => {
                let chroma = WholeMode::from(macroblock.chroma);
                intra::predict_whole::<8>(&mut frame.blue, x / 2, y / 2, chroma);
                intra::predict_whole::<8>(&mut frame.red, x / 2, y / 2, chroma);
                if macroblock.luma == LumaMode::ByBlock {
                    predict_by_block(&mut frame.luma, x, y, &macroblock, &blocks, &reach);
                } else {
                    intra::predict_whole::<16>(&mut frame.luma, x, y, macroblock.luma.into());
                }
            }
            reference => {
                let source = match reference {
                    Reference::Golden => &stream.golden,
                    Reference::Alternate => &stream.alternate,
                    _ => &stream.last,
                };
                inter::predict_macroblock(frame, source, column, row, &macroblock, self.interpolation);
            }
        }
        if !macroblock.skipped {
            add_residue(frame, x, y, &macroblock, &blocks, &reach);
        }
        macroblock
    }
}

/// Each luma block is predicted from its neighbours with their residue already added.
fn predict_by_block(
    plane: &mut PlaneBuffer,
    x: usize,
    y: usize,
    macroblock: &Macroblock,
    blocks: &Coefficients,
    reach: &[u8; 25],
) {
    let beyond = intra::above_right(plane, x, y);
    for (block, &mode) in macroblock.block_modes.iter().enumerate() {
        let (x, y) = (x + (block & 3) * 4, y + (block >> 2) * 4);
        // Blocks at the right end share the pixels above the macroblock; those of the rows below are not decoded yet.
        let above_right = if block & 3 == 3 {
            beyond
        } else if y == 0 {
            [127; 4]
        } else {
            [4, 5, 6, 7].map(|offset| plane.get(x + offset, y - 1))
        };
        intra::predict_block(plane, x, y, above_right, mode);
        add_block(plane, x, y, &blocks[block], reach[block]);
    }
}

fn add_residue(
    frame: &mut FrameBuffer,
    x: usize,
    y: usize,
    macroblock: &Macroblock,
    blocks: &Coefficients,
    reach: &[u8; 25],
) {
    if macroblock.luma != LumaMode::ByBlock {
        for block in 0..16 {
            let (x, y) = (x + (block & 3) * 4, y + (block >> 2) * 4);
            add_block(&mut frame.luma, x, y, &blocks[block], reach[block]);
        }
    }
    for block in 0..4 {
        let (x, y) = (x / 2 + (block & 1) * 4, y / 2 + (block >> 1) * 4);
        add_block(&mut frame.blue, x, y, &blocks[16 + block], reach[16 + block]);
        add_block(&mut frame.red, x, y, &blocks[20 + block], reach[20 + block]);
    }
}

fn add_block(plane: &mut PlaneBuffer, x: usize, y: usize, coefficients: &[i16; 16], reach: u8) {
    let (start, stride) = (plane.index(x, y), plane.width);
    match reach {
        0 => {}
        1 => transform::add_dc(coefficients[0], &mut plane.data, start, stride),
        _ => transform::add_inverse_dct(coefficients, &mut plane.data, start, stride),
    }
}
