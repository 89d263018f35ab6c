//! A diagnostic as text for a person: the lines, the carets, the cure, an example.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::{Code, Diagnostic, Diagnostics, Explanation, FileId, Lang, Severity, SourceMap, Span, placeholders};

/// Whether the text may carry terminal colours（色の有無）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Plain characters.
    Plain,
    /// ANSI colours beside the words.
    Coloured,
}

/// All diagnostics as text, ordered by file and place, an empty line between them. The example of a code stands at its first
/// diagnostic only.
#[must_use]
pub fn render(diagnostics: &Diagnostics, sources: &SourceMap, lang: Lang, tone: Tone) -> String {
    let renderer = match tone {
        Tone::Plain => Renderer::plain(),
        Tone::Coloured => Renderer::styled(),
    }
    .decor_style(DecorStyle::Ascii);
    let mut shown: Vec<Code> = Vec::new();
    let texts = diagnostics.by_path(sources).into_iter().map(|diagnostic| {
        let is_first = !shown.contains(&diagnostic.code);
        shown.push(diagnostic.code);
        let explanation = diagnostics.explanation(diagnostic.code).filter(|_| is_first);
        let example = explanation.map_or("", |explanation| explanation.example.text(lang));
        one(diagnostic, example, sources, lang, &renderer)
    });
    texts.collect::<Vec<_>>().join("\n\n")
}

/// The closing line: how many mistakes of each severity; notes and accepted warnings only where there are any.
#[must_use]
pub fn summary(diagnostics: &Diagnostics, lang: Lang) -> String {
    let errors = diagnostics.count(Severity::Error);
    let warnings = diagnostics.count(Severity::Warning);
    let mut text = match lang {
        Lang::Ja => format!("誤り {errors} 件、注意 {warnings} 件"),
        Lang::En => format!("{errors} error(s), {warnings} warning(s)"),
    };
    let further = [
        (diagnostics.count(Severity::Note), "参考", "note(s)"),
        (diagnostics.accepted_count(), "了承済み", "accepted"),
    ];
    for (count, ja, en) in further.into_iter().filter(|(count, ..)| *count > 0) {
        text += &match lang {
            Lang::Ja => format!("、{ja} {count} 件"),
            Lang::En => format!(", {count} {en}"),
        };
    }
    text
}

/// What a code means: what, why, an example, the legal source（コードの説明）.
#[must_use]
pub fn explain(code: Code, explanation: Option<Explanation>, lang: Lang) -> String {
    let mut title = code.wording(lang).title.to_owned();
    for name in placeholders(code.wording(lang).title) {
        title = title.replace(&format!("{{{name}}}"), "…");
    }
    let (level, ..) = words(code.severity(), lang);
    let body = explanation.map(|explanation| explanation.text(lang)).unwrap_or_default();
    format!("{level}[{}]: {title}\n\n{body}", code.id())
}

/// The words for a severity, for its cure and for an example.
fn words(severity: Severity, lang: Lang) -> (&'static str, &'static str, &'static str) {
    match (severity, lang) {
        (Severity::Error, Lang::Ja) => ("誤り", "対処", "例"),
        (Severity::Warning, Lang::Ja) => ("注意", "対処", "例"),
        (Severity::Note, Lang::Ja) => ("参考", "対処", "例"),
        (Severity::Error, Lang::En) => ("error", "help", "example"),
        (Severity::Warning, Lang::En) => ("warning", "help", "example"),
        (Severity::Note, Lang::En) => ("note", "help", "example"),
    }
}

fn one(diagnostic: &Diagnostic, example: &str, sources: &SourceMap, lang: Lang, renderer: &Renderer) -> String {
    let message = diagnostic.message(lang);
    let (level_name, help_name, example_name) = words(diagnostic.code.severity(), lang);
    let level = match diagnostic.code.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group = level
        .with_name(level_name)
        .primary_title(&message.title)
        .id(diagnostic.code.id())
        .elements(Vec::<annotate_snippets::Element<'_>>::new());
    for (file, places) in places(diagnostic, sources, lang) {
        let source = &*sources.get(file).text;
        let annotations = places.into_iter().map(|(kind, span, label)| {
            let range = span.start.min(source.len())..span.end.min(source.len());
            kind.span(range).label(label)
        });
        group = group.element(Snippet::source(source).path(sources.shown(file)).annotations(annotations));
    }
    if !message.help.is_empty() {
        group = group.element(Level::HELP.with_name(help_name).message(&message.help));
    }
    if !example.is_empty() {
        group = group.element(Level::HELP.with_name(example_name).message(example));
    }
    renderer.render(&[group])
}

type Underline = (AnnotationKind, Span, Option<&'static str>);

/// Whether two places stand in one line of one file.
fn is_one_line(one: Span, other: Span, sources: &SourceMap) -> bool {
    let between = one.end.min(other.end)..one.start.max(other.start);
    one.file == other.file && !sources.get(one.file).text.get(between).unwrap_or_default().contains('\n')
}

/// The places by file, the file of the mistake first: places of one file are shown in one excerpt.
fn places(diagnostic: &Diagnostic, sources: &SourceMap, lang: Lang) -> Vec<(FileId, Vec<Underline>)> {
    let mut files: Vec<(FileId, Vec<Underline>)> = Vec::new();
    let primary = diagnostic.span.map(|span| (AnnotationKind::Primary, span, None));
    let related = diagnostic.related.iter();
    let related = related.map(|place| {
        // Words below the mistake's own line would push its caret aside: the library counts a full-width character as one column.
        let beside = diagnostic.span.is_some_and(|span| is_one_line(span, place.span, sources));
        (AnnotationKind::Context, place.span, (!beside).then(|| place.label.words(lang)))
    });
    for underline in primary.into_iter().chain(related) {
        match files.iter_mut().find(|(file, _)| *file == underline.1.file) {
            Some((_, underlines)) => underlines.push(underline),
            None => files.push((underline.1.file, vec![underline])),
        }
    }
    files
}
