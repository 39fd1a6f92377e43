//! Key frames as SVG: well formed, complete, and safe with any text and any pose.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail like tests"
)]

mod figure;

use figure::{Film, squat::Squats};
use flow_catalog::TestId;
use flow_movement::{
    assess,
    assessment::{KeyFrame, Mark, MarkKind},
    draw::{draw, draw_small},
};

fn key_frames() -> Vec<KeyFrame> {
    let squats = Squats {
        knees_in: [16.0, -6.0],
        heels: [0.05; 2],
        ..Squats::GOOD
    };
    let assessment = assess(TestId::OverheadSquat, &squats.film(&Film::GOOD));
    assessment.result.expect("valid").key_frames
}

#[test]
fn the_drawing_names_the_moment_and_shows_every_mark() {
    let frames = key_frames();
    assert_eq!(frames.len(), 2);
    for frame in &frames {
        let svg = draw(frame);
        assert!(svg.starts_with("<svg xmlns=") && svg.trim_end().ends_with("</svg>"));
        assert!(
            svg.contains(&frame.what) && svg.contains(&format!("at {:.1} s", frame.t)),
            "{svg}"
        );
        for mark in &frame.marks {
            assert!(svg.contains(&mark.label), "{}: {svg}", mark.label);
        }
        // Nothing that a strict content policy would refuse.
        assert!(
            !svg.contains("style=") && !svg.contains("<script") && !svg.contains("href"),
            "{svg}"
        );
    }
    assert!(
        draw(&frames[0]).contains("#d6293e"),
        "the knee that stood out is red"
    );
}

#[test]
fn a_small_drawing_has_no_words_but_its_title_and_is_no_higher_than_the_body() {
    let frames = key_frames();
    for frame in &frames {
        let svg = draw_small(frame);
        assert!(svg.contains(&format!("<title>{}", frame.what)), "{svg}");
        assert!(!svg.contains("<text"), "{svg}");
        assert!(
            svg.contains("#cbd5e1") && svg.len() * 2 > draw(frame).len(),
            "the body is drawn: {svg}"
        );
    }
    let height = |frame: &KeyFrame| -> f64 {
        let svg = draw_small(frame);
        let view = svg
            .split("viewBox=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        let last = view.and_then(|view| view.rsplit(' ').next()).expect("a view box");
        last.parse().expect("a number")
    };
    let mut flat = frames[0].clone();
    for point in &mut flat.pose.image.0 {
        point.y = 0.9 + 0.05 * point.y;
    }
    assert!(height(&flat) < 0.6 * height(&frames[0]));
    let mut empty = flat;
    empty.pose.image.0 = [flow_landmarks::Point::default(); 33];
    assert!(height(&empty).is_finite());
}

#[test]
fn every_mark_can_be_drawn_and_text_is_escaped() {
    let mut frame = key_frames().remove(0);
    frame.what = "a <b> & \"c\"".to_owned();
    for kind in [
        MarkKind::Knee,
        MarkKind::Hip,
        MarkKind::Shoulder,
        MarkKind::Trunk,
        MarkKind::Shin,
        MarkKind::Heel,
        MarkKind::Reach,
        MarkKind::FootClearance,
    ] {
        frame.marks = vec![Mark {
            kind,
            side: None,
            label: "12° < 13°".to_owned(),
            flagged: true,
        }];
        let svg = draw(&frame);
        assert!(
            svg.contains("12° &lt; 13°") && svg.contains("a &lt;b&gt; &amp; &quot;c&quot;"),
            "{kind:?}: {svg}"
        );
        assert_eq!(svg.matches('<').count(), svg.matches('>').count(), "{kind:?}");
    }
}

#[test]
fn a_pose_with_nothing_in_it_draws_an_empty_card() {
    let mut frame = key_frames().remove(0);
    frame
        .pose
        .image
        .0
        .iter_mut()
        .for_each(|point| *point = flow_landmarks::Point::default());
    let svg = draw(&frame);
    assert!(
        svg.contains("</svg>") && !svg.contains("NaN") && !svg.contains("inf"),
        "{svg}"
    );
}
