//! `hyoka items`: the items of a form, for the author's eye, for a program, or as a workbook.

use std::path::Path;

use super::arguments::ItemsArguments;
use super::{OK, print, say};
use crate::Error;
use crate::desk;
use crate::diagnostic::Lang;
use crate::model::{FormListing, ItemPath, ListedItem};
use crate::render::items_workbook;
use crate::write::{bytes_of, put_file};

pub(super) fn run(root: &Path, lang: Lang, options: &ItemsArguments) -> Result<u8, Error> {
    let Some(wanted) = &options.wanted else {
        let forms = desk::forms(root)?;
        print(&forms.iter().map(|(id, title)| format!("{id}　{title}")).collect::<Vec<_>>().join("\n"));
        return Ok(OK);
    };
    let mut listing = desk::form_items(root, wanted)?;
    if let Some(section) = &options.section {
        listing.items.retain(|item| item.path.first() == *section);
        if listing.items.is_empty() {
            return Err(Error::NoItem { path: section.to_string(), near: None });
        }
    }
    match (&options.xlsx, options.json) {
        (Some(path), _) => {
            let bytes = items_workbook(&listing).expect("a form's items keep the limits of a workbook");
            match bytes_of(path)? {
                Some(there) if there != bytes => return Err(Error::Exists { path: path.clone() }),
                Some(_) => {}
                None => put_file(path, &bytes)?,
            }
            say(&match lang {
                Lang::Ja => format!("{} 項目を書き出しました：{}", listing.items.len(), path.display()),
                Lang::En => format!("wrote {} items to {}", listing.items.len(), path.display()),
            });
        }
        (None, true) => print(&serde_json::to_string_pretty(&listing).expect("plain data")),
        (None, false) => print(&text(&listing, lang)),
    }
    Ok(OK)
}

/// A Markdown table a section: read as it is, or pasted where a table is wanted.
fn text(listing: &FormListing, lang: Lang) -> String {
    let tag = if listing.tag.is_empty() { String::new() } else { format!("［{}］", listing.tag) };
    let mut out = format!("# {}{tag}（{}）\n", listing.title, listing.form);
    let header = match lang {
        Lang::Ja => "| ID | 種類 | 項目名 | 選択肢 | 必須 | 書くこと |",
        Lang::En => "| id | kind | label | options | required | what to write |",
    };
    let mut section = None;
    for item in &listing.items {
        let id = item.path.first();
        if section != Some(id) {
            section = Some(id);
            out.push_str(&format!("\n## {}（{id}.md）\n\n{header}\n|---|---|---|---|---|---|\n", item.section));
        }
        out.push_str(&row(item, lang));
    }
    out
}

fn row(item: &ListedItem, lang: Lang) -> String {
    let inside =
        item.path.below(&ItemPath::of(item.path.first())).map_or_else(String::new, |inside| inside.to_string());
    let mark = if item.important { "※" } else { "" };
    let required = if item.required { "○" } else { "" };
    let mut what = item.guidance.clone();
    if !item.released_by.is_empty() {
        let by = item.released_by.join("、");
        what.push_str(&match lang {
            Lang::Ja => format!("（「{by}」のときは空ける）"),
            Lang::En => format!(" (blank with: {by})"),
        });
    }
    if !item.from.is_empty() {
        what.push_str(&match lang {
            Lang::Ja => format!("（書かなければ {} を引用）", item.from),
            Lang::En => format!(" (otherwise printed from {})", item.from),
        });
    }
    let cells = [
        &format!("`{inside}`"),
        item.kind.name(),
        &format!("{}{}{mark}", "　".repeat(item.depth), item.label),
        &item.options.join(" / "),
        required,
        &what,
    ];
    let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "｜").replace('\n', " ")).collect();
    format!("| {} |\n", cells.join(" | "))
}
