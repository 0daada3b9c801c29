//! Times as formats and people write them.
//!
//! Read are `1:02`, `00:01:02`, `00:01:02.345`, `00:01:02,345`, hours of any length, a frame or
//! hundredth after a third colon (`00:01:02:12`: read to the second, as its rate is not known) and
//! bare seconds (`12.5`) where a format allows them. Minutes may exceed 59 only where no hours
//! stand before them; seconds never do.

use std::time::Duration;

use crate::place::{Time, TimeSpan};

/// A time at the start of a string, and how many bytes it takes. Needs a colon.
#[must_use]
pub fn clock(text: &str) -> Option<(Time, usize)> {
    let bytes = text.as_bytes();
    let mut fields = [0_u64; 4];
    let (mut count, mut at) = (0, 0);
    loop {
        let digits = digits(&bytes[at..]);
        if digits == 0 || digits > 6 {
            return None;
        }
        fields[count] = text[at..at + digits].parse().ok()?;
        count += 1;
        let later_field_is_short = count > 1 && digits > 2;
        if later_field_is_short {
            return None;
        }
        at += digits;
        let next_is_digit = bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
        if count == 4 || bytes.get(at) != Some(&b':') || !next_is_digit {
            break;
        }
        at += 1;
    }
    let (hours, minutes, seconds) = match count {
        2 => (0, fields[0], fields[1]),
        3 | 4 if fields[1] < 60 => (fields[0], fields[1], fields[2]),
        _ => return None,
    };
    if seconds > 59 {
        return None;
    }
    let (millis, length) = fraction(&text[at..]);
    let whole = hours * 3600 + minutes * 60 + seconds;
    Some((Time(whole * 1000 + millis), at + length))
}

/// Bare seconds such as `12` or `12.5` at the start of a string, and how many bytes they take.
#[must_use]
pub fn seconds(text: &str) -> Option<(Time, usize)> {
    let length = digits(text.as_bytes());
    if length == 0 || length > 9 {
        return None;
    }
    let whole: u64 = text[..length].parse().ok()?;
    let (millis, more) = fraction(&text[length..]);
    Some((Time(whole * 1000 + millis), length + more))
}

/// A number of seconds as a time; a negative one is the start. `None` where it is no number.
#[must_use]
pub fn of_seconds(seconds: f64) -> Option<Time> {
    // Half a microsecond: a sum such as 0.1 + 0.2 must not end a millisecond early.
    let duration = Duration::try_from_secs_f64(seconds.max(0.0) + 5e-7).ok()?;
    u64::try_from(duration.as_millis()).ok().map(Time)
}

/// From when to when, by two numbers of seconds as they are written. An end before the start is
/// the start.
#[must_use]
pub fn between_seconds(start: &str, end: &str) -> Option<TimeSpan> {
    let [start, end] =
        [start, end].map(|it| it.trim().parse().ok().filter(|it: &f64| !it.is_nan()));
    let (start, end) = (of_seconds(start?)?, of_seconds(end?)?);
    Some(TimeSpan { start, end: end.max(start) })
}

/// A mark such as `[04:14]`, `\[00:04:14.12\]` or `(1:04)` at the start of a string, and how many
/// bytes it takes.
#[must_use]
pub fn mark(text: &str) -> Option<(Time, usize)> {
    let bytes = text.as_bytes();
    let escaped = usize::from(bytes.first() == Some(&b'\\'));
    let close = match bytes.get(escaped)? {
        b'[' => b']',
        b'(' => b')',
        _ => return None,
    };
    let mut at = skip_space(bytes, escaped + 1);
    at += usize::from(bytes.get(at) == Some(&b'\\'));
    let (time, length) = clock(text.get(at..)?)?;
    at = skip_space(bytes, at + length);
    at += usize::from(escaped == 1 && bytes.get(at) == Some(&b'\\'));
    (bytes.get(at) == Some(&close)).then_some((time, at + 1))
}

/// `.5`, `,345` or `. 345` as milliseconds, and how many bytes it takes.
fn fraction(text: &str) -> (u64, usize) {
    let bytes = text.as_bytes();
    if !matches!(bytes.first(), Some(b'.' | b',')) {
        return (0, 0);
    }
    let length = digits(&bytes[1..]);
    let mut millis = 0;
    for at in 0..3 {
        let digit = bytes[1..=length].get(at).map_or(0, |byte| u64::from(byte - b'0'));
        millis = millis * 10 + digit;
    }
    if length == 0 { (0, 0) } else { (millis, length + 1) }
}

fn digits(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| byte.is_ascii_digit()).count()
}

fn skip_space(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at) == Some(&b' ') {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_shapes_of_a_time_are_read() {
        for (written, millis) in [
            ("0:01", 1000),
            ("04:14", 254_000),
            ("00:01:02", 62_000),
            ("00:01:02.345", 62_345),
            ("00:01:02,5", 62_500),
            ("00:01:02.3456", 62_345),
            ("123:00:00", 442_800_000),
            ("120:35", 7_235_000),
            ("00:01:02:12", 62_000),
        ] {
            assert_eq!(clock(written), Some((Time(millis), written.len())), "{written}");
        }
    }

    #[test]
    fn what_is_no_time_is_not_read() {
        for written in ["", "12", "1:2x:", "12:60", "00:60:00", "1:234", "a:12", ":12", "1.5"] {
            assert!(clock(written).is_none_or(|(_, length)| length < written.len()), "{written}");
        }
        assert_eq!(clock("12:60"), None);
    }

    #[test]
    fn a_mark_is_a_time_in_brackets() {
        for written in ["[04:14]", "\\[04:14\\]", "(04:14)", "[ 04:14.0 ]", "[\\04:14]"] {
            assert_eq!(mark(written), Some((Time(254_000), written.len())), "{written}");
        }
        for written in ["[4.14]", "[1]", "[04:14", "[unintelligible 04:14]", "[04:14)"] {
            assert_eq!(mark(written), None, "{written}");
        }
    }

    #[test]
    fn bare_seconds_are_read() {
        assert_eq!(seconds("12.480 --> "), Some((Time(12_480), 6)));
    }
}
