//! `MicroDVD` (`.sub`): `{start}{end}text`, counted in frames, with lines parted by `|`.
//!
//! The rate of the frames is that of the film. A first event at frame 1 may state it; if none does,
//! it is taken to be 23.976 frames per second, as players do, and a warning says so. Codes such as
//! `{y:i}` and a slash before a line (italics) are no text.

use crate::{
    place::Time,
    read::{
        Read, Reader,
        caption::{Timing, read_coloured_cue, time},
        cues::turns,
        lines::{Line, lines},
        plain,
    },
    transcript::{Metadata, Transcript, Warning},
};

/// `MicroDVD` captions.
pub const READER: Reader = Reader {
    format: "microdvd",
    extensions: &["sub"],
    version: 3,
    recognises,
    read: Read::Text(read),
};

/// Frames per second where the file does not say: film as it is shown on television.
const USUAL_RATE: f64 = 24_000.0 / 1001.0;

fn recognises(head: &str) -> bool {
    let first = head.lines().map(str::trim).find(|line| !line.is_empty());
    first.is_some_and(|line| frames(line).is_some())
}

/// The two frames at the start of a line, and how many bytes they take. The end may be missing.
fn frames(line: &str) -> Option<(u32, Option<u32>, usize)> {
    let (start, rest) = line.strip_prefix('{')?.split_once('}')?;
    let (end, text) = rest.strip_prefix('{')?.split_once('}')?;
    let end = if end.trim().is_empty() { None } else { Some(end.trim().parse().ok()?) };
    Some((start.trim().parse().ok()?, end, line.len() - text.len()))
}

fn read(source: &str) -> Transcript {
    let mut rate = None;
    let (mut cues, mut warnings) = (Vec::new(), Vec::new());
    let mut counted = 0;
    for line in lines(source) {
        let line = line.trim();
        if line.text.is_empty() {
            continue;
        }
        let Some((start, end, length)) = frames(line.text) else {
            let message = "a line without frames; it is kept without a time";
            warnings.push(Warning::at(line.at.line, message));
            read_coloured_cue(source, None, &parts(line), &mut cues);
            continue;
        };
        let text = line.after(length);
        counted += 1;
        if counted == 1 && start <= 1 {
            rate = text.text.trim().parse::<f64>().ok().filter(|it| (1.0..1000.0).contains(it));
            if rate.is_some() {
                continue;
            }
        }
        let moment = |frame: u32| moment(frame, rate.unwrap_or(USUAL_RATE));
        let start = moment(start);
        let timing = Timing::between(start, end.map_or(start, moment));
        let time = time(timing, line.at.line, &mut warnings);
        read_coloured_cue(source, time, &parts(text), &mut cues);
    }
    if counted == 0 {
        return plain::without_cues(source);
    }
    if rate.is_none() {
        let message = "does not state its frame rate; 23.976 frames per second are assumed";
        warnings.push(Warning::whole(message));
    }
    Transcript { metadata: Metadata::default(), turns: turns(source, cues), warnings }
}

fn moment(frame: u32, rate: f64) -> Time {
    let seconds = f64::from(frame) / rate;
    let duration = std::time::Duration::try_from_secs_f64(seconds).unwrap_or_default();
    Time(u64::try_from(duration.as_millis()).unwrap_or(u64::MAX))
}

/// The lines of a cue, without the slash of italics.
fn parts(line: Line<'_>) -> Vec<Line<'_>> {
    let mut parts = Vec::new();
    let mut rest = line;
    loop {
        let bar = rest.text.find('|');
        let part = bar.map_or(rest, |bar| rest.before(bar));
        parts.push(if part.text.starts_with('/') { part.after(1) } else { part });
        match bar {
            Some(bar) => rest = rest.after(bar + 1),
            None => return parts,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::TimeSpan;

    fn first_time(source: &str) -> Option<TimeSpan> {
        read(source).turns[0].text.parts()[0].place.time
    }

    #[test]
    fn frames_become_times_by_the_rate_of_the_file() {
        let span = |start, end| Some(TimeSpan { start: Time(start), end: Time(end) });
        let stated = "{1}{1}25.000\n{25}{50}{y:i}one|/two\n";
        assert_eq!(first_time(stated), span(1000, 2000));
        assert_eq!(read(stated).turns[0].text.as_str(), "one\ntwo");
        assert_eq!(read(stated).warnings, []);
        assert_eq!(first_time("{24}{48}one"), span(1001, 2002));
        let message = "does not state its frame rate; 23.976 frames per second are assumed";
        assert_eq!(read("{24}{48}one").warnings, [Warning::whole(message)]);
    }

    #[test]
    fn odd_lines_are_warnings_and_their_text_is_kept() {
        let transcript = read("{0}{0}25\n{50}{25}one\n{x}{25}two\n{75}{}three");
        assert_eq!(transcript.turns[0].text.as_str(), "one\n{x}{25}two\nthree");
        let lines: Vec<_> = transcript.warnings.iter().map(|it| it.line).collect();
        assert_eq!(lines, [Some(2), Some(3)]);
    }
}
