//! How much of what surrounds a passage is given with it.

use std::str::FromStr;

use super::SearchError;
use crate::{
    index::{Index, PassageId},
    passage::Passage,
    place::{Time, TimeSpan},
    query::filter::time_span,
    text::TextSpan,
};

/// How much to give before and after a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Context {
    /// So many passages.
    Passages(usize),
    /// The passages that are said up to so long before it starts and after it ends. Where it is not
    /// known when a passage was said, there are none.
    Time(Time),
}

impl Default for Context {
    fn default() -> Self {
        Self::Passages(0)
    }
}

impl FromStr for Context {
    type Err = String;

    /// Reads `3` as passages, and `30s`, `1m30s` or `1:30` as a time.
    fn from_str(written: &str) -> Result<Self, Self::Err> {
        if let Ok(passages) = written.parse() {
            return Ok(Self::Passages(passages));
        }
        let error = || format!("`{written}` is no context: write 2 for passages, 30s or 1m30s");
        let is_span = written.contains("..")
            || written.bytes().all(|byte| !byte.is_ascii_alphabetic() && byte != b':');
        let time = time_span(written).ok().filter(|_| !is_span).ok_or_else(error)?;
        Ok(Self::Time(time.start))
    }
}

/// A passage of the index, with what context is told by.
pub(super) struct Middle {
    pub id: PassageId,
    /// Its number in the document.
    pub number: u32,
    /// When it is said.
    pub time: Option<TimeSpan>,
    /// How many passages that follow were joined to it.
    pub joined: usize,
}

/// What stands before a passage, nearest last, and after it, nearest first.
pub(super) fn around(
    index: &Index,
    middle: &Middle,
    context: Context,
) -> Result<(Vec<Passage>, Vec<Passage>), SearchError> {
    let joined = i32::try_from(middle.joined).unwrap_or(i32::MAX);
    let mut before = side(index, middle, context, (1..).map(|step: i32| -step))?;
    before.reverse();
    let after = side(index, middle, context, (1..).map(|step: i32| step.saturating_add(joined)))?;
    Ok((before, after))
}

/// Passages of the same document on one side of a passage, nearest first.
fn side(
    index: &Index,
    middle: &Middle,
    context: Context,
    steps: impl Iterator<Item = i32>,
) -> Result<Vec<Passage>, SearchError> {
    let most = match context {
        Context::Passages(count) => count,
        Context::Time(_) => usize::MAX,
    };
    let mut passages = Vec::new();
    for step in steps.take(most) {
        let Some(id) = index.neighbour(middle.id, step)? else { break };
        let (speaker, text) = index.passage(id)?;
        if let Context::Time(reach) = context {
            let time = text.place(TextSpan { start: 0, end: text.len() }).time;
            if !is_near(middle.time, time, reach) {
                break;
            }
        }
        let number = middle.number.saturating_add_signed(step);
        passages.push(Passage { number, speaker, text });
    }
    Ok(passages)
}

fn is_near(middle: Option<TimeSpan>, other: Option<TimeSpan>, reach: Time) -> bool {
    let (Some(middle), Some(other)) = (middle, other) else { return false };
    let earliest = middle.start.0.saturating_sub(reach.0);
    let latest = middle.end.0.saturating_add(reach.0);
    other.end.0 >= earliest && other.start.0 <= latest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_number_means_passages_and_a_unit_means_time() {
        for (written, context) in [
            ("0", Context::Passages(0)),
            ("12", Context::Passages(12)),
            ("30s", Context::Time(Time(30_000))),
            ("1m30s", Context::Time(Time(90_000))),
            ("1:30", Context::Time(Time(90_000))),
            ("1.5s", Context::Time(Time(1_500))),
        ] {
            assert_eq!(written.parse(), Ok(context), "{written}");
        }
        for wrong in ["", "1.5", "-1", "soon", "1s..2s", "s"] {
            assert!(wrong.parse::<Context>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_is_said_within_the_time_is_near() {
        let span = |start, end| Some(TimeSpan { start: Time(start), end: Time(end) });
        assert!(is_near(span(10, 20), span(25, 30), Time(5)));
        assert!(!is_near(span(10, 20), span(26, 30), Time(5)));
        assert!(is_near(span(10, 20), span(0, 5), Time(5)));
        assert!(!is_near(span(10, 20), span(0, 4), Time(5)));
        assert!(!is_near(span(10, 20), None, Time(5)));
    }
}
