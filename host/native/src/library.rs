//! Finds ONNX Runtime's library and loads it, once per process.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// The oldest ONNX Runtime whose interface these bindings use (1.22).
const OLDEST_MINOR: u32 = ort::MINOR_VERSION;

/// A loaded ONNX Runtime.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Library {
    /// Where it was found.
    pub path: PathBuf,
    /// Its version, such as `1.32.0`.
    pub version: String,
}

/// Why there is no native inference.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LibraryError {
    /// No library where it is looked for.
    #[error("no ONNX Runtime library: set ORT_DYLIB_PATH, or put libonnxruntime.so into {folder}")]
    Missing {
        /// The folder that was looked into.
        folder: String,
    },
    /// A file that is not ONNX Runtime, or not for this machine.
    #[error("{path} cannot be loaded: {reason}")]
    Unusable {
        /// The file.
        path: String,
        /// Why.
        reason: String,
    },
    /// A library that is too old.
    #[error("{path} is ONNX Runtime {version}, at least 1.{OLDEST_MINOR} is needed")]
    TooOld {
        /// The file.
        path: String,
        /// Its version.
        version: String,
    },
}

/// Where the library is: `ORT_DYLIB_PATH`, else the newest `libonnxruntime.*` in `onnxruntime/` of the state folder.
pub fn find_library(state_dir: &Path) -> Result<PathBuf, LibraryError> {
    if let Some(path) = std::env::var_os("ORT_DYLIB_PATH").filter(|path| !path.is_empty()) {
        return Ok(PathBuf::from(path));
    }
    let folder = state_dir.join("onnxruntime");
    let missing = || LibraryError::Missing {
        folder: folder.display().to_string(),
    };
    let mut found: Vec<PathBuf> = std::fs::read_dir(&folder)
        .map_err(|_| missing())?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| {
            path.file_name()
                .and_then(|name| name.to_str())
                .is_some_and(|name| {
                    // `libonnxruntime_providers_*` beside it are no libraries of their own.
                    name.starts_with("libonnxruntime.") && (name.contains(".so") || name.contains(".dylib"))
                })
        })
        .collect();
    found.sort();
    found.pop().ok_or_else(missing)
}

impl Library {
    /// Loads the library that [`find_library`] finds. Later calls return the first one's library or error.
    pub fn load(state_dir: &Path) -> Result<Self, LibraryError> {
        static LOADED: OnceLock<Result<Library, LibraryError>> = OnceLock::new();
        LOADED
            .get_or_init(|| find_library(state_dir).and_then(|path| Self::load_file(&path)))
            .clone()
    }

    fn load_file(path: &Path) -> Result<Self, LibraryError> {
        let unusable = |reason: String| LibraryError::Unusable {
            path: path.display().to_string(),
            reason,
        };
        // The bindings panic on a file that does not load or is too old: look before they do.
        let version = version(path).map_err(unusable)?;
        let minor = version
            .split('.')
            .nth(1)
            .and_then(|minor| minor.parse::<u32>().ok())
            .unwrap_or(0);
        if minor < OLDEST_MINOR {
            return Err(LibraryError::TooOld {
                path: path.display().to_string(),
                version,
            });
        }
        ort::init_from(path.display())
            .with_name("flow")
            .with_telemetry(false)
            .commit()
            .map_err(|error| unusable(error.message().to_owned()))?;
        Ok(Self {
            path: path.to_owned(),
            version,
        })
    }
}

/// The version that the library at `path` says it has.
#[expect(
    unsafe_code,
    reason = "loading a C library and asking its version is foreign code by nature"
)]
fn version(path: &Path) -> Result<String, String> {
    // SAFETY: loading runs the library's initialisers: that is what the operator asks for by placing the file. `OrtGetApiBase` is
    // ONNX Runtime's documented entry point; it returns a static table whose version string is static too. The library is
    // loaded again, and kept, by the bindings.
    unsafe {
        let library = libloading::Library::new(path).map_err(|error| error.to_string())?;
        let base = library
            .get::<unsafe extern "C" fn() -> *const ort::sys::OrtApiBase>(b"OrtGetApiBase\0")
            .map_err(|_| "it is not ONNX Runtime: it has no OrtGetApiBase".to_owned())?();
        if base.is_null() {
            return Err("it is not ONNX Runtime: it has no interface table".to_owned());
        }
        let version = ((*base).GetVersionString)();
        Ok(std::ffi::CStr::from_ptr(version).to_string_lossy().into_owned())
    }
}
