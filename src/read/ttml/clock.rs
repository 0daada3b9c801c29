//! Times of TTML: clocks, frames, ticks and amounts with a unit.

use std::time::Duration;

use crate::{
    place::Time,
    read::{timestamp, xml::Tag},
};

/// The rates that a document states, by which its frames and ticks are counted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rates {
    frames: f64,
    ticks: f64,
}

impl Default for Rates {
    /// What the standard says where a document states nothing.
    fn default() -> Self {
        Self { frames: 30.0, ticks: 1.0 }
    }
}

impl Rates {
    /// The rates of the root element.
    #[must_use]
    pub fn of(root: &Tag<'_>) -> Self {
        let number = |name| positive(root.attribute(name)?.trim());
        let multiplier = root.attribute("frameRateMultiplier").and_then(|written| {
            let (numerator, denominator) = written.trim().split_once([' ', ':'])?;
            Some(positive(numerator.trim())? / positive(denominator.trim())?)
        });
        let stated = number("frameRate");
        let frames = stated.unwrap_or(30.0) * multiplier.unwrap_or(1.0);
        Self { frames, ticks: number("tickRate").or(stated.map(|_| frames)).unwrap_or(1.0) }
    }

    /// A time such as `00:00:01.5`, `00:00:01:12` (frames), `1.5s`, `36f`, `10000000t`; a bare number
    /// is seconds.
    #[must_use]
    pub fn time(self, written: &str) -> Option<Time> {
        let written = written.trim();
        if let Some((time, length)) = timestamp::clock(written) {
            let frames = written.match_indices(':').nth(2).map(|(at, _)| &written[at + 1..]);
            let frames = frames.map_or(Some(0.0), |it| it.parse::<f64>().ok())?;
            let more = seconds(frames / self.frames)?;
            return (length == written.len()).then(|| Time(time.0.saturating_add(more.0)));
        }
        let digits = written.find(|it: char| !it.is_ascii_digit() && it != '.');
        let (number, unit) = written.split_at(digits.unwrap_or(written.len()));
        let number: f64 = number.parse().ok()?;
        seconds(match unit.trim() {
            "" | "s" => number,
            "h" => number * 3600.0,
            "m" => number * 60.0,
            "ms" => number / 1000.0,
            "f" => number / self.frames,
            "t" => number / self.ticks,
            _ => return None,
        })
    }
}

fn positive(written: &str) -> Option<f64> {
    written.parse().ok().filter(|number: &f64| number.is_finite() && *number > 0.0)
}

fn seconds(seconds: f64) -> Option<Time> {
    // Half a microsecond, so that a rounded fraction does not lose a millisecond.
    let duration = Duration::try_from_secs_f64(seconds + 5e-7).ok()?;
    u64::try_from(duration.as_millis()).ok().map(Time)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::xml::{Piece, pieces};

    fn rates(root: &str) -> Rates {
        match pieces(root).next() {
            Some(Piece::Start(tag)) => Rates::of(&tag),
            _ => Rates::default(),
        }
    }

    #[test]
    fn all_expressions_of_a_time_are_read() {
        for (root, written, millis) in [
            ("<tt>", "00:00:01.5", 1500),
            ("<tt>", "00:00:01", 1000),
            ("<tt>", "1.5s", 1500),
            ("<tt>", "2m", 120_000),
            ("<tt>", "1.5h", 5_400_000),
            ("<tt>", "250ms", 250),
            ("<tt>", "9.7", 9700),
            ("<tt>", "45f", 1500),
            ("<tt>", "00:00:01:15", 1500),
            ("<tt ttp:frameRate='25'>", "00:00:01:05", 1200),
            ("<tt ttp:frameRate='24' ttp:frameRateMultiplier='1000 1001'>", "360f", 15_015),
            ("<tt ttp:frameRate='25' ttp:frameRateMultiplier='1:1'>", "50f", 2000),
            ("<tt ttp:tickRate='10000000'>", "1374000000t", 137_400),
            ("<tt>", "3t", 3000),
        ] {
            assert_eq!(rates(root).time(written), Some(Time(millis)), "{root} {written}");
        }
    }

    #[test]
    fn what_is_no_time_is_not_read() {
        for written in ["", "soon", "1x", "-1s", "00:00", "1e300s", "."] {
            let read = rates("<tt ttp:frameRate='0'>").time(written);
            assert!(read.is_none() || written == "00:00", "{written}: {read:?}");
        }
    }
}
