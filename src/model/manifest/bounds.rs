//! The bounds of every number that sizes something（数値の上限と下限）, in one table. The JSON Schemas show them, and a file beyond one
//! is told at its place: a size or a count without a bound would let one wrong key eat the machine's memory.

/// Least body size in pt: 注 of an official form has 6.
pub const SIZE_PT_LEAST: f64 = 5.0;
/// Most body size in pt: at 20 the narrowest column of a form still holds two characters.
pub const SIZE_PT_MOST: f64 = 20.0;
/// Least share of a column: 1 % of A4 is the width of half a character.
pub const WIDTH_LEAST: f64 = 0.01;
/// Most share of a column: all.
pub const WIDTH_MOST: f64 = 1.0;
/// Most columns of a list: twelve of A4 on its side are 22 mm each.
pub const COLUMNS_MOST: u32 = 12;
/// Most columns of a table in running text: twenty of a form's cell are one character each.
pub const TABLE_COLUMNS_MOST: usize = 20;
/// Most boxes in a line of a form; the official forms have three.
pub const BOXES_MOST: u32 = 8;
/// Most columns of printed options; the official forms have three.
pub const OPTIONS_COLUMNS_MOST: u32 = 6;
/// Most characters of a box: more than that are pages.
pub const BOX_CHARS_MOST: u32 = 20_000;
/// Shortest run of pages that can be a range.
pub const RANGE_FROM_LEAST: u32 = 2;
/// Longest run that somebody could want written out.
pub const RANGE_FROM_MOST: u32 = 100;
/// Most days of a hearing: a year.
pub const HEARING_DAYS_MOST: u32 = 366;
/// Most opinions of a hearing, and most groups of them: the largest hearings of the country had some thousands.
pub const OPINIONS_MOST: u32 = 5_000;
/// Highest number of an opinion.
pub const OPINION_NUMBER_MOST: u32 = 999_999;
/// Most years of a period that a rule counts.
pub const YEARS_MOST: u32 = 100;
/// Most months of a register: ten years.
pub const MONTHS_MOST: u32 = 120;
/// Most persons: more than live in the country.
pub const PERSONS_MOST: u64 = 200_000_000;
/// Highest number before the title of a flow.
pub const FLOW_NUMBER_MOST: u32 = 999;
/// Columns of a flow: five boxes of 30 mm fill the page.
pub const FLOW_COLUMNS_MOST: u32 = 5;
/// Rows of a flow: six fill the page.
pub const FLOW_ROWS_MOST: u32 = 6;
/// Most files of an assessment, each of which repeats a section; the largest published one has some thirty.
pub const FILES_MOST: u32 = 100;
/// Most 評価書 beside a main one: the law knows four kinds.
pub const BESIDE_MOST: u32 = 8;
/// Most 別紙 of a case.
pub const ANNEXES_MOST: u32 = 50;
/// Most periods, each of which repeats every flow.
pub const PERIODS_MOST: u32 = 20;
/// Most lines of a printed title.
pub const TITLE_LINES_MOST: u32 = 10;
/// Most lines above a table.
pub const LEAD_LINES_MOST: u32 = 50;
/// Kinds of file.
pub const FORMATS_MOST: u32 = 3;
/// Most characters of a line in the margin of every page.
pub const MARGIN_CHARS_MOST: u32 = 200;
/// Most characters of a stage.
pub const STAGE_CHARS_MOST: u32 = 20;
/// Lightest grey behind marked text, in percent of black: a bar of the form has 12, and a copier drops what is much lighter.
pub const SHADE_LEAST: u8 = 20;
/// Darkest: black letters on it still have a contrast of 7 : 1.
pub const SHADE_MOST: u8 = 40;
/// Most characters before or after marked text.
pub const BRACKET_CHARS_MOST: u32 = 10;
