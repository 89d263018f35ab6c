//! A document with a block of every kind, of a fictitious city.

use crate::document::tree::*;
use crate::model::ItemPath;

pub(super) const INJECTION: &str = "<script>alert(\"x\")</script>&amp;{{ meta.title }}{% if %}";

pub(super) fn run(text: &str) -> Run {
    Run { text: text.to_owned(), ..Run::default() }
}

fn runs(text: &str) -> Vec<Run> {
    vec![run(text)]
}

fn mark(key: &str, show: MarkShow) -> MarkRef {
    MarkRef { key: key.into(), show }
}

pub(super) fn marked(text: &str, key: &str, show: MarkShow) -> Run {
    Run { mark: Some(mark(key, show)), ..run(text) }
}

fn paragraph(text: &str) -> RichBlock {
    RichBlock::Paragraph { runs: runs(text) }
}

fn row(path: &str, label: &str, depth: u8, cell: Vec<Part>) -> Row {
    Row {
        path: path.into(),
        label: runs(label),
        phrases: Phrases::default(),
        important: depth == 0,
        depth,
        cluster: String::new(),
        cell,
    }
}

pub(super) fn section(heading: &str, layout: SectionLayout, blocks: Vec<Block>) -> Section {
    Section {
        id: heading.into(),
        heading: heading.to_owned(),
        note: String::new(),
        layout,
        new_page: true,
        paper: Paper::A4,
        blocks,
    }
}

pub(super) fn document(sections: Vec<Section>) -> Document {
    Document {
        meta: Meta {
            title: "国民健康保険に関する事務 全項目評価書".to_owned(),
            title_lines: Vec::new(),
            author: "見本市長".to_owned(),
            description: "見本市の特定個人情報保護評価書".to_owned(),
            lang: "ja".to_owned(),
            body: Typeface::Mincho,
            paper: Paper::A4,
            footer: "{n} / {N}".to_owned(),
            footer_left: "国民健康保険に関する事務".to_owned(),
            header_right: "資料1".to_owned(),
            marks: MarkStyle {
                inserted: MarkLook {
                    weight: Weight::Bold,
                    face: Some(Typeface::Gothic),
                    underline: Underline::Single,
                    ..MarkLook::default()
                },
                deleted: MarkLook { strike: true, ..MarkLook::default() },
                ..MarkStyle::default()
            },
            version: String::new(),
            size_pt: 10.5,
            margins: crate::document::Margins::of(10.5),
            continued: "（続き）".to_owned(),
        },
        sections: sections.into_iter().map(std::sync::Arc::new).collect(),
    }
}

pub(super) fn everything() -> Document {
    document(vec![
        Section { heading: String::new(), ..section("", SectionLayout::Cover, cover()) },
        Section {
            note: "※(7. リスク1⑨を除く。)".to_owned(),
            ..section("Ⅱ 特定個人情報ファイルの概要", SectionLayout::Table, table())
        },
        section("（別添1）事務の内容", SectionLayout::Flows, vec![Block::Flow(flow())]),
        section("（別添2）記録項目", SectionLayout::Records, records()),
        section("（別添3）変更箇所", SectionLayout::Changes, changes()),
        section("主な変更内容", SectionLayout::Prose, prose()),
    ])
}

fn cover() -> Vec<Block> {
    let line = |role, text: &str| Block::Line { role, runs: runs(text) };
    vec![
        line(LineRole::Tag, "[平成30年5月 様式4]"),
        line(LineRole::Title, "特定個人情報保護評価書\n（全項目評価書）"),
        line(LineRole::Subject, "件名 国民健康保険に関する事務"),
        line(LineRole::Legend, "太字下線は追記した箇所、取消線は削除した箇所です。"),
        line(LineRole::Centre, "見本市"),
        line(LineRole::Right, "令和7年10月"),
        line(LineRole::Plain, INJECTION),
    ]
}

fn tick(label: &str, on: bool, text: Option<&str>) -> Tick {
    Tick { label: label.to_owned(), on, mark: None, text: text.map(runs), count: Vec::new() }
}

fn choice() -> Part {
    let options = ["1,000人未満", "1,000人以上1万人未満", "1万人以上10万人未満", "10万人以上"];
    Part::Choice {
        value: runs("1万人以上10万人未満"),
        options: options.map(str::to_owned).to_vec(),
        columns: 2,
        count: runs("7"),
    }
}

fn checks() -> Part {
    Part::Checks {
        options: vec![
            tick("本人又は本人の代理人", true, None),
            tick("評価実施機関内の他部署", true, Some("住民課、税務課")),
            Tick { mark: Some(mark("c1", MarkShow::Ins)), ..tick("行政機関・独立行政法人等", true, None) },
            tick("その他", false, Some("")),
        ],
        columns: 2,
    }
}

fn storage() -> Vec<Run> {
    vec![
        Run { strong: true, ..run("保管場所 ") },
        run("施錠した室内に設置した機器に保管する。"),
        marked("ガバメントクラウドの", "c2", MarkShow::Ins),
        Run { strong: true, ..marked("データセンター", "c2", MarkShow::Ins) },
        run("は国内とする。"),
        marked("磁気テープに保管する。", "c3", MarkShow::Del),
        Run { code: true, ..run("ISO/IEC 27001") },
    ]
}

fn table() -> Vec<Block> {
    let clustered = |path: &str, label: &str, depth| Row {
        cluster: "再委託".to_owned(),
        ..row(path, label, depth, vec![Part::Line { runs: runs("再委託する") }])
    };
    let ticks =
        vec![Tick { count: runs("（ 7 ）件"), ..tick("委託する", true, None) }, tick("委託しない", false, None)];
    vec![
        Block::Band {
            level: 2,
            label: runs("2. 基本情報"),
            important: false,
            ticks: Vec::new(),
            path: ItemPath::nowhere(),
        },
        Block::Rows {
            rows: vec![
                row("file/a/count", "②対象となる本人の数", 0, vec![choice()]),
                row("file/a/source", "①入手元", 0, vec![checks()]),
                row("file/a/reason", "その必要性", 1, vec![Part::Line { runs: runs("資格の管理のため\n給付のため") }]),
                row(
                    "file/a/storage",
                    "保管場所",
                    0,
                    vec![Part::Rich {
                        blocks: vec![
                            RichBlock::Paragraph { runs: storage() },
                            list(),
                            RichBlock::Framed {
                                mark: mark("c4", MarkShow::Ins),
                                blocks: vec![paragraph("変更で加わった段落。")],
                            },
                        ],
                    }],
                ),
            ],
        },
        Block::Band {
            level: 2, label: runs("4. 取扱いの委託"), important: true, ticks, path: ItemPath::nowhere()
        },
        Block::Rows {
            rows: vec![
                row("file/a/name", "⑥委託先名", 0, vec![Part::Line { runs: runs("見本システム株式会社") }]),
                clustered("file/a/sub", "⑦再委託の有無", 0),
                clustered("file/a/sub-method", "⑧再委託の許諾方法", 0),
                row(
                    "file/a/after",
                    "⑨その他",
                    2,
                    vec![Part::Band { label: runs("小見出し") }, Part::Line { runs: runs("なし") }],
                ),
            ],
        },
    ]
}

fn list() -> RichBlock {
    let inner =
        RichBlock::List {
            ordered: true, start: 3, items: vec![vec![paragraph("三つめ")], vec![paragraph("四つめ")]]
        };
    RichBlock::List {
        ordered: false,
        start: 1,
        items: vec![vec![paragraph("外側"), inner], vec![paragraph("外側の二つめ")]],
    }
}

pub(super) fn flow() -> Flow {
    let node =
        |label: &str, x, person| FlowNode { label: runs(label), x, y: 12.0, w: 31.0, h: 11.0, person, mark: None };
    let arrow = |points: Vec<(f64, f64)>, kind, label: &str, label_at| FlowArrow {
        points,
        kind,
        label: label.to_owned(),
        label_at,
        mark: None,
    };
    let zone = |label: &str, x, y, w, h, kind| FlowZone { label: label.to_owned(), x, y, w, h, kind };
    let legend = |label: &str, kind| FlowLegend { label: label.to_owned(), kind: Some(kind), zone: None };
    let hosted = (marked("国保標準", "c5", MarkShow::Ins), run("システム"));
    Flow {
        path: "work/shikaku/from-r7-01".into(),
        title: runs("1. 被保険者資格の取得に関する事務（令和7年1月以降）"),
        width: 180.0,
        height: 30.0,
        zones: vec![
            zone("実施機関内のシステム", 61.0, 1.0, 58.0, 28.0, FlowZoneKind::Internal),
            zone("外部のシステム", 121.0, 1.0, 58.0, 28.0, FlowZoneKind::External),
            zone("ガバメントクラウド", 73.2, 9.1, 33.6, 15.2, FlowZoneKind::Host),
        ],
        nodes: vec![
            node("被保険者等", 14.5, true),
            FlowNode { label: vec![hosted.0, hosted.1], ..node("", 74.5, false) },
            FlowNode {
                mark: Some(mark("c6", MarkShow::Ins)), ..node("情報提供ネットワークシステム", 134.5, false)
            },
        ],
        arrows: vec![
            arrow(vec![(45.5, 17.5), (74.5, 17.5)], FlowArrowKind::Collect, "(1)", (55.0, 17.5)),
            FlowArrow {
                mark: Some(mark("c7", MarkShow::Ins)),
                ..arrow(vec![(105.5, 16.0), (134.5, 16.0)], FlowArrowKind::Link, "(2)-①", (113.0, 16.0))
            },
            arrow(vec![(134.5, 20.0), (105.5, 20.0)], FlowArrowKind::Other, "(2)-②", (127.0, 20.0)),
        ],
        alt: "被保険者等から国保標準システムへ(1)。".to_owned(),
        mark: Some(mark("c8", MarkShow::Ins)),
        legend: vec![
            FlowLegend {
                label: "実施機関内のシステム".to_owned(), kind: None, zone: Some(FlowZoneKind::Internal)
            },
            legend("特定個人情報の流れ（データ連携）", FlowArrowKind::Link),
            legend("特定個人情報の流れ（本人収集）", FlowArrowKind::Collect),
            legend("その他情報の流れ", FlowArrowKind::Other),
        ],
        plan: FlowPlan::default(),
    }
}

fn records() -> Vec<Block> {
    let items = (1..=11).map(|number| runs(&format!("{number}. 記録項目その{number}"))).collect();
    let (title, path) = (runs("(1) 国保資格ファイル"), "records/shikaku/items".into());
    vec![Block::Records { title, columns: 3, items, path, titled: false }]
}

fn changes() -> Vec<Block> {
    let line = |text: &str| Part::Line { runs: runs(text) };
    let cell = |parts, rowspan, centre| GridCell { parts, rowspan, centre, header: false, repeats: Repeats::No };
    let nested = row("file/a/storage", "保管場所", 0, vec![line("変更した行の写し")]);
    let rows = vec![
        GridRow {
            heading: Some(runs("Ⅱ 特定個人情報ファイルの概要")),
            level: 1,
            bookmarks: Vec::new(),
            cells: Vec::new(),
            sticky: true,
            with_next: false,
            path: ItemPath::nowhere(),
        },
        GridRow {
            heading: None,
            level: 0,
            bookmarks: Vec::new(),
            cells: vec![
                cell(vec![Part::Rows { rows: vec![nested] }], 1, false),
                cell(vec![line("55、80")], 1, true),
                cell(vec![line("移行に伴う記載の変更")], 2, false),
            ],
            sticky: false,
            with_next: false,
            path: ItemPath::nowhere(),
        },
        GridRow {
            heading: None,
            level: 0,
            bookmarks: Vec::new(),
            cells: vec![cell(vec![Part::Flow(flow())], 1, false), cell(vec![line("17")], 1, true)],
            sticky: false,
            with_next: false,
            path: ItemPath::nowhere(),
        },
    ];
    let header = ["変更または追記した箇所", "ページ", "事由等"].map(str::to_owned).to_vec();
    vec![Block::Grid(Grid {
        header,
        drawn: vec![6.0, 1.0, 2.0],
        widths: vec![6.0, 1.0, 2.0],
        rows: rows.into_iter().map(std::sync::Arc::new).collect(),
    })]
}

fn prose() -> Vec<Block> {
    let table = RichBlock::Table {
        header: vec![runs("項目"), runs("ページ")],
        rows: vec![vec![runs("保管場所"), runs("55、80、106、117")]],
    };
    let inserted = vec![run("国保の"), marked("標準準拠システムへ\n移行", "c9", MarkShow::Ins), run("します。")];
    vec![
        Block::Heading { level: 2, runs: runs("1. 事務の内容") },
        Block::Rich { blocks: vec![RichBlock::Paragraph { runs: inserted }, table] },
        Block::Heading { level: 4, runs: runs("深い見出し") },
        Block::Rich { blocks: vec![paragraph("本文。")] },
    ]
}
