//! What an instance counts, until it is added to what all instances counted.

use std::{cell::RefCell, collections::BTreeMap, time::Duration};

use flow_store::Figure;
use http::{Method, StatusCode};

/// Upper bounds of the latencies that are told apart, in seconds: Prometheus' own, and 15, 30 and 60 s for scoring.
const BOUNDS: [f64; 14] = [
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 15.0, 30.0, 60.0,
];

thread_local! {
    static FIGURES: RefCell<Figures> = RefCell::default();
}

/// An answer, as far as it counts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Answered<'a> {
    /// The template of the path, which has no ids in it.
    pub route: &'static str,
    pub method: &'a Method,
    pub status: StatusCode,
    /// The last part of the problem's type, when the answer is one.
    pub problem: Option<&'static str>,
    /// From the request's head to the answer's.
    pub took: Duration,
}

/// Latencies of one route.
#[derive(Clone, Copy, Debug, Default)]
struct Latencies {
    count: u64,
    seconds: f64,
    /// How many were at most as long as each bound.
    within: [u64; BOUNDS.len()],
}

impl Latencies {
    fn add(&mut self, took: Duration) {
        let seconds = took.as_secs_f64();
        self.count += 1;
        self.seconds += seconds;
        for (within, bound) in self.within.iter_mut().zip(BOUNDS) {
            *within += u64::from(seconds <= bound);
        }
    }
}

#[derive(Debug, Default)]
struct Figures {
    requests: BTreeMap<(&'static str, &'static str, u16), u64>,
    latencies: BTreeMap<&'static str, Latencies>,
    problems: BTreeMap<&'static str, u64>,
    others: BTreeMap<(&'static str, &'static str), f64>,
    /// Whether somebody is on the way to take them.
    awaited: bool,
}

/// Methods are few, whatever somebody sends.
fn method_name(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        "OPTIONS" => "OPTIONS",
        _ => "other",
    }
}

impl Figures {
    fn answered(&mut self, answered: Answered<'_>) {
        let Answered {
            route,
            method,
            status,
            ..
        } = answered;
        let request = (route, method_name(method), status.as_u16());
        *self.requests.entry(request).or_default() += 1;
        self.latencies.entry(route).or_default().add(answered.took);
        if let Some(problem) = answered.problem {
            *self.problems.entry(problem).or_default() += 1;
        }
    }

    /// Everything as figures of Prometheus.
    fn told(&self) -> Vec<Figure> {
        let figure = |name: &str, labels: String, value: f64| Figure {
            name: name.to_owned(),
            labels,
            value,
        };
        let mut figures = Vec::new();
        for ((route, method, status), count) in &self.requests {
            let labels = format!("route=\"{route}\",method=\"{method}\",status=\"{status}\"");
            figures.push(figure("flow_http_requests_total", labels, *count as f64));
        }
        for (route, latencies) in &self.latencies {
            let name = "flow_http_request_duration_seconds";
            let route = format!("route=\"{route}\"");
            let bounds = BOUNDS.iter().map(f64::to_string).chain(["+Inf".to_owned()]);
            let within = latencies.within.iter().chain([&latencies.count]);
            for (bound, within) in bounds.zip(within) {
                let labels = format!("{route},le=\"{bound}\"");
                figures.push(figure(&format!("{name}_bucket"), labels, *within as f64));
            }
            figures.push(figure(
                &format!("{name}_count"),
                route.clone(),
                latencies.count as f64,
            ));
            figures.push(figure(&format!("{name}_sum"), route, latencies.seconds));
        }
        for (problem, count) in &self.problems {
            let labels = format!("problem=\"{problem}\"");
            figures.push(figure("flow_problems_total", labels, *count as f64));
        }
        for ((name, labels), value) in &self.others {
            figures.push(figure(name, (*labels).to_owned(), *value));
        }
        figures
    }
}

/// Counts an answer.
#[cfg_attr(
    not(any(target_arch = "wasm32", test)),
    expect(dead_code, reason = "only components answer")
)]
pub(crate) fn answered(answered: Answered<'_>) {
    FIGURES.with_borrow_mut(|figures| figures.answered(answered));
}

/// Adds to a figure that only grows. `labels` are as Prometheus writes them, without braces. Who does so after the answer of
/// a request has it written with `write_figures_later`.
pub fn add_to_figure(name: &'static str, labels: &'static str, value: f64) {
    FIGURES.with_borrow_mut(|figures| *figures.others.entry((name, labels)).or_default() += value);
}

/// Whether nobody was on the way to take what is counted; whoever asked is now.
#[cfg_attr(
    not(any(target_arch = "wasm32", test)),
    expect(dead_code, reason = "only components answer")
)]
pub(crate) fn become_taker() -> bool {
    FIGURES.with_borrow_mut(|figures| !std::mem::replace(&mut figures.awaited, true))
}

/// Takes what was counted.
#[cfg_attr(
    not(any(target_arch = "wasm32", test)),
    expect(dead_code, reason = "only components answer")
)]
pub(crate) fn take() -> Vec<Figure> {
    FIGURES.take().told()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(route: &'static str, method: &Method, status: u16, problem: Option<&'static str>, took: f64) {
        answered(Answered {
            route,
            method,
            status: StatusCode::from_u16(status).unwrap(),
            problem,
            took: Duration::from_secs_f64(took),
        });
    }

    #[test]
    fn answers_are_told_once_as_series_of_prometheus() {
        let strange: Method = "BREW".parse().unwrap();
        count("/api/report", &Method::GET, 200, None, 0.01);
        count("/api/report", &Method::GET, 200, None, 70.0);
        count("unknown", &strange, 404, Some("not-found"), 0.001);
        add_to_figure("flow_scored_frames_total", "", 45.0);
        add_to_figure("flow_scored_frames_total", "", 45.0);
        let figures = take();
        let value = |name: &str, labels: &str| {
            let mut found = figures
                .iter()
                .filter(|figure| figure.name == name && figure.labels == labels);
            found.next().map(|figure| figure.value)
        };
        let report = "route=\"/api/report\"";
        let bucket = "flow_http_request_duration_seconds_bucket";
        for (name, labels, expected) in [
            (
                "flow_http_requests_total",
                "route=\"/api/report\",method=\"GET\",status=\"200\"",
                2.0,
            ),
            (
                "flow_http_requests_total",
                "route=\"unknown\",method=\"other\",status=\"404\"",
                1.0,
            ),
            (bucket, "route=\"/api/report\",le=\"0.005\"", 0.0),
            (bucket, "route=\"/api/report\",le=\"0.01\"", 1.0),
            (bucket, "route=\"/api/report\",le=\"60\"", 1.0),
            (bucket, "route=\"/api/report\",le=\"+Inf\"", 2.0),
            ("flow_http_request_duration_seconds_count", report, 2.0),
            ("flow_problems_total", "problem=\"not-found\"", 1.0),
            ("flow_scored_frames_total", "", 90.0),
        ] {
            assert_eq!(value(name, labels), Some(expected), "{name}{{{labels}}}");
        }
        let sum = value("flow_http_request_duration_seconds_sum", report).unwrap();
        assert!((sum - 70.01).abs() < 1e-9, "{sum}");
        assert_eq!(take(), [], "what was taken is not told again");
    }

    #[test]
    fn one_takes_what_all_counted() {
        assert!(become_taker());
        assert!(!become_taker());
        take();
        assert!(become_taker());
    }
}
