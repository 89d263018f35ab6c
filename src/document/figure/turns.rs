//! Whose turn it is, where each of several things is chosen anew with the others in place.

/// Who has chosen when（順番）. A choice follows from those of the others: who has chosen since any of them became another would choose the same
/// again, and is left out.
#[derive(Debug)]
pub(super) struct Turns {
    now: usize,
    /// When each chose last; 0: not yet.
    chosen: Vec<usize>,
    /// When the choice of each became another last; 0: never.
    changed: Vec<usize>,
}

impl Turns {
    /// Of so many that have not chosen yet.
    pub(super) fn of(count: usize) -> Self {
        Self { now: 0, chosen: vec![0; count], changed: vec![0; count] }
    }

    /// Whether one may choose otherwise than the last time.
    pub(super) fn is_due(&self, index: usize) -> bool {
        let since = self.chosen[index];
        since == 0 || self.changed.iter().enumerate().any(|(other, at)| other != index && *at > since)
    }

    /// One has chosen.
    pub(super) fn took(&mut self, index: usize, is_another: bool) {
        self.now += 1;
        self.chosen[index] = self.now;
        if is_another {
            self.changed[index] = self.now;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_would_choose_the_same_again_is_left_out() {
        let mut turns = Turns::of(3);
        for index in 0..3 {
            assert!(turns.is_due(index));
            turns.took(index, true);
        }
        assert!(turns.is_due(0) && turns.is_due(1));
        assert!(!turns.is_due(2), "it chose with all others in place");
        turns.took(0, false);
        assert!(!turns.is_due(0) && turns.is_due(1), "the third is another since the second chose");
        turns.took(1, true);
        assert!(turns.is_due(0) && turns.is_due(2) && !turns.is_due(1));
    }
}
