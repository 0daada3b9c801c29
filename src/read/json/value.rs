//! What formats of speech recognition write into JSON: fields under several names, times in
//! several units, speakers by name or by number.

use std::time::Duration;

use serde_json::Value;

use crate::{
    place::{Time, TimeSpan},
    read::{single_line::single_line, timestamp},
};

/// The unit of a bare number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Seconds, with a fraction or not.
    Seconds,
    /// Milliseconds.
    Millis,
    /// Hundred nanoseconds.
    Ticks,
}

/// The first of some fields that is there and not `null`.
#[must_use]
pub fn field<'a>(value: &'a Value, names: &[&str]) -> Option<&'a Value> {
    names.iter().filter_map(|name| value.get(name)).find(|value| !value.is_null())
}

/// A field that is a string.
#[must_use]
pub fn string<'a>(value: &'a Value, names: &[&str]) -> Option<&'a str> {
    field(value, names).and_then(Value::as_str)
}

/// The values of a field that is an array; none where it is something else.
pub fn entries<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    value.get(name).and_then(Value::as_array).into_iter().flatten()
}

/// The objects of a field that is an array.
pub fn objects<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    entries(value, name).filter(|it| it.is_object())
}

/// A number, or a string that holds one, `12.5s` included.
#[must_use]
pub fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(written) => written.trim().trim_end_matches('s').parse().ok(),
        _ => None,
    }
    .filter(|number| number.is_finite())
}

/// A time: a number in some unit, or a clock such as `00:01:02,500`. A negative one is the start.
#[must_use]
pub fn time(value: &Value, unit: Unit) -> Option<Time> {
    if let Some(written) = value.as_str().map(str::trim)
        && let Some((time, length)) = timestamp::clock(written)
    {
        return (length == written.len()).then_some(time);
    }
    let seconds = match unit {
        Unit::Seconds => number(value)?,
        Unit::Millis => number(value)? / 1e3,
        Unit::Ticks => number(value)? / 1e7,
    };
    // Half a microsecond: a sum such as 0.1 + 0.2 must not end a millisecond early.
    let duration = Duration::try_from_secs_f64(seconds.max(0.0) + 5e-7).ok()?;
    u64::try_from(duration.as_millis()).ok().map(Time)
}

/// From when to when, by the names of the fields for the start and the end.
#[must_use]
pub fn span(value: &Value, unit: Unit, start: &[&str], end: &[&str]) -> Option<TimeSpan> {
    let start = time(field(value, start)?, unit)?;
    let end = field(value, end).and_then(|end| time(end, unit));
    Some(TimeSpan { start, end: end.unwrap_or(start).max(start) })
}

/// From when to when, by the names of the fields for the start and the duration.
#[must_use]
pub fn span_of_duration(
    value: &Value,
    unit: Unit,
    start: &[&str],
    duration: &[&str],
) -> Option<TimeSpan> {
    let start = time(field(value, start)?, unit)?;
    let lasts = field(value, duration).and_then(|it| time(it, unit)).unwrap_or_default();
    Some(TimeSpan { start, end: Time(start.0.saturating_add(lasts.0)) })
}

/// Who speaks: a name as it is written, or a number as `Speaker 1`.
#[must_use]
pub fn speaker(value: &Value, names: &[&str]) -> Option<String> {
    match field(value, names)? {
        Value::Number(number) => Some(format!("Speaker {number}")),
        Value::String(name) if !name.is_empty() && name.bytes().all(|it| it.is_ascii_digit()) => {
            Some(format!("Speaker {name}"))
        }
        Value::String(name) => Some(single_line(name)).filter(|name| !name.is_empty()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn times_are_read_in_every_unit() {
        for (value, unit, millis) in [
            (json!(12.48), Unit::Seconds, 12_480),
            (json!("12.48"), Unit::Seconds, 12_480),
            (json!("12.480s"), Unit::Seconds, 12_480),
            (json!(0.1 + 0.2), Unit::Seconds, 300),
            (json!(2.3), Unit::Seconds, 2300),
            (json!(250), Unit::Millis, 250),
            (json!(250.7), Unit::Millis, 250),
            (json!(5_000_000.0), Unit::Ticks, 500),
            (json!("00:00:01,250"), Unit::Seconds, 1250),
            (json!(-1), Unit::Seconds, 0),
        ] {
            assert_eq!(time(&value, unit), Some(Time(millis)), "{value}");
        }
        for value in [json!("soon"), json!(null), json!([1]), json!(1e300), json!("NaN")] {
            assert_eq!(time(&value, Unit::Seconds), None, "{value}");
        }
    }

    #[test]
    fn a_number_is_no_name() {
        let name = |value: Value| speaker(&json!({ "speaker": value }), &["speaker"]);
        assert_eq!(name(json!(0)), Some("Speaker 0".into()));
        assert_eq!(name(json!("1")), Some("Speaker 1".into()));
        assert_eq!(name(json!("SPEAKER_00")), Some("SPEAKER_00".into()));
        assert_eq!(name(json!(" \n")), None);
        assert_eq!(name(json!(null)), None);
    }
}
