//! CHAT, the transcripts of CHILDES and TalkBank (`.cha`): <https://talkbank.org/manuals/CHAT.html>.
//!
//! A main line (`*CHI:`) is an utterance, which goes on in lines that start with a tab. Dependent
//! tiers (`%mor:`, `%gra:`, `%com:` and their like) are left out, and so are headers (`@Begin`) but
//! for the participants, the languages, the date and the media. What a speaker is called comes from
//! `@Participants`: the name, or the role, or the code where two would be called the same. What the
//! codes inside an utterance become is told by `words`.

mod words;

use std::{collections::HashMap, ops::Range};

use crate::{
    place::{Time, TimeSpan},
    read::{
        Read, Reader,
        cues::{self, Cue},
        language,
        lines::{Line, lines},
        pieces::Pieces,
        single_line::single_line,
    },
    transcript::{Date, Metadata, Speaker, Transcript, Warning},
};

/// CHAT.
pub const READER: Reader =
    Reader { format: "chat", extensions: &["cha"], version: 2, recognises, read: Read::Text(read) };

fn recognises(head: &str) -> bool {
    let mut lines = head.lines().map(str::trim_end).filter(|line| !line.is_empty());
    match lines.next() {
        Some("@Begin") => true,
        Some("@UTF8") => {
            lines.find(|line| {
                !line.starts_with("@Font")
                    && !line.starts_with("@Window")
                    && !line.starts_with("@PID")
                    && !line.starts_with("@Color")
            }) == Some("@Begin")
        }
        _ => false,
    }
}

/// A tier: its name, and its content line by line.
#[derive(Debug)]
struct Tier<'a> {
    /// `@Date`, `*CHI` or `%mor`.
    name: &'a str,
    lines: Vec<Line<'a>>,
}

fn read(text: &str) -> Transcript {
    let mut warnings = Vec::new();
    let tiers = tiers(text, &mut warnings);
    let mut metadata = Metadata::default();
    let mut participants: Vec<(String, String)> = Vec::new();
    let mut cues = Vec::new();
    for tier in &tiers {
        let content = || {
            let lines: Vec<_> = tier.lines.iter().map(|line| line.text).collect();
            single_line(&lines.join(" "))
        };
        match tier.name {
            "@Participants" => participants = named(&content()),
            "@Languages" => {
                metadata.language = content().split(',').next().and_then(language::code);
            }
            "@Date" => {
                metadata.date = date(&content());
                if metadata.date.is_none() {
                    let message = format!("`{}` is no date: write it as 02-MAR-2024", content());
                    warnings.push(Warning::at(line_of(tier), message));
                }
            }
            "@Media" => {
                let name = content().split([',', ' ']).next().unwrap_or_default().to_owned();
                metadata.url = Some(name).filter(|name| name.contains("://"));
            }
            name if name.starts_with('*') => {
                let code = &name[1..];
                let known = participants.iter().find(|(known, _)| known == code);
                let speaker = known.map_or(code, |(_, name)| name);
                cues.extend(utterance(
                    text,
                    Some(speaker).filter(|it| !it.is_empty()),
                    tier,
                    &mut warnings,
                ));
            }
            "" => cues.extend(utterance(text, None, tier, &mut warnings)),
            _ => {}
        }
    }
    warnings.sort();
    Transcript { metadata, turns: cues::turns_of_named(text, cues), warnings }
}

fn line_of(tier: &Tier<'_>) -> u32 {
    tier.lines.first().map_or(1, |line| line.at.line)
}

/// The tiers of a file. A line that belongs to none is one without a name.
fn tiers<'a>(text: &'a str, warnings: &mut Vec<Warning>) -> Vec<Tier<'a>> {
    let mut tiers: Vec<Tier<'a>> = Vec::new();
    for line in lines(text).filter(|line| !line.is_blank()) {
        let goes_on = line.text.starts_with(['\t', ' ']);
        if let Some(last) = tiers.last_mut().filter(|_| goes_on) {
            last.lines.push(line.trim());
            continue;
        }
        let has_mark = line.text.starts_with(['@', '*', '%']);
        let colon = line.text.find(':').filter(|_| has_mark);
        if !has_mark {
            let message = "the line belongs to no tier; it is kept as nobody's";
            warnings.push(Warning::at(line.at.line, message));
        } else if colon.is_none() && line.text.starts_with('*') {
            let message = "the line has no colon after its speaker; it is kept as nobody's";
            warnings.push(Warning::at(line.at.line, message));
        }
        let is_name = colon.is_some() || line.text.starts_with(['@', '%']);
        let name =
            if is_name { line.text[..colon.unwrap_or(line.text.len())].trim_end() } else { "" };
        let content = line.after(colon.map_or(0, |colon| colon + 1)).trim();
        let lines = if is_name && colon.is_none() { Vec::new() } else { vec![content] };
        tiers.push(Tier { name, lines });
    }
    tiers
}

/// `CHI Caroline Target_Child, MOT Mother`: what each code is called.
fn named(participants: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for participant in participants.split(',') {
        let words: Vec<&str> = participant.split_whitespace().collect();
        let name = match words.as_slice() {
            [] => continue,
            [code] => code,
            [_, role] => role,
            [_, name, ..] => name,
        };
        found.push((words[0].to_owned(), name.replace('_', " ")));
    }
    let mut count: HashMap<String, usize> = HashMap::new();
    for (_, name) in &found {
        *count.entry(name.clone()).or_default() += 1;
    }
    for (code, name) in &mut found {
        if count.get(name).is_some_and(|count| *count > 1) {
            name.clone_from(code);
        }
    }
    found
}

/// `02-MAR-2024`.
fn date(written: &str) -> Option<Date> {
    const MONTHS: [&str; 12] =
        ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    let mut parts = written.split('-');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let month = MONTHS.iter().position(|name| name.eq_ignore_ascii_case(month))? + 1;
    format!("{year}-{month:02}-{day}").parse().ok()
}

/// What somebody says, with the time of its bullets.
fn utterance(
    source: &str,
    speaker: Option<&str>,
    tier: &Tier<'_>,
    warnings: &mut Vec<Warning>,
) -> Option<Cue> {
    let time = tier.lines.iter().flat_map(|line| bullets(line.text)).filter_map(|(_, time)| time);
    let time = time.reduce(|a, b| TimeSpan { start: a.start.min(b.start), end: a.end.max(b.end) });
    let mut pieces = Pieces::new(source);
    let mut writer = words::Writer::new(&mut pieces, time);
    for line in &tier.lines {
        let mut start = 0;
        for (bytes, _) in bullets(line.text) {
            writer.write(&line.before(bytes.start).after(start));
            start = bytes.end;
        }
        writer.write(&line.after(start));
    }
    if writer.is_open() {
        let message = "a code in square brackets never closes; what follows it is left out";
        warnings.push(Warning::at(line_of(tier), message));
    }
    let text = pieces.take();
    let speaker = speaker.map(|name| Speaker(single_line(name)));
    (!text.is_empty()).then_some(Cue { time, speaker, text })
}

/// The mark around the times of an utterance, in milliseconds.
const BULLET: char = '\u{15}';

/// The bullets of a line, with the times of those that have any.
fn bullets(line: &str) -> impl Iterator<Item = (Range<usize>, Option<TimeSpan>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + line.get(at..)?.find(BULLET)?;
        let inner = start + 1;
        // One that never closes ends with its times.
        let end_of_times = || {
            let is_time = |it: char| it.is_ascii_digit() || it == '_';
            line[inner..].find(|it| !is_time(it)).unwrap_or(line.len() - inner)
        };
        let end = inner + line[inner..].find(BULLET).unwrap_or_else(end_of_times);
        let mut numbers = line[inner..end].rsplit('_').map(|it| it.trim().parse::<u64>().ok());
        let times = numbers.next().flatten().zip(numbers.next().flatten());
        let time =
            times.map(|(end, start)| TimeSpan { start: Time(start), end: Time(end.max(start)) });
        at = end + usize::from(line[end..].starts_with(BULLET));
        Some((start..at, time))
    })
}

#[cfg(test)]
mod tests;
