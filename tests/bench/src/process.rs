//! A process that answers questions, a line each.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use anyhow::{Context as _, Result};

/// The process; ended when dropped.
pub struct Answering {
    child: Child,
    asked: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Answering {
    pub fn start(command: &mut Command) -> Result<Self> {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let asked = child.stdin.take().context("no input")?;
        let answers = BufReader::new(child.stdout.take().context("no output")?);
        Ok(Self {
            child,
            asked,
            answers,
        })
    }

    /// The number that it answers with; `None` for a dash.
    pub fn ask(&mut self, question: &str) -> Result<Option<f64>> {
        writeln!(self.asked, "{question}")?;
        let mut answer = String::new();
        self.answers.read_line(&mut answer)?;
        match answer.trim() {
            "-" => Ok(None),
            number => Ok(Some(number.parse().with_context(|| {
                format!("no number came for {question:?}, but {number:?}")
            })?)),
        }
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        // Both fail only when it has ended already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
