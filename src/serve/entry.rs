//! Where an item is written, and the same put in other words（記載の所在と書換え）.
//!
//! Input: the files of an item's section or record. Output: [`Layer`]s, the texts that may stand there one over the other, and the text of
//! a file in which one of them has other words. All else in the file stays byte for byte: Markdown is exchanged in the item's own stretch
//! only, TOML is edited in place.

use std::ops::Range;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use toml_edit::{Array, DocumentMut, Item as TomlItem, Table, Value};

use crate::diagnostic::{Diagnostics, FileId, SourceMap};
use crate::markup::{Headed, Merge, Register};
use crate::model::{EntryFile, Filled, ItemPath, Library};
use crate::name::FragmentId;
use crate::source::{sha256, split};

/// One of the files in which an item may be written（記載の層）.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Layer {
    /// Path from the root, with its ending.
    pub(super) path: String,
    /// Whose it is.
    pub(super) owner: Owner,
    /// What is written; none: nothing.
    pub(super) written: Option<Json>,
    /// Whether it stands after what is above it, not instead of it.
    pub(super) appended: bool,
    /// What it is known by.
    pub(super) hash: String,
}

/// Whose a text is（誰の記載か）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Owner {
    /// All municipalities that have the case, or use the shared text.
    Shared,
    /// The municipality alone.
    Own,
}

/// In which half of a file something is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Half {
    /// Markdown under a heading.
    Body,
    /// A value.
    Value,
}

/// Why something cannot be written（書けない理由）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EntryFault {
    /// The text has a heading of its own, and would make another item.
    Heading,
    /// The file cannot be read as it is.
    Unreadable,
    /// No such value can be written.
    NoValue,
}

impl EntryFault {
    /// The word that the browser knows it by.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Heading => "heading",
            Self::Unreadable => "unreadable",
            Self::NoValue => "no-value",
        }
    }
}

/// Whose a file is.
pub(super) fn owner(path: &str) -> Owner {
    if path.starts_with("content/municipalities/") { Owner::Own } else { Owner::Shared }
}

/// The files in which an item of a section or record is, or may be, written; a later one goes over an earlier one.
pub(super) fn layers(
    filled: &Filled,
    library: &Library,
    sources: &SourceMap,
    (home, id, half): (&ItemPath, &str, Half),
) -> Vec<Layer> {
    let Some(paths) = filled.homes.get(home) else { return Vec::new() };
    paths.iter().map(|path| layer(library.entries.get(path).map(AsRef::as_ref), path, sources, (id, half))).collect()
}

fn layer(entry: Option<&EntryFile>, path: &str, sources: &SourceMap, (id, half): (&str, Half)) -> Layer {
    let found = entry.and_then(|entry| {
        let text = &*sources.get(entry.file).text;
        match half {
            Half::Body => {
                let (headed, range) = body_of(&entry.headed, text, id)?;
                Some((Json::from(&text[range]), headed.merge == Merge::Append))
            }
            Half::Value => Some((json_of(&text[place(entry, text, (id, half))?])?, false)),
        }
    });
    let raw = |(written, _): &(Json, bool)| hash(&written.to_string());
    Layer {
        path: format!("{path}.md"),
        owner: owner(path),
        hash: found.as_ref().map(raw).unwrap_or_default(),
        appended: found.as_ref().is_some_and(|(_, appended)| *appended),
        written: found.map(|(written, _)| written),
    }
}

/// Where an item stands in a file, in bytes; none where it is not written there.
pub(super) fn place(entry: &EntryFile, text: &str, (id, half): (&str, Half)) -> Option<Range<usize>> {
    match half {
        Half::Body => body_of(&entry.headed, text, id).map(|(_, range)| range),
        Half::Value => entry.values.get(id).map(|value| value.span.start..value.span.end),
    }
}

/// A shared text as a layer: all of its file below the values.
pub(super) fn fragment(library: &Library, sources: &SourceMap, id: &FragmentId) -> Option<Layer> {
    let (file, range) = fragment_place(library, sources, id)?;
    let written = Json::from(&sources.get(file).text[range]);
    Some(Layer {
        path: sources.shown(file),
        owner: Owner::Shared,
        appended: false,
        hash: hash(&written.to_string()),
        written: Some(written),
    })
}

/// Where the words of a shared text stand in its file, in bytes.
pub(super) fn fragment_place(
    library: &Library,
    sources: &SourceMap,
    id: &FragmentId,
) -> Option<(FileId, Range<usize>)> {
    let file = library.fragments.get(id)?.file;
    let text = &sources.get(file).text;
    let body = split(file, text, &mut Diagnostics::new())?.body;
    Some((file, trimmed(text, body)))
}

/// What a text is known by.
pub(super) fn hash(text: &str) -> String {
    sha256(text.as_bytes())[..32].to_owned()
}

/// The heading of an item and the stretch of its words, without the blank lines around them.
pub(super) fn body_of<'e>(all: &'e [Headed], text: &str, id: &str) -> Option<(&'e Headed, Range<usize>)> {
    let headed = all.iter().find(|headed| headed.id == id && headed.register == Register::Form)?;
    Some((headed, trimmed(text, stretch(all, text, headed))))
}

/// From the end of a heading's line to the next heading or the end of the file.
fn stretch(all: &[Headed], text: &str, headed: &Headed) -> Range<usize> {
    let line_end = |at: usize| text[at..].find('\n').map_or(text.len(), |end| at + end + 1);
    let begin = line_end(headed.span.end);
    let next = all.iter().map(|other| other.span.start).filter(|start| *start >= begin).min();
    begin..next.map_or(text.len(), |at| line_start(text, at))
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let words = &text[range.clone()];
    let start = range.start + (words.len() - words.trim_start_matches(['\n', ' ', '\t']).len());
    let end = start.max(range.end - (words.len() - words.trim_end_matches(['\n', ' ', '\t']).len()));
    start..end
}

/// A TOML value as the browser has it: a string, a number, a box, or a list of strings.
fn json_of(slice: &str) -> Option<Json> {
    let document: DocumentMut = format!("value = {slice}").parse().ok()?;
    let json = |value: &Value| match value {
        Value::String(text) => Some(Json::from(text.value().as_str())),
        Value::Integer(number) => Some(Json::from(*number.value())),
        Value::Boolean(flag) => Some(Json::from(*flag.value())),
        Value::Float(_) | Value::Datetime(_) | Value::Array(_) | Value::InlineTable(_) => None,
    };
    match document["value"].as_value()? {
        Value::Array(members) => members.iter().map(json).collect::<Option<Vec<_>>>().map(Json::from),
        other => json(other),
    }
}

/// The text of a file in which an item has other words; none of both: a file that is not there yet.
///
/// **Shape**: a body is the item's Markdown, an empty one takes the heading away; a value is a string, a whole number, a box or a list of
/// strings, null takes it away.
pub(super) fn rewritten(
    file: Option<(&EntryFile, &str)>,
    (id, half): (&str, Half),
    new: &Json,
) -> Result<String, EntryFault> {
    match (half, new) {
        (Half::Body, Json::String(words)) => {
            rewritten_body(file.map(|(entry, text)| (entry.headed.as_slice(), text)), id, words)
        }
        (Half::Value, new) => value(file.map_or("", |(_, text)| text), id, new),
        (Half::Body, _) => Err(EntryFault::NoValue),
    }
}

/// A shared text in other words.
pub(super) fn rewritten_fragment(text: &str, range: Range<usize>, words: &str) -> Result<String, EntryFault> {
    let words = words.replace("\r\n", "\n");
    if has_heading(&words) {
        return Err(EntryFault::Heading);
    }
    Ok([&text[..range.start], words.trim(), &text[range.end..]].concat())
}

/// Whether a line would begin another item.
fn has_heading(words: &str) -> bool {
    words.lines().any(|line| line.trim_start().strip_prefix("##").is_some_and(|rest| !rest.starts_with('#')))
        || words.lines().any(|line| line.starts_with("# ") || line.trim_end() == "+++")
}

/// The text of a file in which a heading has other words below it, by what is headed in it now; without words the heading goes.
pub(super) fn rewritten_body(file: Option<(&[Headed], &str)>, id: &str, words: &str) -> Result<String, EntryFault> {
    let words = words.trim_matches(['\n', ' ', '\t', '\r']).replace("\r\n", "\n");
    if has_heading(&words) {
        return Err(EntryFault::Heading);
    }
    let Some((all, text)) = file else { return Ok(format!("## {id}\n\n{words}\n")) };
    let Some((headed, range)) = body_of(all, text, id) else { return added_body((all, text), (id, None), &words) };
    if words.is_empty() {
        let end = stretch(all, text, headed).end;
        return Ok([&text[..line_start(text, headed.span.start)], &text[end..]].concat());
    }
    if range.is_empty() {
        // Nothing stood below the heading: the blank lines there stay after the words.
        let at = stretch(all, text, headed).start;
        let line = if text[..at].ends_with('\n') { "" } else { "\n" };
        return Ok([&text[..at], line, "\n", &words, "\n", &text[at..]].concat());
    }
    Ok([&text[..range.start], &words, &text[range.end..]].concat())
}

/// The text of a file with one more heading and its words, before another one or at the end.
pub(super) fn added_body(
    (all, text): (&[Headed], &str),
    (id, before): (&str, Option<&str>),
    words: &str,
) -> Result<String, EntryFault> {
    let words = words.trim_matches(['\n', ' ', '\t', '\r']).replace("\r\n", "\n");
    if has_heading(&words) {
        return Err(EntryFault::Heading);
    }
    if let Some(next) = before.and_then(|before| all.iter().find(|headed| headed.id == before)) {
        let at = line_start(text, next.span.start);
        return Ok(format!("{}## {id}\n\n{words}\n\n{}", &text[..at], &text[at..]));
    }
    let gap = if text.is_empty() || text.ends_with("\n\n") {
        ""
    } else if text.ends_with('\n') {
        "\n"
    } else {
        "\n\n"
    };
    Ok(format!("{text}{gap}## {id}\n\n{words}\n"))
}

fn value(text: &str, id: &str, new: &Json) -> Result<String, EntryFault> {
    let mut sources = SourceMap::default();
    let file = sources.add(Path::new("entry.md"), text);
    let parts = split(file, text, &mut Diagnostics::new()).ok_or(EntryFault::Unreadable)?;
    let is_fenced = !parts.body.is_empty() && parts.body.start > 0 || text.starts_with("+++");
    let mut document: DocumentMut = text[parts.front.clone()].parse().map_err(|_| EntryFault::Unreadable)?;
    let values = document.entry("values").or_insert_with(|| TomlItem::Table(Table::new()));
    let values = values.as_table_like_mut().ok_or(EntryFault::Unreadable)?;
    if new.is_null() {
        values.remove(id);
    } else {
        let old = values.get(id).and_then(TomlItem::as_value);
        let mut made = toml_of(new, old)?;
        match values.get_mut(id) {
            Some(item) => {
                if let Some(known) = item.as_value() {
                    *made.decor_mut() = known.decor().clone();
                }
                *item = TomlItem::Value(made);
            }
            None => drop(values.insert(id, TomlItem::Value(made))),
        }
    }
    let front = document.to_string();
    Ok(if is_fenced {
        [&text[..parts.front.start], &front, &text[parts.front.end..]].concat()
    } else {
        let gap = if text.is_empty() { "" } else { "\n" };
        format!("+++\n{front}+++\n{gap}{text}")
    })
}

fn toml_of(new: &Json, old: Option<&Value>) -> Result<Value, EntryFault> {
    Ok(match new {
        Json::String(words) => match (old, words.parse::<i64>()) {
            // A number stays a number.
            (Some(Value::Integer(_)), Ok(number)) => number.into(),
            _ => words.replace("\r\n", "\n").into(),
        },
        Json::Bool(flag) => (*flag).into(),
        Json::Number(number) => number.as_i64().ok_or(EntryFault::NoValue)?.into(),
        Json::Array(members) => {
            let known = old.and_then(Value::as_array);
            let mut list = Array::new();
            for member in members {
                let word = member.as_str().ok_or(EntryFault::NoValue)?;
                // A member that stays keeps its own look.
                let same = known.and_then(|known| known.iter().find(|value| value.as_str() == Some(word)));
                match same {
                    Some(same) => list.push_formatted(same.clone()),
                    None => list.push(word),
                }
            }
            if let Some(known) = known {
                list.set_trailing(known.trailing().clone());
                list.set_trailing_comma(known.trailing_comma());
            }
            if let Some(first) = list.get_mut(0) {
                let is_alone = first.decor().prefix().and_then(|prefix| prefix.as_str()) == Some(" ");
                if is_alone {
                    first.decor_mut().set_prefix("");
                }
            }
            for at in 1..list.len() {
                let one = list.get_mut(at).expect("it is within");
                if one.decor().prefix().and_then(|prefix| prefix.as_str()).is_none_or(str::is_empty) {
                    one.decor_mut().set_prefix(" ");
                }
            }
            list.into()
        }
        Json::Null | Json::Object(_) => return Err(EntryFault::NoValue),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn values(text: &str, id: &str, new: Json) -> String {
        value(text, id, &new).unwrap_or_else(|fault| panic!("{fault:?}"))
    }

    #[test]
    fn a_value_is_another_and_all_else_stays() {
        let text = "+++\n# 頭\nchange = \"x\"\n\n[values] # 値\na = 1 # 数\nb = [\n  \"一\", # 始め\n  \"二\",\n]\n\n[groups]\ng = \"群\"\n+++\n\n## t\n\n文。\n";
        assert_eq!(values(text, "a", json!("2")), text.replace("a = 1 #", "a = 2 #"));
        assert_eq!(values(text, "a", json!("二")), text.replace("a = 1 #", "a = \"二\" #"));
        assert_eq!(values(text, "a", Json::Null), text.replace("a = 1 # 数\n", ""));
        assert_eq!(values(text, "b", json!(["一", "二"])), text);
        let longer = values(text, "b", json!(["一", "二", "三"]));
        assert!(
            longer.contains("\"一\", # 始め\n  \"二\", \"三\"")
                && longer.ends_with(&text[text.find("[groups]").expect("it is there")..]),
            "{longer}"
        );
        let new = values(text, "c", json!(true));
        assert_eq!(new, text.replace("]\n\n[groups]", "]\nc = true\n\n[groups]"));
    }

    #[test]
    fn a_file_without_values_gets_some() {
        assert_eq!(values("", "a", json!("一")), "+++\n[values]\na = \"一\"\n+++\n");
        assert_eq!(values("## t\n\n文。\n", "a", json!(["一"])), "+++\n[values]\na = [\"一\"]\n+++\n\n## t\n\n文。\n");
        assert_eq!(values("+++\n+++\n\n## t\n", "a", json!(3)), "+++\n[values]\na = 3\n+++\n\n## t\n");
        assert_eq!(value("+++\na = \n+++\n", "a", &json!(1)), Err(EntryFault::Unreadable));
        assert_eq!(value("", "a", &json!({})), Err(EntryFault::NoValue));
    }

    #[test]
    fn a_value_reads_as_it_was_written() {
        for (slice, json) in [
            ("\"一\"", json!("一")),
            ("'{++二++}'", json!("{++二++}")),
            ("12", json!(12)),
            ("false", json!(false)),
            ("[ \"a\", \"b\" ]", json!(["a", "b"])),
        ] {
            assert_eq!(json_of(slice), Some(json), "{slice}");
        }
        assert_eq!(json_of("{ a = 1 }"), None);
    }

    #[test]
    fn a_line_that_would_be_a_heading_is_seen() {
        for words in ["## a", "##", "一\n  ##b", "# c", "+++", "+++ "] {
            assert!(has_heading(words), "{words}");
        }
        for words in ["", "#1 の手順", "\\## a", "### a は見出しでない", "一 ## 二", "{++追記++}"] {
            assert!(!has_heading(words), "{words}");
        }
    }
}
