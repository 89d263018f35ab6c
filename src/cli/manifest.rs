//! `hyoka manifest`.

use super::arguments::ManifestCommand;
use super::{OK, say};
use crate::Error;
use crate::diagnostic::Lang;
use crate::press::{Look, join_manifests};

/// Joins what several machines have made.
pub(super) fn run(lang: Lang, command: &ManifestCommand) -> Result<u8, Error> {
    let ManifestCommand::Join(options) = command;
    let look = if options.without_files { Look::ManifestsOnly } else { Look::Files };
    let (count, parts, out) =
        (join_manifests(&options.out, &options.parts, look)?, options.parts.len(), options.out.display());
    say(&match lang {
        Lang::Ja => format!("成果物一覧 {parts} 件を一つにしました（{count} ファイル）：{out}"),
        Lang::En => format!("joined {parts} manifests ({count} files): {out}"),
    });
    Ok(OK)
}
