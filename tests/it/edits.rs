//! Content edited at random, many times: every edit is found, marked, proved and folded back byte for byte.

use std::collections::BTreeMap;

use hyoka::desk::{AcceptOrder, MarkOrder, Marked, Notation, accepting, marks};
use hyoka::diagnostic::{Diagnostics, Lang, SourceMap, Tone, render};
use hyoka::model::Municipality;
use hyoka::name::{EditionId, Slug};
use hyoka::session::{Checked, Wanted, check_workspace};
use hyoka::source::Workspace;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::subject::{CASE, CHANGES, EDITS, MUNICIPALITIES, ROUNDS, root};

type Files = BTreeMap<String, Option<String>>;

/// The change that the edits belong to.
const CHANGE: &str = "random-edit";

/// The workspace with a change for the edits, which all its municipalities know.
fn workspace() -> Workspace {
    let mut diagnostics = Diagnostics::new();
    let workspace = Workspace::read(root(), &mut diagnostics).expect("the workspace can be read");
    let text = &workspace.sources.get(workspace.find(CHANGES).expect("the assessment has changes")).text;
    let more = format!(
        "\n[[change]]\nid = \"{CHANGE}\"\nreason = \"試験\"\ntiming = \"事前\"\nchanged-on = \"令和7年1月1日\"\ntiming-note = \"試験\"\noutside-summary = \"試験\"\n"
    );
    workspace.with(&Files::from([(CHANGES.to_owned(), Some(format!("{text}{more}")))]))
}

fn checked(workspace: &Workspace, files: &Files) -> Checked {
    check_workspace(workspace.with(files), Diagnostics::new())
}

/// One random number after another.
struct Dice(TestRunner);

impl Dice {
    fn new(seed: u8) -> Self {
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]);
        Self(TestRunner::new_with_rng(Config::default(), rng))
    }

    /// A number below a bound.
    fn roll(&mut self, below: usize) -> usize {
        (0..below).new_tree(&mut self.0).expect("a range has values").current()
    }

    /// Words as somebody might write them.
    fn words(&mut self) -> String {
        let words = "[ぁ-おかがきくけこ]{1,3}|[一二三国保険料]{1,4}|[ア-オー]{2,5}|[0-9]{1,4}|、|。|（注）|[a-c*_#|`\\\\<&~]{1,3}|\\+\\+|- x|1\\. y";
        let tree = proptest::string::string_regex(words).expect("it is a pattern").new_tree(&mut self.0);
        tree.expect("it makes strings").current()
    }
}

/// The text escaped, so that it stays text.
fn plain(words: &str) -> String {
    words.chars().flat_map(|letter| letter.is_ascii_punctuation().then_some('\\').into_iter().chain([letter])).collect()
}

/// What a rule holds the words of a line to: dates, references, names of files. Random words there are another mistake than the one
/// looked for here.
fn is_ruled(line: &str) -> bool {
    ["年", "月", "別添", "資料"].iter().any(|words| line.contains(words)) || line.trim_end().ends_with("ファイル")
}

/// Lines of a body that an edit may touch: running text without marks and braces, not the heading of anything.
fn lines(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut at = 0;
    let (mut in_front, mut in_mark) = (text.starts_with("+++"), false);
    let mut found = Vec::new();
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let range = at..at + line.trim_end().len();
        at += line.len();
        if line.trim_end() == "+++" {
            in_front = number == 0;
            continue;
        }
        let opens = line.contains("{++") || line.contains("{--") || line.contains("{~~");
        let closes = line.contains("++}") || line.contains("--}") || line.contains("~~}");
        let free = !in_front && !in_mark && !opens && !closes && !line.contains(['{', '}', '#', '|', '\\', '`', '*']);
        in_mark = (in_mark || opens) && !closes;
        if free && !is_ruled(line) && line.trim().chars().count() > 12 {
            found.push(range);
        }
    }
    found
}

/// One line in other words; `None` where the line does not lend itself to it.
fn edited(line: &str, text: &str, range: &std::ops::Range<usize>, dice: &mut Dice) -> Option<String> {
    let letters: Vec<char> = line.chars().collect();
    let lead = letters.iter().take_while(|letter| matches!(letter, ' ' | '-' | '1'..='9' | '.')).count();
    let from = lead + 1 + dice.roll(letters.len().saturating_sub(lead + 2).max(1));
    let to = (from + 1 + dice.roll(6)).min(letters.len());
    let part = |range: std::ops::Range<usize>| letters[range].iter().collect::<String>();
    let alone = text[..range.start].ends_with("\n\n") && text[range.end..].starts_with("\n\n");
    let item = line.starts_with("- ") && text[range.end..].starts_with("\n- ");
    // A required item without any text is another mistake than the one looked for here.
    let only = text[..range.start].trim_end().lines().next_back().is_some_and(|before| before.starts_with("## "));
    Some(match dice.roll(8) {
        0 | 1 => format!("{}{}{}", part(0..from), plain(&dice.words()), part(to..letters.len())),
        2 => format!("{}{}{}", part(0..from), plain(&dice.words()), part(from..letters.len())),
        3 => format!("{}{}", part(0..from), part(to..letters.len())),
        4 if alone => format!("{line}\n\n新たな段落を{}加える。", plain(&dice.words())),
        4 | 5 if item => format!("{line}\n- 新たな項目を{}加える。", plain(&dice.words())),
        // A paragraph that begins with a sign of a list is a mistake of its own.
        5 if alone => {
            format!("{}\n\n{}", part(0..from), part(from..letters.len()).trim_start_matches([' ', '　', '・', '－']))
        }
        6 | 7 if item || (alone && !only) => String::new(),
        _ => return None,
    })
}

/// Whether another case uses a fragment too: its marks would have to be of a change that both know.
fn is_shared(path: &str, workspace: &Workspace) -> bool {
    let Some(id) = path.strip_prefix("content/fragments/").and_then(|name| name.strip_suffix(".md")) else {
        return false;
    };
    let others = workspace.sources.iter().filter(|(_, file)| {
        let path = file.path.to_string_lossy();
        path.contains("/submissions/") || path.contains("/checklists/")
    });
    others
        .into_iter()
        .any(|(_, file)| file.text.contains(&format!("{{{{> {id}}}}}")) || file.text.contains(&format!("\"{id}\"")))
}

/// Edits of files that the case is made from.
fn edits(workspace: &Workspace, dice: &mut Dice) -> Files {
    let mut texts: BTreeMap<String, String> = workspace
        .sources
        .iter()
        .map(|(_, file)| (file.path.to_string_lossy().into_owned(), file.text.to_string()))
        .filter(|(path, _)| path.ends_with(".md") && !path.contains("/editions/") && !path.contains("/submissions/"))
        .filter(|(path, _)| !path.ends_with("change-summary.md") && !is_shared(path, workspace))
        .collect();
    let paths: Vec<String> = texts.keys().cloned().collect();
    let mut touched: BTreeMap<String, Vec<std::ops::Range<usize>>> = BTreeMap::new();
    let mut made = 0;
    while made < EDITS {
        let path = &paths[dice.roll(paths.len())];
        let text = &texts[path];
        let all = lines(text);
        if all.is_empty() {
            continue;
        }
        let range = all[dice.roll(all.len())].clone();
        let used = touched.entry(path.clone()).or_default();
        if used.iter().any(|other| range.start < other.end + 3 && other.start < range.end + 3) {
            continue;
        }
        let Some(new) = edited(&text[range.clone()], text, &range, dice) else { continue };
        let (start, mut end) = (range.start, range.end);
        if new.is_empty() {
            end +=
                text[end..].len() - text[end..].trim_start_matches('\n').len().max(text[end..].len().saturating_sub(2));
            end = end.min(text.len());
        }
        let shift = isize::try_from(new.len()).expect("short") - isize::try_from(end - start).expect("short");
        for other in used.iter_mut().filter(|other| other.start >= end) {
            *other = other.start.wrapping_add_signed(shift)..other.end.wrapping_add_signed(shift);
        }
        used.push(start..start + new.len());
        texts.get_mut(path).expect("it is one of them").replace_range(start..end, &new);
        made += 1;
    }
    touched.into_keys().map(|path| (path.clone(), Some(texts[&path].clone()))).collect()
}

/// Marks all edits against the editions of all municipalities; the files after it, and what was left to a person.
fn marked(workspace: &Workspace, edited: &Files, editions: &[(Slug, EditionId)]) -> (Files, Vec<String>) {
    let (mut all, mut by_hand) = (edited.clone(), Vec::new());
    for (slug, edition) in editions {
        let order = MarkOrder {
            wanted: Wanted { municipality: Some(slug.clone()), case: Some(CASE.into()), ..Wanted::default() },
            since: Some(edition.clone()),
            change: Some(CHANGE.into()),
            notation: Notation::Mark,
            ..MarkOrder::default()
        };
        let Marked { files, by_hand: left, .. } =
            marks(&checked(workspace, &all), &order).expect("the edition is there");
        by_hand.extend(left.into_iter().map(|place| format!("{slug}: {place:?}")));
        all.extend(files);
    }
    (all, by_hand)
}

/// Accepts the edits in all municipalities, one after the other.
fn folded(workspace: &Workspace, marked: &Files, editions: &[(Slug, EditionId)]) -> Files {
    let mut all = marked.clone();
    for (slug, _) in editions {
        let order = AcceptOrder {
            municipality: slug.clone(),
            case: CASE.into(),
            edition: "next".into(),
            changes: vec![CHANGE.into()],
            ..AcceptOrder::default()
        };
        let before = checked(workspace, &all);
        let accepted = accepting(&before, &order).expect("case and change are there");
        assert!(!accepted.diagnostics.has_errors(), "{}", said(&accepted.diagnostics, &accepted.sources));
        all.extend(accepted.files);
    }
    all
}

fn said(diagnostics: &Diagnostics, sources: &SourceMap) -> String {
    render(diagnostics, sources, Lang::Ja, Tone::Plain)
}

#[test]
fn random_edits_are_marked_proved_and_folded_back() {
    let workspace = workspace();
    let none = checked(&workspace, &Files::new());
    assert!(!none.diagnostics.has_errors(), "{}", said(&none.diagnostics, &none.workspace.sources));
    let edition = |of: &Municipality| of.cases[CASE].edition.as_ref().map(|(id, _)| (of.slug.clone(), id.clone()));
    let editions: Vec<_> = none.model.municipalities.iter().filter_map(|of| edition(of)).collect();
    assert_eq!(editions.len(), MUNICIPALITIES, "each municipality names an edition");
    // Each round edits its places, then marks and accepts all of them together.
    let rounds = std::env::var("HYOKA_ROUNDS").map_or(ROUNDS, |rounds| rounds.parse().expect("a number of rounds"));
    for round in 0..rounds {
        let edited = edits(&workspace, &mut Dice::new(round));
        let undeclared = checked(&workspace, &edited);
        assert!(undeclared.diagnostics.has_errors(), "round {round}: an undeclared change is an error");
        let (marked, by_hand) = marked(&workspace, &edited, &editions);
        assert!(by_hand.is_empty(), "round {round}:\n{}", by_hand.join("\n"));
        let proved = checked(&workspace, &marked);
        let said = said(&proved.diagnostics, &proved.workspace.sources);
        assert!(!proved.diagnostics.has_errors(), "round {round}:\n{said}");
        let folded = folded(&workspace, &marked, &editions);
        for (path, text) in &edited {
            assert_eq!(folded[path], *text, "round {round}: {path} is not what was edited");
        }
    }
}
