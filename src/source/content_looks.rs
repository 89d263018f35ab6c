//! What the files of `content/` look like from outside（原稿の様子）: enough to see that somebody saved one.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::SystemTime;

use walkdir::WalkDir;

/// Size and time of writing of each file of `content/`, by its path from the root（原稿の様子）. Two that are equal say that nothing was
/// saved in between, as far as the clock of the file system can tell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContentLooks {
    files: BTreeMap<String, (u64, Option<SystemTime>)>,
}

impl ContentLooks {
    /// Of the files that are there now; hidden ones and what the system refuses to show are left out.
    #[must_use]
    pub fn of(root: &Path) -> Self {
        let is_shown =
            |entry: &walkdir::DirEntry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.');
        let walk = WalkDir::new(root.join("content")).into_iter().filter_entry(is_shown).filter_map(Result::ok);
        let files = walk.filter(|entry| entry.file_type().is_file()).filter_map(|entry| {
            let data = entry.metadata().ok()?;
            let path = entry.path().strip_prefix(root).ok()?.display().to_string().replace('\\', "/");
            Some((path, (data.len(), data.modified().ok())))
        });
        Self { files: files.collect() }
    }

    /// The paths of the files in which two differ, in order.
    #[must_use]
    pub fn differing(&self, other: &Self) -> Vec<String> {
        let mut paths: Vec<String> = self.files.keys().chain(other.files.keys()).cloned().collect();
        paths.sort();
        paths.dedup();
        paths.retain(|path| self.files.get(path) != other.files.get(path));
        paths
    }
}
