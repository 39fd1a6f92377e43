//! Edit lists: which stretch of the media is shown, and when.

use crate::bytes::Cursor;
use crate::error::Damage;
use crate::track::Sample;

/// Edits looked at. Cameras write one or two.
const MAX_EDITS: u32 = 64;

/// One stretch of the presentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    /// Length in ticks of the movie; 0 means to the end of the media.
    duration: u64,
    /// Where it begins in ticks of the media; negative for a stretch without picture.
    media_time: i64,
}

/// Reads the body of `elst`. Playing speeds are ignored: the frames count as filmed.
pub(super) fn read(body: &[u8]) -> Result<Vec<Edit>, Damage> {
    let place = "box elst";
    let mut fields = Cursor::new(body);
    let early = || Damage::new(place, "it ends early");
    let (version, _) = fields.version_and_flags().ok_or_else(early)?;
    let count = fields.u32().ok_or_else(early)?;
    if count > MAX_EDITS {
        return Err(Damage::new(
            place,
            format!("{count} edits; cut the clip in one piece"),
        ));
    }
    let mut edits = Vec::new();
    for _ in 0..count {
        let duration = fields.u32_or_u64(version == 1).ok_or_else(early)?;
        let media_time = if version == 1 {
            fields.u64().map(u64::cast_signed)
        } else {
            fields.i32().map(i64::from)
        };
        edits.push(Edit {
            duration,
            media_time: media_time.ok_or_else(early)?,
        });
        fields.skip(4).ok_or_else(early)?; // playing speed
    }
    Ok(edits)
}

/// Marks what the edits show and moves it to its place in the presentation. No edits show everything.
///
/// A stretch shown twice counts the first time only: the frames are the same.
pub(super) fn apply(
    edits: &[Edit],
    movie_timescale: u32,
    media_timescale: u32,
    samples: &mut [Sample],
) -> Result<(), Damage> {
    if edits.is_empty() || samples.is_empty() {
        return Ok(());
    }
    let media: Vec<i64> = samples.iter().map(|sample| sample.time).collect();
    for sample in samples.iter_mut() {
        sample.shown = false;
    }
    let far = || Damage::new("box elst", "its times are out of range");
    let mut position = 0_i64;
    for edit in edits {
        let length = rescale(edit.duration, media_timescale, movie_timescale).ok_or_else(far)?;
        if edit.media_time >= 0 {
            let end = if edit.duration == 0 {
                Some(i64::MAX)
            } else {
                edit.media_time.checked_add(length)
            };
            let end = end.ok_or_else(far)?;
            for (sample, &time) in samples.iter_mut().zip(&media) {
                if !sample.shown && (edit.media_time..end).contains(&time) {
                    sample.shown = true;
                    sample.time = (time - edit.media_time).checked_add(position).ok_or_else(far)?;
                }
            }
        }
        position = position.checked_add(length).ok_or_else(far)?;
    }
    if samples.iter().any(|sample| sample.shown) {
        Ok(())
    } else {
        Err(Damage::new("box elst", "it shows no frame of the video"))
    }
}

/// `ticks` of one timescale in ticks of another, rounded to the nearest.
fn rescale(ticks: u64, to: u32, from: u32) -> Option<i64> {
    let from = u128::from(from.max(1));
    i64::try_from((u128::from(ticks) * u128::from(to) + from / 2) / from).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(edits: &[Edit]) -> Vec<Option<i64>> {
        let mut samples: Vec<Sample> = (0..6)
            .map(|n| Sample {
                offset: 0,
                size: 1,
                time: n * 100,
                duration: 100,
                shown: true,
            })
            .collect();
        apply(edits, 600, 1000, &mut samples).unwrap();
        samples
            .iter()
            .map(|sample| sample.shown.then_some(sample.time))
            .collect()
    }

    #[test]
    fn a_media_time_hides_what_lies_before_and_a_duration_what_lies_after() {
        let edit = Edit {
            duration: 180,
            media_time: 200,
        };
        assert_eq!(shown(&[edit]), [None, None, Some(0), Some(100), Some(200), None]);
        let open = Edit {
            duration: 0,
            media_time: 400,
        };
        assert_eq!(shown(&[open]), [None, None, None, None, Some(0), Some(100)]);
    }

    #[test]
    fn an_empty_edit_delays_and_later_edits_follow_on() {
        let empty = Edit {
            duration: 60,
            media_time: -1,
        };
        let first = Edit {
            duration: 60,
            media_time: 0,
        };
        let second = Edit {
            duration: 120,
            media_time: 300,
        };
        assert_eq!(
            shown(&[empty, first, second]),
            [Some(100), None, None, Some(200), Some(300), None]
        );
    }

    #[test]
    fn an_edit_beyond_the_media_is_damage_and_so_is_a_list_without_end() {
        let mut samples = [Sample {
            offset: 0,
            size: 1,
            time: 0,
            duration: 0,
            shown: true,
        }];
        let beyond = [Edit {
            duration: 0,
            media_time: 1000,
        }];
        assert!(apply(&beyond, 600, 1000, &mut samples).is_err());
        let huge = [Edit {
            duration: u64::MAX,
            media_time: i64::MAX,
        }];
        assert!(apply(&huge, 1, u32::MAX, &mut samples).is_err());
        assert!(read(&[0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]).is_err());
        assert!(read(&[0, 0, 0, 0, 0, 0, 0, 1]).is_err());
    }
}
