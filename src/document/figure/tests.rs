//! What must hold of every figure, and of simple ones.

use proptest::prelude::*;

use super::space::pieces;
use super::*;
use crate::document::tree::FlowZoneKind;

fn run(text: &str) -> Vec<Run> {
    vec![Run { text: text.to_owned(), ..Run::default() }]
}

fn node(id: &str, zone: ZoneKind, column: u8, row: u8) -> NodeSpec {
    NodeSpec {
        id: id.into(), label: run(&format!("{id}システム")), zone, column, row, mark: None, host_label: None
    }
}

fn arrow(step: &str, from: &str, to: &str) -> ArrowSpec {
    ArrowSpec {
        step: step.to_owned(),
        from: from.into(),
        to: to.into(),
        via: None,
        kind: FlowArrowKind::Link,
        mark: None,
    }
}

fn spec(nodes: Vec<NodeSpec>, arrows: Vec<ArrowSpec>) -> FigureSpec {
    FigureSpec {
        path: "work/test".into(),
        title: run("資格の取得"),
        nodes,
        arrows,
        internal_label: "実施機関内のシステム".to_owned(),
        external_label: "外部のシステム".to_owned(),
        legend: Vec::new(),
        alt: "図".to_owned(),
        mark: None,
        width_mm: DEFAULT_WIDTH_MM,
        height_mm: 118.0,
        least_mm: 118.0,
    }
}

/// Persons at the left, systems in the middle, others at the right; a box between those that the arrows join.
fn typical() -> FigureSpec {
    use ZoneKind::{External, Internal, Person};
    let nodes = vec![
        node("住民", Person, 1, 2),
        node("職員", Person, 1, 3),
        node("記録", Internal, 2, 5),
        NodeSpec { host_label: Some("ガバメントクラウド".to_owned()), ..node("標準", Internal, 3, 3) },
        node("宛名", Internal, 3, 5),
        node("催告", Internal, 4, 3),
        node("連合会", External, 5, 3),
        node("中間", External, 5, 5),
    ];
    let arrows = vec![
        ArrowSpec { kind: FlowArrowKind::Collect, ..arrow("(1)", "住民", "職員") },
        arrow("(2)-①", "職員", "標準"),
        ArrowSpec { via: Some("宛名".into()), ..arrow("(2)-②", "記録", "標準") },
        arrow("(3)", "標準", "連合会"),
        arrow("(4)", "連合会", "標準"),
        arrow("(5)", "中間", "標準"),
        ArrowSpec { kind: FlowArrowKind::Other, ..arrow("(6)", "標準", "住民") },
        ArrowSpec { kind: FlowArrowKind::Other, ..arrow("(7)", "標準", "標準") },
    ];
    spec(nodes, arrows)
}

fn boxes(flow: &Flow) -> Vec<Rect> {
    flow.nodes.iter().map(|node| Rect { x: node.x, y: node.y, w: node.w, h: node.h }).collect()
}

/// Boxes that an arrow runs across, other than at its ends.
fn crossed(flow: &Flow) -> Vec<String> {
    let mut crossed = Vec::new();
    for arrow in &flow.arrows {
        for (node, rect) in flow.nodes.iter().zip(boxes(flow)) {
            if pieces(&arrow.points).any(|piece| piece.is_through(&rect.grown(-0.2))) {
                crossed.push(format!("{} across {}", arrow.label, node.label[0].text));
            }
        }
    }
    crossed
}

fn steps(flow: &Flow) -> Vec<&str> {
    flow.arrows.iter().flat_map(|arrow| arrow.label.split(['、', '\n'])).collect()
}

#[test]
fn no_arrow_crosses_a_box() {
    assert_eq!(crossed(&figure(&typical())), Vec::<String>::new());
}

#[test]
fn every_step_appears_and_a_way_through_a_box_twice() {
    let flow = figure(&typical());
    for step in ["(1)", "(2)-①", "(3)", "(4)", "(5)", "(6)", "(7)"] {
        assert_eq!(steps(&flow).iter().filter(|found| **found == step).count(), 1, "{step}");
    }
    assert_eq!(steps(&flow).iter().filter(|found| **found == "(2)-②").count(), 2);
}

#[test]
fn the_same_input_gives_the_same_figure() {
    assert_eq!(figure(&typical()), figure(&typical()));
}

#[test]
fn labels_stand_on_the_paper_and_on_no_box() {
    let flow = figure(&typical());
    let paper = Rect { x: 0.0, y: 0.0, w: flow.width, h: flow.height };
    for (index, arrow) in flow.arrows.iter().enumerate() {
        let size = Leg { from: 0, to: 0, kind: arrow.kind, mark: None, label: arrow.label.clone() }.label_size();
        let label = Rect::centred(arrow.label_at, size.0, size.1);
        assert!(paper.grown(0.01).holds(&label), "{} at {label:?}", arrow.label);
        for node in boxes(&flow) {
            assert!(label.shared(&node) < 0.05, "{} on a box", arrow.label);
        }
        for other in &flow.arrows[index + 1..] {
            assert_ne!(arrow.label_at, other.label_at, "{} on {}", arrow.label, other.label);
        }
    }
}

#[test]
fn arrows_of_one_kind_share_a_line_up_to_three_steps() {
    let nodes = vec![node("甲", ZoneKind::Internal, 1, 1), node("乙", ZoneKind::Internal, 2, 1)];
    let mut arrows: Vec<ArrowSpec> = ["(1)", "(2)", "(2)", "(3)", "(4)"].map(|step| arrow(step, "甲", "乙")).into();
    arrows.push(ArrowSpec { kind: FlowArrowKind::Other, ..arrow("(5)", "甲", "乙") });
    let flow = figure(&spec(nodes, arrows));
    let labels: Vec<&str> = flow.arrows.iter().map(|arrow| arrow.label.as_str()).collect();
    assert_eq!(labels, ["(1)\n(2)\n(3)", "(4)", "(5)"]);
}

#[test]
fn arrows_between_two_boxes_are_parallel_3_2_mm_apart() {
    let nodes = vec![node("甲", ZoneKind::Internal, 1, 1), node("乙", ZoneKind::External, 2, 1)];
    let flow = figure(&spec(nodes, vec![arrow("(1)", "甲", "乙"), arrow("(2)", "乙", "甲")]));
    let [first, second] = flow.arrows.as_slice() else { panic!("two arrows") };
    assert_eq!((first.points.len(), second.points.len()), (2, 2));
    assert!((second.points[0].1 - first.points[0].1 - 3.2).abs() < 0.011);
    assert!(first.points[0].0 < first.points[1].0 && second.points[0].0 > second.points[1].0);
}

#[test]
fn a_box_in_between_is_passed_round() {
    let nodes =
        ["甲", "乙", "丙"].iter().zip(1..).map(|(id, column)| node(id, ZoneKind::Internal, column, 1)).collect();
    let flow = figure(&spec(nodes, vec![arrow("(1)", "甲", "丙")]));
    assert_eq!(crossed(&flow), Vec::<String>::new());
    assert_eq!(flow.arrows[0].points.len(), 4);
}

#[test]
fn a_zone_holds_its_own_boxes_and_no_other() {
    let flow = figure(&typical());
    let kinds: Vec<FlowZoneKind> = flow.zones.iter().map(|zone| zone.kind).collect();
    assert_eq!(kinds, [FlowZoneKind::Internal, FlowZoneKind::External, FlowZoneKind::Host]);
    let internal = Rect { x: flow.zones[0].x, y: flow.zones[0].y, w: flow.zones[0].w, h: flow.zones[0].h };
    let held: Vec<bool> = boxes(&flow).iter().map(|node| internal.holds(node)).collect();
    assert_eq!(held, [false, false, true, true, true, true, false, false]);
}

#[test]
fn a_person_among_systems_splits_the_zone() {
    let nodes = vec![
        node("甲", ZoneKind::Internal, 1, 1),
        node("人", ZoneKind::Person, 1, 2),
        node("乙", ZoneKind::Internal, 1, 3),
    ];
    assert_eq!(figure(&spec(nodes, Vec::new())).zones.len(), 2);
}

#[test]
fn a_long_label_makes_a_higher_box() {
    let long = NodeSpec {
        label: run(&"住民基本台帳ネットワーク".repeat(3)), ..node("長", ZoneKind::Internal, 1, 1)
    };
    let flow = figure(&spec(vec![long, node("短", ZoneKind::Internal, 1, 2)], Vec::new()));
    assert!(flow.nodes[0].h > 15.0, "{}", flow.nodes[0].h);
    assert_eq!(flow.nodes[1].h, 11.0);
}

#[test]
fn an_arrow_to_nowhere_is_left_out() {
    let flow = figure(&spec(vec![node("甲", ZoneKind::Internal, 1, 1)], vec![arrow("(1)", "甲", "無")]));
    assert!(flow.arrows.is_empty());
}

fn any_node() -> impl Strategy<Value = NodeSpec> {
    let zones = prop_oneof![Just(ZoneKind::Internal), Just(ZoneKind::External), Just(ZoneKind::Person)];
    let labels = prop_oneof![Just(String::new()), ".{0,40}", "[あ-ん]{0,60}"];
    (0..8_u8, labels, zones, any::<u8>(), 0..9_u8, proptest::option::of("[ア-ン]{0,30}")).prop_map(
        |(id, label, zone, column, row, host_label)| NodeSpec {
            label: run(&label),
            host_label,
            ..node(&id.to_string(), zone, column % 9, row)
        },
    )
}

fn any_arrow() -> impl Strategy<Value = ArrowSpec> {
    let kinds = prop_oneof![Just(FlowArrowKind::Link), Just(FlowArrowKind::Collect), Just(FlowArrowKind::Other)];
    (0..9_u8, 0..9_u8, proptest::option::of(0..9_u8), kinds, "\\([1-9]\\)(-[①-⑨])?").prop_map(
        |(from, to, via, kind, step)| ArrowSpec {
            via: via.map(|via| via.to_string().into()),
            kind,
            ..arrow(&step, &from.to_string(), &to.to_string())
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_figure_is_drawn_on_its_paper(
        nodes in proptest::collection::vec(any_node(), 0..10),
        arrows in proptest::collection::vec(any_arrow(), 0..8),
        width_mm in prop_oneof![Just(f64::NAN), Just(180.0), -10.0..400.0],
        height_mm in prop_oneof![Just(f64::NAN), Just(118.0), -10.0..400.0],
    ) {
        let spec = FigureSpec { width_mm, height_mm, ..spec(nodes, arrows) };
        let flow = figure(&spec);
        prop_assert_eq!(&flow, &figure(&spec));
        prop_assert!(flow.height <= TALLEST_MM + 0.01);
        let paper = Rect { x: 0.0, y: 0.0, w: flow.width, h: flow.height }.grown(0.02);
        for rect in boxes(&flow) {
            prop_assert!(rect.w > 0.0 && rect.h > 0.0 && paper.holds(&rect));
        }
        for arrow in &flow.arrows {
            prop_assert!(arrow.points.len() >= 2);
            prop_assert!(pieces(&arrow.points).all(|piece| piece.is_in(&paper)), "{:?}", arrow.points);
        }
    }
}
