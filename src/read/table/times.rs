//! When the rows of a table were said.

use serde_json::Value;

use crate::{
    place::{Time, TimeSpan},
    read::{
        json::value::{Unit, time},
        table::{Row, columns::Column},
    },
};

/// No row lasts so long, in seconds: whole numbers that would are milliseconds.
const LONGEST: f64 = 150.0;

/// The time of each row. None at all where most starts cannot be read as times: then the column
/// holds something else, such as the date of a review.
pub fn times(rows: &[Row<'_>]) -> Vec<Option<TimeSpan>> {
    let unit = unit(rows);
    let of = |row: &Row<'_>, column: Column| read(row.value(column)?, unit);
    let span = |row: &Row<'_>| {
        let start = of(row, Column::Start)?;
        let lasts = || of(row, Column::Duration).map(|it| Time(start.0.saturating_add(it.0)));
        let end = of(row, Column::End).or_else(lasts).unwrap_or(start);
        Some(TimeSpan { start, end: end.max(start) })
    };
    let mut times: Vec<_> = rows.iter().map(span).collect();
    let stated = rows.iter().filter(|row| row.value(Column::Start).is_some()).count();
    if times.iter().flatten().count() * 2 < stated {
        times.fill(None);
    }
    end_at_next(rows, &mut times);
    times
}

/// Where nothing says when rows end, each ends where the next one starts.
fn end_at_next(rows: &[Row<'_>], times: &mut [Option<TimeSpan>]) {
    let says =
        |row: &Row<'_>| row.value(Column::End).is_some() || row.value(Column::Duration).is_some();
    if rows.iter().any(says) {
        return;
    }
    let mut next = None;
    for time in times.iter_mut().rev().flatten() {
        time.end = next.filter(|next| *next >= time.start).unwrap_or(time.start);
        next = Some(time.start);
    }
}

fn read(written: &str, unit: Unit) -> Option<Time> {
    time(&Value::String(written.trim().replace(',', ".")), unit)
}

fn number(written: &str) -> Option<f64> {
    written.trim().replace(',', ".").parse().ok().filter(|it: &f64| it.is_finite())
}

/// Milliseconds where a heading says so, or where all numbers are whole and most rows would last minutes otherwise.
fn unit(rows: &[Row<'_>]) -> Unit {
    if rows.iter().any(|row| row.millis) {
        return Unit::Millis;
    }
    let mut lengths = Vec::new();
    for row in rows {
        let [start, end, lasts] = [Column::Start, Column::End, Column::Duration]
            .map(|column| row.value(column).and_then(number));
        if [start, end, lasts].into_iter().flatten().any(|it| it.fract() != 0.0) {
            return Unit::Seconds;
        }
        lengths.extend(start.zip(end).map(|(start, end)| end - start).or(lasts));
    }
    lengths.sort_by(f64::total_cmp);
    let middle = lengths.get(lengths.len() / 2).copied().unwrap_or_default();
    if middle > LONGEST { Unit::Millis } else { Unit::Seconds }
}
