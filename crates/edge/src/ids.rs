//! New ids, from a time and randomness that are given.

use chrono::{DateTime, Utc};

/// A UUID of version 7 (RFC 9562): 48 bits of milliseconds, then randomness; ids sort by time.
#[must_use]
pub fn uuid_v7(now: DateTime<Utc>, random: [u8; 10]) -> String {
    let milliseconds = now.timestamp_millis().to_be_bytes();
    let mut bytes = [0; 16];
    bytes[..6].copy_from_slice(&milliseconds[2..]);
    bytes[6..].copy_from_slice(&random);
    bytes[6] = 0x70 | (bytes[6] & 0x0f);
    bytes[8] = 0x80 | (bytes[8] & 0x3f);
    let mut text = String::with_capacity(36);
    for (index, byte) in bytes.iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        for nibble in [byte >> 4, byte & 0x0f] {
            text.push(char::from(b"0123456789abcdef"[usize::from(nibble)]));
        }
    }
    text
}

/// Whether a text is a UUID in lower case.
pub(crate) fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_the_one_of_the_rfc_and_sorts_by_time() {
        // RFC 9562, appendix A.6.
        let now = DateTime::from_timestamp_millis(0x017F_22E2_79B0).unwrap();
        let random = [0x0C, 0xC3, 0x18, 0xC4, 0xDC, 0x0C, 0x0C, 0x07, 0x39, 0x8F];
        assert_eq!(uuid_v7(now, random), "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
        let later = now + chrono::TimeDelta::milliseconds(1);
        assert!(uuid_v7(later, [0; 10]) > uuid_v7(now, [255; 10]));
        assert!(uuid_v7(now, random).parse::<flow_store::AttemptId>().is_ok());
    }
}
