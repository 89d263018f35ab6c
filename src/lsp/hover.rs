//! What is told of a place（ヒント）: of an item what the form asks for, what is printed and on which pages; of a name what it stands for.

use std::fmt::Write as _;

use super::house::{Standing, say};
use super::items::{Home, homes, item_at};
use super::measured::Measured;
use super::names::{Name, Place};
use crate::desk::items::{Item, Node, chapters};
use crate::diagnostic::Lang;
use crate::markup::State;
use crate::model::manifest::{ChangeToml, ItemDef, ItemKind};
use crate::name::{ChangeId, FragmentId};
use crate::session::Checked;

/// Most characters of a printed text that are shown.
const SHOWN_MOST: usize = 600;
/// Most municipalities whose printed text is shown.
const TOWNS_MOST: usize = 3;

/// What is told of an item of a file.
pub(super) fn item(
    (standing, measured): (&Standing, &Measured),
    (path, text): (&str, &str),
    offset: usize,
    lang: Lang,
) -> Option<(String, std::ops::Range<usize>)> {
    let (id, range) = item_at(path, text, offset)?;
    let homes = homes(standing, path);
    let (home, item) = homes.iter().find_map(|home| Some((home, home.item(&id)?)))?;
    let mut said = head(home, &item, lang);
    let mut seen: Vec<String> = Vec::new();
    for home in homes.iter().take(TOWNS_MOST) {
        let Some(item) = home.item(&id) else { continue };
        let key = (home.municipality.name(home.case), home.form.role.clone());
        let pages = measured.pages(&key, item.row);
        let shown = printed(home, &item, pages, lang);
        // What all print alike is shown once.
        if !seen.contains(&shown) {
            let _ = write!(said, "\n\n---\n\n{shown}");
            seen.push(shown);
        }
    }
    Some((said, range))
}

fn head(home: &Home<'_>, item: &Item<'_>, lang: Lang) -> String {
    let trail = item.trail.iter().chain([&item.label]).filter(|word| !word.is_empty());
    let mut trail: Vec<&str> = trail.map(String::as_str).collect();
    trail.dedup();
    let mut said = format!("**{}**", escaped(&trail.join(" › ")));
    let mut facts = vec![format!("`{}`", item.id), kind(item.def, lang)];
    if item.def.is_some_and(ItemDef::is_required) {
        facts.push(say(lang, "必須", "required"));
    }
    if item.important {
        facts.push(say(lang, "※ 重要な変更の対象", "※ a change to it is a 重要な変更"));
    }
    if let Some(most) = item.def.and_then(|def| def.max_chars) {
        facts.push(say(lang, format!("{most} 字以内"), format!("{most} characters at most")));
    }
    let _ = write!(said, "  \n{}", facts.join(" · "));
    if let Some(guidance) = item.def.and_then(|def| def.guidance.as_ref()) {
        let _ = write!(said, "\n\n{}", escaped(guidance));
    }
    if let Some(options) = home.options(item) {
        let all: Vec<String> = options.labels.iter().map(|label| format!("- {}", escaped(label))).collect();
        let _ = write!(said, "\n\n{}\n\n{}", say(lang, "選択肢", "Options"), all.join("\n"));
    }
    said
}

fn kind(def: Option<&ItemDef>, lang: Lang) -> String {
    let (ja, en) = match def.map_or(ItemKind::Text, |def| def.kind) {
        ItemKind::Band => ("見出し", "heading bar"),
        ItemKind::Text => ("文", "text"),
        ItemKind::Line => ("1行", "line"),
        ItemKind::Choice => ("選択（一つ）", "one of the options"),
        ItemKind::Checks => ("選択（いくつでも）", "any of the options"),
        ItemKind::Number => ("数", "number"),
        ItemKind::Date => ("日付", "date"),
        ItemKind::Tick => ("チェック欄", "box"),
        ItemKind::Fixed => ("様式の文", "text of the form"),
        ItemKind::Group => ("繰返し", "repeat group"),
        ItemKind::Cluster => ("まとまり", "cluster"),
    };
    say(lang, ja, en)
}

/// What a municipality prints, and where.
fn printed(home: &Home<'_>, item: &Item<'_>, pages: Option<(usize, usize)>, lang: Lang) -> String {
    let words = item.shown.characters();
    let words = if words.trim().is_empty() {
        say(lang, "（空欄）", "(nothing is written)")
    } else {
        let short: String = words.chars().take(SHOWN_MOST).collect();
        let more = if short.len() < words.len() { "…" } else { "" };
        quoted(&format!("{short}{more}"))
    };
    let mut place = format!("{}　{}", escaped(&home.municipality.name), escaped(&home.form.filled.title));
    if let Some((first, last)) = pages {
        let pages = if first == last { format!("P.{first}") } else { format!("P.{first}～{last}") };
        let _ = write!(place, "　{pages}");
    }
    format!("{place}\n\n{words}")
}

/// What is told of a name.
pub(super) fn name(standing: &Standing, place: &Place, (path, lang): (&str, Lang)) -> Option<String> {
    match &place.name {
        Name::Term(name) => term(standing, name, lang),
        Name::Fragment(id) => fragment(standing, id, lang),
        Name::Change(id) => change(standing, id, (path, lang)),
    }
}

fn term(standing: &Standing, name: &str, lang: Lang) -> Option<String> {
    let mut lines = Vec::new();
    for (slug, checked) in &standing.towns {
        let Some(town) = checked.library.municipalities.get(slug) else { continue };
        if let Some(value) = town.value.terms.get(name) {
            lines.push(format!("- {}（{}）", escaped(value), escaped(&town.value.name.value)));
        }
    }
    let fact = standing.towns.iter().find_map(|(_, checked)| checked.library.facts.get(name));
    if let Some(value) = fact {
        let of_all = say(lang, "共通の事実", "shared fact");
        lines.push(format!("- {}（{of_all}）", escaped(value)));
    }
    (!lines.is_empty()).then(|| format!("{} `{name}`\n\n{}", say(lang, "用語", "Term"), lines.join("\n")))
}

fn fragment(standing: &Standing, id: &FragmentId, lang: Lang) -> Option<String> {
    let all = standing.towns.iter().map(|(_, checked)| checked);
    let fragment = all.clone().find_map(|checked| checked.library.fragments.get(id))?;
    let mut said = format!("{} `{id}`　**{}**", say(lang, "共通文", "Shared text"), escaped(&fragment.front.title));
    if let Some(upstream) = &fragment.front.upstream {
        let version = fragment.front.upstream_version.as_deref().unwrap_or_default();
        let _ = write!(said, "  \n{}", escaped(format!("{upstream} {version}").trim()));
    }
    let words: String = fragment.text.characters(State::After).chars().take(SHOWN_MOST).collect();
    let _ = write!(said, "\n\n{}", quoted(&words));
    Some(said)
}

/// The change that a file of a case means: that of its own case goes before others of the same id.
fn change(standing: &Standing, id: &ChangeId, (path, lang): (&str, Lang)) -> Option<String> {
    let case = super::names::case_of(path);
    let find = |checked: &Checked| -> Option<(ChangeToml, usize)> {
        let cases = checked.model.cases().map(|(_, of)| of);
        let mut cases = cases.filter(|of| case.as_ref().is_none_or(|case| of.id == *case));
        cases.find_map(|of| {
            let change = of.changes.get(id)?.clone();
            let nodes = of.forms.iter().flat_map(chapters).flat_map(|chapter| chapter.nodes);
            let is_marked = |node: &Node<'_>| matches!(node, Node::Item(item) if item.shown.changes().contains(&id));
            let marked = nodes.filter(is_marked).count();
            Some((change, marked))
        })
    };
    let (change, marked) = standing.towns.iter().find_map(|(_, checked)| find(checked))?;
    let timing = change.timing.map_or("", |timing| timing.label());
    let facts = [change.changed_on.as_str(), timing].map(escaped).join(" ");
    let count = say(lang, format!("印のある項目 {marked}"), format!("{marked} item(s) marked"));
    Some(format!("{} `{id}`\n\n{}\n\n{} · {count}", say(lang, "変更", "Change"), escaped(&change.reason), facts.trim()))
}

/// Words as a quotation.
fn quoted(words: &str) -> String {
    words.lines().map(|line| format!("> {}", escaped(line))).collect::<Vec<_>>().join("  \n")
}

/// What an author wrote is text, never Markdown of ours.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' => out.push_str("  \n"),
            sign if sign.is_ascii_punctuation() => out.extend(['\\', sign]),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_author_wrote_is_no_markdown() {
        assert_eq!(escaped("**強** [a](b) <i>\n- 一"), "\\*\\*強\\*\\* \\[a\\]\\(b\\) \\<i\\>  \n\\- 一");
        assert_eq!(quoted("一\n# 二"), "> 一  \n> \\# 二");
    }
}
