//! Counts by side, category and state, as formulas over the sheets, and a chart of them.

use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartFormat, ChartLegendPosition, ChartLine, ChartPatternFill, ChartPatternFillType,
    ChartSolidFill, ChartType, Color, Format, Formula, Worksheet, XlsxError,
};

use super::{paper, style};
use crate::answers::SUMMARY_SHEET;
use crate::document::{ChecklistBook, ChecklistSheet, MeasureRow};
use crate::model::manifest::{AnswerState, Category, MeasureState};

/// Columns before the counts: the sheet, the category.
const LABELS: u16 = 2;
/// Headers of the counts.
const HEADERS: [&str; 8] = ["対策数", "○", "―", "×", "未回答", "新規", "変更", "継続"];
/// Width of the first column and of the others, in half-width characters.
const WIDTHS: [f64; 3] = [34.0, 12.0, 8.0];
/// Height of the chart in pixels: what its frame takes, and what each bar does.
const CHART_FRAME: u32 = 150;
const CHART_BAR: u32 = 42;

/// What is counted in one row: a sheet by its number from 1, all of it or one category.
struct Counted<'a> {
    number: usize,
    sheet: &'a ChecklistSheet,
    category: Option<Category>,
}

impl Counted<'_> {
    fn rows(&self) -> impl Iterator<Item = &MeasureRow> {
        self.sheet.rows.iter().filter(|row| self.category.is_none_or(|category| row.category == category.label()))
    }

    /// A formula that counts the rows with a word in a named column, and what it comes to now.
    fn formula(&self, name: &str, word: &str, is: impl Fn(&MeasureRow) -> bool) -> Formula {
        let number = self.number;
        let formula = match self.category {
            None => format!("=COUNTIF({name}_{number},\"{word}\")"),
            Some(category) => {
                format!("=COUNTIFS(categories_{number},\"{}\",{name}_{number},\"{word}\")", category.label())
            }
        };
        Formula::new(formula).set_result(self.rows().filter(|row| is(row)).count().to_string())
    }

    fn total(&self) -> Formula {
        let number = self.number;
        let formula = match self.category {
            // Not the rows: the text of one measure may stand in several.
            None => format!("=COUNTA(categories_{number})"),
            Some(category) => format!("=COUNTIF(categories_{number},\"{}\")", category.label()),
        };
        Formula::new(formula).set_result(self.rows().count().to_string())
    }
}

/// Writes the counts: a table by sheet, a table by sheet and category, a chart.
pub(super) fn fill(target: &mut Worksheet, book: &ChecklistBook) -> Result<(), XlsxError> {
    let last = LABELS - 1 + u16::try_from(HEADERS.len()).expect("there are few counts");
    for column in 0..=last {
        let width = WIDTHS[usize::from(column).min(WIDTHS.len() - 1)];
        target.set_column_width(column, width)?;
    }
    let total: f64 = WIDTHS[0] + WIDTHS[1] + WIDTHS[2] * 8.0;
    target.merge_range(0, 0, 0, last, &book.title, &style::title().set_text_wrap())?;
    target.set_row_height(0, style::row_height(&[(&book.title, total / 1.4)]) * 1.3)?;
    target.merge_range(1, 0, 1, last, "回答の集計（各シートの回答から自動で数えます）", &style::base())?;
    let sheets = || (1_usize..).zip(&book.sheets);
    let whole: Vec<Counted<'_>> = sheets().map(|(number, sheet)| Counted { number, sheet, category: None }).collect();
    let parts: Vec<Counted<'_>> = sheets()
        .flat_map(|(number, sheet)| {
            [Category::Operation, Category::System].map(|category| Counted { number, sheet, category: Some(category) })
        })
        .collect();
    let first = table(target, 3, "表・側ごと", &whole)?;
    let next = table(target, first.1 + 2, "表・側と区分ごと", &parts)?;
    if !whole.is_empty() {
        chart(target, first, next.1 + 1)?;
    }
    target.set_print_fit_to_pages(1, 1);
    paper(target, book, SUMMARY_SHEET);
    Ok(())
}

/// A table with a caption, a row for each count and their sums; returns the first row of the counts and the row after the sums.
fn table(target: &mut Worksheet, row: u32, caption: &str, counted: &[Counted<'_>]) -> Result<(u32, u32), XlsxError> {
    target.write_string_with_format(row, 0, caption, &style::base().set_bold())?;
    let header = row + 1;
    for (column, text) in (0_u16..).zip(["表・側", "区分"].into_iter().chain(HEADERS)) {
        target.write_string_with_format(header, column, text, &style::header())?;
    }
    target.set_row_height(header, 20.0)?;
    let first = header + 1;
    let mut row = first;
    for one in counted {
        let category = one.category.map_or("計", Category::label);
        target.write_string_with_format(row, 0, &one.sheet.name, &style::body())?;
        target.write_string_with_format(row, 1, category, &style::centred())?;
        counts(target, row, one)?;
        target.set_row_height(row, style::row_height(&[(&one.sheet.name, WIDTHS[0])]).max(18.0))?;
        row += 1;
    }
    sums(target, (first, row), counted)?;
    Ok((first, row + 1))
}

fn counts(target: &mut Worksheet, row: u32, one: &Counted<'_>) -> Result<(), XlsxError> {
    let format = number_format();
    if one.sheet.rows.is_empty() {
        // A sheet without measures has no named columns to count in.
        for column in 0..HEADERS.len() {
            let column = LABELS + u16::try_from(column).expect("there are few counts");
            target.write_number_with_format(row, column, 0, &format)?;
        }
        return Ok(());
    }
    let answer = |state: AnswerState| one.formula("answers", state.label(), move |row| row.answer == state.label());
    let state = |state: MeasureState| one.formula("states", state.label(), move |row| row.state == state.label());
    let open = one.rows().filter(|row| row.answer.is_empty()).count();
    let line = row + 1;
    let formulas = [
        one.total(),
        answer(AnswerState::Done),
        answer(AnswerState::NotApplicable),
        answer(AnswerState::NotDone),
        Formula::new(format!("=C{line}-D{line}-E{line}-F{line}")).set_result(open.to_string()),
        state(MeasureState::New),
        state(MeasureState::Changed),
        state(MeasureState::Kept),
    ];
    for (column, formula) in (LABELS..).zip(formulas) {
        target.write_formula_with_format(row, column, formula, &format)?;
    }
    Ok(())
}

fn sums(target: &mut Worksheet, (first, end): (u32, u32), counted: &[Counted<'_>]) -> Result<(), XlsxError> {
    let bold = style::centred().set_bold();
    target.write_string_with_format(end, 0, "合計", &style::body().set_bold())?;
    target.write_blank(end, 1, &bold)?;
    let rows = || counted.iter().flat_map(Counted::rows);
    let of = |word: &str| rows().filter(|row| row.answer == word || row.state == word).count();
    for (column, header) in (LABELS..).zip(HEADERS) {
        let result = match header {
            "対策数" => rows().count(),
            "未回答" => rows().filter(|row| row.answer.is_empty()).count(),
            word => of(word),
        };
        let letter = char::from(b'A' + u8::try_from(column).expect("there are few columns"));
        let formula =
            if counted.is_empty() { "=0".to_owned() } else { format!("=SUM({letter}{}:{letter}{end})", first + 1) };
        let formula = Formula::new(formula).set_result(result.to_string());
        target.write_formula_with_format(end, column, formula, &number_format().set_bold())?;
    }
    target.set_row_height(end, 18.0)?;
    Ok(())
}

fn number_format() -> Format {
    style::centred().set_num_format("0")
}

/// A bar for each sheet, its answers one after the other in fills that a copier keeps apart.
fn chart(target: &mut Worksheet, (first, after): (u32, u32), row: u32) -> Result<(), XlsxError> {
    // The last row of the table holds the sums.
    let last = after - 2;
    let mut chart = Chart::new(ChartType::BarStacked);
    for (column, fill) in (LABELS + 1..).zip([Fill::Dark, Fill::Dots, Fill::Stripes, Fill::Blank]) {
        let mut format = fill.format();
        let mut labels = ChartDataLabel::new();
        // No label where there is nothing to count; on white, so that it can be read on any fill.
        labels
            .show_value()
            .set_num_format("0;;")
            .set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(Color::White)));
        chart
            .add_series()
            .set_name((SUMMARY_SHEET, first - 1, column))
            .set_categories((SUMMARY_SHEET, first, 0, last, 0))
            .set_values((SUMMARY_SHEET, first, column, last, column))
            .set_format(&mut format)
            .set_data_label(&labels)
            .set_gap(60)
            .set_overlap(100);
    }
    chart
        .title()
        .set_name("回答の状況（対策の数）")
        .set_font(rust_xlsxwriter::ChartFont::new().set_size(12).set_bold());
    chart.legend().set_position(ChartLegendPosition::Bottom);
    // The first sheet on top, as in the table.
    chart.y_axis().set_reverse();
    chart.x_axis().set_num_format("0").set_min(0);
    let bars = last - first + 1;
    chart.set_width(840).set_height(CHART_FRAME + CHART_BAR * bars);
    chart.set_alt_text("表・側ごとの、○、―、×、未回答の数を示す棒グラフ。数は上の表と同じ。");
    target.insert_chart(row, 0, &chart)?;
    Ok(())
}

/// How a bar is filled.
#[derive(Debug, Clone, Copy)]
enum Fill {
    Dark,
    Dots,
    Stripes,
    Blank,
}

impl Fill {
    fn format(self) -> ChartFormat {
        let mut format = ChartFormat::new();
        match self {
            Self::Dark => format.set_solid_fill(ChartSolidFill::new().set_color(Color::RGB(0x0059_5959))),
            Self::Dots => format.set_pattern_fill(&pattern(ChartPatternFillType::Dotted20Percent)),
            Self::Stripes => format.set_pattern_fill(&pattern(ChartPatternFillType::DiagonalStripesWideUpwards)),
            Self::Blank => format.set_solid_fill(ChartSolidFill::new().set_color(Color::White)),
        };
        format.set_border(ChartLine::new().set_color(Color::Black).set_width(0.75));
        format
    }
}

fn pattern(kind: ChartPatternFillType) -> ChartPatternFill {
    let mut fill = ChartPatternFill::new();
    fill.set_pattern(kind).set_foreground_color(Color::Black).set_background_color(Color::White);
    fill
}
