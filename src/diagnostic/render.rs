//! A diagnostic as text for a person: the line, the caret, the cure.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::{Diagnostic, Diagnostics, Lang, Severity, SourceMap};

/// Whether the text may carry terminal colours（色の有無）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Plain characters.
    Plain,
    /// ANSI colours beside the words.
    Coloured,
}

/// All diagnostics as text, ordered by file and place, an empty line between them.
#[must_use]
pub fn render(diagnostics: &Diagnostics, sources: &SourceMap, lang: Lang, tone: Tone) -> String {
    let renderer = match tone {
        Tone::Plain => Renderer::plain(),
        Tone::Coloured => Renderer::styled(),
    }
    .decor_style(DecorStyle::Ascii);
    diagnostics
        .sorted()
        .into_iter()
        .map(|diagnostic| one(diagnostic, sources, lang, &renderer))
        .collect::<Vec<_>>()
        .join("\n\n")
}

/// The closing line: how many mistakes of each severity.
#[must_use]
pub fn summary(diagnostics: &Diagnostics, lang: Lang) -> String {
    let errors = diagnostics.count(Severity::Error);
    let warnings = diagnostics.count(Severity::Warning);
    match lang {
        Lang::Ja => format!("誤り {errors} 件、注意 {warnings} 件"),
        Lang::En => format!("{errors} error(s), {warnings} warning(s)"),
    }
}

fn one(diagnostic: &Diagnostic, sources: &SourceMap, lang: Lang, renderer: &Renderer) -> String {
    let wording = diagnostic.code.wording(lang);
    let title = fill(wording.title, &diagnostic.args, lang);
    let help = fill(wording.help, &diagnostic.args, lang);
    let (level, level_name, help_name) = match (diagnostic.code.severity(), lang) {
        (Severity::Error, Lang::Ja) => (Level::ERROR, "誤り", "対処"),
        (Severity::Error, Lang::En) => (Level::ERROR, "error", "help"),
        (Severity::Warning, Lang::Ja) => (Level::WARNING, "注意", "対処"),
        (Severity::Warning, Lang::En) => (Level::WARNING, "warning", "help"),
        (Severity::Note, Lang::Ja) => (Level::NOTE, "参考", "対処"),
        (Severity::Note, Lang::En) => (Level::NOTE, "note", "help"),
    };
    let mut group = level
        .with_name(level_name)
        .primary_title(&title)
        .id(diagnostic.code.id())
        .elements(Vec::<annotate_snippets::Element<'_>>::new());
    // Paths live as long as the group that shows them.
    let places: Vec<_> = diagnostic
        .span
        .iter()
        .map(|span| (AnnotationKind::Primary, *span))
        .chain(diagnostic.related.iter().map(|span| (AnnotationKind::Context, *span)))
        .map(|(kind, span)| (kind, span, sources.get(span.file).path.display().to_string().replace('\\', "/")))
        .collect();
    for (kind, span, path) in &places {
        let file = sources.get(span.file);
        group =
            group.element(Snippet::source(&*file.text).path(path.as_str()).annotation(kind.span(span.start..span.end)));
    }
    if !help.is_empty() {
        group = group.element(Level::HELP.with_name(help_name).message(&help));
    }
    renderer.render(&[group])
}

/// Puts the arguments into `{name}` places; the nearest valid word is asked as a question.
fn fill(template: &str, args: &[(&'static str, String)], lang: Lang) -> String {
    let mut out = template.to_owned();
    for (name, value) in args {
        let text = match (*name, value.as_str(), lang) {
            (NEAR, "", _) => String::new(),
            (NEAR, word, Lang::Ja) => format!("（もしかして「{word}」）"),
            (NEAR, word, Lang::En) => format!(" (did you mean `{word}`?)"),
            (GUIDANCE, _, Lang::En) => String::new(),
            ("expected" | "found" | "detail" | "example", text, Lang::En) => in_english(text),
            (_, text, _) => text.to_owned(),
        };
        out = out.replace(&format!("{{{name}}}"), &text);
    }
    out
}

/// The argument that holds the nearest valid word; empty where none is near.
const NEAR: &str = "near";
/// What an item asks for; a form has it in its own language only.
const GUIDANCE: &str = "guidance";

/// The program's own words in arguments; what an author wrote stays as it is.
fn in_english(text: &str) -> String {
    WORDS.iter().fold(text.to_owned(), |text, (ja, en)| text.replace(ja, en))
}

const WORDS: &[(&str, &str)] = &[
    ("文字列（\"…\"）", "a string (\"…\")"),
    ("true か false", "true or false"),
    ("一覧（[ … ]）", "a list ([ … ])"),
    ("表（{ … } か [見出し]）", "a table ({ … } or [heading])"),
    ("「2023-08-15」の形の日付", "a date such as 2023-08-15"),
    ("一覧以外の値", "not a list"),
    (" 以上の整数", " or more, a whole number"),
    (" の整数", ", a whole number"),
    ("」の見出しと本文", "` and its text"),
    ("「## ", "`## "),
    ("[values] の ", "under [values] "),
    ("評価書（case.toml）", "an assessment (case.toml)"),
    ("ページを引用する評価書（pages-of）", "the assessment whose pages are cited (pages-of)"),
    ("付議事項（submission.toml）", "a submission (submission.toml)"),
    ("チェックリスト（checklists/）", "a checklist (checklists/)"),
    ("概要の様式", "the overview's form"),
    ("値のない数式", "a formula without a value"),
    ("エラー値", "the error value"),
    ("日付又は時刻", "a date or a time"),
    ("小数を含む数", "a number with a fraction:"),
    // Short words last: they are parts of longer ones.
    ("一覧", "a list"),
    ("文字列", "a string"),
    ("整数", "a whole number"),
    ("小数", "a fraction"),
    ("日時", "a date and time"),
    ("表", "a table"),
    ("値", "a value"),
];
