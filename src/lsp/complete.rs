//! What may stand at a place（補完）: ids of items, options, terms, shared texts, changes.
//!
//! The place is read from the line that is being typed, for it is not a text yet that can be parsed; what may stand there comes from the texts
//! that were judged last.

use std::collections::BTreeSet;
use std::ops::Range;

use super::house::{Standing, say};
use super::hover::escaped;
use super::items::{Home, halves, has_body, homes};
use super::names::case_of;
use crate::desk::items::{Item, Node, chapters};
use crate::diagnostic::Lang;
use crate::model::manifest::ItemKind;
use crate::name::{FragmentId, ItemId, Owner};

/// Something that may stand there（候補）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Offer {
    /// What is chosen by.
    pub(super) label: String,
    /// What it is, in a few words.
    pub(super) detail: String,
    /// What is to be known of it, as Markdown; may be empty.
    pub(super) told: String,
    /// What is written.
    pub(super) text: String,
    /// What kind of thing it is.
    pub(super) kind: OfferKind,
}

/// Kinds of offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OfferKind {
    Fragment,
    Term,
    Change,
    Item,
    Option,
}

/// What is wanted at a place, and the bytes that it takes the place of.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Wish {
    kind: WishKind,
    range: Range<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum WishKind {
    /// After `{{>`; what closes it.
    Fragment(&'static str),
    /// After `{{`; what closes it.
    Term(&'static str),
    /// After `{>>`; what closes it.
    Mark(&'static str),
    /// A change between quotation marks.
    Change(Quotes),
    /// A shared text between quotation marks.
    FragmentId(Quotes),
    /// An item of the assessment, by its path, between quotation marks.
    ItemPath(Quotes),
    /// Any item of the file, between quotation marks.
    ItemId(Quotes),
    /// After `## `.
    Heading,
    /// The key of a value.
    Key,
    /// The value of a key.
    Value(String, Quotes),
}

/// Whether quotation marks stand there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quotes {
    /// Both are to be written.
    None,
    /// The first stands there.
    Open,
    /// Both stand there.
    Both,
}

impl Quotes {
    /// A string of TOML, without the marks that stand there.
    fn put(self, words: &str) -> String {
        let words: String = words.chars().fold(String::new(), |mut out, sign| {
            if matches!(sign, '"' | '\\') {
                out.push('\\');
            }
            out.push(sign);
            out
        });
        match self {
            Self::None => format!("\"{words}\""),
            Self::Open => format!("{words}\""),
            Self::Both => words,
        }
    }
}

/// What may stand at a byte of a file, and the bytes that it takes the place of.
pub(super) fn offers(
    standing: &Standing,
    (path, text): (&str, &str),
    offset: usize,
    lang: Lang,
) -> (Range<usize>, Vec<Offer>) {
    let Some(Wish { kind, range }) = wish(path, text, offset) else { return (offset..offset, Vec::new()) };
    let offers = match kind {
        WishKind::Fragment(close) => fragments(standing, |id| format!("{id}{close}")),
        WishKind::FragmentId(quotes) => fragments(standing, |id| quotes.put(id)),
        WishKind::Term(close) => {
            let mut all = terms(standing, close);
            all.extend(fragments(standing, |id| format!("> {id}{close}")));
            all
        }
        WishKind::Mark(close) => changes(standing, path, |id| format!("{id}{close}")),
        WishKind::Change(quotes) => changes(standing, path, |id| quotes.put(id)),
        WishKind::ItemPath(quotes) => item_paths(standing, path, quotes),
        WishKind::ItemId(quotes) => items(standing, path, lang, |_| true)
            .into_iter()
            .map(|(id, offer)| Offer { text: quotes.put(&id), ..offer })
            .collect(),
        WishKind::Heading => headings(standing, (path, text), lang),
        WishKind::Key => {
            let written: BTreeSet<String> = keys(path, text);
            let is_new = |item: &Item<'_>| !has_body(item) && !written.contains(item.id.as_str());
            let all = items(standing, path, lang, is_new);
            all.into_iter().map(|(id, offer)| Offer { text: format!("{id} = "), ..offer }).collect()
        }
        WishKind::Value(key, quotes) => options(standing, path, (&key, quotes)),
    };
    (range, offers)
}

/// What a place is for.
fn wish(path: &str, text: &str, offset: usize) -> Option<Wish> {
    let start = text[..offset].rfind('\n').map_or(0, |end| end + 1);
    let (before, after) = (&text[start..offset], text[offset..].lines().next().unwrap_or_default());
    let braces = if after.starts_with("}}") {
        ""
    } else if after.starts_with('}') {
        "}"
    } else {
        "}}"
    };
    if let Some((at, rest)) = after_last(before, "{{") {
        let (kind, typed) = match rest.strip_prefix('>') {
            Some(typed) => (WishKind::Fragment(braces), typed),
            None => (WishKind::Term(braces), rest),
        };
        if !rest.contains('}') {
            // A space after the sign belongs to the author.
            let word = typed.trim_start();
            let from = start + at + 2 + rest.len() - word.len();
            return Some(Wish { kind, range: from..offset });
        }
    }
    if let Some((at, rest)) = after_last(before, "{>>")
        && !rest.contains('<')
    {
        let close = if after.starts_with("<<}") {
            ""
        } else if after.starts_with('}') {
            "<<"
        } else {
            "<<}"
        };
        return Some(Wish { kind: WishKind::Mark(close), range: start + at + 3..offset });
    }
    let parts = halves(path, text);
    let is_front = parts.front.start <= offset && offset <= parts.front.end && !parts.front.is_empty();
    if path.ends_with(".toml") || (is_front && !parts.body.contains(&offset)) {
        return value(text, (start, offset), (before, after));
    }
    let typed = before.strip_prefix("##")?;
    let word = typed.trim_start();
    (!word.contains(' ') && !word.starts_with('#'))
        .then(|| Wish { kind: WishKind::Heading, range: offset - word.len()..offset })
}

/// What stands after the last of a sign, and where the sign is.
fn after_last<'t>(text: &'t str, sign: &str) -> Option<(usize, &'t str)> {
    text.rfind(sign).map(|at| (at, &text[at + sign.len()..]))
}

/// What a place in TOML is for.
fn value(text: &str, (start, offset): (usize, usize), (before, after): (&str, &str)) -> Option<Wish> {
    let table = text[..start].lines().rev().map(str::trim).find(|line| line.starts_with('[') && line.ends_with(']'));
    let table = table.map(|line| line.trim_matches(['[', ']', ' '])).unwrap_or_default();
    let is_key = before.chars().all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_'));
    let array = || open_array(text, start);
    let (key, typed_from) = match before.split_once('=') {
        Some((key, _)) => (key.trim().trim_matches('"').to_owned(), before.find('=').map_or(0, |at| at + 1)),
        // A list goes over several lines.
        None => match array() {
            Some(key) => (key, 0),
            None if is_key && table == "values" => {
                return Some(Wish { kind: WishKind::Key, range: start..offset });
            }
            None => return None,
        },
    };
    let typed = &before[typed_from..];
    let is_open = typed.matches('"').count() % 2 == 1 || typed.matches('\'').count() % 2 == 1;
    let quotes = match (is_open, after.starts_with(['"', '\''])) {
        (true, true) => Quotes::Both,
        (true, false) => Quotes::Open,
        (false, _) => Quotes::None,
    };
    let signs: &[&str] = if is_open { &["\"", "'", "{++", "{--", "{~~", "~>"] } else { &["[", ",", " ", "="] };
    let begins = signs.iter().filter_map(|sign| before.rfind(sign).map(|at| at + sign.len())).max().unwrap_or(0);
    let range = start + begins.max(typed_from)..offset;
    let quotes = if before[..begins].ends_with(['"', '\'']) || !is_open { quotes } else { Quotes::Both };
    let kind = match (table, key.as_str()) {
        ("values", _) => WishKind::Value(key, quotes),
        (_, "change" | "changes" | "inserted" | "deleted" | "accepted") => WishKind::Change(quotes),
        (_, "fragment") => WishKind::FragmentId(quotes),
        (_, "omit" | "withhold") => WishKind::ItemId(quotes),
        ("sheet.measure", "item") => WishKind::ItemPath(quotes),
        _ => return None,
    };
    Some(Wish { kind, range })
}

/// The key of the list that is open at the beginning of a line.
fn open_array(text: &str, start: usize) -> Option<String> {
    for line in text[..start].lines().rev() {
        let line = line.trim();
        if let Some((key, rest)) = line.split_once('=') {
            let is_open = rest.trim_start().starts_with('[') && !rest.contains(']');
            return is_open.then(|| key.trim().trim_matches('"').to_owned());
        }
        if line.is_empty() || line.contains(']') || line.starts_with('[') {
            return None;
        }
    }
    None
}

fn fragments(standing: &Standing, put: impl Fn(&str) -> String) -> Vec<Offer> {
    let mut ids: BTreeSet<&FragmentId> = BTreeSet::new();
    for (_, checked) in &standing.towns {
        ids.extend(&checked.library.fragment_names);
    }
    let offer = |id: &FragmentId| {
        let known = standing.towns.iter().find_map(|(_, checked)| checked.library.fragments.get(id));
        let words = known.map(|fragment| fragment.text.characters(crate::markup::State::After));
        Offer {
            label: id.to_string(),
            detail: known.map(|fragment| fragment.front.title.clone()).unwrap_or_default(),
            told: words.map(|words| escaped(&words)).unwrap_or_default(),
            text: put(id),
            kind: OfferKind::Fragment,
        }
    };
    ids.into_iter().map(offer).collect()
}

fn terms(standing: &Standing, close: &str) -> Vec<Offer> {
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    let mut add = |name: &str, value: &str| match found.iter_mut().find(|(known, _)| known == name) {
        Some((_, values)) if values.iter().any(|known| known == value) => {}
        Some((_, values)) => values.push(value.to_owned()),
        None => found.push((name.to_owned(), vec![value.to_owned()])),
    };
    for (slug, checked) in &standing.towns {
        let own = checked.library.municipalities.get(slug).into_iter().flat_map(|read| &read.value.terms);
        own.chain(&checked.library.facts).for_each(|(name, value)| add(name, value));
    }
    found.sort();
    let offer = |(name, values): (String, Vec<String>)| Offer {
        detail: values.join("／"),
        told: String::new(),
        text: format!("{name}{close}"),
        label: name,
        kind: OfferKind::Term,
    };
    found.into_iter().map(offer).collect()
}

/// The changes of the case that a file belongs to; of a shared file those of every case.
fn changes(standing: &Standing, path: &str, put: impl Fn(&str) -> String) -> Vec<Offer> {
    let case = case_of(path);
    let mut seen = BTreeSet::new();
    let all = standing.towns.iter().flat_map(|(_, checked)| &checked.library.changes);
    let of_case = |folder: &str| case.is_none() || case_of(&format!("{folder}/changes.toml")) == case;
    let own = all.filter(|(folder, _)| of_case(folder)).flat_map(|(_, read)| &read.value.change);
    let new = own.filter(|change| seen.insert(change.id.value.clone()));
    new.map(|change| Offer {
        label: change.id.value.to_string(),
        detail: change.reason.clone(),
        told: String::new(),
        text: put(&change.id.value),
        kind: OfferKind::Change,
    })
    .collect()
}

/// The items of a file in print order, each id once.
fn items(standing: &Standing, path: &str, lang: Lang, is_wanted: impl Fn(&Item<'_>) -> bool) -> Vec<(ItemId, Offer)> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for home in homes(standing, path) {
        for item in home.items().into_iter().filter(|item| is_wanted(item)) {
            if seen.insert(item.id.clone()) {
                found.push((item.id.clone(), item_offer(&home, &item, lang)));
            }
        }
    }
    found
}

fn item_offer(home: &Home<'_>, item: &Item<'_>, lang: Lang) -> Offer {
    let guidance = item.def.and_then(|def| def.guidance.as_deref()).map(escaped).unwrap_or_default();
    let options = home.options(item).map(|list| list.labels.iter().map(|label| format!("- {}", escaped(label))));
    let options = options.map(|all| all.collect::<Vec<_>>().join("\n")).unwrap_or_default();
    let label = if item.label.is_empty() { item.trail.last().cloned().unwrap_or_default() } else { item.label.clone() };
    let blank = if item.shown.is_blank() { say(lang, "（空欄）", " (nothing written)") } else { String::new() };
    Offer {
        label: item.id.to_string(),
        detail: format!("{label}{blank}"),
        told: [guidance, options].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n"),
        text: item.id.to_string(),
        kind: OfferKind::Item,
    }
}

/// What a heading may name and does not name yet: items of the form; in 主な変更内容 its items.
fn headings(standing: &Standing, (path, text): (&str, &str), lang: Lang) -> Vec<Offer> {
    let written: BTreeSet<&str> =
        text.lines().filter_map(|line| line.strip_prefix("## ")?.split_whitespace().next()).collect();
    if let Some(folder) = path.strip_suffix("/change-summary.md") {
        let all = standing.towns.iter().filter_map(|(_, checked)| checked.library.changes.get(folder)).next();
        let items = all.into_iter().flat_map(|read| &read.value.summary);
        let new = items.filter(|item| !written.contains(item.id.value.as_str()));
        return new
            .map(|item| Offer {
                label: item.id.value.to_string(),
                detail: item.heading.clone(),
                told: String::new(),
                text: item.id.value.to_string(),
                kind: OfferKind::Item,
            })
            .collect();
    }
    let is_new = |item: &Item<'_>| has_body(item) && !written.contains(item.id.as_str());
    items(standing, path, lang, is_new).into_iter().map(|(_, offer)| offer).collect()
}

/// The keys of the values that a file has.
fn keys(path: &str, text: &str) -> BTreeSet<String> {
    let front = halves(path, text).front;
    crate::source::toml_keys(text, front, "values").into_iter().map(|(key, _)| key).collect()
}

fn options(standing: &Standing, path: &str, (key, quotes): (&str, Quotes)) -> Vec<Offer> {
    for home in homes(standing, path) {
        let Some(item) = home.item(key) else { continue };
        let Some(list) = home.options(&item) else {
            let is_box = item.def.is_some_and(|def| def.kind == ItemKind::Tick);
            let word = |word: &str| Offer {
                label: word.to_owned(),
                detail: item.label.clone(),
                told: String::new(),
                text: word.to_owned(),
                kind: OfferKind::Option,
            };
            return if is_box && quotes == Quotes::None { vec![word("true"), word("false")] } else { Vec::new() };
        };
        let offer = |label: &String| Offer {
            label: label.clone(),
            detail: item.label.clone(),
            told: String::new(),
            text: quotes.put(label),
            kind: OfferKind::Option,
        };
        return list.labels.iter().map(offer).collect();
    }
    Vec::new()
}

/// The items that a measure of a checklist may rest on: those of the assessments of the municipality, by their paths.
fn item_paths(standing: &Standing, path: &str, quotes: Quotes) -> Vec<Offer> {
    let owner = Owner::of_path(path);
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    let municipalities = standing.towns.iter().flat_map(|(_, checked)| &checked.model.municipalities);
    for case in municipalities.filter(|of| owner.municipality() == Some(&of.slug)).flat_map(|of| of.cases.values()) {
        let Some(form) = case.forms.first().filter(|_| case.submission.is_none()) else { continue };
        for node in chapters(form).into_iter().flat_map(|chapter| chapter.nodes) {
            if let Node::Item(item) = node
                && seen.insert(item.path.clone())
            {
                found.push(Offer {
                    label: item.path.to_string(),
                    detail: item.label.clone(),
                    told: String::new(),
                    text: quotes.put(&item.path.to_string()),
                    kind: OfferKind::Item,
                });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The wish at `|`, and what it would take the place of.
    fn at(path: &str, text: &str) -> Option<(WishKind, String)> {
        let offset = text.find('|').expect("the test marks a place");
        let text = text.replacen('|', "", 1);
        wish(path, &text, offset).map(|wish| (wish.kind, text[wish.range].to_owned()))
    }

    fn body(text: &str) -> Option<(WishKind, String)> {
        at("content/a.md", text)
    }

    fn some(kind: WishKind, typed: &str) -> Option<(WishKind, String)> {
        Some((kind, typed.to_owned()))
    }

    #[test]
    fn braces_wish_for_names() {
        assert_eq!(body("𠮷{{ow|"), some(WishKind::Term("}}"), "ow"));
        assert_eq!(body("{{|}}"), some(WishKind::Term(""), ""));
        assert_eq!(body("{{> cl|}"), some(WishKind::Fragment("}"), "cl"));
        assert_eq!(body("{{>|"), some(WishKind::Fragment("}}"), ""));
        assert_eq!(body("{++追++}{>>|"), some(WishKind::Mark("<<}"), ""));
        assert_eq!(body("{++追++}{>>ne|<<}"), some(WishKind::Mark(""), "ne"));
        assert_eq!(body("{{own}}は|"), None);
        assert_eq!(body("{++追++}{>>a<<}|"), None);
    }

    #[test]
    fn a_heading_wishes_for_an_item() {
        assert_eq!(body("## |"), some(WishKind::Heading, ""));
        assert_eq!(body("一\n\n## wo|"), some(WishKind::Heading, "wo"));
        assert_eq!(body("## work @|"), None);
        assert_eq!(body("文|"), None);
    }

    #[test]
    fn values_wish_for_keys_and_options() {
        let front = |line: &str| body(&format!("+++\n[values]\na = \"一\"\n{line}\n+++\n\n## b\n"));
        let value = |quotes| WishKind::Value("c".to_owned(), quotes);
        assert_eq!(front("c|"), some(WishKind::Key, "c"));
        assert_eq!(front("|"), some(WishKind::Key, ""));
        assert_eq!(front("c = |"), some(value(Quotes::None), ""));
        assert_eq!(front("c = \"1万|\""), some(value(Quotes::Both), "1万"));
        assert_eq!(front("c = \"1万|"), some(value(Quotes::Open), "1万"));
        assert_eq!(front("c = [\"一\", \"二|\"]"), some(value(Quotes::Both), "二"));
        assert_eq!(front("c = \"{~~一~>二|~~}\""), some(value(Quotes::Both), "二"));
        assert_eq!(front("c = [\n  \"一\",\n  \"二|\"\n]"), some(value(Quotes::Both), "二"));
        assert_eq!(body("+++\n[values]\n|"), some(WishKind::Key, ""), "nothing closes it yet");
    }

    #[test]
    fn settings_wish_for_what_they_name() {
        let toml = |text: &str| at("content/assessments/a/changes.toml", text);
        assert_eq!(toml("[[summary]]\nchanges = [\"clo|\"]"), some(WishKind::Change(Quotes::Both), "clo"));
        assert_eq!(toml("[[sheet.measure]]\nfragment = \"|"), some(WishKind::FragmentId(Quotes::Open), ""));
        assert_eq!(toml("[[sheet.measure]]\nitem = |"), some(WishKind::ItemPath(Quotes::None), ""));
        assert_eq!(toml("reason = \"|\""), None);
        assert_eq!(body("+++\nchange = \"|\"\n+++\n"), some(WishKind::Change(Quotes::Both), ""));
        assert_eq!(body("+++\nomit = [\"a|\"]\n+++\n"), some(WishKind::ItemId(Quotes::Both), "a"));
    }

    #[test]
    fn a_string_is_written_as_toml_reads_it() {
        assert_eq!(Quotes::None.put("一\"二\\"), "\"一\\\"二\\\\\"");
    }
}
