//! Where the time goes in the libraries in wasm, by kind of operator.

use std::collections::HashMap;

use anyhow::{Context as _, Result, bail};
use flow_pose::{Engine as _, Model};

use crate::{libraries::Library, models::picture, report::Report, table::Table};

/// Models that are looked into.
const MODELS: [Model; 2] = [Model::PoseLandmarkFull, Model::PoseDetection];

/// Kinds of operators that get a row; the rest are summed up.
const ROWS: usize = 8;

/// Milliseconds and kind of operator.
type Spent = (f64, String);

/// Measures both libraries: mean of `runs`, with a look at the clock around every operator.
pub fn measure(report: &mut Report, libraries: &[Library], runs: usize) -> Result<()> {
    for model in MODELS {
        let mut table = Table::new(
            &format!(
                "Where the time of `{}` goes in the libraries in wasm, mean of {runs}",
                model.name()
            ),
            &["library", "operator", "ms", "%"],
        );
        for library in libraries {
            let spent = spent(library, model, runs)
                .with_context(|| format!("the profile of {} by {}", model.name(), library.name))?;
            let total: f64 = spent.iter().map(|(milliseconds, _)| milliseconds).sum();
            let (most, rest) = spent.split_at(ROWS.min(spent.len()));
            let others: f64 = rest.iter().map(|(milliseconds, _)| milliseconds).sum();
            let others = (!rest.is_empty()).then(|| (others, "others".to_owned()));
            let all = (total, "all".to_owned());
            for (milliseconds, kind) in most.iter().chain(&others).chain([&all]) {
                table.row(&[
                    library.name.to_owned(),
                    kind.clone(),
                    format!("{milliseconds:.2}"),
                    format!("{:.1}", milliseconds / total * 100.0),
                ]);
            }
        }
        report.add(&table);
    }
    Ok(())
}

/// What each kind of operator takes in one run, most first.
fn spent(library: &Library, model: Model, runs: usize) -> Result<Vec<Spent>> {
    let input = picture(model.input_side());
    let mut instance = library.wasm(true)?;
    instance.run(model, &input)?;
    let first = instance.printed().len();
    for _ in 0..runs {
        instance.run(model, &input)?;
    }
    let printed = instance.printed();
    let lines = printed[first..].lines();
    let read = match library.name {
        "rten" => read_rten(lines),
        _ => lines.filter_map(read_tract).collect(),
    };
    let mut sums: HashMap<String, f64> = HashMap::new();
    for (milliseconds, kind) in read {
        *sums.entry(kind).or_default() += milliseconds / runs as f64;
    }
    if sums.is_empty() {
        bail!("no times are in: {printed}");
    }
    let mut sums: Vec<Spent> = sums.into_iter().map(|(kind, sum)| (sum, kind)).collect();
    sums.sort_by(|a, b| b.0.total_cmp(&a.0));
    Ok(sums)
}

/// `MILLISECONDS OPERATOR`.
fn read_tract(line: &str) -> Option<Spent> {
    let (milliseconds, kind) = line.split_once(' ')?;
    Some((milliseconds.parse().ok()?, kind.to_owned()))
}

/// rten's table: the operator and its time on a line of its own, then a row for each combination of input shapes, indented:
/// shapes, count, mean, total, and more.
fn read_rten<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<Spent> {
    let mut operator = "";
    let mut read = Vec::new();
    for line in lines {
        if line.is_empty() {
            continue;
        }
        if !line.starts_with(' ') {
            operator = line.split(' ').next().unwrap_or_default();
            continue;
        }
        let cells: Vec<&str> = line
            .split("  ")
            .map(str::trim)
            .filter(|cell| !cell.is_empty())
            .collect();
        if let [shapes, _, _, total, ..] = cells[..]
            && let Ok(milliseconds) = total.parse()
        {
            read.push((milliseconds, kind(operator, shapes)));
        }
    }
    read
}

/// Tells convolutions apart by the shape of their weights: outputs, inputs of a group, height, width.
fn kind(operator: &str, shapes: &str) -> String {
    if !operator.contains("Conv") {
        return operator.to_owned();
    }
    let weights = shapes.split("], [").nth(1).unwrap_or_default();
    let sizes: Vec<&str> = weights.trim_end_matches(']').split(", ").collect();
    let of = match sizes[..] {
        [_, "1", _, _] => "depthwise",
        [_, _, "1", "1"] => "pointwise",
        _ => "dense",
    };
    format!("{operator}, {of}")
}

#[cfg(test)]
mod tests {
    use super::{read_rten, read_tract};

    #[test]
    fn times_are_read_as_the_libraries_print_them() {
        let rten = "\
3 ops evaluated in 6.000ms

Conv 5.00ms (83.33%)

    Shape                                     Count  Mean (ms)  Total (ms)  ns/input elem  Example node
    ----------------------------------------  -----  ---------  ----------  -------------  ------------
    [1, 16, 64, 64], [32, 16, 1, 1], [32]     2      2.000      4.000       1.000          a
    [1, 16, 64, 64], [16, 1, 3, 3], [16]      1      1.000      1.000       1.000          b

Add  1.00ms (16.67%)

    Shape                                     Count  Mean (ms)  Total (ms)  ns/input elem  Example node
    ----------------------------------------  -----  ---------  ----------  -------------  ------------
    [1, 16, 64, 64], [1, 16, 64, 64]          1      1.000      1.000       1.000          c
";
        let expected = [(4.0, "Conv, pointwise"), (1.0, "Conv, depthwise"), (1.0, "Add")];
        assert_eq!(
            read_rten(rten.lines()),
            expected.map(|(time, kind)| (time, kind.to_owned()))
        );
        assert_eq!(read_tract("1.5 OptMatMul"), Some((1.5, "OptMatMul".to_owned())));
        assert_eq!(read_tract("nothing"), None);
    }
}
