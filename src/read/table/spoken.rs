//! Tables in documents that hold a conversation, as transcripts made in a word processor often do: a
//! row for each utterance, a column for its words, others for who says it and when.
//!
//! Most tables of documents hold something else, and what is read as a conversation loses its other
//! columns. So a table is one only where
//!
//! - its headings name a text that is spoken (`Text`, `Transcript`, `Utterance`) and beside it
//!   speakers (`Speaker`, `Who`) who come back, or times that never go back; or
//! - no heading says so, but one column holds such times, with hours or from the first minute of a
//!   recording on (a timetable has neither); or a column holds labels (`Host:`), or names that come
//!   back and are roles (`Interviewer`, `Q`).
//!
//! All rows must have as many cells as the first one. What stands alone in a row, and not in the column
//! of the text, is nobody's.

use std::collections::HashSet;

use crate::{
    place::{Time, TimeSpan},
    read::{
        name::{Name, judge},
        table::{
            Row,
            columns::{Column, Columns, folded},
            numbered, times, unnamed,
        },
        timestamp,
    },
};

/// Headings of a text that is spoken, folded; a `description` or `content` may be anything.
#[rustfmt::skip]
const SPEECH: &[&str] = &[
    "text", "transcript", "transcription", "sentence", "utterance", "caption", "subtitle",
    "dialogue", "dialog", "line", "speech", "words", "message", "quote", "quotation", "segment",
    "cue",
];

/// Headings of those who speak, folded; a `name` or an `author` may have done anything else.
#[rustfmt::skip]
const SPEAKERS: &[&str] = &[
    "speaker", "speakername", "speakerlabel", "speakerid", "who", "character", "person",
    "participant",
];

/// A timetable does not start in the first minute of its day.
const FIRST_MINUTE: Time = Time(60_000);

/// A conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversation {
    /// Its utterances, in order.
    pub utterances: Vec<Utterance>,
    /// The columns of words that are neither text nor names nor times: their headings, empty where
    /// there are none.
    pub left_out: Vec<String>,
}

/// A row of a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Utterance {
    /// Which row, counted from 0.
    pub row: usize,
    /// Which cell of it holds what is said, counted from 0.
    pub cell: usize,
    /// Who says it. An empty cell goes on with the speaker above it.
    pub speaker: Option<String>,
    /// When.
    pub time: Option<TimeSpan>,
}

/// The conversation that the cells of a table hold, if they hold one. Cells may have marks of bold
/// type (`**Host**`).
#[must_use]
pub fn conversation(cells: &[Vec<&str>]) -> Option<Conversation> {
    let bare: Vec<Vec<&str>> =
        cells.iter().map(|row| row.iter().map(|cell| without_marks(cell)).collect()).collect();
    let width = bare.first()?.len();
    let even = bare.iter().all(|row| row.len() == width || row.len() == 1);
    if width < 2 || !even {
        return None;
    }
    let (columns, first) = by_headings(&bare).or_else(|| by_cells(&bare))?;
    let place = columns.place(Column::Text)?;
    let rows: Vec<Row<'_>> =
        bare[first..].iter().map(|cells| row(cells, &columns, width)).collect();
    let times = times::times(&rows);
    let mut speaker = None;
    let mut utterances = Vec::with_capacity(rows.len());
    for (at, (row, time)) in rows.iter().zip(times).enumerate() {
        let cells = &bare[first + at];
        let alone = alone(cells).filter(|_| cells.len() < width || cells[place].is_empty());
        if let Some(name) = row.named(Column::Speaker) {
            speaker = Some(numbered(name.trim_end_matches([':', ' ']).to_owned()));
        }
        utterances.push(Utterance {
            row: first + at,
            cell: alone.unwrap_or(if cells.len() < width { 0 } else { place }),
            speaker: speaker.clone().filter(|_| alone.is_none()),
            time,
        });
    }
    let known: Vec<usize> = columns.each().filter_map(|it| is_read(it.0).then_some(it.1)).collect();
    let left_out = (0..width).filter(|at| !known.contains(at) && has_words(&bare[first..], *at));
    let heading = |at: usize| bare[..first].first().map_or("", |row| row[at]).to_owned();
    Some(Conversation { utterances, left_out: left_out.map(heading).collect() })
}

/// The cell of a row that alone has words.
fn alone(cells: &[&str]) -> Option<usize> {
    let mut with_words = (0..cells.len()).filter(|at| cells[*at].contains(char::is_alphabetic));
    let first = with_words.next()?;
    with_words.next().is_none().then_some(first)
}

fn is_read(column: Column) -> bool {
    use Column::{Duration, End, Speaker, Start, Text};
    matches!(column, Text | Speaker | Start | End | Duration)
}

fn has_words(rows: &[Vec<&str>], place: usize) -> bool {
    rows.iter().filter_map(|row| row.get(place)).any(|cell| cell.contains(char::is_alphabetic))
}

/// A cell without the marks of bold type round it.
fn without_marks(cell: &str) -> &str {
    cell.trim_matches(|it: char| it == '*' || it.is_whitespace())
}

/// The columns that the headings in the first row name, and the first row behind it.
fn by_headings(rows: &[Vec<&str>]) -> Option<(Columns, usize)> {
    let (headings, rest) = rows.split_first()?;
    let columns = Columns::of(headings.iter().copied());
    let names = |column: Column, known: &[&str]| {
        columns.place(column).is_some_and(|at| known.contains(&folded(headings[at]).as_str()))
    };
    let speak = names(Column::Speaker, SPEAKERS)
        && columns.place(Column::Speaker).is_some_and(|at| come_back(rest, at));
    let timed = columns.place(Column::Start).is_some_and(|at| are_times(rest, at).is_some());
    (names(Column::Text, SPEECH) && (speak || timed)).then_some((columns, 1))
}

/// The columns by what the cells hold, and the first row: the first one may be of headings that are
/// not known.
fn by_cells(rows: &[Vec<&str>]) -> Option<(Columns, usize)> {
    [0, 1].into_iter().find_map(|first| {
        let rows = rows.get(first..).filter(|rows| rows.len() > 1)?;
        let columns = unnamed::columns(&clocks_alone(rows));
        let timed = columns.place(Column::Start).is_some_and(|at| {
            are_times(rows, at).is_some_and(|begin| begin < FIRST_MINUTE || have_hours(rows, at))
        });
        let labels = columns.place(Column::Speaker).is_some_and(|at| are_labels(rows, at));
        (columns.place(Column::Text).is_some() && (timed || labels)).then_some((columns, first))
    })
}

/// Cells of which times in brackets, and those that say from when to when, are the start.
fn clocks_alone<'a>(rows: &[Vec<&'a str>]) -> Vec<Vec<&'a str>> {
    let alone = |cell: &&'a str| span_of(cell).map_or(*cell, |(start, _)| start);
    rows.iter().map(|row| row.iter().map(alone).collect()).collect()
}

/// From when to when a cell says, where it says nothing else: `0:12`, `[0:12]`, `0:12 – 0:15`.
fn span_of(cell: &str) -> Option<(&str, Option<&str>)> {
    let inner = cell.trim_matches(|it: char| "[]()".contains(it) || it.is_whitespace());
    let (_, length) = timestamp::clock(inner)?;
    let (start, rest) = inner.split_at(length);
    let end = rest.trim_start_matches(|it: char| "-–—>→to".contains(it) || it.is_whitespace());
    if end.is_empty() {
        return rest.is_empty().then_some((start, None));
    }
    let (_, length) = timestamp::clock(end)?;
    (length == end.len() && end.len() < rest.len()).then_some((start, Some(end)))
}

/// Where the times of a column begin, if nearly all of its cells hold one and none goes back.
fn are_times(rows: &[Vec<&str>], place: usize) -> Option<Time> {
    let stated: Vec<&str> =
        rows.iter().filter_map(|row| row.get(place).copied()).filter(|it| !it.is_empty()).collect();
    let starts: Vec<Time> = stated
        .iter()
        .filter_map(|it| timestamp::clock(span_of(it)?.0))
        .map(|(time, _)| time)
        .collect();
    let nearly_all = starts.len() * 10 >= stated.len() * 9;
    starts.first().copied().filter(|_| nearly_all && starts.is_sorted())
}

/// Whether the times of a column have hours, minutes and seconds.
fn have_hours(rows: &[Vec<&str>], place: usize) -> bool {
    let spans = rows.iter().filter_map(|row| span_of(row.get(place)?));
    let mut starts = spans.map(|(start, _)| start);
    starts.all(|start| start.matches(':').count() > 1)
}

/// The names in a column, without the colon of a label.
fn names<'a>(rows: &'a [Vec<&'a str>], place: usize) -> impl Iterator<Item = &'a str> + Clone {
    let cells = rows.iter().filter_map(move |row| row.get(place));
    cells.map(|it| it.trim_end_matches([':', ' '])).filter(|it| !it.is_empty())
}

/// Whether a column holds names, one of which comes back.
fn come_back(rows: &[Vec<&str>], place: usize) -> bool {
    /// So few rows need not show it.
    const FEW: usize = 3;
    let names = names(rows, place);
    let distinct: HashSet<&str> = names.clone().collect();
    let count = names.count();
    // Identifiers such as `1` and `p2` are names here: the heading says so.
    let are_short = distinct.iter().all(|name| name.len() <= 80 && !name.contains('\n'));
    count > 0 && are_short && (distinct.len() < count || count <= FEW)
}

/// Whether a column holds labels (`Host:`) or roles.
fn are_labels(rows: &[Vec<&str>], place: usize) -> bool {
    let speaks = |name: &str| matches!(judge(name), Name::Person | Name::Role | Name::Handle);
    let mut cells = rows.iter().filter_map(|row| row.get(place)).filter(|it| !it.is_empty());
    let have_colons = cells.clone().next().is_some() && cells.all(|cell| cell.ends_with(':'));
    let mut names = names(rows, place);
    names.clone().all(speaks) && (have_colons || names.all(|name| judge(name) == Name::Role))
}

/// What stands in the columns of a row that are read.
fn row<'a>(cells: &[&'a str], columns: &Columns, width: usize) -> Row<'a> {
    let mut row = Row { millis: columns.is_millis(Column::Start), ..Row::default() };
    if cells.len() < width {
        return row;
    }
    for (column, place) in columns.each().filter(|(column, _)| is_read(*column)) {
        let mut cell = cells[place];
        if column == Column::Start
            && let Some((start, end)) = span_of(cell)
        {
            cell = start;
            row.values[Column::End as usize] = end.map(Into::into);
        }
        if !cell.is_empty() {
            row.values[column as usize] = Some(cell.into());
        }
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Who says what from when to when, in seconds.
    type Said = (Option<String>, String, Option<(u64, u64)>);

    /// What is said in a table whose cells are parted by bars.
    fn said(table: &str) -> Option<Vec<Said>> {
        let rows: Vec<Vec<&str>> =
            table.lines().map(|line| line.split('|').map(str::trim).collect()).collect();
        let seconds = |time: TimeSpan| (time.start.0 / 1000, time.end.0 / 1000);
        let said = |it: &Utterance| {
            (it.speaker.clone(), rows[it.row][it.cell].to_owned(), it.time.map(seconds))
        };
        conversation(&rows).map(|it| it.utterances.iter().map(said).collect())
    }

    fn turn(speaker: &str, text: &str, time: Option<(u64, u64)>) -> Said {
        ((!speaker.is_empty()).then(|| speaker.to_owned()), text.to_owned(), time)
    }

    #[test]
    fn a_table_with_headings_of_speech_is_a_conversation() {
        for table in [
            "Time | Speaker | Text\n0:01 | Host | Is it old?\n0:05 | Archivist | Very.\n0:09 | | It rots.",
            "Words | No. | **Who** | Timecode\nIs it old? | 1 | **Host:** | [00:00:01]\nVery. | 2 | Archivist: | [00:00:05]\nIt rots. | 3 | | [00:00:09]",
            "Speaker | Text | Time\nHost | Is it old? | 0:01 - 0:05\nArchivist | Very. | 0:05–0:09\nArchivist | It rots. | 00:09",
        ] {
            let expected = [
                turn("Host", "Is it old?", Some((1, 5))),
                turn("Archivist", "Very.", Some((5, 9))),
                turn("Archivist", "It rots.", Some((9, 9))),
            ];
            assert_eq!(said(table).as_deref(), Some(&expected[..]), "{table}");
        }
    }

    #[test]
    fn a_table_without_headings_is_one_by_its_times_or_its_labels() {
        for (table, time) in [
            ("00:00:01 | Is it old? | \n00:00:05 | It rots.| ", Some([(1, 5), (5, 5)])),
            ("Zeit | Wörter\n0:01 | Is it old?\n0:05 | It rots.", Some([(1, 5), (5, 5)])),
        ] {
            let [first, second] = time.map_or([None, None], |it| it.map(Some));
            let expected = [turn("", "Is it old?", first), turn("", "It rots.", second)];
            assert_eq!(said(table).as_deref(), Some(&expected[..]), "{table}");
        }
        for table in [
            "Host: | Is it old?\nKeeper: | Very.\nHost: | Does it rot?\nKeeper: | It does.",
            "Q | Is it old?\nA | Very.\nQ | Oh.\nA | It rots.",
        ] {
            assert_eq!(said(table).map(|it| it.len()), Some(4), "{table}");
        }
    }

    #[test]
    fn other_tables_are_none() {
        for table in [
            "Name | Type | Description\nrate | number | The rate.\nrate | text | The other rate.",
            "Version | Date | Author | Comment\n1 | 2024 | Keeper | First.\n2 | 2025 | Keeper | Second.",
            "Time | Speaker | Title\n9:00 | Keeper | On tape\n9:30 | Host | On wax",
            "9:00 | Doors open\n9:30 | On tape\n10:30 | On wax",
            "Speaker | Text\nHost | Is it old?\nKeeper | Very.\nEngineer | It rots.\nVisitor | Oh.",
            "Time | Text\n0:05 | Late.\n0:01 | Early.",
            "Speaker | Text\nHost | Is it old? | really\nHost | Oh.",
            "Text\nOne",
            "Pros | Cheap and light\nCons | It rots and it hums",
            "",
        ] {
            assert_eq!(said(table), None, "{table}");
        }
    }

    #[test]
    fn a_row_of_one_cell_is_nobodys_and_other_columns_are_named() {
        let table = "Speaker | Text | Codes | No.\n1 | Is it old? | age | 1\nTape change\n2 | Very. | | 2\n | | noise |\n1 | Oh. | | 3";
        let expected = [
            turn("Speaker 1", "Is it old?", None),
            turn("", "Tape change", None),
            turn("Speaker 2", "Very.", None),
            turn("", "noise", None),
            turn("Speaker 1", "Oh.", None),
        ];
        assert_eq!(said(table).as_deref(), Some(&expected[..]));
        let rows: Vec<Vec<&str>> =
            table.lines().map(|line| line.split('|').map(str::trim).collect()).collect();
        assert_eq!(conversation(&rows).map(|it| it.left_out), Some(vec!["Codes".to_owned()]));
    }
}
