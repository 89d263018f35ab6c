//! The answers to what an editor asks of a place（応答）: each from the texts that were judged last, and where the place must be exact, of the
//! newest ones.

use gen_lsp_types as lsp;
use serde_json::{Value as Json, json};

use super::complete::{Offer, OfferKind, offers};
use super::edits::workspace_edit;
use super::found::cures;
use super::house::say;
use super::hover;
use super::items::{halves, homes, item_at};
use super::names::{Part, Place, places};
use super::naming::Named;
use super::positions::Lines;
use super::server::{Answer, Hints, Refused, Server, failed, json_of, refused};
use super::symbols::{HeadingKind, outline};
use crate::diagnostic::Span;
use crate::markup::Headed;

/// Most offers that an editor is sent.
const OFFERS_MOST: usize = 1_000;

impl Server<'_> {
    pub(super) fn completion(&mut self, params: &lsp::CompletionParams) -> Answer {
        let asked = &params.text_document_position_params;
        // The first question may come before the first judgement.
        if self.house.as_ref().is_some_and(|house| house.standing.towns.is_empty()) {
            self.settle();
        }
        let (Some((standing, _)), Some((held, path))) = (self.known(), self.held(&asked.text_document)) else {
            return Ok(Json::Null);
        };
        let text = held.text();
        let lines = Lines::new(&text, self.editor.encoding, held.mark());
        let offset = lines.offset(asked.position);
        let (range, offers) = offers(standing, (path, &text), offset, self.lang);
        let range = lines.stretch(range);
        let items = offers.into_iter().take(OFFERS_MOST).enumerate();
        let items = items.map(|(at, offer)| completion_item(offer, at, range)).collect();
        Ok(json_of(lsp::CompletionList { is_incomplete: false, items, ..Default::default() }))
    }

    pub(super) fn hover(&mut self, params: &lsp::HoverParams) -> Answer {
        let asked = &params.text_document_position_params;
        self.settle();
        let (Some((standing, _)), Some((held, path))) = (self.known(), self.held(&asked.text_document)) else {
            return Ok(Json::Null);
        };
        let text = held.text();
        let lines = Lines::new(&text, self.editor.encoding, held.mark());
        let offset = lines.offset(asked.position);
        let named = standing.file(path).and_then(|(checked, file)| {
            let all = places(&checked.library, &checked.workspace.sources);
            let here = all.into_iter().filter(|place| place.is_at(file, offset));
            let place = here.max_by_key(|place| place.around.start)?;
            let said = hover::name(standing, &place, (path, self.lang))?;
            Some((said, place.around.start..place.around.end))
        });
        let said = named.or_else(|| {
            let said = hover::item((standing, &self.measured), (path, &text), offset, self.lang)?;
            // Pages are shown from the next time on.
            for (slug, checked) in standing.towns.iter().filter(|(_, checked)| checked.workspace.find(path).is_some()) {
                self.measured.measure(slug, checked, self.judged);
            }
            Some(said)
        });
        let Some((said, range)) = said else { return Ok(Json::Null) };
        let (kind, value) = match self.editor.hints {
            Hints::Markdown => (lsp::MarkupKind::Markdown, said),
            Hints::Plain => (lsp::MarkupKind::PlainText, plain(&said)),
        };
        let contents = lsp::Contents::MarkupContent(lsp::MarkupContent { kind, value });
        Ok(json_of(lsp::Hover { contents, range: Some(lines.stretch(range)) }))
    }

    /// All names of the workspace, and the one at a place.
    fn named(&self, asked: &lsp::TextDocumentPositionParams) -> Result<Option<(Named, Place)>, Refused> {
        let (Some(house), Some((held, path))) = (&self.house, self.held(&asked.text_document)) else { return Ok(None) };
        let text = held.text();
        let offset = Lines::new(&text, self.editor.encoding, held.mark()).offset(asked.position);
        let named = Named::of(house).map_err(|error| failed(&error, self.lang))?;
        let place = named.at(path, offset).cloned();
        Ok(place.map(|place| (named, place)))
    }

    pub(super) fn definition(&mut self, params: &lsp::DefinitionParams) -> Answer {
        let asked = &params.text_document_position_params;
        self.settle();
        let Some((_, way)) = self.known() else { return Ok(Json::Null) };
        if let Some((named, place)) = self.named(asked)? {
            let made = named.made(&place).into_iter();
            let found: Vec<lsp::Location> = made.filter_map(|made| way.location(named.sources(), made.span)).collect();
            return Ok(json_of(found));
        }
        Ok(json_of(self.base_of(asked)))
    }

    /// Where else the item of a heading is written: what a municipality replaces or appends to.
    fn base_of(&self, asked: &lsp::TextDocumentPositionParams) -> Vec<lsp::Location> {
        let (Some((standing, way)), Some((held, path))) = (self.known(), self.held(&asked.text_document)) else {
            return Vec::new();
        };
        let text = held.text();
        let offset = Lines::new(&text, self.editor.encoding, held.mark()).offset(asked.position);
        if !halves(path, &text).body.contains(&offset) {
            return Vec::new();
        }
        let Some((id, _)) = item_at(path, &text, offset) else { return Vec::new() };
        let mut found: Vec<lsp::Location> = Vec::new();
        let others = homes(standing, path).into_iter().flat_map(|home| home.paths());
        for other in others.filter(|other| path.strip_suffix(".md") != Some(other)) {
            for (_, checked) in &standing.towns {
                let headed =
                    checked.library.entries.get(other).map(|entry| entry.headed.as_slice()).unwrap_or_default();
                let is_it = |headed: &&Headed| headed.id == id;
                let spans = headed.iter().filter(is_it).map(|headed| headed.span);
                let new = spans.filter_map(|span| way.location(&checked.workspace.sources, span));
                for place in new {
                    if !found.contains(&place) {
                        found.push(place);
                    }
                }
            }
        }
        found
    }

    pub(super) fn references(&mut self, params: &lsp::ReferenceParams) -> Answer {
        self.settle();
        let Some((_, way)) = self.known() else { return Ok(Json::Null) };
        let Some((named, place)) = self.named(&params.text_document_position_params)? else { return Ok(Json::Null) };
        let wanted = |part| params.context.include_declaration || part == Part::Used;
        let same = named.same(&place).into_iter().filter(|same| wanted(same.part));
        let found: Vec<lsp::Location> = same.filter_map(|same| way.location(named.sources(), same.span)).collect();
        Ok(json_of(found))
    }

    pub(super) fn prepare_rename(&mut self, params: &lsp::PrepareRenameParams) -> Answer {
        self.settle();
        let Some((_, way)) = self.known() else { return Ok(Json::Null) };
        let Some((named, place)) = self.named(&params.text_document_position_params)? else { return Ok(Json::Null) };
        let location = way.location(named.sources(), place.span);
        Ok(json_of(location.map(|location| lsp::PrepareRenamePlaceholder {
            range: location.range,
            placeholder: place.name.id().to_owned(),
        })))
    }

    pub(super) fn rename(&mut self, params: &lsp::RenameParams) -> Answer {
        self.settle();
        let nothing = || {
            let words = say(
                self.lang,
                "改名できるのは、共通文、用語、変更の ID です。",
                "only shared texts, terms and changes have a name that can be changed",
            );
            refused(lsp::LspErrorCodes::RequestFailed, words)
        };
        let Some((_, way)) = self.known() else { return Err(nothing()) };
        let (named, place) = self.named(&params.text_document_position_params)?.ok_or_else(nothing)?;
        let edit = named.renamed(&place, &params.new_name, (way, self.editor.able));
        edit.map(json_of).map_err(|refusal| refused(lsp::LspErrorCodes::RequestFailed, refusal))
    }

    pub(super) fn code_action(&mut self, params: &lsp::CodeActionParams) -> Answer {
        self.settle();
        let is_wanted = |kind: &lsp::CodeActionKind| *kind == lsp::CodeActionKind::QuickFix;
        if params.context.only.as_ref().is_some_and(|only| !only.iter().any(is_wanted)) {
            return Ok(json!([]));
        }
        let (Some((standing, way)), Some((held, path))) = (self.known(), self.held(&params.text_document)) else {
            return Ok(json!([]));
        };
        let text = held.text();
        let range = Lines::new(&text, self.editor.encoding, held.mark()).bytes(params.range);
        let sources = &standing.findings.sources;
        let mut actions = Vec::new();
        for cure in cures(standing, path, &range, self.lang) {
            let span = Span::new(cure.file, cure.range.clone());
            let edit = workspace_edit((way, self.editor.able), sources, vec![(span, cure.text)], None);
            let Some(edit) = edit else { continue };
            let is_of = |shown: &&lsp::Diagnostic| shown.code == Some(lsp::Code::String(cure.code.clone()));
            actions.push(lsp::CodeAction {
                title: cure.title,
                kind: Some(lsp::CodeActionKind::QuickFix),
                diagnostics: Some(params.context.diagnostics.iter().filter(is_of).cloned().collect()),
                is_preferred: Some(true),
                edit: Some(edit),
                ..Default::default()
            });
        }
        Ok(json_of(actions))
    }

    pub(super) fn document_symbol(&mut self, params: &lsp::DocumentSymbolParams) -> Answer {
        self.settle();
        let (Some((standing, _)), Some((held, path))) = (self.known(), self.held(&params.text_document)) else {
            return Ok(json!([]));
        };
        let text = held.text();
        let lines = Lines::new(&text, self.editor.encoding, held.mark());
        let symbols = outline(standing, path).into_iter().map(|heading| {
            json!({
                "name": heading.name,
                "detail": heading.id,
                "kind": json_of(match heading.kind {
                    HeadingKind::Text => lsp::SymbolKind::String,
                    HeadingKind::Value => lsp::SymbolKind::Field,
                    HeadingKind::Change => lsp::SymbolKind::Event,
                }),
                "range": json_of(lines.stretch(heading.range)),
                "selectionRange": json_of(lines.stretch(heading.letters)),
            })
        });
        Ok(symbols.collect())
    }
}

fn completion_item(offer: Offer, at: usize, range: lsp::Range) -> lsp::CompletionItem {
    let told = lsp::MarkupContent { kind: lsp::MarkupKind::Markdown, value: offer.told };
    lsp::CompletionItem {
        label: offer.label,
        kind: Some(match offer.kind {
            OfferKind::Fragment => lsp::CompletionItemKind::Reference,
            OfferKind::Term => lsp::CompletionItemKind::Variable,
            OfferKind::Change => lsp::CompletionItemKind::Event,
            OfferKind::Item => lsp::CompletionItemKind::Field,
            OfferKind::Option => lsp::CompletionItemKind::EnumMember,
        }),
        detail: Some(offer.detail).filter(|detail| !detail.is_empty()),
        documentation: (!told.value.is_empty()).then_some(lsp::Documentation::MarkupContent(told)),
        sort_text: Some(format!("{at:04}")),
        filter_text: Some(offer.text.clone()),
        text_edit: Some(lsp::CompletionItemTextEdit::TextEdit(lsp::TextEdit { range, new_text: offer.text })),
        ..Default::default()
    }
}

/// A hint without the signs of Markdown, for an editor that shows it as it is.
fn plain(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut signs = markdown.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => out.extend(signs.next()),
            '*' | '`' => {}
            other => out.push(other),
        }
    }
    out.lines().map(|line| line.trim_end().trim_start_matches("> ")).collect::<Vec<_>>().join("\n")
}
