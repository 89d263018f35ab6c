//! TOML text into a typed value, with every mistake found in one pass.
//!
//! Serde stops at the first mistake. So the text is first read into a tree with places, all syntax errors are reported, and the
//! tree is held against the JSON Schema of the type, which reports every unknown key, missing key and wrong value; only a
//! tree without mistakes is deserialised.

use std::marker::PhantomData;
use std::ops::Range;

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use unicode_normalization::char::is_combining_mark;

use super::{composed, excerpt, schema_check, toml_comments, toml_words};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, FileId, Label, Span};

/// Most syntax errors of one file that are shown; after a slip most of the others follow from it.
const SHOWN_MAX: usize = 100;

/// The shape that a kind of TOML file has（TOMLの型）: a type and its JSON Schema, made once and used for each file.
#[derive(Debug)]
pub struct Shape<T> {
    schema: serde_json::Value,
    kind: PhantomData<fn() -> T>,
}

impl<T: DeserializeOwned + JsonSchema> Default for Shape<T> {
    fn default() -> Self {
        Self { schema: schemars::schema_for!(T).to_value(), kind: PhantomData }
    }
}

/// Reads the TOML at `range` of a file's text; places are byte offsets in the whole text.
///
/// Pushes [`Code::TomlSyntax`], [`Code::UnknownKey`], [`Code::MissingKey`], [`Code::WrongType`], [`Code::UnknownWord`] or
/// [`Code::TomlOther`], and what is wrong with an acceptance in a comment; returns `None` if one of the first but an unknown key
/// was pushed. Decomposed characters, as some systems write the names of files, are read composed, so that an id finds its file, and are
/// [`Code::CharacterComposed`].
pub fn read_toml<T: DeserializeOwned + JsonSchema>(
    shape: &Shape<T>,
    file: FileId,
    text: &str,
    range: Range<usize>,
    diagnostics: &mut Diagnostics,
) -> Option<T> {
    // Empty lines stand for what comes before, so that every place is an offset in the whole text.
    let toml_text = "\n".repeat(range.start) + &text[range];
    let whole = on_boundary(text, toml_text.len().saturating_sub(1))..toml_text.len();
    let place = |at: Option<Range<usize>>| {
        let at = at.unwrap_or_else(|| whole.clone());
        Span::new(file, on_boundary(text, at.start)..on_boundary(text, at.end))
    };
    toml_comments::read(file, &toml_text, diagnostics);
    let (mut tree, errors) = DeTable::parse_recoverable(&toml_text);
    if !errors.is_empty() {
        for error in errors.into_iter().take(SHOWN_MAX) {
            let at = place(error.span());
            let diagnostic = Diagnostic::new(Code::TomlSyntax, at).said("cure", toml_words::cure(error.message()));
            let diagnostic = diagnostic.said("detail", toml_words::phrase(error.message()));
            let first = toml_words::is_twice(error.message()).then(|| first_of(text, at)).flatten();
            diagnostics.push(match first {
                Some(first) => diagnostic.related_as(first, Label::First),
                None => diagnostic,
            });
        }
        return None;
    }
    let found = schema_check::check(&shape.schema, &tree, file, &toml_text);
    let is_unknown = |diagnostic: &&Diagnostic| diagnostic.code == Code::UnknownKey;
    let unknown: Vec<Range<usize>> = found
        .iter()
        .filter(is_unknown)
        .filter_map(|diagnostic| diagnostic.span)
        .map(|span| span.start..span.end)
        .collect();
    // Of a wrong string the characters are wrong, not the shape.
    let has_shape = found.iter().all(|diagnostic| is_unknown(&diagnostic) || !diagnostic.code.is_unread());
    found.into_iter().for_each(|diagnostic| diagnostics.push(diagnostic));
    if !has_shape {
        return None;
    }
    let mut decomposed = Vec::new();
    compose_keys(tree.get_mut(), &mut decomposed);
    for (at, mark, right) in decomposed {
        let diagnostic = Diagnostic::new(Code::CharacterComposed, place(Some(at)));
        diagnostics.push(diagnostic.with("code", format!("U+{:04X}", u32::from(mark))).with("right", excerpt(&right)));
    }
    // What is known is read all the same, so that one misspelt key does not hide the mistakes of other files.
    drop_keys(tree.get_mut(), &unknown);
    match T::deserialize(toml::de::Deserializer::from(tree)) {
        Ok(value) => Some(value),
        Err(error) => {
            let diagnostic = Diagnostic::new(Code::TomlOther, place(error.span()));
            diagnostics.push(diagnostic.with("detail", error.message().to_owned()));
            None
        }
    }
}

/// The table without the keys at these places.
fn drop_keys(table: &mut DeTable<'_>, places: &[Range<usize>]) {
    if places.is_empty() {
        return;
    }
    for (key, mut value) in std::mem::take(table) {
        if !places.contains(&key.span()) {
            drop_in(value.get_mut(), places);
            table.insert(key, value);
        }
    }
}

fn drop_in(value: &mut DeValue<'_>, places: &[Range<usize>]) {
    match value {
        DeValue::Table(table) => drop_keys(table, places),
        DeValue::Array(members) => members.iter_mut().for_each(|member| drop_in(member.get_mut(), places)),
        _ => {}
    }
}

/// A key or string that had decomposed characters: its place, the first mark, what it is now.
type Composed = (Range<usize>, char, String);

/// Composes the keys and strings of a table.
fn compose_keys(table: &mut DeTable<'_>, found: &mut Vec<Composed>) {
    if table.keys().any(|key| put_together(key.get_ref()).is_some()) {
        for (mut key, value) in std::mem::take(table) {
            if let Some((mark, whole)) = put_together(key.get_ref()) {
                found.push((key.span(), mark, whole.clone()));
                *key.get_mut() = whole.into();
            }
            table.insert(key, value);
        }
    }
    table.iter_mut().for_each(|(_, value)| compose(value, found));
}

fn compose(value: &mut Spanned<DeValue<'_>>, found: &mut Vec<Composed>) {
    let at = value.span();
    match value.get_mut() {
        DeValue::Table(table) => compose_keys(table, found),
        DeValue::Array(members) => members.iter_mut().for_each(|member| compose(member, found)),
        DeValue::String(text) => {
            if let Some((mark, whole)) = put_together(text) {
                found.push((at, mark, whole.clone()));
                *text = whole.into();
            }
        }
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {}
    }
}

/// A text in composed characters and the first of its marks; `None` where it is so already.
fn put_together(text: &str) -> Option<(char, String)> {
    // A line end of another kind is a mistake of its own.
    let mark = text.chars().find(|character| is_combining_mark(*character)).filter(|_| !text.contains('\r'))?;
    let whole = composed(text);
    (whole != text).then_some((mark, whole))
}

/// Where a key that stands twice in a table stands first.
fn first_of(text: &str, again: Span) -> Option<Span> {
    let key = text.get(again.start..again.end)?;
    let mut end = text[..again.start].rfind('\n')?;
    loop {
        let start = text[..end].rfind('\n').map_or(0, |line| line + 1);
        let line = &text[start..end];
        let own = line.trim_start();
        if own.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('=')) {
            let at = start + (line.len() - own.len());
            return Some(Span::new(again.file, at..at + key.len()));
        }
        // Another table begins above.
        if own.starts_with('[') || start == 0 {
            return None;
        }
        end = start - 1;
    }
}

/// The nearest character boundary at or before an offset, inside the text.
fn on_boundary(text: &str, offset: usize) -> usize {
    text.floor_char_boundary(offset)
}
