//! The browser tests: films the clips, serves the app on a free port, and drives it in Chromium.

use std::{
    io::{BufRead as _, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
};

use anyhow::{Context as _, Result};
use xshell::{Shell, cmd};

use crate::{setup, step::step};

const FOLDER: &str = "tests/browser";

/// What the tests give people their tiers with.
const OPERATOR_TOKEN: &str = "browser-tests";

/// Needs everything built, as the tests do it.
pub fn run(shell: &Shell) -> Result<()> {
    setup::npm_packages(shell, FOLDER)?;
    step("run the browser tests", || {
        let state = shell.create_temp_dir()?;
        let film = |scenario: &str| -> Result<PathBuf> {
            let clip = state.path().join(format!("{scenario}.mp4"));
            cmd!(
                shell,
                "target/release/flow-mannequin render {scenario} --out {clip}"
            )
            .run()?;
            Ok(clip)
        };
        let clips = [
            ("FLOW_GOOD_CLIP", "overhead-squat-front-only"),
            ("FLOW_FAULTY_CLIP", "overhead-squat-valgus-left-far"),
            ("FLOW_BAD_CLIP", "overhead-squat-dark"),
            ("FLOW_HOLD_CLIP", "single-leg-balance-left-only"),
        ];
        let _clips = clips
            .into_iter()
            .map(|(variable, scenario)| Ok(shell.push_env(variable, film(scenario)?)))
            .collect::<Result<Vec<_>>>()?;
        let app = App::start(shell, state.path().join("state"))?;
        let _url = shell.push_env("FLOW_BASE_URL", &app.url);
        let _token = shell.push_env("FLOW_OPERATOR_TOKEN", OPERATOR_TOKEN);
        let _folder = shell.push_dir(FOLDER);
        Ok(cmd!(shell, "npm run --silent test").run()?)
    })
}

/// The served app; ended when dropped.
struct App {
    child: Child,
    url: String,
}

impl App {
    fn start(shell: &Shell, state: PathBuf) -> Result<Self> {
        let root = shell.current_dir();
        // The fetched ONNX Runtime and the compiled components are shared; data is not.
        for folder in ["onnxruntime", "compiled"] {
            let shared = root.join(".flow").join(folder);
            shell.create_dir(&shared)?;
            shell.create_dir(&state)?;
            cmd!(shell, "ln -s {shared} {state}").quiet().run()?;
        }
        let mut child = Command::new(root.join("target/release/flow"))
            .args([
                "up",
                "--migrate",
                "--port",
                "0",
                "--variable",
                "environment=development",
            ])
            .args(["--variable", &format!("operator_token={OPERATOR_TOKEN}")])
            // Each of the tests' people comes from an address of their own.
            .args(["--variable", "trusted_proxies=1"])
            // Test machines are slow and busy; what the tiers' times do is tested elsewhere.
            .args(["--variable", "processing_time_factor=20", "--state-dir"])
            .arg(state)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let mut ready = String::new();
        BufReader::new(child.stdout.take().context("flow has no output")?).read_line(&mut ready)?;
        let ready: serde_json::Value =
            serde_json::from_str(&ready).context("flow did not start; try `target/release/flow up`")?;
        let url = ready["url"].as_str().context("flow told no address")?.to_owned();
        Ok(Self { child, url })
    }
}

impl Drop for App {
    fn drop(&mut self) {
        // Both fail only when it has ended already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
