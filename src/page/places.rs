//! Where the rows stand on the pages of a screen（項目の位置）: what a click on a page meets, and where a page is turned to for an item.
//!
//! Input: a document on its pages. Output: [`RowPlace`]s. The lists of a document need only pages; these go one step further, to the height
//! on a page, and are asked for by a preview alone.

use typst::foundations::{Label, Selector, Str, Value};
use typst::introspection::{Introspector, MetadataElem};
use typst::utils::PicoStr;

use super::typeset::Paged;
use crate::model::ItemPath;

/// An edge of a row on a page（項目の上端・下端）.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Edge {
    /// The page, counted from 1 in the order of the pages, whatever is printed on it.
    pub page: usize,
    /// From the top of the page, in pt.
    pub y_pt: f64,
}

/// Where a row stands（項目の位置）.
#[derive(Debug, Clone, PartialEq)]
pub struct RowPlace {
    /// Path of the row; a list may show one row more than once.
    pub path: ItemPath,
    /// Where it begins.
    pub first: Edge,
    /// Where it ends, not above the beginning.
    pub last: Edge,
}

/// Every row of a document, in the order of their ends: a row inside another comes before it.
#[must_use]
pub fn row_places(paged: &Paged) -> Vec<RowPlace> {
    let label = Label::new(PicoStr::intern("row")).expect("the label is not empty");
    let introspector = paged.document.introspector();
    let mut open: Vec<(ItemPath, Edge)> = Vec::new();
    let mut found = Vec::new();
    for content in introspector.query(&Selector::Label(label)) {
        let Some(position) = content.location().and_then(|location| introspector.position(location)) else { continue };
        let Some(Value::Dict(fields)) = content.to_packed::<MetadataElem>().map(|data| data.value.clone()) else {
            continue;
        };
        let word = |key: &str| match fields.get(&Str::from(key)) {
            Ok(Value::Str(word)) => word.to_string(),
            _ => String::new(),
        };
        let (path, edge) =
            (ItemPath::from(&*word("path")), Edge { page: position.page.get(), y_pt: position.point.y.to_pt() });
        if word("edge") == "start" {
            open.push((path, edge));
        } else if let Some(at) = open.iter().rposition(|(begun, _)| *begun == path) {
            let (path, first) = open.remove(at);
            found.push(RowPlace { path, first, last: edge });
        }
    }
    found.retain(|place| !place.path.is_nowhere());
    found
}
