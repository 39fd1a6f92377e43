//! The boolean entropy decoder (RFC 6386, section 7).

/// Decodes booleans of given probability. Past the end of its data it reads zeros, as libvpx does.
pub(super) struct BoolDecoder<'a> {
    data: &'a [u8],
    /// Bits not yet decoded, from the top.
    value: u64,
    /// Valid bits of `value` beyond the topmost eight; negative when it must be filled.
    spare: i32,
    /// 128 to 255.
    range: u32,
}

impl<'a> BoolDecoder<'a> {
    pub(super) const fn new(data: &'a [u8]) -> Self {
        Self {
            data,
            value: 0,
            spare: -8,
            range: 255,
        }
    }

    /// Tops `value` up to at least 56 valid bits.
    #[cold]
    fn fill(&mut self) {
        // `spare` is -8 to -1 here, so between 0 and 7 bits are left.
        let left = self.spare + 8;
        let mut next = [0_u8; 8];
        let count = self.data.len().min(7);
        let (head, rest) = self.data.split_at(count);
        next[..count].copy_from_slice(head);
        self.data = rest;
        // 56 bits, zeros where the data ended.
        self.value |= u64::from_be_bytes(next) >> left;
        self.spare += 56;
    }

    /// A boolean that is false with `probability` / 256.
    #[inline]
    pub(super) fn read(&mut self, probability: u8) -> bool {
        if self.spare < 0 {
            self.fill();
        }
        let split = 1 + (((self.range - 1) * u32::from(probability)) >> 8);
        let threshold = u64::from(split) << 56;
        let bit = self.value >= threshold;
        if bit {
            self.range -= split;
            self.value -= threshold;
        } else {
            self.range = split;
        }
        // The range is 1 to 255: bring it back to 128 or more.
        let shift = self.range.leading_zeros() - 24;
        self.range <<= shift;
        self.value <<= shift;
        self.spare -= shift.cast_signed();
        bit
    }

    /// A boolean that is as likely true as false.
    #[inline]
    pub(super) fn flag(&mut self) -> bool {
        self.read(128)
    }

    /// An unsigned number of `bits` bits (at most 8 are asked for).
    pub(super) fn literal(&mut self, bits: u32) -> u8 {
        (0..bits).fold(0, |value, _| value << 1 | u8::from(self.flag()))
    }

    /// A number of `bits` bits followed by its sign.
    pub(super) fn signed(&mut self, bits: u32) -> i32 {
        let magnitude = i32::from(self.literal(bits));
        if self.flag() { -magnitude } else { magnitude }
    }

    /// A flag, and when it is set a number of `bits` bits with its sign.
    pub(super) fn optional_signed(&mut self, bits: u32) -> Option<i32> {
        if self.flag() {
            Some(self.signed(bits))
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The encoder of RFC 6386, section 7.3.
    struct Encoder {
        output: Vec<u8>,
        range: u32,
        bottom: u32,
        bit_count: u32,
    }

    impl Encoder {
        fn add_one_to_output(&mut self) {
            for byte in self.output.iter_mut().rev() {
                *byte = byte.wrapping_add(1);
                if *byte != 0 {
                    break;
                }
            }
        }

        fn write(&mut self, bit: bool, probability: u8) {
            let split = 1 + (((self.range - 1) * u32::from(probability)) >> 8);
            if bit {
                self.bottom += split;
                self.range -= split;
            } else {
                self.range = split;
            }
            while self.range < 128 {
                self.range <<= 1;
                if self.bottom >> 31 == 1 {
                    self.add_one_to_output();
                }
                self.bottom <<= 1;
                self.bit_count -= 1;
                if self.bit_count == 0 {
                    self.output.push((self.bottom >> 24) as u8);
                    self.bottom &= 0x00ff_ffff;
                    self.bit_count = 8;
                }
            }
        }

        fn finish(mut self) -> Vec<u8> {
            for _ in 0..32 {
                self.write(false, 128);
            }
            self.output
        }
    }

    #[test]
    fn what_was_encoded_is_decoded() {
        let mut state = 1_u32;
        let booleans: Vec<(bool, u8)> = (0..5000)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let probability = ((state >> 8) & 0xff).max(1) as u8;
                ((state >> 16 & 0xff) as u8 >= probability, probability)
            })
            .collect();
        let mut encoder = Encoder {
            output: Vec::new(),
            range: 255,
            bottom: 0,
            bit_count: 24,
        };
        for &(bit, probability) in &booleans {
            encoder.write(bit, probability);
        }
        let data = encoder.finish();
        let mut decoder = BoolDecoder::new(&data);
        for (place, &(bit, probability)) in booleans.iter().enumerate() {
            assert_eq!(decoder.read(probability), bit, "boolean {place}");
        }
    }

    #[test]
    fn past_the_end_come_zeros() {
        let mut decoder = BoolDecoder::new(&[]);
        assert!((0..1000).all(|_| !decoder.flag()));
    }
}
