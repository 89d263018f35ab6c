//! What `--explain` says of a code: what it holds, why, an example, and the legal source.

use super::Lang;

/// One sentence in both languages（説明文）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// 日本語.
    pub ja: &'static str,
    /// English.
    pub en: &'static str,
}

impl Words {
    /// The sentence in a language.
    #[must_use]
    pub fn text(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Ja => self.ja,
            Lang::En => self.en,
        }
    }
}

/// The explanation of a rule（規則の説明）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    /// The numbers of the catalogue of form rules that it carries out（V1 …）; empty: a rule of this program alone.
    pub numbers: &'static [&'static str],
    /// What is held.
    pub what: Words,
    /// Why it matters.
    pub why: Words,
    /// A mistake, and what is right instead.
    pub example: Words,
    /// Law, notice, form or standard that asks for it; empty: none does.
    pub source: &'static str,
}
