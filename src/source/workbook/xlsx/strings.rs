//! Texts: those that cells share, and the runs of one text.

use super::Parts;
use crate::source::workbook::words::{Strike, Words, unescaped};
use crate::source::workbook::xml::{Step, attribute};
use crate::source::workbook::{CELLS_MAX, Refusal};

/// Most runs of one text: no cell holds more characters.
const RUNS_MAX: usize = 32_767;

/// A piece of a text; one without a look of its own has the cell's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Run {
    text: String,
    strike: Option<Strike>,
}

/// A text of runs（書式付きの文字列）.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Rich {
    runs: Vec<Run>,
}

impl Rich {
    /// The words in a cell of a look.
    pub(super) fn words(&self, cell: Strike) -> Words {
        let mut words = Words::default();
        for run in &self.runs {
            words.push(&unescaped(&run.text), run.strike.unwrap_or(cell));
        }
        words
    }
}

/// Reads the runs of one text, step by step; readings above the characters are no text.
#[derive(Debug, Default)]
pub(super) struct RichReader {
    rich: Rich,
    in_text: bool,
    in_reading: bool,
}

impl RichReader {
    pub(super) fn step(&mut self, step: &Step<'_>) -> Result<(), Refusal> {
        match step {
            Step::Open(start) => match start.local_name().as_ref() {
                "rPh" => self.in_reading = true,
                "r" if self.rich.runs.len() >= RUNS_MAX => return Err(Refusal::more_than(RUNS_MAX, "runs")),
                "r" => self.rich.runs.push(Run::default()),
                "rPr" => self.last().strike = Some(Strike::None),
                "strike" | "dstrike" if attribute(start, "val").is_none_or(|val| !matches!(&*val, "0" | "false")) => {
                    self.last().strike = Some(Strike::Through);
                }
                "t" => self.in_text = true,
                _ => {}
            },
            Step::Text(text) if self.in_text && !self.in_reading => self.last().text.push_str(text),
            Step::Text(_) => {}
            Step::Close("rPh") => self.in_reading = false,
            Step::Close("t") => self.in_text = false,
            Step::Close(_) => {}
        }
        Ok(())
    }

    fn last(&mut self) -> &mut Run {
        if self.rich.runs.is_empty() {
            self.rich.runs.push(Run::default());
        }
        self.rich.runs.last_mut().expect("one was put in")
    }

    pub(super) fn take(&mut self) -> Rich {
        std::mem::take(self).rich
    }
}

/// The texts that cells share, in their order.
pub(super) fn read(parts: &mut Parts<'_>, name: &str) -> Result<Vec<Rich>, Refusal> {
    let mut strings = Vec::new();
    let mut runs = 0;
    let mut reader = RichReader::default();
    parts.walk(name, |step| {
        if let Step::Open(start) = &step
            && start.local_name().as_ref() == "si"
        {
            reader = RichReader::default();
        }
        reader.step(&step)?;
        if matches!(step, Step::Close("si")) {
            let text = reader.take();
            runs += text.runs.len() + 1;
            if runs > CELLS_MAX {
                return Err(Refusal::more_than(CELLS_MAX, "runs"));
            }
            strings.push(text);
        }
        Ok(())
    })?;
    Ok(strings)
}
