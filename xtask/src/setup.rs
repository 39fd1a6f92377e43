//! What the machine must have: found, or installed, or named in a message that says what to do.

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use xshell::{Shell, cmd};

use crate::step::step;

const WASM_TARGET: &str = "wasm32-wasip2";

/// Adds the wasm target to the Rust toolchain.
pub fn wasm_target(shell: &Shell) -> Result<()> {
    let installed = cmd!(shell, "rustup target list --installed")
        .quiet()
        .read()
        .context("rustup was not found; install Rust from https://rustup.rs")?;
    if installed.lines().any(|line| line == WASM_TARGET) {
        return Ok(());
    }
    step("install the wasm32-wasip2 target", || {
        Ok(cmd!(shell, "rustup target add {WASM_TARGET}").run()?)
    })
}

/// Installs the npm packages of a folder when they are missing or older than its lock file.
pub fn npm_packages(shell: &Shell, folder: &str) -> Result<()> {
    let _folder = shell.push_dir(folder);
    let here = shell.current_dir();
    let modified = |path: &str| here.join(path).metadata().and_then(|meta| meta.modified());
    let lock =
        modified("package-lock.json").with_context(|| format!("{folder}/package-lock.json is missing"))?;
    if modified("node_modules/.package-lock.json").is_ok_and(|installed| installed >= lock) {
        return Ok(());
    }
    step(&format!("install the npm packages of {folder}"), || {
        cmd!(shell, "npm ci --no-audit --no-fund")
            .run()
            .context("npm failed; Node.js 20 or later with npm is needed (https://nodejs.org)")
    })
}

/// A pinned wheel of `onnxruntime`: where its shared library is inside, and the wheel's SHA-256.
struct Wheel {
    platform: &'static str,
    sha256: &'static str,
    library: &'static str,
}

const ONNX_RUNTIME: &str = "1.32.0";

/// The wheel for this machine, if one is pinned.
fn wheel() -> Option<Wheel> {
    let wheel = |platform, sha256, library| {
        Some(Wheel {
            platform,
            sha256,
            library,
        })
    };
    match (std::env::consts::OS, std::env::consts::ARCH) {
        ("linux", "x86_64") => wheel(
            "manylinux_2_28_x86_64",
            "5a34fc4dfeb5a7b4a74c95dcba1e773d722abda720b474edf1b0c419dc6d163d",
            "libonnxruntime.so.1.32.0",
        ),
        ("linux", "aarch64") => wheel(
            "manylinux_2_28_aarch64",
            "2303372a85299b6757b0e11e1cbf13e410ddf7e10c37f4b37e99d1c90e7daf7c",
            "libonnxruntime.so.1.32.0",
        ),
        ("macos", "aarch64") => wheel(
            "macosx_14_0_arm64",
            "366b9e53d07812cc5c92822cecf7563b76a8a0f32ba3bb8dd232a206ac3bcb6c",
            "libonnxruntime.1.32.0.dylib",
        ),
        _ => None,
    }
}

/// Puts ONNX Runtime's shared library into `.flow/onnxruntime/`, where `flow` looks for it.
///
/// Without it the app still runs, on the slower engine in wasm: a machine for which no library is pinned gets a
/// warning, not an error.
pub fn onnx_runtime(shell: &Shell) -> Result<()> {
    let Some(wheel) = wheel() else {
        eprintln!("    no ONNX Runtime is pinned for this platform: inference runs in wasm, slower");
        return Ok(());
    };
    let folder = shell.current_dir().join(".flow/onnxruntime");
    let library = folder.join(wheel.library);
    if library.exists() {
        return Ok(());
    }
    step("fetch ONNX Runtime", || {
        let download = shell.create_temp_dir()?;
        let (download, platform) = (download.path(), wheel.platform);
        let requirements = download.join("requirements.txt");
        shell.write_file(
            &requirements,
            format!("onnxruntime=={ONNX_RUNTIME} --hash=sha256:{}\n", wheel.sha256),
        )?;
        cmd!(
            shell,
            "python3 -m pip --disable-pip-version-check download --quiet --no-deps --only-binary :all:
             --require-hashes --python-version 3.11 --implementation cp --abi cp311 --platform {platform}
             --dest {download} --requirement {requirements}"
        )
        .run()
        .context("Python 3 with pip is needed to fetch ONNX Runtime")?;
        let wheel_file = shell
            .read_dir(download)?
            .into_iter()
            .find(|path| path.extension().is_some_and(|extension| extension == "whl"))
            .context("pip downloaded no wheel")?;
        let unpacked = download.join("unpacked");
        cmd!(shell, "python3 -m zipfile -e {wheel_file} {unpacked}").run()?;
        shell.create_dir(&folder)?;
        // Copied under another name first: a library is either whole or absent.
        let partial = folder.join("partial");
        shell.copy_file(unpacked.join("onnxruntime/capi").join(wheel.library), &partial)?;
        std::fs::rename(&partial, &library)?;
        Ok(())
    })
}

/// Where Schemathesis is installed, and what is installed there.
const SCHEMATHESIS: &str = ".flow/schemathesis";
const SCHEMATHESIS_PACKAGES: &str = "tests/schemathesis/requirements.txt";

/// Schemathesis in an environment of its own, installed anew when its list of packages changed. `None` where there is no Python:
/// its test is skipped then.
pub fn schemathesis(shell: &Shell) -> Result<Option<PathBuf>> {
    if find("python3").is_none() {
        eprintln!(
            "    skipped: Schemathesis, which asks the interface what its document allows, needs Python 3"
        );
        return Ok(None);
    }
    let environment = shell.current_dir().join(SCHEMATHESIS);
    let program = environment.join("bin/schemathesis");
    // Written last: an environment is either whole or made again.
    let installed = environment.join("requirements.txt");
    let packages = shell.read_file(SCHEMATHESIS_PACKAGES)?;
    if program.exists() && shell.read_file(&installed).is_ok_and(|list| list == packages) {
        return Ok(Some(program));
    }
    step("install Schemathesis", || {
        cmd!(shell, "python3 -m venv --clear {environment}").run()?;
        let python = environment.join("bin/python");
        cmd!(
            shell,
            "{python} -m pip --disable-pip-version-check install --quiet --no-deps --requirement {SCHEMATHESIS_PACKAGES}"
        )
        .run()
        .context("Python 3.11 or later with pip and venv is needed for Schemathesis")?;
        Ok(shell.write_file(&installed, &packages)?)
    })?;
    Ok(Some(program))
}

/// A browser for the tests.
pub fn browser(shell: &Shell) -> Result<PathBuf> {
    program(
        shell,
        &["chromium", "chromium-browser", "google-chrome"],
        "chromium",
    )
}

/// The encoder that makes the tests' videos.
pub fn ffmpeg(shell: &Shell) -> Result<PathBuf> {
    program(shell, &["ffmpeg"], "ffmpeg")
}

/// Finds the first of `names` on the path, or installs Debian's `package` and looks again.
fn program(shell: &Shell, names: &[&str], package: &str) -> Result<PathBuf> {
    if let Some(found) = names.iter().find_map(|name| find(name)) {
        return Ok(found);
    }
    if find("apt-get").is_none() {
        bail!("{package} was not found; install it and put it on the PATH");
    }
    step(&format!("install {package}"), || {
        let _environment = shell.push_env("DEBIAN_FRONTEND", "noninteractive");
        let root = cmd!(shell, "id -u").quiet().read()? == "0";
        let sudo = (!root)
            .then_some(["sudo", "--non-interactive"])
            .into_iter()
            .flatten()
            .collect::<Vec<_>>();
        let run = |arguments: &[&str]| {
            let words: Vec<&str> = sudo
                .iter()
                .copied()
                .chain(["apt-get"])
                .chain(arguments.iter().copied())
                .collect();
            let (program, rest) = words.split_first().context("no command")?;
            cmd!(shell, "{program} {rest...}").run().context(format!(
                "{package} could not be installed; install it yourself: apt-get install {package}"
            ))
        };
        run(&["update", "--quiet", "--quiet"])?;
        run(&[
            "install",
            "--yes",
            "--quiet",
            "--quiet",
            "--no-install-recommends",
            package,
        ])
    })?;
    names
        .iter()
        .find_map(|name| find(name))
        .with_context(|| format!("{package} is installed but not on the PATH"))
}

/// Looks a program up on the path.
fn find(name: &str) -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}
