//! Mistakes that only follow from others: left out, but only in the cases that the others are in.

use super::{Diagnostic, Diagnostics, Phrase, SourceMap};
use crate::name::Owner;

/// Whom a mistake may have to do with（及ぶ範囲）.
fn owners(diagnostic: &Diagnostic, sources: &SourceMap) -> Vec<Owner> {
    if !diagnostic.cases.is_empty() {
        return diagnostic.cases.iter().cloned().map(Owner::Case).collect();
    }
    let named = diagnostic.args.iter().find_map(|(name, value)| match value {
        Phrase::Same(path) if *name == "path" => Some(Owner::of_path(path)),
        _ => None,
    });
    let place = diagnostic.span.map(|span| Owner::of_path(&sources.shown(span.file)));
    vec![place.or(named).unwrap_or(Owner::All)]
}

impl Diagnostics {
    /// Without the mistakes that only follow from others: from a file that could not be read, from a part that was left out. What was
    /// found in a case that the others do not touch stays.
    #[must_use]
    pub(super) fn without_followers(mut self, sources: &SourceMap) -> Self {
        let of = |list: &[Diagnostic], is: fn(&Diagnostic) -> bool| -> Vec<Owner> {
            list.iter().filter(|diagnostic| is(diagnostic)).flat_map(|diagnostic| owners(diagnostic, sources)).collect()
        };
        let touched = |causes: &[Owner], diagnostic: &Diagnostic| {
            let own = owners(diagnostic, sources);
            own.iter().all(|owner| causes.iter().any(|cause| cause.meets(owner)))
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
    use crate::name::CaseName;

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
        let case = |name: &str| name.parse::<CaseName>().unwrap();
        assert_eq!(left(at(Code::TomlSyntax, slip), undeclared.clone().of_case(&case("hikari/zei"))), 2);
        assert_eq!(left(at(Code::TomlSyntax, slip), undeclared.clone().of_case(&case("aoba/zei"))), 1);
        assert_eq!(left(at(Code::TomlSyntax, slip), undeclared.clone()), 1);
        assert_eq!(left(at(Code::TomlSyntax, shared), undeclared.clone().of_case(&case("hikari/zei"))), 1);
        let both = undeclared.of_case(&case("aoba/zei")).of_case(&case("hikari/zei"));
        assert_eq!(left(at(Code::TomlSyntax, slip), both), 2);
    }
}
