//! What a diagnostic says, with its placeholders filled.

use super::{Diagnostic, Lang};

/// What a placeholder stands for（埋め込む語句）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phrase {
    /// The same in every language: what an author wrote, a name, a number.
    Same(String),
    /// The program's own words.
    Said {
        /// In Japanese.
        ja: String,
        /// In English.
        en: String,
    },
}

impl Phrase {
    /// The program's own words in both languages.
    pub fn said(ja: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Said { ja: ja.into(), en: en.into() }
    }

    /// The words in a language.
    #[must_use]
    pub fn words(&self, lang: Lang) -> &str {
        match (self, lang) {
            (Self::Same(text), _)
            | (Self::Said { ja: text, .. }, Lang::Ja)
            | (Self::Said { en: text, .. }, Lang::En) => text,
        }
    }
}

/// What a diagnostic says in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Message {
    /// What is wrong.
    pub(super) title: String,
    /// What to write instead; may be empty.
    pub(super) help: String,
}

impl Diagnostic {
    /// What it says in a language.
    pub(super) fn message(&self, lang: Lang) -> Message {
        let wording = self.code.wording(lang);
        let mut title = fill(wording.title, &self.args, lang);
        if !self.of.is_empty() {
            title += &match lang {
                Lang::Ja => format!("（{}の文書）", self.of.join("、")),
                Lang::En => format!(" (in documents of {})", self.of.join(", ")),
            };
        }
        Message { title, help: fill(wording.help, &self.args, lang) }
    }

    /// The path that it names in its words, for a mistake in a file that could not be read and so has no place.
    pub(super) fn named_path(&self) -> Option<&str> {
        let named = self.args.iter().find(|(name, _)| *name == "path" || *name == "where");
        named.map(|(_, phrase)| phrase.words(Lang::En))
    }
}

/// The argument that holds the nearest valid word; empty where none is near.
const NEAR: &str = "near";
/// The argument that holds what a file's encoding seems to be; empty where nothing can be said.
const GUESS: &str = "guess";
/// What an item asks for; a form has it in its own language only.
const GUIDANCE: &str = "guidance";

/// Puts the arguments into `{name}` places, each once: what an author wrote may itself look like a place. The nearest valid word is
/// asked as a question.
fn fill(template: &str, args: &[(&'static str, Phrase)], lang: Lang) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let argument =
            args.iter().find(|(name, _)| rest[1..].strip_prefix(name).is_some_and(|end| end.starts_with('}')));
        match argument {
            Some((name, phrase)) => {
                out.push_str(&placed(name, phrase.words(lang), lang));
                rest = &rest[name.len() + 2..];
            }
            None => {
                out.push('{');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// An argument as it stands in its place.
fn placed(name: &str, text: &str, lang: Lang) -> String {
    match (name, text, lang) {
        (NEAR | GUESS | GUIDANCE, "", _) => String::new(),
        (NEAR, word, Lang::Ja) => format!("（もしかして「{word}」）"),
        (NEAR, word, Lang::En) => format!(" (did you mean `{word}`?)"),
        (GUESS, name, Lang::Ja) => format!("{name} と思われます。"),
        (GUESS, name, Lang::En) => format!("it looks like {name}; "),
        (GUIDANCE, text, Lang::En) => format!("; the form says of it: {text}"),
        (_, text, _) => text.to_owned(),
    }
}

/// The names of the `{name}` places of a wording, in order, each once.
///
/// Only lower-case ASCII letters make a name: `{{…}}`, `{>>id<<}` and `{?…?}` are examples of the format.
#[must_use]
pub fn placeholders(wording: &str) -> Vec<&str> {
    let mut names: Vec<&str> = wording
        .match_indices('{')
        .filter_map(|(at, _)| wording[at + 1..].split_once('}').map(|(name, _)| name))
        .filter(|name| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase()))
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_are_placeholders() {
        assert_eq!(placeholders("「{{用語}}」{b}{>>id<<}{a}{?…?}{b}"), ["a", "b"]);
    }

    #[test]
    fn what_an_author_wrote_is_no_place() {
        let args = [("typed", Phrase::Same("{right}".into())), ("right", Phrase::Same("{{typed}}".into()))];
        assert_eq!(
            fill("「{typed}」は「{right}」、{{own}} {", &args, Lang::Ja),
            "「{right}」は「{{typed}}」、{{own}} {"
        );
    }
}
