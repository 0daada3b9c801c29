//! Timed lyrics (`.lrc`): lines with one time or more before them, `[mm:ss.xx]`.
//!
//! A line is sung until the next one starts. A line with several times is kept once, at the first
//! of them. `[ti:Title]` is the title, `[offset:+500]` lets everything come earlier by so many
//! milliseconds; the other tags are left out. Times inside a line (`<00:12.00>`) are those of its
//! words.

use crate::{
    place::{Time, TimeSpan},
    read::{
        Read, Reader,
        caption::read_cue,
        cues::turns,
        lines::{Line, lines},
        plain,
        single_line::single_line,
        timestamp,
    },
    transcript::{Metadata, Transcript, Warning},
};

/// Timed lyrics.
pub const READER: Reader = Reader {
    format: "lrc",
    extensions: &["lrc"],
    version: 3,
    // `[0:01] text` is also how transcripts are written: only the name tells.
    recognises: |_| false,
    read: Read::Text(read),
};

fn read(source: &str) -> Transcript {
    let mut metadata = Metadata::default();
    let mut offset = 0_i64;
    let mut sung: Vec<(Option<Time>, Line<'_>)> = Vec::new();
    for line in lines(source) {
        let mut line = line.trim();
        if let Some((name, value)) = tag(line.text) {
            match name {
                "ti" => metadata.title = Some(single_line(value)).filter(|it| !it.is_empty()),
                "offset" => offset = value.trim().trim_start_matches('+').parse().unwrap_or(0),
                _ => {}
            }
            continue;
        }
        let mut first = None;
        while let Some((time, length)) =
            timestamp::mark(line.text).filter(|_| line.text.starts_with('['))
        {
            first = first.map_or(Some(time), |first: Time| Some(first.min(time)));
            line = line.after(length).trim();
        }
        // A line without words still ends the one before it.
        if first.is_some() || !line.text.is_empty() {
            sung.push((first, line));
        }
    }
    if sung.iter().all(|(time, _)| time.is_none()) {
        return plain::without_cues(source);
    }
    let mut warnings = Vec::new();
    if let Some((_, line)) = sung.iter().find(|(time, line)| time.is_none() && !line.is_blank()) {
        warnings.push(Warning::at(line.at.line, "a line without a time; it is kept without one"));
    }
    let in_order = sung.iter().filter_map(|(time, _)| *time).is_sorted();
    if !in_order {
        sort(&mut sung);
    }
    let offset_before = i64::saturating_neg(offset);
    let shifted = |time: Time| Time(time.0.saturating_add_signed(offset_before));
    let mut cues = Vec::with_capacity(sung.len());
    let mut next = None;
    let mut ends: Vec<_> = Vec::with_capacity(sung.len());
    for (time, _) in sung.iter().rev() {
        ends.push(next.or(*time));
        next = time.or(next);
    }
    for ((time, line), end) in sung.iter().zip(ends.into_iter().rev()) {
        let time = time.zip(end).map(|(start, end)| {
            let start = shifted(start);
            TimeSpan { start, end: shifted(end).max(start) }
        });
        read_cue(source, time, &[*line], &mut cues);
    }
    Transcript { metadata, turns: turns(source, cues), warnings }
}

/// Puts lines in the order of their times. One without a time stays behind the one before it.
fn sort(sung: &mut [(Option<Time>, Line<'_>)]) {
    let mut last = None;
    let mut starts: Vec<_> = Vec::with_capacity(sung.len());
    for (time, line) in sung.iter() {
        last = time.or(last);
        starts.push((line.start, last));
    }
    let start = |line: &Line<'_>| {
        let at = starts.binary_search_by_key(&line.start, |(byte, _)| *byte);
        at.ok().and_then(|at| starts[at].1)
    };
    sung.sort_by_key(|(_, line)| start(line));
}

/// `[ti:Title]`.
fn tag(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.strip_prefix('[')?.strip_suffix(']')?.split_once(':')?;
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_name.then_some((name, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(source: &str) -> Vec<(u64, u64)> {
        let turns = read(source).turns;
        let parts = turns[0].text.parts().iter().filter_map(|it| it.place.time);
        parts.map(|it| (it.start.0, it.end.0)).collect()
    }

    #[test]
    fn a_line_is_sung_until_the_next_one() {
        let source = "[ti:A song]\n[00:01.50]one\n[00:03.00]\n[00:05.00]two";
        let transcript = read(source);
        assert_eq!(transcript.metadata.title, Some("A song".into()));
        assert_eq!(transcript.turns[0].text.as_str(), "one\ntwo");
        assert_eq!(times(source), [(1500, 3000), (5000, 5000)]);
    }

    #[test]
    fn an_offset_moves_all_times() {
        assert_eq!(
            times("[offset:+500]\n[00:01.50]one\n[00:03.00]two"),
            [(1000, 2500), (2500, 2500)]
        );
        assert_eq!(times("[offset:x]\n[00:01.50]one"), [(1500, 1500)]);
    }

    #[test]
    fn words_with_times_have_parts_of_their_own() {
        let source = "[00:01.00]<00:01.00>one <00:02.00>two\n[00:04.00]";
        assert_eq!(times(source), [(1000, 2000), (2000, 4000)]);
    }

    #[test]
    fn a_line_without_a_time_is_kept_with_a_warning() {
        let transcript = read("intro\n[00:01.00]one");
        assert_eq!(transcript.turns[0].text.as_str(), "intro\none");
        assert_eq!(transcript.warnings[0].line, Some(1));
    }
}
