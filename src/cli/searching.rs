//! `hyoka search`: where words stand, with file, line and page.

use std::path::Path;

use serde::Serialize;

use super::arguments::SearchArguments;
use super::{OK, print, say};
use crate::Error;
use crate::desk::{Finds, FoundItem, search};
use crate::diagnostic::Lang;
use crate::name::CaseName;
use crate::press::page_indexes;
use crate::session::{Session, Wanted};

/// What was found, with its pages.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Listed<'f> {
    #[serde(flatten)]
    item: &'f FoundItem,
    /// Empty where it is on no page of an assessment.
    pages: Vec<usize>,
}

pub(super) fn run(root: &Path, lang: Lang, options: &SearchArguments) -> Result<u8, Error> {
    if options.text.trim().is_empty() {
        return Err(Error::Empty { option: "TEXT" });
    }
    let wanted = Wanted { municipality: options.municipality.clone(), case: options.case.clone(), document: None };
    let session = Session::open(root)?;
    // A search is asked while somebody writes: what is wrong hinders it not.
    let checked = session.gather(&session.wanted(&wanted)?)?;
    let Finds { found, more } = search(&checked, &wanted, &options.text);
    let indexes = if found.is_empty() { Default::default() } else { page_indexes(&checked, &wanted) };
    let listed: Vec<Listed<'_>> = found
        .iter()
        .map(|item| {
            let index = indexes.get(&(CaseName::new(&item.municipality, &item.case), item.form.clone()));
            let range = index.and_then(|index| index.rows.get(&item.row));
            Listed { item, pages: range.into_iter().flat_map(|range| range.first..=range.last).collect() }
        })
        .collect();
    if options.json {
        let all = serde_json::json!({ "found": listed, "more": more });
        print(&serde_json::to_string_pretty(&all).expect("plain data"));
        return Ok(OK);
    }
    if listed.is_empty() {
        say(match lang {
            Lang::Ja => "見付かりません。",
            Lang::En => "nothing was found",
        });
        return Ok(OK);
    }
    print(&listed.iter().map(|found| text(found, lang)).collect::<Vec<_>>().join("\n"));
    let count = listed.len();
    say(&match (more, lang) {
        (false, Lang::Ja) => format!("{count} 項目"),
        (true, Lang::Ja) => format!("初めの {count} 項目。語句を長くするか、自治体と事務を指定してください。"),
        (false, Lang::En) => format!("{count} item(s)"),
        (true, Lang::En) => format!("the first {count} items; search for more words, or in one case"),
    });
    Ok(OK)
}

/// Three lines: case, page and item; the words; file and line.
fn text(Listed { item, pages }: &Listed<'_>, lang: Lang) -> String {
    let pages: Vec<String> = pages.iter().map(ToString::to_string).collect();
    let pages = match (pages.is_empty(), lang) {
        (true, Lang::Ja) => "ページなし".to_owned(),
        (true, Lang::En) => "no page".to_owned(),
        (false, _) => format!("P.{}", pages.join("、")),
    };
    let name = item.name.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut lines = vec![format!("{}  {pages}  {name}", CaseName::new(&item.municipality, &item.case))];
    if let Some((before, found, after)) = &item.excerpt {
        lines.push(format!("  {before}【{found}】{after}").replace('\n', " "));
    }
    let place = item.place.as_deref().unwrap_or(match lang {
        Lang::Ja => "記載なし",
        Lang::En => "not written",
    });
    lines.push(format!("  [{place}] {}{}", item.form, item.path));
    lines.join("\n")
}
