//! The timeline of a TEI file: points by identifier.
//!
//! `<when xml:id absolute>` is a clock; `<when xml:id interval since>` counts from another point,
//! or from the one before it. A clock of the day counts from the point that is the origin.

use std::collections::HashMap;

use crate::{
    place::{Time, TimeSpan},
    read::{
        single_line::single_line,
        tiers,
        timestamp::{self, of_seconds},
        xml::Tag,
    },
    transcript::Warning,
};

/// A timeline, as far as it was read.
#[derive(Debug, Default)]
pub struct Timeline {
    points: Vec<(String, Option<Time>)>,
    by_id: HashMap<String, usize>,
    spans: HashMap<String, TimeSpan>,
    origin: Option<String>,
    /// What a number without a unit counts, in seconds.
    unit: Option<f64>,
    /// The time of day of the origin.
    base: Time,
    /// What could not be read.
    pub warnings: Vec<Warning>,
}

impl Timeline {
    /// A start tag and its line.
    pub fn start(&mut self, tag: &Tag<'_>, line: u32) {
        match tag.name {
            "timeline" => {
                self.origin =
                    tag.attribute("origin").map(|it| it.trim_start_matches('#').to_owned());
                self.unit = tag.attribute("unit").and_then(|it| unit(&it));
            }
            "when" => {
                let id = tag.attribute("id").unwrap_or_default().into_owned();
                let time = self.time(tag, &id, line);
                self.by_id.insert(id.clone(), self.points.len());
                self.points.push((id, time));
            }
            _ => {}
        }
    }

    fn time(&mut self, tag: &Tag<'_>, id: &str, line: u32) -> Option<Time> {
        let is_origin = self.origin.as_deref() == Some(id);
        if let Some(written) = tag.attribute("absolute") {
            let clock = written.rsplit('T').next().unwrap_or_default();
            let time = timestamp::clock(clock).map(|(time, _)| time);
            if time.is_none() {
                self.warn(line, &written);
            }
            if is_origin {
                self.base = time.unwrap_or_default();
            }
            return time.map(|time| Time(time.0.saturating_sub(self.base.0)));
        }
        let Some(written) = tag.attribute("interval") else {
            return is_origin.then_some(Time(0));
        };
        let unit = tag.attribute("unit").and_then(|it| unit(&it)).or(self.unit).unwrap_or(1.0);
        let Some(seconds) = seconds(&written, unit) else {
            self.warn(line, &written);
            return None;
        };
        let since = tag.attribute("since").map(|it| it.trim_start_matches('#').to_owned());
        let from = match since {
            Some(id) => self.by_id.get(&id).and_then(|at| self.points[*at].1).or(Some(Time(0))),
            None => self.points.last().and_then(|point| point.1).or(Some(Time(0))),
        };
        from.zip(of_seconds(seconds)).map(|(from, more)| Time(from.0.saturating_add(more.0)))
    }

    fn warn(&mut self, line: u32, written: &str) {
        let message = format!("`{}` is no time", single_line(written));
        self.warnings.push(Warning::at(line, message));
    }

    /// Settles when each point is, once all of them are read.
    pub fn finish(&mut self) {
        let spans = tiers::timeline(&self.points).into_iter();
        self.spans = spans.map(|(id, span)| (id.to_owned(), span)).collect();
    }

    /// The earliest and the latest time that a point (`#T1`) can stand for; it lies between its
    /// neighbours where it has no time.
    pub fn at(&self, reference: &str) -> Option<TimeSpan> {
        self.spans.get(reference.trim_start_matches('#')).copied()
    }
}

fn unit(written: &str) -> Option<f64> {
    match written.trim() {
        "s" => Some(1.0),
        "ms" => Some(0.001),
        "min" => Some(60.0),
        _ => None,
    }
}

/// `1.5`, `1.5s`, `PT1.5S` in seconds.
fn seconds(written: &str, unit: f64) -> Option<f64> {
    let written = written.trim();
    if let Some(duration) = written.strip_prefix("PT") {
        let number: f64 = duration.strip_suffix(['S', 's'])?.parse().ok()?;
        return Some(number);
    }
    if let Some(number) = written.strip_suffix('s') {
        return number.parse().ok();
    }
    let number: f64 = written.parse().ok()?;
    number.is_finite().then_some(number * unit)
}
