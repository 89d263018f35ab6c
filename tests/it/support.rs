//! What the tests share: folders, the fixture workspace, and builds that are made once per process.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::LazyLock;

use calamine::{Data, Reader, Xlsx, open_workbook};
use hyoka::diagnostic::{Lang, Tone, render};
use hyoka::document::PageIndex;
use hyoka::model::{Case, Municipality};
use hyoka::name::NoName;
use hyoka::press::{Order, Outcome, Quiet};
use hyoka::session::Checked;
use tempfile::TempDir;
use unicode_normalization::UnicodeNormalization;
use walkdir::WalkDir;

/// A name that a test writes, such as `hikari/zei`.
pub(crate) fn named<N: FromStr<Err = NoName>>(text: &str) -> N {
    text.parse().expect("the test writes a name")
}

/// The repository's root.
pub(crate) fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The fixture: the workspace of a fictitious town.
pub(crate) fn town_source() -> PathBuf {
    repository().join("tests/fixtures/town")
}

/// A folder with a copy of the fixture in `town/`, which a test may change; it vanishes with the value.
pub(crate) fn town_copy() -> TempDir {
    let folder = tempfile::tempdir().expect("the system has room for a temporary folder");
    copy(&town_source(), &folder.path().join("town"));
    folder
}

/// Copies a folder with all that is in it.
pub(crate) fn copy(from: &Path, to: &Path) {
    for entry in WalkDir::new(from) {
        let entry = entry.expect("the folder can be read");
        let target = to.join(entry.path().strip_prefix(from).expect("walked from there"));
        if entry.file_type().is_dir() {
            fs::create_dir_all(&target).expect("a folder can be made");
        } else {
            fs::copy(entry.path(), &target).expect("a file can be copied");
        }
    }
}

/// All files below a folder by their path with `/`, hidden ones too, each with its bytes; without what a build may note of the times of its
/// files or not, as its clock has it.
pub(crate) fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.expect("the folder can be read"))
        .filter(|entry| entry.file_type().is_file() && entry.file_name() != ".seen.json")
        .map(|entry| {
            let inside = entry.path().strip_prefix(folder).expect("walked from there");
            let path = inside.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
            (path, fs::read(entry.path()).expect("a file can be read"))
        })
        .collect()
}

/// Builds every document of a workspace into a folder.
pub(crate) fn build_all(root: &Path, folder: &Path) -> Outcome {
    hyoka::press::build(root, folder, &Order::default(), &Quiet).expect("the system lets a temporary folder be written")
}

/// A workspace and everything that was built from it.
#[derive(Debug)]
pub(crate) struct Built {
    /// The output folder.
    pub(crate) folder: PathBuf,
    /// The workspace, read and checked.
    pub(crate) checked: Checked,
    /// What the build remembers of each document, for its measured pages.
    memories: Vec<serde_json::Value>,
}

impl Built {
    /// Builds a workspace into a folder of the test's own target folder, empty before.
    pub(crate) fn of(root: &Path, name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder).expect("the last test's output can be removed");
        }
        let outcome = build_all(root, &folder);
        let said = render(&outcome.diagnostics, &outcome.sources, Lang::Ja, Tone::Plain);
        assert!(outcome.diagnostics.is_empty(), "{name} has mistakes:\n{said}");
        let checked = hyoka::session::read(root).expect("what was built can be read");
        let memories = files(&folder).into_iter().filter(|(path, _)| path.ends_with("/.stamp.json"));
        let memories: Vec<serde_json::Value> = memories
            .map(|(_, memory)| serde_json::from_slice(&memory).expect("what is remembered of a municipality is JSON"))
            .collect();
        assert!(!memories.is_empty(), "a build remembers what it made");
        Self { folder, checked, memories }
    }

    /// Path of an output file.
    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.folder.join(file)
    }

    /// Bytes of an output file.
    pub(crate) fn bytes(&self, file: &str) -> Vec<u8> {
        fs::read(self.path(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
    }

    /// `manifest.json`.
    pub(crate) fn manifest(&self) -> Vec<serde_json::Value> {
        manifest(&self.folder)
    }

    /// Where the rows and marks of a document were measured.
    pub(crate) fn index(&self, document: &str) -> PageIndex {
        let index = self.memories.iter().map(|memory| &memory["documents"][document]["index"]);
        let index = index.into_iter().find(|index| !index.is_null()).cloned().unwrap_or_default();
        serde_json::from_value(index).unwrap_or_else(|error| panic!("{document} was not measured: {error}"))
    }

    /// A municipality of the model.
    pub(crate) fn municipality(&self, slug: &str) -> &Municipality {
        let all = &self.checked.model.municipalities;
        all.iter().find(|municipality| municipality.slug == slug).expect("the workspace has this municipality")
    }

    /// A case of a municipality.
    pub(crate) fn case(&self, slug: &str, case: &str) -> &Case {
        self.municipality(slug).cases.get(case).expect("the municipality has this case")
    }
}

/// The entries of a folder's `manifest.json`.
pub(crate) fn manifest(folder: &Path) -> Vec<serde_json::Value> {
    let bytes = fs::read(folder.join("manifest.json")).expect("a build leaves a manifest");
    let manifest: serde_json::Value = serde_json::from_slice(&bytes).expect("the manifest is JSON");
    manifest["documents"].as_array().expect("the manifest lists documents").clone()
}

/// The fixture, built once per process.
pub(crate) fn town() -> &'static Built {
    static TOWN: LazyLock<Built> = LazyLock::new(|| Built::of(&town_source(), "town"));
    &TOWN
}

/// A text as texts are compared: NFKC, `〜` as `～`, no white space.
///
/// Source: `seeds/README.md`, Comparing.
pub(crate) fn bare(text: &str) -> String {
    text.replace('〜', "～").nfkc().filter(|character| !character.is_whitespace() && *character != '\u{200b}').collect()
}

/// The cells of a workbook's first sheet, row by row, as text.
pub(crate) fn sheet(path: &Path) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = open_workbook(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let range = book.worksheet_range_at(0).expect("a workbook has a sheet").expect("the sheet can be read");
    let text = |cell: &Data| match cell {
        Data::Empty => String::new(),
        other => other.to_string(),
    };
    range.rows().map(|row| row.iter().map(text).collect()).collect()
}
