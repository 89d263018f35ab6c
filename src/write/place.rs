//! Where nothing may be written at all, whatever lies there.

use std::io::{Error as SystemError, ErrorKind};
use std::path::{Component, Path, PathBuf};

use super::write_error;
use crate::Error;

/// Folders of a workspace that hold what people wrote; neither they nor anything in them is an output folder.
const PEOPLES: [&str; 3] = ["content", "templates", ".git"];

/// The real path of an output folder, links and `..` resolved, if a workspace may have one there.
///
/// # Errors
/// [`Error::NoOutputHere`] for the workspace's own folder, one that holds it, and one that holds or lies in what people wrote;
/// [`Error::NotAFolder`] for a file.
pub(super) fn output(root: &Path, folder: &Path) -> Result<PathBuf, Error> {
    let real = real(folder)?;
    let refused = || Error::NoOutputHere { path: folder.to_owned() };
    if std::fs::canonicalize(root).is_ok_and(|root| root.starts_with(&real)) {
        return Err(refused());
    }
    for name in PEOPLES {
        // Without links it is where the workspace is, with them it may be anywhere.
        let written = std::fs::canonicalize(root.join(name));
        if written.is_ok_and(|written| real.starts_with(&written) || written.starts_with(&real)) {
            return Err(refused());
        }
    }
    if real.exists() && !real.is_dir() {
        return Err(Error::NotAFolder { path: folder.to_owned() });
    }
    Ok(real)
}

/// The real path of what may not be there yet.
pub(super) fn real(path: &Path) -> Result<PathBuf, Error> {
    let absolute = std::path::absolute(path).map_err(|error| write_error(path, error))?;
    match std::fs::canonicalize(&absolute) {
        Ok(real) => return Ok(real),
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        // A file stands where a folder would have to be.
        Err(error) if error.kind() == ErrorKind::NotADirectory => {
            return Err(Error::NotAFolder { path: path.to_owned() });
        }
        Err(error) => return Err(write_error(path, error)),
    }
    // A link that leads nowhere is somebody's all the same.
    if absolute.symlink_metadata().is_ok() {
        return Err(Error::NotAFolder { path: path.to_owned() });
    }
    let parent = absolute.parent().ok_or_else(|| write_error(path, SystemError::from(ErrorKind::NotFound)))?;
    let parent = real(parent)?;
    Ok(match absolute.components().next_back() {
        Some(Component::Normal(name)) => parent.join(name),
        Some(Component::ParentDir) => parent.parent().map_or(parent.clone(), Path::to_owned),
        _ => parent,
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn what_people_wrote_and_what_holds_it_is_no_output_folder() {
        let base = tempfile::tempdir().expect("the system has a temporary folder");
        let root = base.path().join("町");
        for folder in ["content/assessments", "templates", "docs"] {
            fs::create_dir_all(root.join(folder)).expect("a folder can be made");
        }
        let refused = |path: &Path| matches!(output(&root, path), Err(Error::NoOutputHere { .. }));
        for path in ["", "content", "content/new/out", "content/assessments", "templates/x", "docs/..", "new/.."] {
            assert!(refused(&root.join(path)), "{path}");
        }
        assert!(refused(base.path()) && refused(Path::new("/")));
        for path in ["build", "docs", "new/deep/er", "contents"] {
            assert!(output(&root, &root.join(path)).is_ok(), "{path}");
        }
        fs::write(root.join("README"), "").expect("a file can be written");
        for path in ["README", "README/out"] {
            assert!(matches!(output(&root, &root.join(path)), Err(Error::NotAFolder { .. })), "{path}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_what_it_leads_to() {
        use std::os::unix::fs::symlink;

        let base = tempfile::tempdir().expect("the system has a temporary folder");
        let root = base.path().join("town");
        fs::create_dir_all(root.join("content")).expect("a folder can be made");
        symlink(root.join("content"), root.join("out")).expect("a link can be made");
        symlink(root.join("nowhere"), root.join("dangling")).expect("a link can be made");
        assert!(matches!(output(&root, &root.join("out/new")), Err(Error::NoOutputHere { .. })));
        assert!(matches!(output(&root, &root.join("dangling")), Err(Error::NotAFolder { .. })));
    }
}
