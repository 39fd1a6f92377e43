//! Applying the rules to results.

use flow_catalog::TestId;
use flow_landmarks::Side;
use flow_movement::assessment::TestResult;

use crate::{
    Cause, CauseStatus, Finding, Interpretation, ProblemArea, Quantity,
    rules::{AreaRule, Rules, Sign, rules},
};

/// Interprets results, one for each test; of two for the same test the surer one counts.
///
/// Pure: the same results give the same interpretation, whatever their order.
#[must_use]
pub fn interpret(results: &[(TestId, &TestResult)]) -> Interpretation {
    let rules = rules();
    let mut taken: Vec<(TestId, &TestResult)> = results.to_vec();
    taken.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.confidence.total_cmp(&a.1.confidence)));
    taken.dedup_by_key(|(test, _)| *test);

    let mut areas: Vec<ProblemArea> = rules
        .areas
        .iter()
        .filter_map(|rule| apply(rules, rule, &taken))
        .collect();
    let found: Vec<String> = areas.iter().map(|area| area.id.clone()).collect();
    for cause in areas.iter_mut().flat_map(|area| &mut area.causes) {
        if found.contains(&cause.id) {
            cause.status = CauseStatus::Found;
        }
    }
    // Stable: the order of the rules decides among equals.
    areas.sort_by_key(|area| (area.priority, !area.sure, !area.severe));
    Interpretation {
        tests: taken.iter().map(|(test, _)| *test).collect(),
        areas,
    }
}

/// The area, if a result shows it; its causes are not found until all areas are known.
fn apply(rules: &Rules, rule: &AreaRule, taken: &[(TestId, &TestResult)]) -> Option<ProblemArea> {
    let signs: Vec<(Finding, bool)> = rule
        .shown_by
        .iter()
        .flat_map(|sign| {
            let of_test = taken.iter().filter(move |(test, _)| *test == sign.test);
            of_test.flat_map(move |(_, result)| findings(sign, result))
        })
        .collect();
    let confidence = signs
        .iter()
        .map(|(finding, _)| finding.confidence)
        .reduce(f64::max)?;
    let on = |side: Side| signs.iter().any(|(finding, _)| finding.side == Some(side));
    let causes = rule.may_follow_from.iter().filter_map(|id| {
        let cause = rules.area(id)?;
        let tests = cause.tests();
        let tested = taken.iter().any(|(test, _)| tests.contains(test));
        Some(Cause {
            id: cause.id.clone(),
            name: cause.name.clone(),
            status: if tested {
                CauseStatus::NotFound
            } else {
                CauseStatus::NotTested
            },
            tests,
        })
    });
    Some(ProblemArea {
        id: rule.id.clone(),
        name: rule.name.clone(),
        priority: rule.priority,
        text: rule.text.clone(),
        sides: Side::BOTH.into_iter().filter(|&side| on(side)).collect(),
        severe: signs.iter().any(|(_, severe)| *severe),
        confidence,
        sure: confidence >= rules.sure_from,
        causes: causes.collect(),
        findings: signs.into_iter().map(|(finding, _)| finding).collect(),
    })
}

/// What a result shows of a sign, each with whether it is severe.
fn findings(sign: &Sign, result: &TestResult) -> Vec<(Finding, bool)> {
    let finding = |code: &str, text: &str, side: Option<Side>, value: Option<Quantity>| Finding {
        test: sign.test,
        code: code.to_owned(),
        text: text.to_owned(),
        side,
        value,
        confidence: result.confidence,
    };
    let mut found = Vec::new();
    if sign.buckets.contains(&result.bucket) {
        let severe = result.flags.iter().any(|flag| flag.severe);
        let code = result.bucket.name();
        let mut sides = result
            .sides
            .iter()
            .filter(|side| side.bucket.is_some_and(|bucket| sign.buckets.contains(&bucket)))
            .map(|side| Some(side.side))
            .peekable();
        if sides.peek().is_none() {
            found.push((finding(code, &result.bucket_text, None, None), severe));
        } else {
            found.extend(sides.map(|side| (finding(code, &result.bucket_text, side, None), severe)));
        }
    }
    for flag in result.flags.iter().filter(|flag| sign.flags.contains(&flag.code)) {
        let value = Quantity {
            value: flag.value,
            unit: flag.unit,
        };
        found.push((
            finding(flag.code.code(), &flag.text, flag.side, Some(value)),
            flag.severe,
        ));
    }
    found
}
