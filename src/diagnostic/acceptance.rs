//! Warnings that an author accepts with a reason, in a comment beside the text.
//!
//! One form in both halves of the source: `# hyoka: accept H0316 理由` in TOML, `<!-- hyoka: accept H0316 理由 -->` in Markdown.
//! Where it holds is the reader's to say (its lines, its item, its file); here is what it says and what it does.

use super::{Code, Diagnostic, Diagnostics, Severity, SourceMap, Span, nearest, place_of};

/// What a comment begins with that speaks to the program.
const ADDRESS: &str = "hyoka:";

/// A warning that an author accepts（注意の了承）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acceptance {
    /// Which warning.
    pub code: Code,
    /// Why; never empty.
    pub reason: String,
    /// The part of the file in which it holds.
    pub scope: Span,
    /// The comment.
    pub span: Span,
}

/// A warning and the acceptance that covers it（了承された注意）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The warning.
    pub diagnostic: Diagnostic,
    /// Why it stays.
    pub acceptance: Acceptance,
}

impl Acceptance {
    /// Whether a comment's text speaks to the program at all; any other comment is none of its business.
    #[must_use]
    pub fn is_meant(comment: &str) -> bool {
        comment.trim_start().starts_with(ADDRESS)
    }

    /// Reads the text of a comment, without its delimiters.
    ///
    /// # Errors
    /// The diagnostic that says what is wrong: [`Code::AcceptanceUnreadable`], [`Code::AcceptanceNoReason`],
    /// [`Code::AcceptanceUnknown`] or [`Code::AcceptanceOfError`].
    pub fn read(comment: &str, span: Span, scope: Span) -> Result<Self, Box<Diagnostic>> {
        let said = comment.trim().strip_prefix(ADDRESS).unwrap_or_default().trim();
        let mut words = said.splitn(3, char::is_whitespace);
        let (Some("accept"), Some(id)) = (words.next(), words.next()) else {
            return Err(Box::new(Diagnostic::new(Code::AcceptanceUnreadable, span).with("text", said)));
        };
        let Some(code) = Code::find(id) else {
            let near = nearest(id, Code::all().iter().map(|code| code.id())).unwrap_or_default();
            let unknown = Diagnostic::new(Code::AcceptanceUnknown, span).with("code", id).with("near", near);
            return Err(Box::new(unknown));
        };
        let reason = words.next().unwrap_or_default().trim();
        let wrong = match (code.severity(), reason) {
            (Severity::Error, _) => Code::AcceptanceOfError,
            (_, "") => Code::AcceptanceNoReason,
            _ => return Ok(Self { code, reason: reason.to_owned(), scope, span }),
        };
        Err(Box::new(Diagnostic::new(wrong, span).with("code", id)))
    }

    fn covers(&self, diagnostic: &Diagnostic) -> bool {
        let inside =
            |span: Span| span.file == self.scope.file && self.scope.start <= span.start && span.start <= self.scope.end;
        diagnostic.code == self.code && diagnostic.span.is_some_and(inside)
    }
}

impl Diagnostics {
    /// Adds an acceptance; the same comment is kept once (a fragment is read at each use).
    pub fn accept(&mut self, acceptance: Acceptance) {
        if !self.acceptances.contains(&acceptance) {
            self.acceptances.push(acceptance);
        }
    }

    /// Reads the text of a comment and adds what it says: an acceptance, or the mistake in it.
    pub fn accept_comment(&mut self, comment: &str, span: Span, scope: Span) {
        match Acceptance::read(comment, span, scope) {
            Ok(acceptance) => self.accept(acceptance),
            Err(diagnostic) => self.push(*diagnostic),
        }
    }

    /// What is left to say: without the mistakes that only follow from others, the accepted warnings set apart, and an acceptance
    /// that covers nothing reported. May be called again after more was found.
    #[must_use]
    pub fn settled(mut self, sources: &SourceMap) -> Self {
        self.list.retain(|diagnostic| diagnostic.code != Code::AcceptanceUnused);
        self.name_nobody_for_all();
        for diagnostic in std::mem::take(&mut self.list) {
            match self.acceptances.iter().find(|acceptance| acceptance.covers(&diagnostic)) {
                Some(acceptance) => self.accepted.push(Accepted { diagnostic, acceptance: acceptance.clone() }),
                None => self.list.push(diagnostic),
            }
        }
        for acceptance in &self.acceptances {
            if !self.accepted.iter().any(|accepted| accepted.acceptance == *acceptance) {
                let unused = Diagnostic::new(Code::AcceptanceUnused, acceptance.span);
                self.list.push(unused.with("code", acceptance.code.id()));
            }
        }
        self.without_followers(sources)
    }

    /// Adds what was found after all else was settled: a warning that an acceptance covers is accepted.
    pub fn extend_settled(&mut self, found: Self) {
        for diagnostic in found.list {
            match self.acceptances.iter().find(|acceptance| acceptance.covers(&diagnostic)).cloned() {
                Some(acceptance) => {
                    let of_it = |other: &Diagnostic| {
                        other.code == Code::AcceptanceUnused && other.span == Some(acceptance.span)
                    };
                    self.list.retain(|other| !of_it(other));
                    self.accepted.push(Accepted { diagnostic, acceptance });
                }
                None => self.push(diagnostic),
            }
        }
    }

    /// The warnings that an author accepted, ordered by path and place.
    #[must_use]
    pub fn accepted(&self, sources: &SourceMap) -> Vec<&Accepted> {
        let mut list: Vec<&Accepted> = self.accepted.iter().collect();
        list.sort_by_key(|accepted| place_of(&accepted.diagnostic, sources));
        list
    }

    /// How many warnings an author accepted.
    #[must_use]
    pub fn accepted_count(&self) -> usize {
        self.accepted.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(comment: &str) -> Result<Acceptance, &'static str> {
        let file = SourceMap::default().add("a.toml", comment);
        let span = Span::new(file, 0..comment.len());
        Acceptance::read(comment, span, span).map_err(|diagnostic| diagnostic.code.id())
    }

    #[test]
    fn says_which_warning_and_why() {
        let acceptance = read(" hyoka: accept H0316　次回の変更で使う 予定 ").expect("it is an acceptance");
        assert_eq!((acceptance.code, acceptance.reason.as_str()), (Code::ChangeUnused, "次回の変更で使う 予定"));
        assert!(Acceptance::is_meant("hyoka: x") && !Acceptance::is_meant("see hyoka: x"));
    }

    #[test]
    fn says_what_is_wrong_with_it() {
        assert_eq!(read("hyoka: ignore H0316 x"), Err("H0801"));
        assert_eq!(read("hyoka: accept"), Err("H0801"));
        assert_eq!(read("hyoka: accept H0316"), Err("H0802"));
        assert_eq!(read("hyoka: accept H9999 x"), Err("H0803"));
        assert_eq!(read("hyoka: accept H0101 x"), Err("H0804"));
    }

    #[test]
    fn a_warning_is_accepted_in_its_scope_only() {
        let text = "aaaa bbbb";
        let mut sources = SourceMap::default();
        let file = sources.add("a.toml", text);
        let at = |start: usize| Diagnostic::new(Code::ChangeUnused, Span::new(file, start..start + 1));
        let mut diagnostics = Diagnostics::new();
        let (comment, scope) = (Span::new(file, 9..9), Span::new(file, 0..4));
        diagnostics.accept_comment("hyoka: accept H0316 後で使う", comment, scope);
        diagnostics.push(at(0));
        diagnostics.push(at(5));
        let settled = diagnostics.settled(&sources);
        assert_eq!((settled.count(Severity::Warning), settled.accepted_count()), (1, 1));
        // A second look finds nothing new.
        assert_eq!(settled.clone().settled(&sources), settled);
        let unused = Diagnostics { acceptances: settled.acceptances, ..Diagnostics::new() }.settled(&sources);
        assert_eq!(unused.sorted()[0].code, Code::AcceptanceUnused);
    }
}
