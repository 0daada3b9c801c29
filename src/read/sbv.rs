//! YouTube's own caption format (`.sbv`): a line with two times parted by a comma, text, an empty
//! line. It has no specification. Square brackets and `>>` are text.

use crate::{
    place::{Time, TimeSpan},
    read::{Read, Reader, caption::read_cue, cues::turns, lines::lines, plain, timestamp},
    transcript::{Metadata, Transcript, Warning},
};

/// YouTube captions.
pub const READER: Reader =
    Reader { format: "sbv", extensions: &["sbv"], version: 3, recognises, read: Read::Text(read) };

fn recognises(head: &str) -> bool {
    let first = head.lines().map(str::trim).find(|line| !line.is_empty());
    first.is_some_and(|line| matches!(timing(line), Some(Ok(_))) && line.matches('.').count() == 2)
}

/// A line with two times; an error when it was meant to be one and cannot be read.
fn timing(line: &str) -> Option<Result<(Time, Time), ()>> {
    let (start, end) = line.split_once(',')?;
    let is_time = |it: &str| {
        it.starts_with(|it: char| it.is_ascii_digit())
            && it.bytes().filter(|byte| *byte == b':').count() == 2
            && !it.contains(char::is_whitespace)
    };
    if !is_time(start) || !is_time(end) {
        return None;
    }
    let whole = |it: &str| timestamp::clock(it).filter(|(_, length)| *length == it.len());
    Some(whole(start).zip(whole(end)).map(|((start, _), (end, _))| (start, end)).ok_or(()))
}

fn read(source: &str) -> Transcript {
    let lines: Vec<_> = lines(source).map(|line| line.trim()).collect();
    let timings: Vec<_> = (0..lines.len())
        .filter_map(|at| timing(lines[at].text).map(|timing| (at, timing)))
        .collect();
    let Some((first, _)) = timings.first() else {
        return plain::without_cues(source);
    };
    let (mut cues, mut warnings) = (Vec::new(), Vec::new());
    if let Some(line) = lines[..*first].iter().find(|line| !line.text.is_empty()) {
        let message = "text before the first cue; it is kept without a time";
        warnings.push(Warning::at(line.at.line, message));
        read_cue(source, None, &lines[..*first], &mut cues);
    }
    for (index, (at, timing)) in timings.iter().enumerate() {
        let end = timings.get(index + 1).map_or(lines.len(), |(next, _)| *next);
        let mut warn = |message: &str| warnings.push(Warning::at(lines[*at].at.line, message));
        let time = match *timing {
            Ok((start, end)) if start <= end => Some(TimeSpan { start, end }),
            Ok((start, _)) => {
                warn("the cue ends before it starts; only its start is used");
                Some(TimeSpan { start, end: start })
            }
            Err(()) => {
                warn("the times of the cue cannot be read; its text is kept without a time");
                None
            }
        };
        read_cue(source, time, &lines[at + 1..end], &mut cues);
    }
    Transcript { metadata: Metadata::default(), turns: turns(source, cues), warnings }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cues_are_joined_and_keep_their_times() {
        let transcript =
            read("0:00:01.000,0:00:02.500\nOne\ntwo\n\n0:00:03.000,0:00:04.000\nthree");
        let text = &transcript.turns[0].text;
        assert_eq!(text.as_str(), "One\ntwo\nthree");
        let times: Vec<_> = text.parts().iter().filter_map(|part| part.place.time).collect();
        let span = |start, end| TimeSpan { start: Time(start), end: Time(end) };
        assert_eq!(times, [span(1000, 2500), span(3000, 4000)]);
        assert_eq!(transcript.warnings, []);
    }

    #[test]
    fn broken_and_backward_times_are_warnings_and_their_text_is_kept() {
        let transcript =
            read("x\n\n0:00:13.f89,0:00:15.489\na\n\n0:00:17.484,0:00:16.543\nb\n\n0:01,5 c");
        assert_eq!(transcript.turns[0].text.as_str(), "x\na\nb\n0:01,5 c");
        let lines: Vec<_> = transcript.warnings.iter().map(|it| it.line).collect();
        assert_eq!(lines, [Some(1), Some(3), Some(6)]);
    }
}
