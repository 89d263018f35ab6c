//! Cells that are filled in: drop-downs, messages, and a look for open and negative answers that does not rest on colour alone.

use rust_xlsxwriter::{
    Color, ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatFormula, DataValidation, Format,
    FormatBorder, Worksheet, XlsxError,
};

use super::at;
use crate::answers::Column;
use crate::model::manifest::AnswerState;

/// Answers that the drop-down offers.
const OFFERED: [AnswerState; 3] = [AnswerState::Done, AnswerState::NotApplicable, AnswerState::NotDone];

/// What to write, shown beside the cell that is being filled in: column, title, message.
const MESSAGES: [(Column, &str, &str); 3] = [
    (Column::Detail, "具体的な内容", "どのように実施するかを書きます。改行は Alt+Enter です。"),
    (Column::Note, "備考", "実施の時期、資料の番号など、参考になることを書きます。"),
    (Column::Reason, "未実施（×）の理由", "「実施」が × のときに、実施しない理由と代わりの対策を書きます。"),
];

/// Sets up the answer cells from the first to the last row.
pub(super) fn set(target: &mut Worksheet, first: u32, last: u32) -> Result<(), XlsxError> {
    let answer = at(Column::Answer);
    let list = DataValidation::new()
        .allow_list_strings(&OFFERED.map(AnswerState::label))?
        .set_input_title("実施の状況")?
        .set_input_message("○：実施する　―：該当しない　×：実施しない（理由を右の欄に記入）")?
        .set_error_title("選択肢以外の値です")?
        .set_error_message("○、―、× のどれかを選んでください。")?;
    target.add_data_validation(first, answer, last, answer, &list)?;
    for (column, title, message) in MESSAGES {
        let message = DataValidation::new().set_input_title(title)?.set_input_message(message)?;
        target.add_data_validation(first, at(column), last, at(column), &message)?;
    }
    let open = Format::new().set_background_color(Color::RGB(0x00FF_E699)).set_border(FormatBorder::Dashed);
    let letter = |column: u16| char::from(b'A' + u8::try_from(column).expect("there are few columns"));
    // A row that only goes on with a measure's text has no answer.
    let lacking =
        format!("=AND(LEN(${}{row})>0,LEN(${}{row})=0)", letter(at(Column::Category)), letter(answer), row = first + 1);
    let blank = ConditionalFormatFormula::new().set_rule(lacking.as_str()).set_format(&open);
    target.add_conditional_format(first, answer, last, answer, &blank)?;
    let negative = Format::new().set_bold().set_background_color(Color::RGB(0x00F8_CBAD));
    let cross = AnswerState::NotDone.label();
    let rule = ConditionalFormatCellRule::EqualTo(cross);
    let marked = ConditionalFormatCell::new().set_rule(rule).set_format(negative);
    target.add_conditional_format(first, answer, last, answer, &marked)?;
    let reason = at(Column::Reason);
    let row = first + 1;
    let lacking = format!("=AND(${}{row}=\"{cross}\",LEN(${}{row})=0)", letter(answer), letter(reason));
    let wanted = ConditionalFormatFormula::new().set_rule(lacking.as_str()).set_format(&open);
    target.add_conditional_format(first, reason, last, reason, &wanted)?;
    Ok(())
}
