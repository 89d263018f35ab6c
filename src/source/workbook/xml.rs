//! XML as a row of openings, characters and endings: what the readers of packed workbooks share.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Refusal;

/// A step through a part.
pub(super) enum Step<'a> {
    /// An element begins.
    Open(&'a BytesStart<'a>),
    /// Characters, with what entities stand for.
    Text(&'a str),
    /// An element of this name ends, without its prefix.
    Close(&'a str),
}

/// Goes through a part; an element that ends wrongly or not at all makes it damaged.
pub(super) fn walk(part: impl BufRead, mut visit: impl FnMut(Step<'_>) -> Result<(), Refusal>) -> Result<(), Refusal> {
    let mut reader = Reader::from_reader(part);
    reader.config_mut().expand_empty_elements = true;
    let mut buffer = Vec::new();
    let mut open = 0_usize;
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(Refusal::damaged)? {
            Event::Start(start) => {
                open += 1;
                visit(Step::Open(&start))?;
            }
            Event::End(end) => {
                open = open.checked_sub(1).ok_or_else(|| Refusal::Damaged("end without element".to_owned()))?;
                visit(Step::Close(end.local_name().as_ref()))?;
            }
            Event::Text(text) => visit(Step::Text(&text.xml10_content()))?,
            Event::CData(text) => visit(Step::Text(&text.xml10_content()))?,
            Event::GeneralRef(entity) => {
                let character = entity.resolve_char_ref().map_err(Refusal::damaged)?;
                let named = match entity.xml10_content().as_ref() {
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "amp" => Some('&'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => None,
                };
                let character = character.or(named).ok_or_else(|| Refusal::Damaged("unknown entity".to_owned()))?;
                visit(Step::Text(character.encode_utf8(&mut [0; 4])))?;
            }
            // The parser would look for the end of the element without end.
            Event::Eof if open > 0 => return Err(Refusal::Damaged("element without end".to_owned())),
            Event::Eof => return Ok(()),
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

/// An attribute by its name without prefix.
pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = start.attributes().filter_map(Result::ok);
    let attribute = attributes.find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?.into_owned())
}

/// An attribute as a number.
pub(super) fn number<N: std::str::FromStr>(start: &BytesStart<'_>, name: &str) -> Option<N> {
    attribute(start, name)?.trim().parse().ok()
}

/// Whether an attribute says so.
pub(super) fn is_true(start: &BytesStart<'_>, name: &str) -> bool {
    attribute(start, name).is_some_and(|value| matches!(value.as_str(), "1" | "true" | "on"))
}
