//! A document in stretches, each of which can be set by itself.

use std::ops::Range;

use super::links::keep_living;
use super::tree::Document;

impl Document {
    /// The stretches of its sections（区切り）, in order and without gaps: each but the first begins on a page of its own, under a heading
    /// from which on nothing of what stood before is said again. So its pages follow from it alone, but for their numbers.
    #[must_use]
    pub fn stretches(&self) -> Vec<Range<usize>> {
        let begins = |number: &usize| {
            let section = &self.sections[*number];
            *number == 0 || section.new_page && !section.heading.is_empty()
        };
        let starts: Vec<usize> = (0..self.sections.len()).filter(begins).collect();
        let ends = starts.iter().skip(1).copied().chain([self.sections.len()]);
        starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
    }

    /// One of its stretches as a document of its own. Links that lead out of it are taken away: there is no such place in it.
    #[must_use]
    pub fn stretch(&self, range: Range<usize>) -> Self {
        let mut stretch = Self { meta: self.meta.clone(), sections: self.sections[range].to_vec() };
        keep_living(&mut stretch);
        stretch
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::document::tree::{
        Block, LineRole, MarkStyle, Meta, Paper, Place, Run, Section, SectionLayout, Typeface,
    };

    fn section(id: &str, heading: &str, new_page: bool, to: Option<&str>) -> Arc<Section> {
        let run = Run { text: id.to_owned(), to: to.map(|to| Place::of_section(&to.into())), ..Run::default() };
        let blocks = vec![Block::Line { role: LineRole::Plain, runs: vec![run] }];
        let (id, heading) = (id.into(), heading.to_owned());
        let (layout, paper) = (SectionLayout::Prose, Paper::A4);
        Arc::new(Section { id, heading, note: String::new(), layout, new_page, paper, blocks })
    }

    fn document() -> Document {
        let sections = vec![
            section("cover", "", true, Some("two")),
            section("list", "", true, None),
            section("one", "Ⅰ", true, Some("one-more")),
            section("one-more", "Ⅰ続", false, None),
            section("two", "Ⅱ", true, None),
        ];
        let meta = Meta {
            title: String::new(),
            title_lines: Vec::new(),
            author: String::new(),
            description: String::new(),
            lang: "ja-JP".to_owned(),
            body: Typeface::Mincho,
            paper: Paper::A4,
            footer: String::new(),
            footer_left: String::new(),
            header_right: String::new(),
            marks: MarkStyle::default(),
            version: String::new(),
            size_pt: 10.5,
            margins: crate::document::Margins::of(10.5),
            continued: String::new(),
        };
        Document { meta, sections }
    }

    #[test]
    fn a_stretch_begins_where_a_heading_begins_a_page() {
        assert_eq!(document().stretches(), [0..2, 2..4, 4..5]);
        assert_eq!(Document { sections: Vec::new(), ..document() }.stretches(), Vec::<Range<usize>>::new());
    }

    #[test]
    fn a_link_stays_where_its_place_is_in_the_stretch() {
        let to = |section: &Section| match &section.blocks[0] {
            Block::Line { runs, .. } => runs[0].to.clone(),
            _ => None,
        };
        let document = document();
        assert_eq!(to(&document.stretch(0..2).sections[0]), None);
        assert_eq!(to(&document.stretch(2..4).sections[0]), Some(Place::of_section(&"one-more".into())));
        assert!(to(&document.sections[0]).is_some(), "the document keeps its own");
    }
}
