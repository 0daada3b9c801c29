//! From cues to turns: shared by all caption formats.
//!
//! Cues are joined until the speaker changes. A speaker is named by the format (`<v Ada>`), or by a
//! label at the start of a line of a cue (see [`speaker`](crate::read::speaker)); a cue without
//! either goes on with the last one, unless the format names whoever speaks in every cue. `>>`
//! without a name, and a dash at the start of a line, are a change to someone unknown: `>>` goes and
//! starts a paragraph, a dash stays in the text and starts one where nobody is known before it either,
//! unless it stands inside a sentence. So is another colour where the colours of a file tell its
//! speakers apart (see [`colours`]); it starts a paragraph. A minute of silence ends a turn;
//! of shorter pauses passages see the times.

use crate::{
    place::TimeSpan,
    read::{
        colours::{self, Coloured},
        dialogue::{Dialogue, Verdict},
        name::Name,
        pieces::Gap,
        rolling,
        speaker::{Label, Strength, label},
        turns::Turns,
    },
    text::{Text, TextSpan},
    transcript::{Speaker, Turn},
};

/// A caption: what is shown from one time to another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cue {
    /// When it is shown, where the file tells.
    pub time: Option<TimeSpan>,
    /// Who the format says is speaking.
    pub speaker: Option<Speaker>,
    /// What it says, with lines parted by `\n` and no white space at the ends.
    pub text: Text,
}

impl AsRef<Self> for Cue {
    fn as_ref(&self) -> &Self {
        self
    }
}

/// What a cue without a name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unnamed {
    /// The last speaker goes on.
    GoesOn,
    /// Nobody known speaks.
    Nobody,
}

/// The turns of cues of a format that names the speaker of each: one without a name is nobody's,
/// unless no cue has one. Otherwise like [`turns`].
#[must_use]
pub fn turns_of_named<C: Into<Coloured>>(source: &str, cues: Vec<C>) -> Vec<Turn> {
    let cues: Vec<Coloured> = cues.into_iter().map(Into::into).collect();
    let any = cues.iter().any(|it| it.cue.speaker.is_some());
    join(source, cues, if any { Unnamed::Nobody } else { Unnamed::GoesOn })
}

/// The turns of cues in the order of the file. Pass an empty `source` where texts have no place in
/// one.
#[must_use]
pub fn turns<C: Into<Coloured>>(source: &str, cues: Vec<C>) -> Vec<Turn> {
    join(source, cues.into_iter().map(Into::into).collect(), Unnamed::GoesOn)
}

fn join(source: &str, cues: Vec<Coloured>, unnamed: Unnamed) -> Vec<Turn> {
    let cues = rolling::collapse(cues);
    let in_colours = colours::tell_apart(&cues);
    let mut dialogue = Dialogue::default();
    for Coloured { cue, .. } in &cues {
        let mut any = false;
        for (_, change) in changes(cue) {
            if let Change::Label(label) = change {
                dialogue.labelled(&label);
                any = true;
            }
        }
        if !any {
            dialogue.unlabelled();
        }
    }
    let verdict = dialogue.verdict();
    let mut turns = Turns::new(source);
    let mut speaker: Option<&str> = None;
    let mut last_colour = None;
    let mut last_words = "";
    let mut last_time = None;
    for Coloured { cue, colour } in &cues {
        match &cue.speaker {
            Some(name) => speaker = Some(&name.0),
            None if unnamed == Unnamed::Nobody => speaker = None,
            None => {}
        }
        let mut start = 0;
        turns.part(Gap::Line);
        if stands_apart(last_time, cue.time) {
            turns.end();
        }
        last_time = cue.time.or(last_time);
        if in_colours && cue.speaker.is_none() && !colours::is_sound(cue) {
            if last_colour != Some(colour) {
                turns.part(Gap::Paragraph);
                speaker = colour.speaker();
            }
            last_colour = Some(colour);
        }
        for (at, change) in changes(cue) {
            let before = if at == 0 { last_words } else { cue.text.as_str()[..at].trim_end() };
            let goes_on = speaker.is_none() && is_open(before);
            let Some(cut) = counts(change, &verdict, goes_on) else {
                continue;
            };
            say(&mut turns, speaker, cue, start..at);
            start = at + cut;
            let from_nobody = change == Change::Dash && speaker.is_none();
            let is_paragraph = change == Change::Chevrons || from_nobody;
            turns.part(if is_paragraph { Gap::Paragraph } else { Gap::Line });
            speaker = match change {
                Change::Label(label) if label.kind != Name::Section => Some(label.name),
                _ => None,
            };
        }
        say(&mut turns, speaker, cue, start..cue.text.len());
        last_words = cue.text.as_str();
    }
    turns.finish()
}

/// Silence that ends a turn, in milliseconds.
const SILENCE: u64 = 60_000;

/// Whether nobody speaks for long between two cues, or the second is of another recording, which
/// starts anew. Where the first has no length, nobody knows when it ended.
fn stands_apart(before: Option<TimeSpan>, now: Option<TimeSpan>) -> bool {
    let (Some(before), Some(now)) = (before, now) else { return false };
    let is_silence = now.start.0.saturating_sub(before.end.0) >= SILENCE;
    let is_anew = before.start.0.saturating_sub(now.start.0) >= SILENCE;
    (is_silence && before.end > before.start) || is_anew
}

/// Puts cues in the order of their starts, for formats that have them in any order. One without a
/// time stays behind the one before it.
pub fn sort<C: AsRef<Cue>>(cues: &mut Vec<C>) {
    let start = |cue: &C| cue.as_ref().time.map(|time| time.start);
    if cues.iter().filter_map(start).is_sorted() {
        return;
    }
    let mut last = None;
    let mut keyed = Vec::with_capacity(cues.len());
    for cue in cues.drain(..) {
        last = start(&cue).or(last);
        keyed.push((last, cue));
    }
    keyed.sort_by_key(|(start, _)| *start);
    cues.extend(keyed.into_iter().map(|(_, cue)| cue));
}

fn say(turns: &mut Turns<'_>, speaker: Option<&str>, cue: &Cue, bytes: std::ops::Range<usize>) {
    let words = cue.text.as_str()[bytes.clone()].trim_end();
    let start = bytes.end - cue.text.as_str()[bytes.clone()].trim_start().len();
    if words.trim_start().is_empty() {
        return;
    }
    let end = bytes.start + words.len();
    turns.begin(speaker);
    turns.part(Gap::Line);
    if start == 0 && end == cue.text.len() {
        turns.append(&cue.text);
    } else {
        turns.append(&cue.text.slice(TextSpan { start, end }));
    }
}

/// Whether a sentence goes on behind these lines: they end in a word or a comma, and none of them
/// begins with a dash, as the lines of a conversation do.
fn is_open(lines: &str) -> bool {
    lines.ends_with(|it: char| it.is_alphanumeric() || ",;，、،".contains(it))
        && !lines.split('\n').any(|line| line.starts_with(is_dash))
}

fn is_dash(character: char) -> bool {
    matches!(character, '-' | '–' | '—' | '‐')
}

/// What may be a change of speaker at the start of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change<'a> {
    Label(Label<'a>),
    Chevrons,
    /// A dash before a word.
    Dash,
}

/// How many bytes a change takes away, if it is one. `goes_on` is whether nobody known is in the
/// middle of a sentence.
fn counts(change: Change<'_>, verdict: &Verdict<'_>, goes_on: bool) -> Option<usize> {
    match change {
        Change::Label(label) if !verdict.accepts(&label) => None,
        Change::Label(label) if label.kind == Name::Section => Some(0),
        Change::Label(label) => Some(label.length),
        Change::Chevrons => Some(2),
        Change::Dash => (!goes_on).then_some(0),
    }
}

/// The places in a cue where the speaker may change.
fn changes(cue: &Cue) -> Vec<(usize, Change<'_>)> {
    let mut found = Vec::new();
    if cue.speaker.is_some() {
        return found;
    }
    let text = cue.text.as_str();
    let mut at = 0;
    let mut last = "";
    for line in text.split('\n') {
        let dash = line.chars().next().filter(|it| is_dash(*it));
        let lead = dash.map_or(0, |dash| {
            let rest = &line[dash.len_utf8()..];
            dash.len_utf8() + rest.len() - rest.trim_start().len()
        });
        let after_sentence =
            last.is_empty() || last.ends_with(['.', '!', '?', '…', '-', '"', ']', ')', '♪']);
        let label = label(&line[lead..])
            .filter(|label| label.strength == Strength::Strong || dash.is_some() || after_sentence);
        match label {
            Some(label) => {
                found.push((at, Change::Label(Label { length: label.length + lead, ..label })));
            }
            None if line[lead..].starts_with(">>") => found.push((at, Change::Chevrons)),
            // Two dashes take a sentence up again.
            None if dash.is_some() && !line[lead..].starts_with(is_dash) => {
                found.push((at, Change::Dash));
            }
            None => {}
        }
        at += line.len() + 1;
        last = line.trim_end();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        place::{Place, Time},
        read::{
            colours::Colour,
            said::{Said, said_in, turn},
        },
    };

    fn said(cues: &[(&str, &str)]) -> Vec<Said> {
        let cue = |(at, (voice, words)): (usize, &(&str, &str))| {
            let start = Time(at as u64 * 1000);
            let time = Some(TimeSpan { start, end: Time(start.0 + 1000) });
            let mut text = Text::default();
            text.push(words, Place { time, ..Place::default() });
            let speaker = (!voice.is_empty()).then(|| Speaker((*voice).to_owned()));
            Cue { time, speaker, text }
        };
        let turns = turns("", cues.iter().enumerate().map(cue).collect());
        said_in(turns)
    }

    #[test]
    fn cues_are_joined_until_the_voice_changes() {
        assert_eq!(
            said(&[("Ana", "one"), ("", "two"), ("Ben", "three: x")]),
            [turn("Ana", "one\ntwo"), turn("Ben", "three: x"),]
        );
    }

    #[test]
    fn labels_inside_cues_change_the_speaker() {
        assert_eq!(
            said(&[("", "ANA: one"), ("", "two.\nBEN: three"), ("", "four"), ("", "ANA: five")]),
            [turn("ANA", "one\ntwo."), turn("BEN", "three\nfour"), turn("ANA", "five"),]
        );
    }

    #[test]
    fn chevrons_without_a_name_are_someone_unknown() {
        assert_eq!(
            said(&[("", ">> ANA: one"), ("", ">> two"), ("", ">> three")]),
            [turn("ANA", "one"), turn("", "two\n\nthree"),]
        );
    }

    #[test]
    fn a_dash_is_someone_unknown_and_starts_a_paragraph_where_nobody_was_known() {
        assert_eq!(said(&[("", "- one\n- two")]), [turn("", "- one\n\n- two")]);
        assert_eq!(
            said(&[("Ana", "one"), ("", "- two\nfour\n- three"), ("", "five")]),
            [turn("Ana", "one"), turn("", "- two\nfour\n\n- three\nfive"),]
        );
    }

    #[test]
    fn a_dash_inside_a_sentence_parts_nothing() {
        for cues in [["one,", "- two"], ["one", "– two"], ["one --", "-- two"]] {
            let said = said(&cues.map(|words| ("", words)));
            assert_eq!(said, [turn("", &cues.join("\n"))]);
        }
        assert_eq!(said(&[("", "One?\n- Two.")]), [turn("", "One?\n\n- Two.")]);
    }

    #[test]
    fn another_colour_is_someone_unknown_where_colours_tell_speakers_apart() {
        let cues = [
            ("", "HOST: one"),
            ("yellow", "two"),
            ("yellow", "[bell]"),
            ("", "three"),
            ("narrator", "four"),
            ("yellow", "five"),
        ];
        let coloured = |(colour, words): &(&str, &str)| {
            let mut text = Text::default();
            text.push(words, Place::default());
            Coloured { cue: Cue { text, ..Cue::default() }, colour: Colour::of(colour) }
        };
        let turns = turns("", cues.iter().map(coloured).collect());
        let said = said_in(turns);
        assert_eq!(
            said,
            [
                turn("HOST", "one"),
                turn("", "two\n[bell]\n\nthree"),
                turn("narrator", "four"),
                turn("", "five"),
            ]
        );
    }

    #[test]
    fn a_minute_of_silence_ends_a_turn() {
        let cue = |(start, words): (u64, &str)| {
            let time = Some(TimeSpan { start: Time(start), end: Time(start + 1000) });
            let mut text = Text::default();
            text.push(words, Place { time, ..Place::default() });
            Cue { time, text, speaker: Some(Speaker("Ana".into())) }
        };
        let cues = [(0, "one."), (60_999, "two"), (121_999, "three"), (0, "four")].map(cue);
        let turns = turns("", cues.to_vec());
        let said: Vec<_> = turns.iter().map(|turn| turn.text.as_str()).collect();
        assert_eq!(said, ["one.\ntwo", "three", "four"]);
        assert!(turns.iter().all(|turn| turn.speaker == turns[0].speaker));
    }

    #[test]
    fn a_single_colon_in_captions_is_prose() {
        assert_eq!(said(&[("", "Listen: one"), ("", "two"), ("", "three"), ("", "four")]).len(), 1);
    }
}
