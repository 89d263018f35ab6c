//! The page, its script and its style（画面の部品）: built into the program, so that the desk needs no file and no network.

/// A file of the page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asset {
    /// Its media type.
    pub(super) media_type: &'static str,
    /// Its bytes.
    pub(super) bytes: &'static [u8],
}

macro_rules! assets {
    // A macro, since a built-in file must be named by a literal.
    ($($name:literal: $media_type:expr,)*) => {
        &[$(($name, Asset { media_type: $media_type, bytes: include_bytes!(concat!("assets/", $name)) }),)*]
    };
}

const HTML: &str = "text/html; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

const ASSETS: &[(&str, Asset)] = assets! {
    "index.html": HTML,
    "desk.css": STYLE,
    "desk.js": SCRIPT,
    "answers.js": SCRIPT,
    "ask.js": SCRIPT,
    "begin.js": SCRIPT,
    "changes.js": SCRIPT,
    "declare.js": SCRIPT,
    "dom.js": SCRIPT,
    "editor.js": SCRIPT,
    "fields.js": SCRIPT,
    "figure.js": SCRIPT,
    "findings.js": SCRIPT,
    "finish.js": SCRIPT,
    "form.js": SCRIPT,
    "group.js": SCRIPT,
    "hearing.js": SCRIPT,
    "item.js": SCRIPT,
    "make.js": SCRIPT,
    "marks.js": SCRIPT,
    "move.js": SCRIPT,
    "opinions.js": SCRIPT,
    "pages.js": SCRIPT,
    "tree.js": SCRIPT,
    "words.js": SCRIPT,
    "codemirror.js": SCRIPT,
    "codemirror.LICENSE.txt": TEXT,
    "icon.svg": "image/svg+xml",
};

/// The file of a name.
pub(super) fn asset(name: &str) -> Option<Asset> {
    ASSETS.iter().find(|(known, _)| *known == name).map(|(_, asset)| *asset)
}
