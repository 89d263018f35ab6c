//! Templates, forms and fonts: built in, so that one file can be carried into a closed network; a workspace's `templates/` goes
//! before them.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::text_file::Reader;
use super::walk::{Others, Walk};
use super::workspace::outside;
use crate::Error;
use crate::diagnostic::{Diagnostics, SourceMap};

/// A built-in template: its path below `templates/` and its text.
type BuiltIn = (&'static str, &'static str);

macro_rules! built_in {
    // A macro, because `include_str!` takes only a literal and the path must stand beside the text it names.
    ($($path:literal),* $(,)?) => { &[$(($path, include_str!(concat!("../../templates/", $path)))),*] };
}

const BUILT_IN: &[BuiltIn] = built_in![
    "forms/jutenkomoku-h30-05.toml",
    "forms/keikaku-kanrisho.toml",
    "forms/kisokomoku-h26-04.toml",
    "forms/kisokomoku-h28-01.toml",
    "forms/kisokomoku-h29-05.toml",
    "forms/kisokomoku-h31-01.toml",
    "forms/kisokomoku-r6-10.toml",
    "forms/zenkomoku-h26-04.toml",
    "forms/zenkomoku-h28-01.toml",
    "forms/zenkomoku-h30-05.toml",
    "html/blocks.html",
    "html/document.html",
    "html/style.css",
    "html/withheld.html",
    "looks/marks.toml",
    "rules/threshold.toml",
    "typst/cover.typ",
    "typst/flow.typ",
    "typst/grid.typ",
    "typst/main.typ",
    "typst/marks.typ",
    "typst/page.typ",
    "typst/rich.typ",
    "typst/rows.typ",
    "typst/running.typ",
    "typst/section.typ",
    "words/document.toml",
    "words/law.toml",
    "words/placeholders.toml",
];

/// Templates by path below `templates/`（ひな形）: `forms/…`, `typst/…`, `html/…`, `words/…`, `looks/…`, `rules/…`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Templates {
    texts: BTreeMap<String, Arc<str>>,
}

impl Default for Templates {
    fn default() -> Self {
        Self { texts: BUILT_IN.iter().map(|(path, text)| ((*path).to_owned(), Arc::from(*text))).collect() }
    }
}

impl Templates {
    /// The built-in templates, with those of a workspace's `templates/` in their place or beside them.
    ///
    /// Pushes what a file that cannot be read as text is.
    ///
    /// # Errors
    /// [`Error::Read`] where the system refuses.
    pub(super) fn read(
        root: &Path,
        reader: &mut Reader<'_>,
        sources: &SourceMap,
        diagnostics: &mut Diagnostics,
    ) -> Result<Self, Error> {
        let mut templates = Self::default();
        let folder = root.join("templates");
        if folder.is_dir() {
            let walk = Walk {
                root,
                real_root: reader.real_root,
                endings: &["toml", "typ", "html", "css"],
                others: Others::Kept,
            };
            let found = walk.below(&folder, diagnostics)?;
            for path in found.files {
                let inside = path.strip_prefix(&folder).expect("walked from the folder");
                let key = inside.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>();
                let key = key.join("/");
                if let Some((_, text)) = reader.read(&path, &format!("templates/{key}"), diagnostics)? {
                    templates.texts.insert(key, Arc::from(text));
                }
            }
            found.outside.iter().for_each(|link| diagnostics.push(outside(link, sources)));
        }
        Ok(templates)
    }

    /// The text of one template.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&Arc<str>> {
        self.texts.get(path)
    }

    /// The templates whose path begins with a folder, in the order of their paths.
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a Arc<str>)> + 'a {
        self.texts.iter().filter(move |(path, _)| path.starts_with(folder)).map(|(path, text)| (path.as_str(), text))
    }
}
