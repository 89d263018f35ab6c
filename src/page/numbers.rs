//! Numbers put on pages that were set without them（ページ番号の書き入れ）.
//!
//! A template that is asked for the body of pages alone leaves something labelled `numbers` where it prints their numbers; asked for these it
//! prints nothing else, and says so by the same label. So a page and its numbers are two layers of one sheet. A template of a workspace that
//! knows nothing of this says it on one of the two or on none: its pages are set once more with all that stands on them.

use typst::foundations::Label;
use typst::introspection::Tag;
use typst::layout::{Frame, FrameItem};
use typst::utils::PicoStr;
use typst_layout::Page;

/// A page with the numbers that another has; none where one of them is not what it was asked for.
pub(super) fn put(page: &Page, numbers: &Page) -> Option<Page> {
    let label = Label::new(PicoStr::intern("numbers")).expect("the label is not empty");
    numbers.frame.items().find(|(_, item)| is_place(item, label))?;
    let mut frame = Frame::new(page.frame.size(), page.frame.kind());
    let mut is_put = false;
    for (at, item) in page.frame.items() {
        if !is_put && is_place(item, label) {
            is_put = true;
            let seen = numbers.frame.items().filter(|(_, item)| is_seen(item));
            seen.for_each(|(at, item)| frame.push(*at, item.clone()));
        } else {
            frame.push(*at, item.clone());
        }
    }
    is_put.then(|| Page { frame, ..page.clone() })
}

/// Whether the numbers belong here.
fn is_place(item: &FrameItem, label: Label) -> bool {
    match item {
        FrameItem::Tag(Tag::Start(element, _)) => element.label() == Some(label),
        FrameItem::Group(group) => group.frame.items().any(|(_, item)| is_place(item, label)),
        _ => false,
    }
}

/// Whether anything is drawn.
fn is_seen(item: &FrameItem) -> bool {
    match item {
        FrameItem::Tag(_) => false,
        FrameItem::Group(group) => group.frame.items().any(|(_, item)| is_seen(item)),
        _ => true,
    }
}
