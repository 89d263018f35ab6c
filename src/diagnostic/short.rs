//! Diagnostics as one line each, for editors and `grep`.

use super::{Diagnostics, Lang, Severity, SourceMap, report};

/// `path:line:column: level[code]: message`, a line each, ordered by file and place; columns in characters from 1.
///
/// What has no place has no numbers. Levels are English words in every language, so that a pattern need not know it.
#[must_use]
pub fn short(diagnostics: &Diagnostics, sources: &SourceMap, lang: Lang) -> String {
    let mut out = String::new();
    for found in report(diagnostics, sources, lang).diagnostics {
        let at = found.start.map(|start| format!(":{}:{}", start.line, start.column)).unwrap_or_default();
        let path = found.path.as_deref().unwrap_or("content");
        let message = found.message.replace('\n', " ");
        out += &format!("{path}{at}: {}[{}]: {message}\n", found.level.word(), found.code);
    }
    out
}

impl Severity {
    /// The English word for programs.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}
