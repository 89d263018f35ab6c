//! A TOML tree held against a JSON Schema: every unknown key, missing key and wrong value, each with its place.
//!
//! Covers the part of JSON Schema that `schemars` writes for our types: objects, arrays, strings, numbers, booleans, enums,
//! `$ref`, `anyOf` and `oneOf`, nullable members.

use std::ops::Range;

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::characters::refused;
use super::line::{LineMistake, is_withholding, line_mistake};
use super::type_words::{expected, found_name};
use crate::diagnostic::{Code, Diagnostic, FileId, Lang, Phrase, Span, nearest};

/// Says of a property of a schema how its strings may hold withheld parts: `text` or `line`（公表しない部分の書き方）. It holds for
/// whatever the property holds.
const WITHHELD: &str = "x-withheld";
/// Most members that a list may have（一覧の件数の上限）.
const LIST_MAX: usize = 500;

/// All mistakes of a document, in its order.
pub(super) fn check(schema: &Value, tree: &Spanned<DeTable<'_>>, file: FileId, text: &str) -> Vec<Diagnostic> {
    let mut checker = Checker { root: schema, file, text, withheld: None, found: Vec::new() };
    checker.table(schema, tree.get_ref(), tree.span());
    checker.found
}

struct Checker<'a> {
    root: &'a Value,
    file: FileId,
    /// The text that the tree was read from.
    text: &'a str,
    /// What [`WITHHELD`] says of where we are.
    withheld: Option<&'a str>,
    found: Vec<Diagnostic>,
}

impl<'a> Checker<'a> {
    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range.start..range.end)
    }

    /// Follows `$ref` to the schema it names.
    fn resolve(&self, schema: &'a Value) -> &'a Value {
        let mut current = schema;
        while let Some(reference) = current.get("$ref").and_then(Value::as_str) {
            current = self
                .root
                .pointer(reference.trim_start_matches('#'))
                .expect("schemars writes references only to definitions of the same document");
        }
        current
    }

    /// A value, and in what way it may hold withheld parts.
    fn value(&mut self, schema: &'a Value, value: &Spanned<DeValue<'_>>) {
        let outside = self.withheld;
        self.withheld = schema.get(WITHHELD).and_then(Value::as_str).or(outside);
        if let DeValue::String(written) = value.get_ref() {
            self.withheld_parts(written, value);
            self.escaped_characters(written, value);
        }
        self.shaped(schema, value);
        self.withheld = outside;
    }

    fn shaped(&mut self, schema: &'a Value, value: &Spanned<DeValue<'_>>) {
        let schema = self.resolve(schema);
        if let Some(variants) = schema.get("anyOf").or_else(|| schema.get("oneOf")).and_then(Value::as_array) {
            self.variants(variants, value);
            return;
        }
        if let Some(words) = words(schema) {
            self.word(&words, value);
            return;
        }
        if !fits(schema, value.get_ref()) {
            let wanted = expected(schema).unwrap_or_else(|| Phrase::said("値", "a value"));
            self.wrong_type(wanted, value);
            return;
        }
        match value.get_ref() {
            DeValue::Integer(number) => self.range(schema, number.as_str(), value),
            DeValue::Float(number) => self.range(schema, number.as_str(), value),
            DeValue::String(written) => self.length(schema, written, value),
            DeValue::Table(table) => self.table(schema, table, value.span()),
            DeValue::Array(items) if items.len() > list_max(schema) => self.found.push(
                Diagnostic::new(Code::ListTooLong, self.span(value.span()))
                    .with("count", items.len().to_string())
                    .with("limit", list_max(schema).to_string()),
            ),
            DeValue::Array(items) => {
                if let Some(of) = schema.get("items") {
                    for item in items.iter() {
                        self.value(of, item);
                    }
                }
            }
            _ => {}
        }
    }

    /// Characters that cannot be seen and that an escape such as `\u202e` brought in; others were found when the file was read.
    fn escaped_characters(&mut self, written: &str, value: &Spanned<DeValue<'_>>) {
        let source = self.text.get(value.span()).unwrap_or_default();
        let found = written.chars().find_map(|character| Some((character, refused(character)?)));
        if let Some((character, kind)) = found
            && !source.contains(character)
        {
            self.found.push(kind.at(character, self.span(value.span())));
        }
    }

    /// Withheld parts where none may stand would be printed as they are; those of a text are read with its marks.
    fn withheld_parts(&mut self, written: &str, value: &Spanned<DeValue<'_>>) {
        let code = match self.withheld {
            Some("text") => return,
            Some(_) => line_mistake(written).map(|mistake| match mistake {
                LineMistake::Unclosed => Code::WithheldUnclosed,
                LineMistake::Unopened => Code::WithheldUnopened,
                LineMistake::Nested => Code::WithheldNested,
            }),
            None => is_withholding(written).then_some(Code::WithheldNotHere),
        };
        self.found.extend(code.map(|code| Diagnostic::new(code, self.span(value.span()))));
    }

    /// A value that may have one of several shapes: the first whose type fits is held to account.
    fn variants(&mut self, variants: &'a [Value], value: &Spanned<DeValue<'_>>) {
        let resolved: Vec<&Value> = variants.iter().map(|variant| self.resolve(variant)).collect();
        let all_words: Vec<&str> = resolved.iter().filter_map(|variant| words(variant)).flatten().collect();
        if let DeValue::String(written) = value.get_ref()
            && !all_words.is_empty()
        {
            if !all_words.contains(&written.as_ref()) && !resolved.iter().any(|variant| plain_string(variant)) {
                self.word(&all_words, value);
            }
            return;
        }
        match resolved.iter().find(|variant| words(variant).is_none() && fits(variant, value.get_ref())) {
            Some(variant) => self.shaped(variant, value),
            None => {
                let names: Vec<Phrase> = resolved.iter().filter_map(|variant| expected(variant)).collect();
                let joined = |lang, with| names.iter().map(|name| name.words(lang)).collect::<Vec<_>>().join(with);
                self.wrong_type(Phrase::said(joined(Lang::Ja, "又は"), joined(Lang::En, " or ")), value);
            }
        }
    }

    fn table(&mut self, schema: &'a Value, table: &DeTable<'_>, at: Range<usize>) {
        let schema = self.resolve(schema);
        let properties = schema.get("properties").and_then(Value::as_object);
        let additional = schema.get("additionalProperties");
        for (key, value) in table.iter() {
            let name: &str = key.get_ref().as_ref();
            if let Some(of) = properties.and_then(|known| known.get(name)) {
                self.value(of, value);
            } else {
                match additional {
                    Some(Value::Bool(false)) => self.unknown_key(name, key.span(), properties),
                    Some(of @ Value::Object(_)) => self.value(of, value),
                    _ => {}
                }
            }
        }
        for required in schema.get("required").and_then(Value::as_array).into_iter().flatten() {
            let name = required.as_str().expect("required holds names");
            if !table.iter().any(|(key, _)| key.get_ref().as_ref() == name) {
                let at = at.start..at.end.max(at.start);
                self.found.push(Diagnostic::new(Code::MissingKey, self.span(at)).with("key", name));
            }
        }
    }

    fn unknown_key(&mut self, name: &str, at: Range<usize>, properties: Option<&serde_json::Map<String, Value>>) {
        let valid: Vec<&str> = properties.into_iter().flat_map(|known| known.keys()).map(String::as_str).collect();
        self.found.push(
            Diagnostic::new(Code::UnknownKey, self.span(at))
                .with("key", name)
                .with("near", near(name, &valid))
                .with("valid", valid.join("、")),
        );
    }

    fn word(&mut self, valid: &[&str], value: &Spanned<DeValue<'_>>) {
        let DeValue::String(written) = value.get_ref() else {
            self.wrong_type(Phrase::said("文字列", "a string"), value);
            return;
        };
        if !valid.contains(&written.as_ref()) {
            self.found.push(
                Diagnostic::new(Code::UnknownWord, self.span(value.span()))
                    .with("word", written.as_ref())
                    .with("near", near(written, valid))
                    .with("valid", valid.join("、")),
            );
        }
    }

    /// A number within the bounds of its schema.
    fn range(&mut self, schema: &Value, written: &str, value: &Spanned<DeValue<'_>>) {
        let bound = |name: &str| schema.get(name).and_then(Value::as_f64);
        let (least, most) = (bound("minimum"), bound("maximum"));
        let fits = written
            .replace('_', "")
            .parse::<f64>()
            .is_ok_and(|number| least.is_none_or(|least| number >= least) && most.is_none_or(|most| number <= most));
        if !fits {
            let whole = matches!(schema.get("type"), Some(kind) if kind.to_string().contains("integer"));
            let (ja, en) = if whole { ("整数", "a whole number") } else { ("数", "a number") };
            let words = match (least, most) {
                (Some(least), Some(most)) => {
                    Phrase::said(format!("{least}～{most} の{ja}"), format!("{en} from {least} to {most}"))
                }
                (Some(least), None) => Phrase::said(format!("{least} 以上の{ja}"), format!("{en}, {least} or more")),
                _ => Phrase::said(ja, en),
            };
            self.found.push(
                Diagnostic::new(Code::WrongType, self.span(value.span()))
                    .said("expected", words)
                    .with("found", written),
            );
        }
    }

    /// A string of no more characters than its schema allows.
    fn length(&mut self, schema: &Value, written: &str, value: &Spanned<DeValue<'_>>) {
        let Some(most) = schema.get("maxLength").and_then(Value::as_u64) else { return };
        let count = written.chars().count();
        if count as u64 > most {
            self.found.push(
                Diagnostic::new(Code::WrongType, self.span(value.span()))
                    .said(
                        "expected",
                        Phrase::said(format!("{most} 字以内の文字列"), format!("at most {most} characters")),
                    )
                    .said("found", Phrase::said(format!("{count} 字"), format!("{count} characters"))),
            );
        }
    }

    fn wrong_type(&mut self, expected: Phrase, value: &Spanned<DeValue<'_>>) {
        self.found.push(
            Diagnostic::new(Code::WrongType, self.span(value.span()))
                .said("expected", expected)
                .said("found", found_name(value.get_ref())),
        );
    }
}

/// Most members of a list: its own bound, else that of every list.
fn list_max(schema: &Value) -> usize {
    let own = schema.get("maxItems").and_then(Value::as_u64).and_then(|most| usize::try_from(most).ok());
    own.unwrap_or(LIST_MAX)
}

/// The valid word that is near, or nothing.
fn near(written: &str, valid: &[&str]) -> String {
    nearest(written, valid.iter().copied()).unwrap_or_default().to_owned()
}

/// The words of a string enum, where the schema is one.
fn words(schema: &Value) -> Option<Vec<&str>> {
    if let Some(word) = schema.get("const").and_then(Value::as_str) {
        return Some(vec![word]);
    }
    schema.get("enum").and_then(Value::as_array).map(|words| words.iter().filter_map(Value::as_str).collect())
}

fn plain_string(schema: &Value) -> bool {
    words(schema).is_none() && fits(schema, &DeValue::String("".into()))
}

/// Whether a value has the type that the schema asks for; members are checked later.
fn fits(schema: &Value, value: &DeValue<'_>) -> bool {
    let allowed: Vec<&str> = match schema.get("type") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
        _ => return true,
    };
    let name = match value {
        DeValue::String(_) => "string",
        DeValue::Integer(_) => "integer",
        DeValue::Float(_) => "number",
        DeValue::Boolean(_) => "boolean",
        DeValue::Array(_) => "array",
        DeValue::Table(_) => "object",
        DeValue::Datetime(_) => "datetime",
    };
    allowed.contains(&name) || (name == "integer" && allowed.contains(&"number"))
}
