//! What results mean together.

use flow_catalog::Feature;
use flow_report::{ProblemAreas, Report};
use serde_json::json;

use crate::{
    ProblemType as P,
    operation::{Answer, Content, Operation, Parameter, Place, Tag},
};

const RESULT: Operation = Operation {
    component: "results",
    tag: Tag::Results,
    ..Operation::USUAL
};

pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "getProblemAreas",
        path: "/api/problem-areas",
        summary: "Show problem areas",
        description: "What the newest result of each test means together: root-cause candidates first, each with what it rests \
            on.",
        answers: &[Answer::new(200, "The areas.", Content::json::<ProblemAreas>())],
        ..RESULT
    },
    Operation {
        id: "getReport",
        path: "/api/report",
        summary: "Show the report as data",
        description: "Limitations by priority, the phases of the plan, progress, re-test dates and every newest result.",
        feature: Some(Feature::Report),
        answers: &[Answer::new(200, "The report.", Content::json::<Report>())],
        ..RESULT
    },
    Operation {
        id: "getReportPage",
        path: "/api/report.html",
        summary: "Show the report as a page to read and print",
        feature: Some(Feature::Report),
        parameters: &[Parameter {
            name: "download",
            place: Place::Query,
            description: "`1`: a browser saves the page instead of showing it.",
            schema: || json!({ "type": "string", "enum": ["0", "1"] }),
        }],
        answers: &[Answer::new(200, "The page.", Content::raw(&["text/html"])).with(&["Content-Disposition"])],
        own_problems: &[P::InvalidValue],
        ..RESULT
    },
];
