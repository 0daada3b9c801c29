//! Captions that roll: each cue repeats the last lines of the one before.
//!
//! Automatic captions (YouTube's among them) show a line, then the same line above the next one,
//! with very short cues that only repeat in between. Each word is kept once, at the time at which
//! it was first shown. Lines that grow by a word at a time are treated alike.
//!
//! Songs repeat lines as well. So a file rolls only when at least half of its cues repeat the one
//! before them, and some do so while a line goes or comes, which a chorus does not.

use crate::{
    place::TimeSpan,
    read::{colours::Coloured, cues::Cue},
    text::{Text, TextSpan},
};

/// A cue further than this from the end of the one before does not roll on, in milliseconds.
const LONGEST_PAUSE: u64 = 2000;
/// More lines than this are not shown at once.
const MOST_LINES: usize = 8;

/// Takes out what rolling cues repeat; leaves other cues alone.
#[must_use]
pub fn collapse(mut cues: Vec<Coloured>) -> Vec<Coloured> {
    let repeats: Vec<Repeat> = (0..cues.len())
        .map(|at| {
            at.checked_sub(1)
                .map_or(Repeat::default(), |last| repeat(&cues[last].cue, &cues[at].cue))
        })
        .collect();
    let repeated = repeats.iter().filter(|it| it.bytes > 0).count();
    let moved = repeats.iter().filter(|it| it.moves).count();
    let rolls = repeated * 2 >= cues.len().saturating_sub(1) && moved * 4 >= repeated && moved > 0;
    if !rolls {
        return cues;
    }
    for (Coloured { cue, .. }, repeat) in
        cues.iter_mut().zip(repeats).filter(|(_, repeat)| repeat.bytes > 0)
    {
        let rest = &cue.text.as_str()[repeat.bytes..];
        let start = cue.text.len() - rest.trim_start().len();
        cue.text = if start == cue.text.len() {
            Text::default()
        } else {
            cue.text.slice(TextSpan { start, end: cue.text.len() })
        };
    }
    cues.retain(|it| !it.cue.text.is_empty());
    cues
}

/// Ends each cue when the next one starts, at the latest.
///
/// Formats of YouTube keep a line on screen while the next one is said, without repeating it.
pub fn end_at_next<'a>(times: impl DoubleEndedIterator<Item = &'a mut TimeSpan>) {
    let mut next = None;
    for time in times.rev() {
        if let Some(next) = next.filter(|next| *next >= time.start) {
            time.end = time.end.min(next);
        }
        next = Some(time.start);
    }
}

/// How much of a cue was shown by the one before.
#[derive(Clone, Copy, Default)]
struct Repeat {
    /// Bytes from its start.
    bytes: usize,
    /// Whether a line went or came.
    moves: bool,
}

fn repeat(last: &Cue, cue: &Cue) -> Repeat {
    let (Some(before), Some(now)) = (last.time, cue.time) else {
        return Repeat::default();
    };
    if last.speaker != cue.speaker || now.start.0 > before.end.0 + LONGEST_PAUSE {
        return Repeat::default();
    }
    let shown: Vec<_> = last.text.as_str().split('\n').map(str::trim).collect();
    let lines: Vec<_> = cue.text.as_str().split('\n').map(str::trim).collect();
    for count in (1..=shown.len().min(lines.len()).min(MOST_LINES)).rev() {
        let tail = &shown[shown.len() - count..];
        let (whole, grown) = (&tail[..count - 1], tail[count - 1]);
        let Some(more) =
            lines[count - 1].strip_prefix(grown).filter(|_| lines[..count - 1] == *whole)
        else {
            continue;
        };
        let at_word_end = more.is_empty() || more.starts_with(' ');
        if !at_word_end || grown.is_empty() {
            continue;
        }
        let line =
            cue.text.as_str().split('\n').take(count - 1).map(|it| it.len() + 1).sum::<usize>();
        let indent = cue.text.as_str()[line..].len() - cue.text.as_str()[line..].trim_start().len();
        let moves = count < shown.len() || count < lines.len() || !more.is_empty();
        return Repeat { bytes: line + indent + grown.len(), moves };
    }
    Repeat::default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::{Place, Time};

    fn collapsed(cues: &[(u64, u64, &str)]) -> Vec<(u64, String)> {
        let cue = |(start, end, words): &(u64, u64, &str)| {
            let time = Some(TimeSpan { start: Time(*start), end: Time(*end) });
            let mut text = Text::default();
            text.push(words, Place { time, ..Place::default() });
            Cue { time, text, ..Cue::default() }
        };
        let cues = collapse(cues.iter().map(cue).map(Coloured::from).collect());
        let start = |cue: &Cue| cue.time.map_or(0, |time| time.start.0);
        cues.iter().map(|it| (start(&it.cue), it.cue.text.as_str().to_owned())).collect()
    }

    #[test]
    fn each_line_of_rolling_cues_is_kept_once_at_its_first_time() {
        let cues = [
            (0, 1990, "so today"),
            (1990, 2000, "so today"),
            (2000, 3990, "so today\nwe build"),
            (3990, 4000, "we build"),
            (4000, 6000, "we build\na shop"),
        ];
        let expected = [(0, "so today".into()), (2000, "we build".into()), (4000, "a shop".into())];
        assert_eq!(collapsed(&cues), expected);
    }

    #[test]
    fn lines_that_grow_are_kept_word_by_word() {
        let cues = [(0, 1000, "so"), (1000, 2000, "so today"), (2000, 3000, "so today we")];
        assert_eq!(
            collapsed(&cues),
            [(0, "so".into()), (1000, "today".into()), (2000, "we".into())]
        );
    }

    #[test]
    fn a_cue_ends_when_the_next_one_starts() {
        let span = |start, end| TimeSpan { start: Time(start), end: Time(end) };
        let mut times = [span(0, 9), span(5, 12), span(20, 30), span(3, 4)];
        end_at_next(times.iter_mut());
        assert_eq!(times, [span(0, 5), span(5, 12), span(20, 30), span(3, 4)]);
    }

    #[test]
    fn a_chorus_is_kept() {
        let cues = [(0, 1000, "la la"), (1000, 2000, "la la"), (2000, 3000, "la la")];
        assert_eq!(collapsed(&cues).len(), 3);
    }
}
