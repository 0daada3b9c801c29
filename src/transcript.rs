//! What a reader makes of a file: who said what, and what is known about the document.
//!
//! A review is a [`Transcript`] whose turns have no speaker. Nothing here knows a format.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::text::{Text, TextSpan};

/// Who speaks, by the name that the document gives.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Speaker(pub String);

impl fmt::Display for Speaker {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// What one speaker says until another does, or a stretch of prose without a speaker.
///
/// Paragraphs inside a turn are parted by an empty line, as in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Turn {
    /// Who says it, where the document tells.
    pub speaker: Option<Speaker>,
    /// What is said.
    pub text: Text,
    /// What the document sets apart in it, in order of their starts. Only formats fill it whose
    /// markup leaves no trace in the text: HTML, EPUB and the files of word processors.
    pub stretches: Vec<Stretch>,
}

/// A stretch of a turn's text that its document sets apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Where it stands in the text of its turn.
    pub span: TextSpan,
    /// As what.
    pub set: Set,
}

/// As what a document sets a stretch apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Set {
    /// A quotation as a block of its own.
    BlockQuote,
    /// Code, in which no quotation mark means anything.
    Code,
    /// The place of a note's number: empty, behind what the note is about.
    NoteReference(NoteNumber),
    /// The text of a note.
    Note(NoteNumber),
}

/// Which note of a document, counted in any way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoteNumber(pub usize);

/// Whether a document is written about something, or holds what was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Prose: a review, an article, a description.
    Review,
    /// What was said, by one speaker or more.
    Transcript,
}

impl Kind {
    /// The word that queries and printed results use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Review => "review",
            Self::Transcript => "transcript",
        }
    }
}

impl FromStr for Kind {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        match word.to_ascii_lowercase().as_str() {
            "review" | "article" => Ok(Self::Review),
            "transcript" | "talk" | "interview" | "podcast" => Ok(Self::Transcript),
            _ => Err(format!("`{word}` is no kind of document: use `review` or `transcript`")),
        }
    }
}

/// A day, a month or a year, as exactly as the document tells it (ISO 8601, reduced precision).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// Year, 0 to 9999.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: Option<u8>,
    /// Day of the month, 1 to 31; only with a month.
    pub day: Option<u8>,
}

impl FromStr for Date {
    type Err = String;

    /// Reads `2017`, `2017-07`, `2017-07-09`, and the date of a time stamp such as
    /// `2017-07-09T20:00:00Z`.
    fn from_str(written: &str) -> Result<Self, Self::Err> {
        let error = || format!("`{written}` is no date: write it as 2017, 2017-07 or 2017-07-09");
        let date = written.trim().split(['T', ' ']).next().unwrap_or_default();
        let mut numbers = date.split(['-', '/']).map(|digits| {
            let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
            if plain { digits.parse::<u16>().ok() } else { None }
        });
        let year_is_four_digits = date.split(['-', '/']).next().is_some_and(|it| it.len() == 4);
        let year = numbers.next().flatten().filter(|_| year_is_four_digits).ok_or_else(error)?;
        let mut part = |range: std::ops::RangeInclusive<u16>| match numbers.next() {
            None => Ok(None),
            Some(Some(number)) if range.contains(&number) => {
                u8::try_from(number).map(Some).map_err(|_| error())
            }
            Some(_) => Err(error()),
        };
        let (month, day) = (part(1..=12)?, part(1..=31)?);
        if numbers.next().is_some() {
            return Err(error());
        }
        if let (Some(month), Some(day)) = (month, day) {
            let days = days_in(year, month);
            if day > days {
                return Err(format!("`{written}` is no date: that month has {days} days"));
            }
        }
        Ok(Self { year, month, day })
    }
}

/// How many days a month, from 1, has in a year of the Gregorian calendar.
fn days_in(year: u16, month: u8) -> u8 {
    let is_leap_year =
        year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if is_leap_year => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}", self.year)?;
        for part in [self.month, self.day].into_iter().flatten() {
            write!(formatter, "-{part:02}")?;
        }
        Ok(())
    }
}

/// What is known about a document apart from its words. What it does not say is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// Title, as written.
    pub title: Option<String>,
    /// Who wrote it, each by the name that the document gives; who speaks in it is not meant. A name in
    /// braces is that of an organisation.
    pub authors: Vec<String>,
    /// When it was published or recorded.
    pub date: Option<Date>,
    /// Where it can be read, heard or seen.
    pub url: Option<String>,
    /// Review or transcript; `None` leaves it to whether anyone speaks.
    pub kind: Option<Kind>,
    /// Language as an ISO 639-1 code such as `en`; `None` leaves it to detection.
    pub language: Option<String>,
}

/// Something that a reader could not make sense of, and read on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Warning {
    /// Line of the file, from 1, where there is one.
    pub line: Option<u32>,
    /// What is wrong, lower case and without a full stop.
    pub message: String,
}

impl Warning {
    /// A warning about a line, counted from 1.
    #[must_use]
    pub fn at(line: u32, message: impl Into<String>) -> Self {
        Self { line: Some(line), message: message.into() }
    }

    /// A warning about a file as a whole.
    #[must_use]
    pub fn whole(message: impl Into<String>) -> Self {
        Self { line: None, message: message.into() }
    }
}

/// A file as it was understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Transcript {
    /// What is known about it.
    pub metadata: Metadata,
    /// What is said, in order. Two turns of one speaker stand side by side only where the document sets
    /// them apart, as the articles of a feed.
    pub turns: Vec<Turn>,
    /// What could not be read.
    pub warnings: Vec<Warning>,
}

impl Transcript {
    /// The kind that the document names, or that its turns show: a transcript has speakers or
    /// times, a review has neither.
    #[must_use]
    pub fn kind(&self) -> Kind {
        let spoken = |turn: &Turn| {
            turn.speaker.is_some() || turn.text.parts().iter().any(|part| part.place.time.is_some())
        };
        let shown = || if self.turns.iter().any(spoken) { Kind::Transcript } else { Kind::Review };
        self.metadata.kind.unwrap_or_else(shown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_and_written_as_exactly_as_they_are_known() {
        for date in ["2017", "2017-07", "2017-07-09"] {
            assert_eq!(date.parse::<Date>().unwrap().to_string(), date);
        }
        assert_eq!("2017-07-09T20:00:00Z".parse::<Date>().unwrap().to_string(), "2017-07-09");
        assert_eq!("2017/7/9".parse::<Date>().unwrap().to_string(), "2017-07-09");
    }

    #[test]
    fn what_is_no_date_says_how_to_write_one() {
        for wrong in ["", "last year", "17-07-09", "2017-13", "2017-00", "2017-07-32", "2017-1-1-1"]
        {
            let error = wrong.parse::<Date>().unwrap_err();
            assert!(error.contains("2017-07-09") && error.contains(wrong), "{wrong}: {error}");
        }
    }

    #[test]
    fn a_day_that_its_month_does_not_have_is_no_date() {
        for (date, days) in
            [("2026-02-30", 28), ("2024-02-30", 29), ("1900-02-29", 28), ("2026-04-31", 30)]
        {
            let error = format!("`{date}` is no date: that month has {days} days");
            assert_eq!(date.parse::<Date>(), Err(error));
        }
        assert!("2000-02-29".parse::<Date>().is_ok() && "2026-12-31".parse::<Date>().is_ok());
    }

    #[test]
    fn a_document_in_which_nobody_speaks_is_a_review() {
        let mut transcript = Transcript { turns: vec![Turn::default()], ..Transcript::default() };
        assert_eq!(transcript.kind(), Kind::Review);
        transcript.turns[0].speaker = Some(Speaker("Host".into()));
        assert_eq!(transcript.kind(), Kind::Transcript);
    }
}
