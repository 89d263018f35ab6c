//! What was not said is asked for, where somebody is there to answer.

use std::io::{IsTerminal, Write as _, stdin};

use crate::Error;
use crate::diagnostic::Lang;

/// A question（尋ねること）.
#[derive(Debug, Clone, Copy)]
pub(super) struct Question {
    /// What is asked for, in Japanese.
    pub(super) ja: &'static str,
    /// In English.
    pub(super) en: &'static str,
    /// The option or argument that says it, as the help names it.
    pub(super) option: &'static str,
    /// An answer, as an example.
    pub(super) example: &'static str,
}

impl Question {
    /// What was said, else what the person at the terminal answers.
    ///
    /// # Errors
    /// [`Error::NotSaid`] where nobody is there.
    pub(super) fn answer<T: Clone + From<String>>(self, lang: Lang, said: Option<&T>) -> Result<T, Error> {
        if let Some(said) = said {
            return Ok(said.clone());
        }
        let none = || Error::NotSaid { ja: self.ja, en: self.en, option: self.option };
        if !stdin().is_terminal() {
            return Err(none());
        }
        loop {
            let mut screen = anstream::stderr();
            // A closed terminal is found out when the answer does not come.
            let _ = match lang {
                Lang::Ja => write!(screen, "{}（例：{}）：", self.ja, self.example),
                Lang::En => write!(screen, "{} (such as {}): ", self.en, self.example),
            };
            let _ = screen.flush();
            let mut line = String::new();
            match stdin().read_line(&mut line) {
                Ok(0) | Err(_) => return Err(none()),
                Ok(_) if line.trim().is_empty() => {}
                Ok(_) => return Ok(line.trim().to_owned().into()),
            }
        }
    }
}
