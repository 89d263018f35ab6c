//! `hyoka schema`.

use std::path::Path;

use super::{OK, in_workspace, note, say};
use crate::Error;
use crate::desk;
use crate::diagnostic::Lang;

/// Writes the JSON Schemas of all TOML kinds, for editors, and of the reports, for programs.
pub(super) fn write(root: &Path, lang: Lang, out: Option<&Path>) -> Result<u8, Error> {
    let folder = out.map_or_else(|| in_workspace(root, "schemas"), Path::to_owned);
    let (count, notes) = desk::write_schemas(root, &folder)?;
    say(&match lang {
        Lang::Ja => format!("JSON Schema を {count} 件書き出しました：{}", folder.display()),
        Lang::En => format!("wrote {count} JSON Schemas to {}", folder.display()),
    });
    note(&notes, lang);
    Ok(OK)
}
