//! Figures that many readers ask for in the same moment: each is found once in a while and told to all.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::{Duration, Instant as Stopwatch};

/// How long a figure is told again.
const KEPT: Duration = Duration::from_secs(1);
/// Figures from which on old ones are thrown away.
const MANY: usize = 1000;

/// A figure as it stood at a place in the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The figure.
    pub count: i64,
    /// How far the journal was told when it was asked for: what came later may be missing in it.
    pub upto: i64,
}

/// Figures by what was asked.
#[derive(Default)]
pub(crate) struct Memo(Mutex<HashMap<String, (Stopwatch, Figure)>>);

impl Memo {
    /// What was found for this question within the last second.
    pub(crate) fn figure(&self, question: &str, now: Stopwatch) -> Option<Figure> {
        let kept = self.0.lock().ok()?;
        let (at, figure) = kept.get(question)?;
        (now.saturating_duration_since(*at) < KEPT).then_some(*figure)
    }

    /// Keeps what was asked at an instant.
    pub(crate) fn keep(&self, question: String, figure: Figure, asked: Stopwatch) {
        let Ok(mut kept) = self.0.lock() else { return };
        if kept.len() >= MANY {
            kept.retain(|_, (at, _)| asked.saturating_duration_since(*at) < KEPT);
        }
        kept.insert(question, (asked, figure));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_told_again_for_a_second_and_many_old_ones_are_thrown_away() {
        let (memo, begun) = (Memo::default(), Stopwatch::now());
        let figure = Figure { count: 7, upto: 3 };
        memo.keep("open".to_owned(), figure, begun);
        assert_eq!(memo.figure("open", begun + KEPT / 2), Some(figure));
        assert_eq!(memo.figure("open", begun + KEPT), None);
        assert_eq!(memo.figure("mine", begun), None);
        for question in 0..2 * MANY {
            memo.keep(question.to_string(), figure, begun + KEPT);
        }
        memo.keep("last".to_owned(), figure, begun + 3 * KEPT);
        assert_eq!(memo.0.lock().map(|kept| kept.len()).unwrap_or_default(), 1);
    }
}
