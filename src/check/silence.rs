//! Which rules had nothing to say of a text.
//!
//! An edit changes one text of a section, and moves the places of those behind it in their file. What a rule says of a text names places, and
//! cannot be kept for that; that it says nothing does not depend on them, and of most texts most rules say nothing.

use std::sync::{Arc, Mutex, Weak};

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::diagnostic::Code;

/// More than are asked of a text at once. Whoever edits what rules look for makes each of them another one with each letter.
const RULES_MOST: usize = 128;

/// The rules that had nothing to say of a text, each by its main code and the hash of what it looked for（指摘のない規則）.
#[derive(Debug, Default)]
pub(super) struct Silence(Mutex<Vec<(Code, u128)>>);

impl Silence {
    /// Those of texts, each by the hash of all that a rule can tell of it. One lives as long as somebody holds a text that reads so.
    pub(super) fn of(texts: impl Iterator<Item = u128>) -> Vec<Arc<Self>> {
        KNOWN.lock().expect("nobody panics while he looks for silences").of(texts)
    }

    /// Whether a rule had nothing to say.
    pub(super) fn has(&self, rule: (Code, u128)) -> bool {
        self.0.lock().expect("nobody panics while he looks for a rule").contains(&rule)
    }

    /// Notes that a rule had nothing to say; of very many the oldest are let go.
    pub(super) fn note(&self, rule: (Code, u128)) {
        let mut rules = self.0.lock().expect("nobody panics while he notes a rule");
        if rules.contains(&rule) {
            return;
        }
        if rules.len() == RULES_MOST {
            rules.drain(..RULES_MOST / 2);
        }
        rules.push(rule);
    }
}

static KNOWN: Mutex<Known> = Mutex::new(Known { by_text: FxHashMap::with_hasher(FxBuildHasher), left: 0 });

/// The silences of all texts that somebody holds.
struct Known {
    by_text: FxHashMap<u128, Weak<Silence>>,
    /// How many were left when those of which nobody holds a text any more were let go.
    left: usize,
}

impl Known {
    fn of(&mut self, texts: impl Iterator<Item = u128>) -> Vec<Arc<Silence>> {
        let of_one = |text: u128| {
            let known = self.by_text.entry(text).or_default();
            known.upgrade().unwrap_or_else(|| {
                let new = Arc::default();
                *known = Arc::downgrade(&new);
                new
            })
        };
        let all = texts.map(of_one).collect();
        // Seldom enough that it costs nothing, and often enough that no day of typing fills it.
        if self.by_text.len() > 2 * self.left.max(1000) {
            self.by_text.retain(|_, known| known.strong_count() > 0);
            self.left = self.by_text.len();
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_kept_as_long_as_somebody_holds_the_text_and_then_let_go() {
        let mut known = Known { by_text: FxHashMap::default(), left: 0 };
        let first = known.of([1].into_iter());
        assert!(Arc::ptr_eq(&first[0], &known.of([1].into_iter())[0]));
        for text in 2..5000 {
            known.of([text].into_iter());
            assert!(known.by_text.len() <= 2001, "{}", known.by_text.len());
        }
        assert!(Arc::ptr_eq(&first[0], &known.of([1].into_iter())[0]));
    }

    #[test]
    fn of_rules_that_are_others_all_day_only_the_last_are_kept() {
        let silence = Silence::default();
        (0..10_000).for_each(|hash| silence.note((Code::WordWrong, hash)));
        assert!(silence.has((Code::WordWrong, 9_999)) && !silence.has((Code::WordWrong, 0)));
        assert!(silence.0.lock().expect("nobody panicked").len() <= RULES_MOST);
    }
}
