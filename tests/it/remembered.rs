//! What is remembered of one state of a workspace changes nothing of the next.

use std::collections::BTreeMap;
use std::sync::Arc;

use hyoka::diagnostic::{Diagnostics, Lang, Tone, render};
use hyoka::session::{Checked, check_workspace};
use hyoka::source::Workspace;

use crate::subject::root;

/// What is done to a file, in turn.
#[derive(Debug, Clone, Copy)]
enum Deed {
    Letter,
    NewItem,
    Gone,
    Broken,
}

/// The file in other words; none where it has nothing to do this to.
fn done(deed: Deed, text: &str) -> Option<Option<String>> {
    match deed {
        Deed::Letter => {
            let at = text.find(['、', '。'])?;
            Some(Some(format!("{}もじ{}", &text[..at], &text[at..])))
        }
        Deed::NewItem => Some(Some(format!("{text}\n## nowhere\n\nどこにもない項目。\n"))),
        Deed::Gone => Some(None),
        Deed::Broken => Some(Some(format!("+++\nvalues = [\n{text}"))),
    }
}

/// Everything that is known of a state.
fn told(checked: &Checked) -> (String, String) {
    let said = render(&checked.diagnostics, &checked.workspace.sources, Lang::Ja, Tone::Plain);
    (said, format!("{:?}", checked.model))
}

fn workspace() -> Checked {
    check_workspace(
        Workspace::read(root(), &mut Diagnostics::new()).expect("the workspace can be read"),
        Diagnostics::new(),
    )
}

/// One file after the other in other words, always beside the same memory: what is told is what one is told who remembers nothing.
#[test]
fn a_draft_is_what_is_read_afresh() {
    let base = workspace();
    let sources = &base.workspace.sources;
    let files = sources.iter().filter(|(_, file)| {
        let path = file.path.to_string_lossy();
        path.starts_with("content/") && !path.starts_with("content/editions/")
    });
    let deeds = [Deed::Letter, Deed::Gone, Deed::NewItem, Deed::Letter, Deed::Broken];
    let mut looked = 0;
    for ((_, file), deed) in files.zip(deeds.into_iter().cycle()) {
        let Some(new) = done(deed, &file.text) else { continue };
        let path = file.path.to_string_lossy().into_owned();
        let edit = BTreeMap::from([(path.clone(), new)]);
        let afresh = check_workspace(base.workspace.with(&edit), Diagnostics::new());
        let (said, model) = told(&base.fork(&edit));
        let (expected_said, expected_model) = told(&afresh);
        assert_eq!(said, expected_said, "{deed:?} in {path}");
        assert!(model == expected_model, "{deed:?} in {path}: the model is another");
        looked += 1;
    }
    assert!(looked > 20, "{looked} files were edited");
    let back = told(&base.fork(&BTreeMap::new()));
    assert!(back == told(&base), "after all of them the workspace is as it was");
}

/// Of an edit the other sections are the very same, and need not be looked at again.
#[test]
fn a_section_that_reads_nothing_new_is_the_very_same() {
    let base = workspace();
    let sections = |checked: &Checked| {
        let (_, case) = checked.model.cases().find(|(_, case)| case.main().is_some()).expect("there is an assessment");
        case.main().expect("it has a main form").sections.clone()
    };
    let path = "content/municipalities/mihon/zei/risk.md";
    let file = base.workspace.find(path).expect("it is there");
    let text = &base.workspace.sources.get(file).text;
    let first = base.fork(&BTreeMap::from([(path.to_owned(), done(Deed::Letter, text).expect("it has a comma"))]));
    let twice = done(Deed::Letter, text).flatten().and_then(|text| done(Deed::Letter, &text)).expect("it has one");
    let second = base.fork(&BTreeMap::from([(path.to_owned(), twice)]));
    let (first, second) = (sections(&first), sections(&second));
    assert_eq!(first.len(), second.len());
    let others: Vec<&str> = first
        .iter()
        .zip(&second)
        .filter(|(one, other)| !Arc::ptr_eq(one, other))
        .map(|(one, _)| one.def_id.as_str())
        .collect();
    assert_eq!(others, ["risk"]);
}
