//! Subtitles of broadcasters (`.stl`): <https://tech.ebu.ch/docs/tech/tech3264.pdf>.
//!
//! A binary file: a block of 1,024 bytes about the programme, then blocks of 128 bytes, each with
//! two times and up to 112 bytes of text. A long subtitle goes on in extension blocks. Text is in
//! one of five code tables; the control codes of teletext take the place of a space, and its
//! colours may tell speakers apart. Times count from the start of the programme, which the first
//! block states. Comments and user data are no text.

mod characters;
mod languages;

use crate::{
    place::{Place, Time, TimeSpan},
    read::{
        Read, ReadError, Reader,
        colours::{Colour, Coloured},
        cues::{self, Cue},
        ebu_stl::characters::Table,
        single_line::single_line,
    },
    text::Text,
    transcript::{Metadata, Transcript, Warning},
};

/// Subtitles of broadcasters.
pub const READER: Reader = Reader {
    format: "ebu-stl",
    extensions: &["stl"],
    version: 2,
    recognises,
    read: Read::Bytes(read),
};

/// Length of the block about the programme, in bytes.
const GENERAL: usize = 1024;
/// Length of a block of text, in bytes.
const BLOCK: usize = 128;
/// Where the text of a block starts.
const TEXT: usize = 16;

/// Three digits of a code page, then `STL25.01`.
fn recognises(head: &str) -> bool {
    rate(head.as_bytes()).is_some()
}

/// Frames per second.
fn rate(general: &[u8]) -> Option<u64> {
    let code = general.get(3..11)?;
    let rate = std::str::from_utf8(code.get(3..5)?).ok()?.parse().ok()?;
    let is_code = code.starts_with(b"STL") && code.ends_with(b".01");
    (is_code && (20..=60).contains(&rate)).then_some(rate)
}

fn read(bytes: &[u8]) -> Result<Transcript, ReadError> {
    let (Some(rate), Some(general)) = (rate(bytes), bytes.get(..GENERAL)) else {
        let reason = "the block about the programme is not whole".to_owned();
        return Err(ReadError::Malformed { format: "EBU STL", reason });
    };
    let mut warnings = Vec::new();
    let table = Table::of(&general[12..14]).unwrap_or_else(|| {
        warnings.push(Warning::whole("names no known code table; it was read as Latin"));
        Table::Latin
    });
    let blocks = &bytes[GENERAL..];
    if !blocks.len().is_multiple_of(BLOCK) {
        warnings.push(Warning::whole("the last block is cut off"));
    }
    let start = start_of_programme(&general[256..264], rate);
    let mut cues = Vec::new();
    for subtitle in subtitles(blocks, &mut warnings) {
        let time = time(subtitle.times, rate, start);
        if let Err(reason) = time {
            let message = format!("subtitle {}: {reason}", subtitle.number);
            warnings.push(Warning::whole(message));
        }
        let time = time.unwrap_or_else(|reason| match reason {
            BadTime::Backwards(time) => Some(time),
            BadTime::Unreadable => None,
        });
        cues.extend(coloured_rows(&subtitle.text, table, time));
    }
    cues::sort(&mut cues);
    let language = languages::language(&general[14..16]).map(str::to_owned);
    let metadata = Metadata { title: title(general), language, ..Metadata::default() };
    Ok(Transcript { metadata, turns: cues::turns("", cues), warnings })
}

/// The title of the programme and that of the episode.
fn title(general: &[u8]) -> Option<String> {
    let field = |bytes: &[u8]| single_line(&characters::title(bytes));
    let (programme, episode) = (field(&general[16..48]), field(&general[48..80]));
    let title = match (programme.is_empty(), episode.is_empty()) {
        (false, false) => format!("{programme}: {episode}"),
        _ => programme + &episode,
    };
    (!title.is_empty()).then_some(title)
}

/// The time code of the first frame of the programme, in digits.
fn start_of_programme(digits: &[u8], rate: u64) -> Time {
    let mut fields = [0; 4];
    for (field, two) in fields.iter_mut().zip(digits.chunks(2)) {
        *field = std::str::from_utf8(two).ok().and_then(|it| it.parse().ok()).unwrap_or(0);
    }
    moment(fields, rate).unwrap_or_default()
}

/// A subtitle with the text of all its blocks.
struct Subtitle {
    number: u16,
    /// Start and end: hours, minutes, seconds and frames.
    times: [[u8; 4]; 2],
    text: Vec<u8>,
}

/// Puts blocks together to subtitles.
fn subtitles(blocks: &[u8], warnings: &mut Vec<Warning>) -> Vec<Subtitle> {
    /// The number of the last block of a subtitle.
    const LAST: u8 = 0xFF;
    const USER_DATA: u8 = 0xFE;
    const COMMENT: u8 = 1;
    let mut found: Vec<Subtitle> = Vec::new();
    let mut goes_on = false;
    for block in blocks.chunks(BLOCK) {
        let (Some([_, low, high, extension, _, times @ ..]), Some(text)) =
            (block.first_chunk::<13>(), block.get(TEXT..))
        else {
            continue;
        };
        if *extension == USER_DATA || block.get(15) == Some(&COMMENT) {
            continue;
        }
        let number = u16::from_le_bytes([*low, *high]);
        if let Some(last) = found.last_mut().filter(|last| goes_on && last.number == number) {
            last.text.extend_from_slice(text);
        } else {
            let mut fields = [[0; 4]; 2];
            fields.as_flattened_mut().copy_from_slice(times);
            found.push(Subtitle { number, times: fields, text: text.to_vec() });
        }
        goes_on = *extension != LAST;
    }
    if let Some(last) = found.last().filter(|_| goes_on) {
        warnings.push(Warning::whole(format!("subtitle {} has no end", last.number)));
    }
    found
}

/// What is wrong with the times of a subtitle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
enum BadTime {
    #[error("its times cannot be read; its text is kept without a time")]
    Unreadable,
    #[error("it ends before it starts; only its start is used")]
    Backwards(TimeSpan),
}

fn time([first, last]: [[u8; 4]; 2], rate: u64, start: Time) -> Result<Option<TimeSpan>, BadTime> {
    let since = |time: Time| Time(time.0.checked_sub(start.0).unwrap_or(time.0));
    let read = |fields| moment(fields, rate).map(since).ok_or(BadTime::Unreadable);
    let (first, last) = (read(first)?, read(last)?);
    let time = TimeSpan { start: first, end: last.max(first) };
    if last < first { Err(BadTime::Backwards(time)) } else { Ok(Some(time)) }
}

/// Hours, minutes, seconds and frames.
fn moment(fields: [u8; 4], rate: u64) -> Option<Time> {
    let [hours, minutes, seconds, frames] = fields.map(u64::from);
    let seconds = (minutes < 60 && seconds < 60).then(|| (hours * 60 + minutes) * 60 + seconds)?;
    (frames < rate).then_some(Time(seconds * 1000 + frames * 1000 / rate))
}

/// The cues of a subtitle: one for each stretch of rows in one colour.
fn coloured_rows(field: &[u8], table: Table, time: Option<TimeSpan>) -> Vec<Coloured> {
    let mut cues: Vec<Coloured> = Vec::new();
    for (colour, written) in rows(field, table) {
        let place = Place { time, ..Place::default() };
        if let Some(last) = cues.last_mut().filter(|last| last.colour == colour) {
            last.cue.text.push("\n", place);
            last.cue.text.push(&written, place);
        } else {
            let mut text = Text::default();
            text.push(&written, place);
            cues.push(Coloured { cue: Cue { time, text, ..Cue::default() }, colour });
        }
    }
    cues
}

/// The rows of a field of text that have words, with their colours.
fn rows(field: &[u8], table: Table) -> Vec<(Colour, String)> {
    /// What ends a row.
    const NEW_LINE: u8 = 0x8A;
    let mut rows = Vec::new();
    for row in field.split(|byte| *byte == NEW_LINE) {
        let mut printed = Vec::with_capacity(row.len());
        let (mut now, mut colour) = (Colour::Usual, None);
        for byte in row {
            match byte {
                0..=7 => {
                    now = Colour::of(TELETEXT[usize::from(*byte)]);
                    printed.push(b' ');
                }
                // The other control codes of teletext take a space as well.
                8..=0x20 => printed.push(b' '),
                // Italics, underlines, boxes, and what fills the field.
                0x7F..=0x9F => {}
                _ => {
                    colour = match colour {
                        None => Some(now.clone()),
                        Some(last) if last == now => Some(last),
                        Some(_) => Some(Colour::Mixed),
                    };
                    printed.push(*byte);
                }
            }
        }
        let written = single_line(&table.decode(&printed));
        if !written.is_empty() {
            rows.push((colour.unwrap_or_default(), written));
        }
    }
    rows
}

/// The colours of teletext by their codes.
const TELETEXT: [&str; 8] = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

#[cfg(test)]
mod tests;
