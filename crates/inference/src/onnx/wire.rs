//! The protobuf wire format: a message is a row of numbered fields.

/// A message that is cut off or not protobuf.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the file is cut off or not an ONNX file")]
pub struct Malformed;

/// The content of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field<'a> {
    /// An integer, a boolean or an enumeration.
    Varint(u64),
    /// A 32-bit value, little-endian.
    Fixed32(u32),
    /// A 64-bit value.
    Fixed64,
    /// A string, bytes, a message or packed numbers.
    Bytes(&'a [u8]),
}

/// A message being read, field by field.
#[derive(Clone, Debug)]
pub(crate) struct Message<'a>(&'a [u8]);

impl<'a> Message<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// The next field and its number; `None` at the end of the message.
    pub fn next(&mut self) -> Result<Option<(u64, Field<'a>)>, Malformed> {
        if self.0.is_empty() {
            return Ok(None);
        }
        let key = self.varint()?;
        let field = match key & 7 {
            0 => Field::Varint(self.varint()?),
            1 => {
                self.take(8)?;
                Field::Fixed64
            }
            2 => {
                let len = usize::try_from(self.varint()?).map_err(|_| Malformed)?;
                Field::Bytes(self.take(len)?)
            }
            5 => {
                let bytes = self.take(4)?.try_into().map_err(|_| Malformed)?;
                Field::Fixed32(u32::from_le_bytes(bytes))
            }
            _ => return Err(Malformed),
        };
        Ok(Some((key >> 3, field)))
    }

    /// The next integer, for packed ones.
    pub fn varint(&mut self) -> Result<u64, Malformed> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = *self.take(1)?.first().ok_or(Malformed)?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(Malformed)
    }

    /// Whether everything was read.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn take(&mut self, len: usize) -> Result<&'a [u8], Malformed> {
        let (taken, rest) = self.0.split_at_checked(len).ok_or(Malformed)?;
        self.0 = rest;
        Ok(taken)
    }
}

impl<'a> Field<'a> {
    /// The bytes of a string, a message or packed numbers.
    pub fn bytes(self) -> Result<&'a [u8], Malformed> {
        match self {
            Self::Bytes(bytes) => Ok(bytes),
            _ => Err(Malformed),
        }
    }

    /// The text of a string.
    pub fn text(self) -> Result<String, Malformed> {
        String::from_utf8(self.bytes()?.to_vec()).map_err(|_| Malformed)
    }

    /// A message inside the message.
    pub fn message(self) -> Result<Message<'a>, Malformed> {
        self.bytes().map(Message::new)
    }

    /// An integer. ONNX stores negative ones as two's complement of 64 bits.
    pub fn int(self) -> Result<i64, Malformed> {
        match self {
            Self::Varint(value) => Ok(value.cast_signed()),
            _ => Err(Malformed),
        }
    }

    /// Appends the integers of a repeated field, packed or not.
    pub fn ints(self, values: &mut Vec<i64>) -> Result<(), Malformed> {
        match self {
            Self::Varint(value) => values.push(value.cast_signed()),
            Self::Bytes(bytes) => {
                let mut packed = Message::new(bytes);
                while !packed.is_empty() {
                    values.push(packed.varint()?.cast_signed());
                }
            }
            _ => return Err(Malformed),
        }
        Ok(())
    }

    /// Appends the floating-point numbers of a repeated field, packed or not.
    pub fn floats(self, values: &mut Vec<f32>) -> Result<(), Malformed> {
        match self {
            Self::Fixed32(bits) => values.push(f32::from_bits(bits)),
            Self::Bytes(bytes) => {
                let (numbers, []) = bytes.as_chunks() else {
                    return Err(Malformed);
                };
                values.extend(numbers.iter().copied().map(f32::from_le_bytes));
            }
            _ => return Err(Malformed),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn fields_of_every_kind_are_read_in_order() {
        let bytes = [
            0x08, 0x96, 0x01, // 1: 150
            0x12, 0x02, b'h', b'i', // 2: "hi"
            0x1d, 0x00, 0x00, 0x80, 0x3f, // 3: 1.0
            0x21, 1, 2, 3, 4, 5, 6, 7, 8, // 4: 64 bits
        ];
        let mut message = Message::new(&bytes);
        let expected = [
            Some((1, Field::Varint(150))),
            Some((2, Field::Bytes(b"hi"))),
            Some((3, Field::Fixed32(0x3f80_0000))),
            Some((4, Field::Fixed64)),
            None,
        ];
        for field in expected {
            assert_eq!(message.next(), Ok(field));
        }
    }

    #[test]
    fn damaged_messages_are_refused() {
        for (name, bytes) in [
            ("a cut-off varint", &[0x08, 0x80][..]),
            ("a varint without end", &[0xff; 11]),
            ("a length past the end", &[0x12, 0x05, b'h']),
            (
                "a huge length",
                &[0x12, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f],
            ),
            ("a cut-off float", &[0x1d, 0x00]),
            ("an unknown kind", &[0x0b]),
        ] {
            assert_eq!(Message::new(bytes).next(), Err(Malformed), "{name}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_end(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let mut message = Message::new(&bytes);
            while let Ok(Some((_, field))) = message.next() {
                let _ = (field.int(), field.text(), field.floats(&mut Vec::new()));
            }
        }
    }
}
