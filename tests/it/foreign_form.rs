//! A workbook that no program of ours made: the official form as an office keeps it, with its own columns, moved rows, boxes in cells of
//! their own and the slips of many hands.

use std::path::{Path, PathBuf};

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};

/// Where the labels begin, where the contents do, and the last column.
const LABEL: u16 = 1;
const CONTENT: u16 = 6;
const LAST: u16 = 14;

/// Writes a sheet from top to bottom.
struct Page<'w> {
    sheet: &'w mut Worksheet,
    row: u32,
}

impl Page<'_> {
    fn put(&mut self, column: u16, text: &str) {
        self.sheet.write_string(self.row, column, text).expect("it fits");
    }

    fn merged(&mut self, (left, right): (u16, u16), rows: u32, text: &str) {
        let (top, bottom) = (self.row, self.row + rows - 1);
        self.sheet.merge_range(top, left, bottom, right, text, &Format::new()).expect("no range overlaps");
    }

    fn heading(&mut self, text: &str) {
        self.merged((0, LAST), 1, text);
        self.row += 1;
    }

    fn bar(&mut self, text: &str) {
        self.merged((LABEL, LAST), 1, text);
        self.row += 1;
    }

    /// A label beside its content, which is merged over several rows.
    fn text(&mut self, label: &str, content: &str, rows: u32) {
        self.merged((LABEL, CONTENT - 1), rows, label);
        self.merged((CONTENT, LAST), rows, content);
        self.row += rows;
    }

    /// A choice as the form has it: brackets in cells of their own, the options beside and below.
    fn choice(&mut self, label: &str, value: &str, options: &[&str]) {
        let rows = u32::try_from(options.len()).expect("few") + 1;
        self.merged((LABEL, CONTENT - 1), rows, label);
        self.put(CONTENT, "[");
        self.merged((CONTENT + 1, CONTENT + 3), rows, value);
        self.put(CONTENT + 4, "]");
        self.put(CONTENT + 5, "＜選択肢＞");
        for (number, option) in options.iter().enumerate() {
            self.row += 1;
            self.put(CONTENT + 5, &format!("{}) {option}", number + 1));
        }
        self.row += 1;
    }

    /// Boxes in cells of their own, two a row; the text of one in brackets in further cells.
    fn boxes(&mut self, label: &str, boxes: &[(&str, &str, &str)]) {
        self.put(LABEL, label);
        for pair in boxes.chunks(2) {
            for ((mark, option, text), column) in pair.iter().zip([CONTENT, CONTENT + 5]) {
                self.put(column, "[");
                self.put(column + 1, mark);
                self.put(column + 2, "]");
                self.put(column + 3, option);
                if !text.is_empty() {
                    self.put(column + 4, &format!("（{text}）"));
                }
            }
            self.row += 1;
        }
    }
}

/// The workbook's file.
pub(crate) fn write(folder: &Path) -> PathBuf {
    let mut workbook = Workbook::new();
    cover(workbook.add_worksheet());
    basic(workbook.add_worksheet());
    for (number, name) in [(1, "軽自動車税ファイル"), (2, "収納ファイル")] {
        overview(workbook.add_worksheet(), number, name);
    }
    records(workbook.add_worksheet());
    risk(workbook.add_worksheet());
    let path = folder.join("評価書.xlsx");
    workbook.save(&path).expect("a file can be written");
    path
}

fn cover(sheet: &mut Worksheet) {
    sheet.set_name("表紙").expect("a name");
    let mut page = Page { sheet, row: 1 };
    page.put(LAST, "[平成30年5月　様式４]");
    page.row += 2;
    page.merged((LABEL, LAST), 2, "特定個人情報保護評価書（全項目評価書）");
    page.row += 3;
    page.merged((LABEL, 3), 1, "評価書番号");
    page.merged((4, LAST), 1, "評価書名");
    page.row += 1;
    page.merged((LABEL, 3), 1, "12");
    page.merged((4, LAST), 1, "軽自動車税に関する事務　全項目評価書");
    page.row += 2;
    page.merged((LABEL, LAST), 1, "個人のプライバシー等の権利利益の保護の宣言");
    page.row += 1;
    page.merged((LABEL, LAST), 3, "みどり市は、特定個人情報の漏えい等のリスクを軽減する措置を講じることを宣言する。");
    page.row += 3;
    page.merged((LABEL, 2), 1, "特記事項");
    page.put(CONTENT, "＝印と*星*と{++追記++}と[注]: と | を含む。\n# 見出しではない\n1. 一つ目\n2. 二つ目");
    page.row += 1;
    page.bar("評価実施機関名");
    page.bar("みどり市長");
    page.bar("公表日");
    let day = ExcelDateTime::from_ymd(2026, 4, 1).expect("a day");
    let format = Format::new().set_num_format("yyyy/mm/dd");
    page.sheet.write_datetime_with_format(page.row, LABEL, &day, &format).expect("it fits");
    page.row += 3;
    page.heading("項目一覧");
    for line in [
        "Ⅰ　基本情報",
        "（別添１）　事務の内容",
        "Ⅱ　特定個人情報ファイルの概要",
        "（別添２）　特定個人情報ファイル記録項目",
    ] {
        page.bar(line);
    }
    page.bar("Ⅲ　特定個人情報ファイルの取扱いプロセスにおけるリスク対策");
}

fn basic(sheet: &mut Worksheet) {
    let mut page = Page { sheet, row: 4 };
    page.heading("Ⅰ　基本情報");
    page.bar("１．特定個人情報ファイルを取り扱う事務");
    // The rows of the first bar stand in another order than on the form.
    page.choice(
        "③対象人数",
        "1,000人以上1万人未満",
        &["1,000人未満", "1,000人以上1万人未満", "1万人以上10万人未満", "10万人以上30万人未満", "30万人以上"],
    );
    page.text("①事務の名称", "軽自動車税に関する事務", 1);
    page.text("②　事務の内容　※", "地方税法に基づき、軽自動車税を賦課し、徴収する。\n・申告を受け付ける。\n　・原動機付自転車\n　・小型特殊自動車\n・納税通知書を送る。", 6);
    page.bar("２．特定個人情報ファイルを取り扱う事務において使用するシステム");
    page.bar("システム１");
    page.text("①システムの名称", "軽自動車税システム", 1);
    page.text("②システムの機能", "課税の台帳を管理する。", 2);
    page.boxes(
        "③他のシステムとの接続",
        &[
            ("", "情報提供ネットワークシステム", ""),
            ("○", "庁内連携システム", ""),
            ("", "住民基本台帳ネットワークシステム", ""),
            ("", "既存住民基本台帳システム", ""),
            ("○", "宛名システム等", ""),
            ("", "税務システム", ""),
            ("○", "その他", "収納システム"),
        ],
    );
    page.bar("システム２～５");
    page.bar("システム２");
    page.text("①システムの名称", "収納システム", 1);
    page.text("②システムの機能", "納付の記録を管理する。", 1);
    page.put(LABEL, "③他のシステムとの接続");
    page.put(CONTENT, "□情報提供ネットワークシステム　☑庁内連携システム　□住民基本台帳ネットワークシステム　□既存住民基本台帳システム　■宛名システム等　□税務システム　□その他（　　　）");
    page.row += 1;
    page.bar("３．特定個人情報ファイル名");
    page.bar("（１）軽自動車税ファイル\n（２）収納ファイル");
    page.bar("７．評価実施機関における担当部署");
    page.text("①部署", "税務課", 1);
    page.text("②所属長の役職名", "税務課長", 1);
    page.row += 40;
    page.put(20, "作成者のメモ：後で確認");
}

fn overview(sheet: &mut Worksheet, number: u32, name: &str) {
    let mut page = Page { sheet, row: 0 };
    page.heading("Ⅱ　特定個人情報ファイルの概要");
    page.bar("１．特定個人情報ファイル名");
    page.bar(name);
    page.bar("２．基本情報");
    page.choice(
        "①ファイルの種類　※",
        "1)システム用ファイル",
        &["システム用ファイル", "その他の電子ファイル（表計算ファイル等）"],
    );
    page.choice("②対象となる本人の数", "2", &["1万人未満", "1万人以上10万人未満", "10万人以上100万人未満"]);
    page.text("③対象となる本人の範囲　※", "軽自動車等の所有者", 1);
    page.text("その必要性", &format!("{name}に記録して課税するため"), 1);
    page.bar("４．特定個人情報ファイルの取扱いの委託");
    page.put(LABEL, "委託の有無　※");
    page.put(CONTENT, "[　委託する　]　　＜選択肢＞　1) 委託する　2) 委託しない");
    page.row += 1;
    page.put(CONTENT, "（　２　）　件");
    page.row += 1;
    for (consignment, title) in [(1, "納税通知書の印刷"), (2, "収納のデータの入力")] {
        page.put(LABEL, &format!("委託事項{consignment}"));
        page.merged((CONTENT, LAST), 1, title);
        page.row += 1;
        page.text("①委託内容", &format!("{title}を委託する。"), 1);
        page.choice(
            "②取扱いを委託する特定個人情報ファイルの範囲",
            "特定個人情報ファイルの一部",
            &["特定個人情報ファイルの全体", "特定個人情報ファイルの一部"],
        );
        page.text("対象となる本人の範囲　※", "納税義務者", 1);
        page.text("その妥当性", "大量の処理を正確に行うため", 1);
        page.boxes(
            "④委託先への特定個人情報ファイルの提供方法",
            &[("", "専用線", ""), ("○", "電子記録媒体（フラッシュメモリを除く。）", ""), ("", "フラッシュメモリ", "")],
        );
        page.text("⑥委託先名", "株式会社みどり印刷", 1);
        // The group head stands upright at the left of its rows.
        page.put(0, "再委託");
        page.choice("⑦再委託の有無　※", "再委託しない", &["再委託する", "再委託しない"]);
    }
    page.bar("６．特定個人情報の保管・消去");
    page.text("①保管場所　※", &format!("市役所の電算室に保管する（{number}）。"), 2);
    page.text("③消去方法", "保管期間を過ぎたものを消去する。", 1);
    page.sheet.write_formula(page.row, CONTENT, Formula::new("=\"続\"&\"き\"").set_result("続き")).expect("it fits");
}

fn records(sheet: &mut Worksheet) {
    let mut page = Page { sheet, row: 2 };
    page.heading("（別添２）特定個人情報ファイル記録項目");
    page.bar("（１）軽自動車税ファイル");
    page.bar("＜識別に関する項目＞");
    page.put(LABEL, "個人番号");
    page.put(CONTENT, "宛名番号");
    page.row += 1;
    page.put(LABEL, "氏名");
    page.row += 2;
    page.bar("（２）収納ファイル");
    page.put(LABEL, "納付日\n納付額");
}

fn risk(sheet: &mut Worksheet) {
    let mut page = Page { sheet, row: 0 };
    page.heading("Ⅲ　特定個人情報ファイルの取扱いプロセスにおけるリスク対策　※（７．リスク１⑨を除く。）");
    page.bar("２．特定個人情報の入手　（情報提供ネットワークシステムを通じた入手を除く。）");
    page.bar("リスク２：　不適切な方法で入手が行われるリスク");
    page.text("リスクに対する措置の内容", "窓口で本人確認を行う。", 1);
    page.choice("リスクへの対策は十分か", "十分である", &["特に力を入れている", "十分である", "課題が残されている"]);
    page.bar("３．特定個人情報の使用");
    page.bar("リスク２：　権限のない者（元職員、アクセス権限のない職員等）によって不正に使用されるリスク");
    page.choice("ユーザ認証の管理", "行っている", &["行っている", "行っていない"]);
    page.text("具体的な管理方法", "ICカードとパスワードで認証する。", 1);
    // Written a little differently than on the form.
    page.choice("アクセス権限の発行・失効の管理", "行っている", &["行っている", "行っていない"]);
    page.text("具体的な管理方法", "異動の日に権限を改める。", 1);
    page.choice("リスクへの対策は十分か", "まあ十分", &["特に力を入れている", "十分である", "課題が残されている"]);
    page.put(LABEL, "４．特定個人情報ファイルの取扱いの委託");
    page.put(10, "[　○　]");
    page.put(11, "委託しない");
    page.row += 1;
    for line in ["委託先による特定個人情報の不正入手・不正な使用に関するリスク", "再委託に関するリスク"]
    {
        page.bar(line);
    }
    page.text("情報保護管理体制の確認", "契約の前に確認する。", 1);
    page.choice("特定個人情報の提供ルール", "定めている", &["定めている", "定めていない"]);
    page.text("委託先から他者への提供に関するルール内容及びルール遵守の確認方法", "禁じている。", 1);
}
