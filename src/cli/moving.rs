//! `hyoka form move`: a case moved to another version of its form, and what was done with each item.

use std::path::Path;

use super::arguments::MoveArguments;
use super::{OK, print, say};
use crate::Error;
use crate::check::is_day;
use crate::desk::{FormMoved, MoveOrder, move_form, move_form_dry};
use crate::diagnostic::Lang;

pub(super) fn run(root: &Path, lang: Lang, options: &MoveArguments) -> Result<u8, Error> {
    if !is_day(options.on.trim()) {
        return Err(Error::NoDate { given: options.on.clone() });
    }
    let order = MoveOrder {
        case: options.case.clone(),
        beside: options.beside.clone(),
        to: options.to.clone(),
        on: options.on.trim().to_owned(),
    };
    let moved = if options.dry_run { move_form_dry(root, &order)? } else { move_form(root, &order)? };
    tell(&moved, lang);
    say(&match (lang, options.dry_run) {
        (Lang::Ja, true) => "何も書き込んでいません。".to_owned(),
        (Lang::En, true) => "nothing was written".to_owned(),
        (Lang::Ja, false) => format!("様式「{}」に移しました。変更「{}」を加えました。", order.to, moved.change),
        (Lang::En, false) => format!("moved to `{}`; the change `{}` was added", order.to, moved.change),
    });
    Ok(OK)
}

fn tell(moved: &FormMoved, lang: Lang) {
    let words = |ja: &'static str, en: &'static str| match lang {
        Lang::Ja => ja,
        Lang::En => en,
    };
    print(&format!("{} {}", words("残した項目：", "kept:"), moved.kept));
    for (file, was, is) in &moved.renamed {
        print(&format!("{} {file} {was} → {is}", words("改名：", "renamed:")));
    }
    for item in &moved.new {
        print(&format!("{} {item}", words("記載なし：", "to be written:")));
    }
    for (file, id) in &moved.archived {
        print(&format!("{} {id} → {file}", words("保存：", "archived:")));
    }
}
