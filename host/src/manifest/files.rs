//! Copies a component's `files` into a folder of its own, which the guest then sees read-only as `/`.
//!
//! A snapshot, as Spin makes: what changes in the app's folder while it runs does not show.

use super::{App, Component, FileMount};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};

/// Where the files of one component were put.
#[derive(Clone, Debug)]
pub struct Staged {
    /// Folder that becomes the guest's `/`; `None` when the component has no files.
    pub root: Option<PathBuf>,
}

/// Copies the files of component `id` under `folder`.
pub fn stage(app: &App, id: &str, component: &Component, folder: &Path) -> Result<Staged> {
    if component.files.is_empty() {
        return Ok(Staged { root: None });
    }
    let root = folder.join(id);
    fs::create_dir_all(&root).with_context(|| format!("cannot create {}", root.display()))?;
    let excluded = component
        .exclude_files
        .iter()
        .map(|pattern| {
            glob::Pattern::new(pattern).with_context(|| format!("exclude_files pattern {pattern:?}"))
        })
        .collect::<Result<Vec<_>>>()?;
    let stage = Stage {
        app_root: &app.root,
        excluded,
    };
    for mount in &component.files {
        match mount {
            FileMount::Pattern(pattern) => stage.pattern(pattern, &root),
            FileMount::Placement { source, destination } => stage.placement(source, destination, &root),
        }
        .with_context(|| format!("the files of component {id:?}"))?;
    }
    Ok(Staged { root: Some(root) })
}

struct Stage<'a> {
    app_root: &'a Path,
    excluded: Vec<glob::Pattern>,
}

impl Stage<'_> {
    /// `"assets/*.png"` or `"one/file.txt"`: keeps the path under the app's folder.
    fn pattern(&self, pattern: &str, root: &Path) -> Result<()> {
        let path = self.app_root.join(pattern);
        if path.is_dir() {
            bail!(
                "{pattern:?} is a folder: write {{ source = {pattern:?}, destination = \"/...\" }} or \"{pattern}/**/*\""
            );
        }
        if path.is_file() {
            return self.copy(&path, &root.join(self.inside(&path)?));
        }
        if !pattern.contains(['*', '?', '[']) {
            bail!("{pattern:?} does not exist");
        }
        self.copy_matches(&path, self.app_root, root)
    }

    /// `{ source = "...", destination = "/..." }`.
    fn placement(&self, source: &str, destination: &str, root: &Path) -> Result<()> {
        if destination.split('/').any(|part| part == "..") {
            bail!("the destination {destination:?} must not contain `..`");
        }
        let from = self.app_root.join(source);
        let to = root.join(destination.trim_start_matches('/'));
        if from.is_dir() {
            self.copy_matches(&from.join("**/*"), &from, &to)
        } else if from.is_file() {
            self.copy(&from, &to)
        } else {
            bail!("{source:?} does not exist")
        }
    }

    fn copy_matches(&self, pattern: &Path, strip: &Path, to: &Path) -> Result<()> {
        let pattern = pattern.to_str().context("file patterns must be UTF-8")?;
        for path in glob::glob(pattern).with_context(|| format!("file pattern {pattern:?}"))? {
            let path = path?;
            if !path.is_file() {
                continue;
            }
            let inside = self.inside(&path)?;
            if self.excluded.iter().any(|excluded| excluded.matches_path(inside)) {
                continue;
            }
            self.copy(&path, &to.join(path.strip_prefix(strip)?))?;
        }
        Ok(())
    }

    fn inside<'p>(&self, path: &'p Path) -> Result<&'p Path> {
        path.strip_prefix(self.app_root)
            .ok()
            .filter(|inside| {
                inside
                    .components()
                    .all(|part| part != std::path::Component::ParentDir)
            })
            .with_context(|| format!("{} is outside the app's folder", path.display()))
    }

    fn copy(&self, from: &Path, to: &Path) -> Result<()> {
        self.inside(from)?;
        if let Some(parent) = to.parent() {
            fs::create_dir_all(parent).with_context(|| format!("cannot create {}", parent.display()))?;
        }
        fs::copy(from, to)
            .with_context(|| format!("cannot copy {} to {}", from.display(), to.display()))
            .map(drop)
    }
}
