//! Mistakes that only follow from others: left out, but only in the cases that the others are in.

use super::{Diagnostic, Diagnostics, Phrase, SourceMap};

/// What a mistake may have to do with（及ぶ範囲）.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Reach {
    /// Every case: it is in a file that all share, or in none.
    All,
    /// The cases of a municipality.
    Municipality(String),
    /// One case, as `municipality/case`.
    Case(String),
}

impl Reach {
    /// By the path of a file.
    fn of_path(path: &str) -> Self {
        let parts: Vec<&str> = path.split('/').collect();
        let case = |slug: &str, case: &str| Self::Case(format!("{slug}/{}", case.trim_end_matches(".toml")));
        match parts[..] {
            ["content", "municipalities", slug, "submissions" | "checklists", of, ..] => case(slug, of),
            ["content", "municipalities", slug, "forms", ..] => Self::Municipality(slug.to_owned()),
            ["content", "municipalities", slug, of, _, ..] => case(slug, of),
            ["content", "municipalities", slug, _] => Self::Municipality(slug.to_owned()),
            ["content", "editions", slug, of, ..] => case(slug, of),
            _ => Self::All,
        }
    }

    fn takes_in(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::All, _) | (_, Self::All) => true,
            (Self::Municipality(one), Self::Municipality(other)) => one == other,
            (Self::Municipality(slug), Self::Case(case)) | (Self::Case(case), Self::Municipality(slug)) => {
                case.split('/').next() == Some(slug)
            }
            (Self::Case(one), Self::Case(other)) => one == other,
        }
    }
}

fn reaches(diagnostic: &Diagnostic, sources: &SourceMap) -> Vec<Reach> {
    if !diagnostic.cases.is_empty() {
        return diagnostic.cases.iter().cloned().map(Reach::Case).collect();
    }
    let named = diagnostic.args.iter().find_map(|(name, value)| match value {
        Phrase::Same(path) if *name == "path" => Some(Reach::of_path(path)),
        _ => None,
    });
    let place = diagnostic.span.map(|span| Reach::of_path(&sources.shown(span.file)));
    vec![place.or(named).unwrap_or(Reach::All)]
}

impl Diagnostics {
    /// Without the mistakes that only follow from others: from a file that could not be read, from a part that was left out. What was
    /// found in a case that the others do not touch stays.
    #[must_use]
    pub(super) fn without_followers(mut self, sources: &SourceMap) -> Self {
        let of = |list: &[Diagnostic], is: fn(&Diagnostic) -> bool| -> Vec<Reach> {
            list.iter()
                .filter(|diagnostic| is(diagnostic))
                .flat_map(|diagnostic| reaches(diagnostic, sources))
                .collect()
        };
        let touched = |causes: &[Reach], diagnostic: &Diagnostic| {
            let own = reaches(diagnostic, sources);
            own.iter().all(|reach| causes.iter().any(|cause| cause.takes_in(reach)))
        };
        let unread = of(&self.list, |diagnostic| diagnostic.code.is_unread());
        self.list.retain(|diagnostic| !diagnostic.code.follows_from_unread() || !touched(&unread, diagnostic));
        let left_out = of(&self.list, |diagnostic| diagnostic.code.leaves_out());
        self.list.retain(|diagnostic| !diagnostic.code.follows_from_left_out() || !touched(&left_out, diagnostic));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Span};

    #[test]
    fn a_mistake_hides_what_follows_in_its_own_case_only() {
        let mut sources = SourceMap::default();
        let slip = sources.add("content/municipalities/aoba/zei/case.toml", "x");
        let shared = sources.add("content/assessments/zei/basic.md", "y");
        let at = |code, file| Diagnostic::new(code, Span::new(file, 0..1));
        let left = |first: Diagnostic, then: Diagnostic| {
            let mut diagnostics = Diagnostics::new();
            diagnostics.push(first);
            diagnostics.push(then);
            diagnostics.settled(&sources).sorted().len()
        };
        let undeclared = at(Code::Undeclared, shared);
        assert_eq!(left(at(Code::TomlSyntax, slip), undeclared.clone().of_case("hikari/zei")), 2);
        assert_eq!(left(at(Code::TomlSyntax, slip), undeclared.clone().of_case("aoba/zei")), 1);
        assert_eq!(left(at(Code::TomlSyntax, slip), undeclared.clone()), 1);
        assert_eq!(left(at(Code::TomlSyntax, shared), undeclared.clone().of_case("hikari/zei")), 1);
        let both = undeclared.of_case("aoba/zei").of_case("hikari/zei");
        assert_eq!(left(at(Code::TomlSyntax, slip), both), 2);
    }
}
