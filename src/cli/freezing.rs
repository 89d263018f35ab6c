//! `hyoka freeze` and `hyoka issue`: what was approved or published, and what was handed out.

use std::path::Path;

use super::arguments::{FreezeArguments, IssueArguments};
use super::{MISTAKES, OK, report, say};
use crate::Error;
use crate::desk;
use crate::diagnostic::Lang;
use crate::name::CaseName;
use crate::session::Strictness;

pub(super) fn freeze(root: &Path, lang: Lang, options: &FreezeArguments) -> Result<u8, Error> {
    let case = CaseName::new(&options.municipality, &options.case);
    let (edition, title) = (case.edition(&options.edition.clone().unwrap_or_default()), options.title.as_str());
    let frozen = match &options.reason {
        _ if options.seal => desk::seal_editions(root, &case)?,
        Some(reason) => desk::freeze_anew(root, &edition, title, reason)?,
        None => desk::freeze(root, &edition, title)?,
    };
    if report(&frozen.diagnostics, &frozen.sources, lang, Strictness::Errors) {
        say(match lang {
            Lang::Ja => "何も書き込んでいません。",
            Lang::En => "nothing was written",
        });
        return Ok(MISTAKES);
    }
    let (items, folder) = (frozen.items, edition.folder());
    say(&match (options.seal, lang) {
        (false, Lang::Ja) => format!("{items} 項目を確定しました：{folder}"),
        (false, Lang::En) => format!("froze {items} items: {folder}"),
        (true, Lang::Ja) => format!("版を封印しました：{folder}"),
        (true, Lang::En) => format!("sealed the editions: {folder}"),
    });
    Ok(OK)
}

pub(super) fn issue(root: &Path, lang: Lang, options: &IssueArguments) -> Result<u8, Error> {
    let order = desk::IssueOrder {
        municipality: options.municipality.clone(),
        case: options.case.clone(),
        id: options.id.clone(),
        title: options.title.clone(),
        date: options.date.clone(),
    };
    let issued = desk::issue(root, &order)?;
    if report(&issued.diagnostics, &issued.sources, lang, Strictness::Errors) {
        say(match lang {
            Lang::Ja => "何も書き込んでいません。",
            Lang::En => "nothing was written",
        });
        return Ok(MISTAKES);
    }
    let (documents, path) = (issued.documents.join("、"), &issued.path);
    say(&match lang {
        Lang::Ja => format!("発出した文書を記録しました（{documents}）：{path}"),
        Lang::En => format!("recorded the issued papers ({documents}): {path}"),
    });
    Ok(OK)
}
