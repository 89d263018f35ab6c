//! Figures of 別添1 as parts of a document: geometry, words for those who cannot see them, remarks.

use rayon::prelude::*;

use super::compose::{Composer, Figures, plain};
use super::figure::{ArrowSpec, FigureSpec, NodeSpec, ZoneKind, remembered};
use super::tree::{
    Flow, FlowArrowKind, FlowLegend, FlowPlan, FlowZoneKind, MarkRef, Part, Phrases, PlannedArrow, PlannedBox, Row,
};
use crate::change::MarkKey;
use crate::markup::State;
use crate::model::manifest::{ArrowKind, FlowZone, View};
use crate::model::{Element, FilledSection, FlowPage, ItemPath, Whole};
use crate::name::NodeId;

const INTERNAL: &str = "実施機関内のシステム";
const EXTERNAL: &str = "外部のシステム";

impl Composer<'_> {
    /// The figures of a section that the view has, in print order.
    ///
    /// Finding paths for arrows takes some milliseconds a figure, so that the figures of a form are drawn on every core.
    pub(super) fn flows(&self, section: &FilledSection) -> Vec<Flow> {
        let pages: Vec<&FlowPage> = section
            .elements
            .iter()
            .filter_map(|element| match element {
                Element::Flow(page) if self.shows(page.whole.as_ref()) => Some(page),
                Element::Flow(_) | Element::Band(_) | Element::Row(_) | Element::Records(_) => None,
            })
            .collect();
        pages.into_par_iter().map(|page| self.flow(page)).collect()
    }

    /// The remarks of a figure as a row.
    #[must_use]
    pub fn remarks(&self, page: &FlowPage) -> Row {
        let path = page.remarks_path();
        let text = page.remarks_text();
        Row {
            label: vec![plain(&page.remarks_label)],
            phrases: Phrases::default(),
            important: false,
            depth: 0,
            cluster: String::new(),
            cell: vec![Part::Rich { blocks: self.rich(&text, &path, 0, page.whole.as_ref()) }],
            path,
        }
    }

    /// A figure.
    #[must_use]
    pub fn flow(&self, page: &FlowPage) -> Flow {
        let path = page.figure_path();
        let Figures::Drawn(sheet) = self.figures else { return self.planned(page, path) };
        let mark =
            |whole: Option<&Whole>, key: MarkKey| whole.map(|whole| MarkRef { key, show: self.show(whole.side) });
        let nodes = page
            .nodes
            .iter()
            .filter(|node| self.shows(node.whole.as_ref()))
            .map(|node| NodeSpec {
                id: node.id.clone(),
                label: self.runs(&node.label, &path.part(&format!("label-{}", node.id)), 0, None),
                zone: match node.zone {
                    FlowZone::Internal => ZoneKind::Internal,
                    FlowZone::External => ZoneKind::External,
                    FlowZone::Person => ZoneKind::Person,
                },
                column: node.column,
                row: node.row,
                mark: mark(node.whole.as_ref(), MarkKey::of_node(&path, &node.id)),
                host_label: node.host.clone(),
            })
            .collect();
        let arrows = page
            .arrows
            .iter()
            .enumerate()
            .filter(|(_, arrow)| self.shows(arrow.whole.as_ref()))
            .map(|(index, arrow)| ArrowSpec {
                step: arrow.step.clone(),
                from: arrow.from.clone(),
                to: arrow.to.clone(),
                via: arrow.via.clone(),
                kind: arrow.kind,
                mark: mark(arrow.whole.as_ref(), MarkKey::of_arrow(&path, index)),
            })
            .collect();
        let figure = remembered(&FigureSpec {
            title: self.runs(&page.title, &path, 0, page.whole.as_ref()),
            nodes,
            arrows,
            internal_label: INTERNAL.to_owned(),
            external_label: EXTERNAL.to_owned(),
            legend: legend(),
            alt: alternative(page),
            mark: mark(page.whole.as_ref(), MarkKey::of_whole(&path)),
            width_mm: sheet.width_mm(),
            least_mm: sheet.least_mm(),
            height_mm: sheet.beside(&self.remarks_now(page)),
            path,
        });
        Flow { plan: self.plan(page), ..Flow::clone(&figure) }
    }

    /// The remarks of a figure as the page beside it has them.
    pub(super) fn remarks_now(&self, page: &FlowPage) -> String {
        let state = if self.look.view == View::Before { State::Before } else { State::After };
        page.remarks_text().characters(state)
    }

    /// A figure of which only the words are there, for those who do not draw it.
    fn planned(&self, page: &FlowPage, path: ItemPath) -> Flow {
        let whole = page.whole.as_ref();
        Flow {
            title: self.runs(&page.title, &path, 0, whole),
            width: 0.0,
            height: 0.0,
            zones: Vec::new(),
            nodes: Vec::new(),
            arrows: Vec::new(),
            alt: String::new(),
            mark: whole.map(|whole| MarkRef { key: MarkKey::of_whole(&path), show: self.show(whole.side) }),
            legend: legend(),
            plan: self.plan(page),
            path,
        }
    }

    fn plan(&self, page: &FlowPage) -> FlowPlan {
        let state = if self.look.view == View::Before { State::Before } else { State::After };
        let boxes = page.nodes.iter().filter(|node| self.shows(node.whole.as_ref())).map(|node| PlannedBox {
            id: node.id.clone(),
            label: node.label.characters(state),
            runs: self.runs(&node.label, &page.figure_path().part(&format!("label-{}", node.id)), 0, None),
            show: node.whole.as_ref().map(|whole| self.show(whole.side)),
            zone: node.zone,
            column: node.column,
            row: node.row,
            host: node.host.clone().unwrap_or_default(),
        });
        let arrows = page.arrows.iter().filter(|arrow| self.shows(arrow.whole.as_ref())).map(|arrow| PlannedArrow {
            step: arrow.step.clone(),
            from: arrow.from.clone(),
            to: arrow.to.clone(),
            via: arrow.via.clone().unwrap_or_default(),
            kind: arrow.kind,
            show: arrow.whole.as_ref().map(|whole| self.show(whole.side)),
        });
        FlowPlan { boxes: boxes.collect(), arrows: arrows.collect() }
    }
}

/// What the figure says, in words: each arrow once.
fn alternative(page: &FlowPage) -> String {
    let name = |id: &NodeId| {
        page.nodes
            .iter()
            .find(|node| node.id == *id)
            .map_or_else(|| id.to_string(), |node| node.label.characters(State::After))
    };
    let arrows: Vec<String> = page
        .arrows
        .iter()
        .map(|arrow| {
            let via = arrow.via.as_ref().map_or_else(String::new, |via| format!("{}を経由して", name(via)));
            format!("{} {}から{via}{}へ（{}）", arrow.step, name(&arrow.from), name(&arrow.to), kind_words(arrow.kind))
        })
        .collect();
    let title = page.title.characters(State::After);
    let kind = if title.ends_with("流れ") { "図" } else { "流れ図" };
    format!("{title}の{kind}。{}。", arrows.join("、"))
}

fn kind_words(kind: ArrowKind) -> &'static str {
    match kind {
        ArrowKind::Link => "特定個人情報の流れ（データ連携）",
        ArrowKind::Collect => "特定個人情報の流れ（本人収集）",
        ArrowKind::Other => "その他情報の流れ",
    }
}

fn legend() -> Vec<FlowLegend> {
    let zone = |label: &str, zone| FlowLegend { label: label.to_owned(), kind: None, zone: Some(zone) };
    let arrow = |kind: FlowArrowKind| FlowLegend { label: kind_words(kind).to_owned(), kind: Some(kind), zone: None };
    vec![
        zone(INTERNAL, FlowZoneKind::Internal),
        zone(EXTERNAL, FlowZoneKind::External),
        arrow(FlowArrowKind::Link),
        arrow(FlowArrowKind::Collect),
        arrow(FlowArrowKind::Other),
    ]
}
