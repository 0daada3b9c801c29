//! Addresses: how a passage is named so that it can be found again.
//!
//! `path#t=754.2` is the passage of a document that starts 754.2 seconds into its recording, as in
//! the fragments of media (W3C Media Fragments); `path#p=12` is its twelfth passage, where it has no
//! time or shares it with one before. Both depend on the document alone: other documents, and the
//! index being built anew, change nothing.

use std::{fmt, num::NonZeroU32};

use crate::{
    index::{Index, IndexError, PassageId},
    place::Time,
    query::filter::time_span,
    text::{Text, TextSpan},
};

/// The name of a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Path of the document.
    pub path: String,
    /// Which of its passages.
    pub spot: Spot,
}

/// Which passage of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// The one that starts at this time, or is said then.
    Time(Time),
    /// The one with this number, from 1.
    Passage(NonZeroU32),
}

impl Address {
    /// The address of a passage of the document at a path, of which it is the passage `number`,
    /// from 0. `text` begins with the passage's own.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn of(
        index: &Index,
        id: PassageId,
        text: &Text,
        path: &str,
        number: u32,
    ) -> Result<Self, IndexError> {
        // The column of times is opened for those that have one.
        let time = text.place(TextSpan { start: 0, end: text.len() }).time;
        let telling = time.map(|_| index.telling_time(id)).transpose()?.flatten();
        let by_number = || Spot::Passage(NonZeroU32::MIN.saturating_add(number));
        let spot = telling.map_or_else(by_number, Spot::Time);
        Ok(Self { path: path.to_owned(), spot })
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}#{}", self.path, self.spot)
    }
}

impl fmt::Display for Spot {
    /// Writes `t=754.2`, in seconds and as exactly as it is known, or `p=12`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Time(time) => write!(formatter, "t={}", seconds(*time)),
            Self::Passage(number) => write!(formatter, "p={number}"),
        }
    }
}

/// A time in seconds, with as many decimals as it takes: `754.2`.
#[must_use]
pub fn seconds(time: Time) -> String {
    let (whole, rest) = (time.0 / 1000, time.0 % 1000);
    if rest == 0 {
        return whole.to_string();
    }
    format!("{whole}.{rest:03}").trim_end_matches('0').to_owned()
}

/// What was asked for in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// Its beginning.
    Start,
    /// A passage by its address.
    Spot(Spot),
    /// A line, and a byte of it, from 1.
    Line(u32, Option<u32>),
}

/// What a place that was typed may mean, likeliest first: a path with `#t=`, `#p=`, `:LINE#t=`,
/// `:LINE` or `:LINE:COLUMN` behind it, or all of it a path.
pub(super) fn readings(typed: &str) -> Vec<(&str, Asked)> {
    let number = |digits: &str| digits.parse::<u32>().ok().filter(|number| *number > 0);
    let mut readings = Vec::new();
    if let Some((path, fragment)) = typed.rsplit_once('#')
        && let Some(spot) = spot(fragment)
    {
        readings.push((path, Asked::Spot(spot)));
        // As hits show it, with the line before it.
        if let Some((path, line)) = path.rsplit_once(':')
            && number(line).is_some()
        {
            readings.push((path, Asked::Spot(spot)));
        }
    }
    if let Some((rest, last)) = typed.rsplit_once(':')
        && let Some(last) = number(last)
    {
        if let Some((path, line)) = rest.rsplit_once(':')
            && let Some(line) = number(line)
        {
            readings.push((path, Asked::Line(line, Some(last))));
        }
        readings.push((rest, Asked::Line(last, None)));
    }
    readings.push((typed, Asked::Start));
    readings
}

/// The borders at which what was typed may be parted into a path and a place, the last first. The
/// place begins with its `#` or `:`.
pub(super) fn borders(typed: &str) -> impl Iterator<Item = (&str, &str)> {
    typed.rmatch_indices(['#', ':']).map(|(at, _)| typed.split_at(at))
}

/// What is wrong with a place behind a path, such as `#p=0` or `:14:0`; it is none that is read.
pub(super) fn fault(place: &str) -> String {
    let (lines, fragment) = place.split_once('#').unwrap_or((place, ""));
    let mut numbers = lines.split(':').skip(1);
    for (thing, things) in [("line", "lines"), ("column", "columns")] {
        match numbers.next() {
            Some("0") => return format!("{things} are counted from 1"),
            Some(typed) if typed.parse::<u32>().is_err() => {
                return format!("`{typed}` is no number of a {thing}");
            }
            _ => {}
        }
    }
    if numbers.next().is_some() {
        return "only a line and a column have a number".to_owned();
    }
    match fragment.split_once('=') {
        Some(("t", span)) if span.contains("..") => "a place is one time, not a span".to_owned(),
        Some(("t", time)) => format!("`{time}` is no time, such as 754.2, 12:34 or 12m34s"),
        Some(("p", "0")) => "passages are counted from 1".to_owned(),
        Some(("p", number)) => format!("`{number}` is no number of a passage"),
        _ => "only `#t=` and `#p=` name a passage".to_owned(),
    }
}

/// Reads `t=754.2` (or `t=12:34.2`, `t=12m34s`) and `p=12`.
fn spot(fragment: &str) -> Option<Spot> {
    let (name, value) = fragment.split_once('=')?;
    match name {
        "t" if !value.contains("..") => Some(Spot::Time(time_span(value).ok()?.start)),
        "p" => Some(Spot::Passage(value.parse().ok()?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn passage(number: u32) -> Asked {
        Asked::Spot(Spot::Passage(NonZeroU32::new(number).unwrap()))
    }

    #[test]
    fn a_place_is_read_in_each_of_its_shapes() {
        let time = |ms| Asked::Spot(Spot::Time(Time(ms)));
        assert_eq!(readings("a.srt"), [("a.srt", Asked::Start)]);
        assert_eq!(readings("a.srt#p=12")[0], ("a.srt", passage(12)));
        assert_eq!(readings("a#b.srt#t=754.2")[0], ("a#b.srt", time(754_200)));
        assert_eq!(readings("a.srt#t=12:34")[0], ("a.srt", time(754_000)));
        assert_eq!(readings("a.srt:7#p=12")[1], ("a.srt", passage(12)));
        assert_eq!(
            readings("a.srt:12:3"),
            [
                ("a.srt", Asked::Line(12, Some(3))),
                ("a.srt:12", Asked::Line(3, None)),
                ("a.srt:12:3", Asked::Start),
            ]
        );
        for whole in ["a#t=x", "a#t=1..2", "a#p=0", "a#q=1", "a:0", "a:", "C:\\talk"] {
            assert_eq!(readings(whole), [(whole, Asked::Start)]);
        }
    }

    #[test]
    fn what_is_wrong_with_a_place_is_told() {
        for (place, wrong) in [
            ("#p=0", "passages are counted from 1"),
            ("#p=abc", "`abc` is no number of a passage"),
            ("#p=", "`` is no number of a passage"),
            ("#t=71-75", "`71-75` is no time, such as 754.2, 12:34 or 12m34s"),
            ("#t=99:99:99", "`99:99:99` is no time, such as 754.2, 12:34 or 12m34s"),
            ("#t=", "`` is no time, such as 754.2, 12:34 or 12m34s"),
            ("#t=1..2", "a place is one time, not a span"),
            ("#x=4", "only `#t=` and `#p=` name a passage"),
            ("#", "only `#t=` and `#p=` name a passage"),
            (":0", "lines are counted from 1"),
            (":0#p=1", "lines are counted from 1"),
            (":", "`` is no number of a line"),
            (":-3", "`-3` is no number of a line"),
            (":14:0", "columns are counted from 1"),
            (":14:x", "`x` is no number of a column"),
            (":1:2:3", "only a line and a column have a number"),
        ] {
            assert_eq!(fault(place), wrong, "{place}");
        }
    }

    #[test]
    fn a_path_and_a_place_are_parted_at_the_last_border_first() {
        let parted: Vec<_> = borders("a#b.md:1#t=2").collect();
        assert_eq!(parted, [("a#b.md:1", "#t=2"), ("a#b.md", ":1#t=2"), ("a", "#b.md:1#t=2")]);
    }

    #[test]
    fn seconds_have_as_many_decimals_as_it_takes() {
        for (ms, written) in [(0, "0"), (754_200, "754.2"), (60_000, "60"), (1_005, "1.005")] {
            assert_eq!(seconds(Time(ms)), written);
        }
    }

    proptest! {
        #[test]
        fn an_address_is_read_as_it_was_written(
            path in "\\PC{1,20}", ms in 0_u64..400_000_000, number in any::<NonZeroU32>(), timed in any::<bool>()
        ) {
            let spot = if timed { Spot::Time(Time(ms)) } else { Spot::Passage(number) };
            let address = Address { path: path.clone(), spot }.to_string();
            prop_assert_eq!(readings(&address)[0], (path.as_str(), Asked::Spot(spot)));
        }

        #[test]
        fn whatever_is_typed_may_be_a_path(typed in "\\PC{0,30}") {
            prop_assert_eq!(readings(&typed).pop(), Some((typed.as_str(), Asked::Start)));
        }
    }
}
