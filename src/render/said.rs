//! Words that a page says aloud and does not show: where struck or added text begins and ends.
//!
//! A template leaves them as metadata under a label, which take no part in the layout. Here they become text of a finished page,
//! too small and too clear to be seen: a reader of tags, of the text layer or of a copy meets them, the eye does not. The typesetter
//! can give no structure element an `ActualText`, and text set by a template would be one more place where a line may break.

use typst::foundations::{Label, Value};
use typst::introspection::{MetadataElem, Tag};
use typst::layout::{Abs, Frame, FrameItem};
use typst::text::{FontVariant, FontVariations, Glyph, Lang, TextItem};
use typst::utils::PicoStr;
use typst::visualize::Color;
use typst_layout::{Page, PagedDocument};

use crate::source::font;

/// Label of the metadata.
const LABEL: &str = "said";

/// Size of the letters, in pt.
const SIZE_PT: f64 = 0.1;

/// The document with what it says aloud as text; as it is where it says nothing.
pub(super) fn with_said(document: &PagedDocument) -> Option<PagedDocument> {
    let label = Label::new(PicoStr::intern(LABEL)).expect("the label is not empty");
    let pages: Vec<Option<Frame>> = document.pages().iter().map(|page| spoken(&page.frame, label)).collect();
    if pages.iter().all(Option::is_none) {
        return None;
    }
    let pages = document.pages().iter().zip(pages).map(|(page, frame)| match frame {
        Some(frame) => Page { frame, ..page.clone() },
        None => page.clone(),
    });
    Some(PagedDocument::new(pages.collect(), typst::model::Document::info(document).clone()))
}

/// The frame with what is said in it; `None` where nothing is.
fn spoken(frame: &Frame, label: Label) -> Option<Frame> {
    let mut items = Vec::new();
    let mut is_said = false;
    for (at, item) in frame.items() {
        match item {
            FrameItem::Group(group) => match spoken(&group.frame, label) {
                Some(inner) => {
                    is_said = true;
                    let mut group = group.clone();
                    group.frame = inner;
                    items.push((*at, FrameItem::Group(group)));
                }
                None => items.push((*at, item.clone())),
            },
            FrameItem::Tag(Tag::Start(content, _)) => {
                items.push((*at, item.clone()));
                if content.label() == Some(label)
                    && let Some(metadata) = content.to_packed::<MetadataElem>()
                    && let Value::Str(words) = &metadata.value
                {
                    is_said = true;
                    items.push((*at, FrameItem::Text(unseen(words.as_str()))));
                }
            }
            FrameItem::Text(_)
            | FrameItem::Shape(..)
            | FrameItem::Image(..)
            | FrameItem::Link(..)
            | FrameItem::Tag(Tag::End(..)) => items.push((*at, item.clone())),
        }
    }
    is_said.then(|| {
        let mut frame = frame.clone();
        frame.clear();
        frame.push_multiple(items);
        frame
    })
}

/// Words as text that nobody sees.
fn unseen(words: &str) -> TextItem {
    let font = font(0).expect("the program has fonts");
    let size = Abs::pt(SIZE_PT);
    let font = font.clone().instantiate(FontVariant::default(), size, &FontVariations::default());
    let mut from = 0;
    let glyphs = words.chars().map(|character| {
        let to = from + character.len_utf8();
        let id = font.ttf().glyph_index(character).map_or(0, |glyph| glyph.0);
        let place = |byte: usize| u16::try_from(byte).expect("what is said is short");
        let glyph = Glyph {
            id,
            x_advance: font.x_advance(id).unwrap_or_default(),
            x_offset: Default::default(),
            y_advance: Default::default(),
            y_offset: Default::default(),
            range: place(from)..place(to),
            span: (typst::syntax::Span::detached(), 0),
        };
        from = to;
        glyph
    });
    let glyphs = glyphs.collect();
    TextItem {
        font,
        size,
        fill: Color::BLACK.with_alpha(0.0).into(),
        stroke: None,
        lang: Lang::JAPANESE,
        region: None,
        text: words.into(),
        glyphs,
    }
}
