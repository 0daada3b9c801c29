//! YouTube's own caption format (`.sbv`): a line with two times parted by a comma, text, an empty
//! line. It has no specification. Square brackets and `>>` are text.

use crate::{
    read::{
        Read, Reader,
        caption::{Timing, read_cue, time, warn_of_text_before},
        cues::turns,
        lines::lines,
        plain, timestamp,
    },
    transcript::{Metadata, Transcript},
};

/// YouTube captions.
pub const READER: Reader =
    Reader { format: "sbv", extensions: &["sbv"], version: 3, recognises, read: Read::Text(read) };

fn recognises(head: &str) -> bool {
    let first = head.lines().map(str::trim).find(|line| !line.is_empty());
    let has_times = |line: &str| timing(line).is_some_and(|it| it != Timing::Broken);
    first.is_some_and(|line| has_times(line) && line.matches('.').count() == 2)
}

/// A line with two times, or one that was meant to be one.
fn timing(line: &str) -> Option<Timing> {
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
    let times = whole(start).zip(whole(end));
    Some(times.map_or(Timing::Broken, |((start, _), (end, _))| Timing::between(start, end)))
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
    warn_of_text_before(&lines[..*first], &mut warnings);
    read_cue(source, None, &lines[..*first], &mut cues);
    for (index, (at, timing)) in timings.iter().enumerate() {
        let end = timings.get(index + 1).map_or(lines.len(), |(next, _)| *next);
        let time = time(*timing, lines[*at].at.line, &mut warnings);
        read_cue(source, time, &lines[at + 1..end], &mut cues);
    }
    Transcript { metadata: Metadata::default(), turns: turns(source, cues), warnings }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::{Time, TimeSpan};

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
