//! Wraps fuzzed bytes as the frames of a WebM file, so that every input reaches a decoder.

use flow_video::{Limits, open};

/// Decodes `data` as frames of `codec`: each begins with its length in two bytes.
pub fn decode(codec: &str, data: &[u8]) {
    let limits = Limits {
        sample_hz: 1000.0,
        max_samples: 64,
        max_pixels: 640 * 480,
        ..Limits::default()
    };
    let Ok(mut video) = open(wrap(codec, data), &limits) else {
        return;
    };
    while let Ok(Some(frame)) = video.next_frame() {
        std::hint::black_box(frame.picture);
    }
}

fn wrap(codec: &str, mut data: &[u8]) -> Vec<u8> {
    let mut entry = element(&[0xd7], &[1]);
    entry.extend(element(&[0x83], &[1]));
    entry.extend(element(&[0x86], codec.as_bytes()));
    let mut file = element(&[0x1a, 0x45, 0xdf, 0xa3], &element(&[0x42, 0x82], b"webm"));
    // A segment and a cluster of unknown size.
    file.extend([0x18, 0x53, 0x80, 0x67, 0xff]);
    file.extend(element(&[0x16, 0x54, 0xae, 0x6b], &element(&[0xae], &entry)));
    file.extend([0x1f, 0x43, 0xb6, 0x75, 0xff]);
    file.extend(element(&[0xe7], &[0]));
    let mut time = 0_i16;
    while let Some((&[high, low], rest)) = data.split_first_chunk::<2>() {
        let (frame, rest) = rest.split_at(usize::from(u16::from_be_bytes([high, low])).min(rest.len()));
        let [time_high, time_low] = time.to_be_bytes();
        let mut block = vec![0x81, time_high, time_low, 0];
        block.extend_from_slice(frame);
        file.extend(element(&[0xa3], &block));
        (data, time) = (rest, time.saturating_add(33));
    }
    file
}

fn element(id: &[u8], body: &[u8]) -> Vec<u8> {
    let mut element = id.to_vec();
    element.extend_from_slice(&((body.len() as u64) | 1 << 56).to_be_bytes());
    element.extend_from_slice(body);
    element
}
