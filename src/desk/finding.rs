//! Words searched for（検索）: in what is printed, in labels, or as the id of an item.

use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

use super::items::{Node, Shown, chapters};
use crate::diagnostic::SourceMap;
use crate::model::{Case, CaseForm, ItemPath, Municipality, Role};
use crate::name::{CaseId, Slug};
use crate::session::{Checked, Wanted};

/// Most places that a search shows.
const FOUND_MOST: usize = 200;

/// Characters of the words around what was searched for.
const AROUND_CHARS: usize = 24;

/// What a search finds（検索の結果）.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Finds {
    /// In the order of municipalities, cases and print.
    pub found: Vec<FoundItem>,
    /// Whether there are more than are shown.
    pub more: bool,
}

/// An item in which words were found（見付かった項目）.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct FoundItem {
    /// Slug of the municipality.
    pub municipality: Slug,
    /// Case.
    pub case: CaseId,
    /// Which of the case's forms it stands in.
    pub form: Role,
    /// Path in the form.
    pub path: ItemPath,
    /// Path of the row in which it is printed.
    pub row: ItemPath,
    /// Section, bar and label.
    pub name: String,
    /// The words around the first place: before, what was found, after; none where only the name or the id has them.
    pub excerpt: Option<(String, String, String)>,
    /// Where it is written, as `file:line`; none where nothing is.
    pub place: Option<String>,
}

/// Where words stand in the wanted cases; width and case of letters are of no account.
#[must_use]
pub fn search(checked: &Checked, wanted: &Wanted, words: &str) -> Finds {
    let mut search =
        Search { words: plain(words.trim()), sources: &checked.workspace.sources, finds: Finds::default() };
    if search.words.is_empty() {
        return search.finds;
    }
    for (of, case) in checked.model.cases().filter(|(of, case)| wanted.has_case(&of.name(case))) {
        case.forms.iter().for_each(|form| search.form((of, case), form));
    }
    search.finds
}

/// A text as it is compared.
fn plain(text: &str) -> String {
    text.nfkc().collect::<String>().to_lowercase()
}

struct Search<'s> {
    words: String,
    sources: &'s SourceMap,
    finds: Finds,
}

impl Search<'_> {
    fn form(&mut self, (of, case): (&Municipality, &Case), form: &CaseForm) {
        for chapter in chapters(form) {
            let mut bar = String::new();
            for node in &chapter.nodes {
                let (label, path, row, shown) = match node {
                    Node::Heading { label, .. } => {
                        bar.clone_from(label);
                        continue;
                    }
                    Node::Group { .. } => continue,
                    Node::Figure { page, title, shown } => (title, &page.path, page.figure_path(), shown),
                    Node::Item(item) => (&item.label, &item.path, item.row.clone(), &item.shown),
                };
                let name = [chapter.heading.as_str(), &bar, label].join(" ");
                let excerpt = self.excerpt(&shown.characters());
                if excerpt.is_none() && !plain(&name).contains(&self.words) && !path.to_string().contains(&self.words) {
                    continue;
                }
                if self.finds.found.len() == FOUND_MOST {
                    self.finds.more = true;
                    return;
                }
                self.finds.found.push(FoundItem {
                    municipality: of.slug.clone(),
                    case: case.id.clone(),
                    form: form.role.clone(),
                    path: path.clone(),
                    row,
                    name,
                    excerpt,
                    place: self.place(shown),
                });
            }
        }
    }

    /// The line that has the words, else the first one of the item.
    fn place(&self, shown: &Shown<'_>) -> Option<String> {
        let span = shown.place()?;
        let text = &self.sources.get(span.file).text;
        let first = text[..span.start].matches('\n').count() + 1;
        let mut lines = text[span.start..span.end.clamp(span.start, text.len())].lines();
        let line = first + lines.position(|line| plain(line).contains(&self.words)).unwrap_or_default();
        Some(format!("{}:{line}", self.sources.shown(span.file)))
    }

    /// The words around the first place, in three parts: before, what was found, after.
    fn excerpt(&self, words: &str) -> Option<(String, String, String)> {
        if !plain(words).contains(&self.words) {
            return None;
        }
        let characters: Vec<char> = words.chars().collect();
        let text = |range: &[char]| range.iter().collect::<String>();
        let has = |range: &[char]| plain(&text(range)).contains(&self.words);
        // The shortest stretch that has the words: what it is made of may be wider or narrower than what was typed.
        let long = (1..=characters.len()).find(|end| has(&characters[..*end]))?;
        let start = (0..long).rev().find(|start| has(&characters[*start..long]))?;
        let before = text(&characters[start.saturating_sub(AROUND_CHARS)..start]);
        let after = text(&characters[long..characters.len().min(long + AROUND_CHARS)]);
        Some((before, text(&characters[start..long]), after))
    }
}
