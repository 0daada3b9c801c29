//! Scenarist closed captions (`.scc`): CEA-608 codes in hexadecimal, a time before each line of
//! them: <https://www.law.cornell.edu/cfr/text/47/79.101>.
//!
//! The codes are played as a television set plays them (`screen`): loaded and shown (pop-on),
//! rolled up line by line, or painted on. Each word is kept once, at the time at which it was first
//! shown. A code takes a frame of 1/29.97 s; `;` before the frames of a time says that numbers of
//! frames were dropped, so that the clock keeps step with real time. Of several channels the first
//! one with words is read, with a warning.

mod characters;
mod codes;
mod screen;

use crate::{
    place::{SourceSpan, Time},
    read::{
        Read, Reader,
        caption::read_cue,
        cues::{Cue, sort, turns},
        lines::{Line, lines},
        plain,
        scc::{codes::code, screen::Screen},
    },
    transcript::{Metadata, Transcript, Warning},
};

/// Scenarist closed captions.
pub const READER: Reader =
    Reader { format: "scc", extensions: &["scc"], version: 2, recognises, read: Read::Text(read) };

fn recognises(head: &str) -> bool {
    head.trim_start().starts_with("Scenarist_SCC")
}

fn read(source: &str) -> Transcript {
    let (mut cues, mut warnings) = (Vec::new(), Vec::new());
    let mut channels = [Screen::default(), Screen::default()];
    let mut channel = 0;
    let mut frame = 0;
    let mut any = false;
    for line in lines(source) {
        let line = line.trim();
        if line.is_blank() || (!any && recognises(line.text)) {
            continue;
        }
        let Some((start, length)) = time_code(line.text) else {
            warnings
                .push(Warning::at(line.at.line, "a line without a time; it is kept as it stands"));
            read_cue(source, None, &[line], &mut cues);
            continue;
        };
        any = true;
        frame = start;
        let mut last = None;
        for word in codes_of(line.after(length)) {
            let Some(pair) = pair(word.text) else {
                let message = "a code that is no four hexadecimal digits is left out";
                warnings.push(Warning::at(line.at.line, message));
                continue;
            };
            // A control code comes twice, in case one of the two is lost on the air.
            let repeated = last == Some(pair);
            let code = code(pair);
            last = (!repeated && code.is_control()).then_some(pair);
            if !repeated {
                channel = code.channel().unwrap_or(channel);
                let screen = &mut channels[channel];
                screen.play(code, moment(frame), word.span(0..word.text.len()), &mut warnings);
            }
            frame += 1;
        }
    }
    if !any {
        return plain::without_cues(source);
    }
    let played = channels.map(|screen| screen.finish(moment(frame), &mut warnings));
    cues.extend(one_channel(played, &mut warnings));
    sort(&mut cues);
    Transcript { metadata: Metadata::default(), turns: turns(source, cues), warnings }
}

/// The captions of the first channel that has some.
fn one_channel(played: [Vec<Cue>; 2], warnings: &mut Vec<Warning>) -> Vec<Cue> {
    let [first, second] = played;
    match (first.is_empty(), second.len()) {
        (true, _) => second,
        (false, 0) => first,
        (false, count) => {
            let message =
                format!("only the captions of channel CC1 are read, not {count} of channel CC2");
            warnings.push(Warning::whole(message));
            first
        }
    }
}

/// A time such as `00:02:18;20` at the start of a line, in frames from the start of the recording,
/// and how many bytes it takes.
fn time_code(line: &str) -> Option<(u64, usize)> {
    let end = line.find(char::is_whitespace).unwrap_or(line.len());
    let mut fields = line[..end].split([':', ';', '.', ',']);
    let mut field = |most: u64| {
        let digits = fields.next().filter(|it| matches!(it.len(), 1..=3))?;
        let is_number = digits.bytes().all(|it| it.is_ascii_digit());
        digits.parse().ok().filter(|number: &u64| is_number && *number <= most)
    };
    let (hours, minutes, seconds, frames) = (field(999)?, field(59)?, field(59)?, field(29)?);
    if fields.next().is_some() {
        return None;
    }
    let minutes = hours * 60 + minutes;
    let counted = (minutes * 60 + seconds) * 30 + frames;
    // Two numbers are left out at the start of each minute that is no tenth one.
    let drops = line[..end].contains([';', '.', ',']);
    let dropped = if drops { (minutes - minutes / 10) * 2 } else { 0 };
    Some((counted.saturating_sub(dropped), end))
}

/// When a frame is shown: there are 30,000 of them in 1,001 seconds.
fn moment(frame: u64) -> Time {
    Time(frame * 1001 / 30)
}

/// The codes of a line: what stands between white space.
fn codes_of(line: Line<'_>) -> impl Iterator<Item = Line<'_>> {
    let mut rest = line.trim();
    std::iter::from_fn(move || {
        let end = rest.text.find(char::is_whitespace).unwrap_or(rest.text.len());
        let word = rest.before(end);
        rest = rest.after(end).trim();
        (!word.text.is_empty()).then_some(word)
    })
}

/// Two bytes in hexadecimal, without their parity bits.
fn pair(word: &str) -> Option<(u8, u8)> {
    let is_hexadecimal = word.len() == 4 && word.bytes().all(|it| it.is_ascii_hexdigit());
    let number = u16::from_str_radix(word, 16).ok().filter(|_| is_hexadecimal)?;
    let [first, second] = number.to_be_bytes();
    Some((first & 0x7F, second & 0x7F))
}

/// A character on the screen: what it is, when it appeared, and which code it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Cell {
    character: char,
    since: Time,
    source: SourceSpan,
}

#[cfg(test)]
mod tests;
