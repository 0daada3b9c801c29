//! What is left of an utterance of CHAT when its codes are taken out.
//!
//! | written | read |
//! |---|---|
//! | `<the dog> [/] the dog`, `[//]`, `[*]`, `[: word]`, `[+ bch]`, any code in square brackets | the words around it |
//! | `&-uh`, `&+fr`, `&~goo`, `(be)cause`, `ba@b`, `ice+cream`, `Mary_Ann`, `no:` | `uh`, `fr`, `goo`, `because`, `ba`, `ice cream`, `Mary Ann`, `no` |
//! | `&=laughs` | `[laughs]` |
//! | `xxx`, `yyy`, `www` | `…` |
//! | `+...`, `+/.`, `+//?`, ` .`, ` ,`, `„`, `‡` | `…`, `—`, `—?`, `.`, `,`, `,`, `,` |
//! | pauses `(.)` and `(1.5)`, linkers `+<`, omitted words `0is`, marks of pitch and overlap | nothing |
//! | what somebody else says meanwhile, `&*MOT:mhm` | nothing |

use crate::{
    place::{SourceSpan, TimeSpan},
    read::{lines::Line, pieces::Pieces},
};

/// Writes the words of an utterance, line by line.
#[derive(Debug)]
pub struct Writer<'p, 'a> {
    pieces: &'p mut Pieces<'a>,
    time: Option<TimeSpan>,
    /// Whether a code in square brackets is open.
    in_code: bool,
    /// Whether the next word needs a space before it.
    space: bool,
}

impl<'p, 'a> Writer<'p, 'a> {
    /// A writer of one utterance.
    pub fn new(pieces: &'p mut Pieces<'a>, time: Option<TimeSpan>) -> Self {
        Self { pieces, time, in_code: false, space: false }
    }

    /// Whether a code in square brackets was never closed, so that what follows it was left out.
    pub fn is_open(&self) -> bool {
        self.in_code
    }

    /// Writes a line, or a piece of one.
    pub fn write(&mut self, line: &Line<'a>) {
        let mut at = 0;
        while let Some(rest) = line.text.get(at..).filter(|rest| !rest.is_empty()) {
            if self.in_code {
                let end = rest.find(']').map(|end| end + 1);
                self.in_code = end.is_none();
                at += end.unwrap_or(rest.len());
            } else if rest.starts_with('[') {
                self.in_code = true;
            } else {
                let blank = rest.len() - rest.trim_start().len();
                let length = rest[blank..]
                    .find(|it: char| it.is_whitespace() || it == '[')
                    .unwrap_or(rest.len() - blank);
                let token = line.after(at + blank).before(length);
                self.space |= blank > 0;
                self.token(&token);
                at += blank + length;
            }
        }
        self.space = true;
    }

    fn token(&mut self, token: &Line<'a>) {
        let core = token.text.trim_matches(|it| is_mark(it) || matches!(it, '<' | '>'));
        if core.is_empty() {
            return;
        }
        let start = token.text.find(core).unwrap_or_default();
        let token = token.after(start).before(core.len());
        let whole = token.span(0..core.len());
        if let Some(instead) = instead_of(core) {
            let attached = !matches!(core, "xxx" | "yyy" | "www");
            let mut characters = instead.chars();
            if let Some(first) = characters.next() {
                self.separate(attached, whole);
                self.pieces.decoded(first, whole, self.time);
            }
            let end = point(&token, core.len());
            characters.for_each(|it| self.pieces.decoded(it, end, self.time));
        } else if let Some(event) = core.strip_prefix("&=") {
            self.separate(false, whole);
            self.pieces.decoded('[', token.span(0..2), self.time);
            self.word(&token.after(core.len() - event.len()), event);
            self.pieces.decoded(']', point(&token, core.len()), self.time);
        } else if !is_left_out(core) {
            let word =
                core.strip_prefix('&').map_or(core, |it| it.trim_start_matches(['-', '+', '~']));
            let from = core.len() - word.len();
            let end = word.find('@').filter(|at| *at > 0).unwrap_or(word.len());
            self.word(&token.after(from).before(end), &word[..end]);
        }
    }

    /// Writes a word without the marks inside it.
    fn word(&mut self, line: &Line<'a>, word: &str) {
        let closes = !word.is_empty() && word.chars().all(|it| ".,!?;:”’)".contains(it));
        self.separate(closes, line.span(0..0));
        let mut done = 0;
        for (at, character) in word.char_indices() {
            let is_edge = at == 0 || at + character.len_utf8() == word.len();
            let joins = matches!(character, '+' | '_') && !is_edge;
            let is_dropped = is_mark(character)
                || matches!(character, '(' | ')' | '<' | '>' | '^')
                || (character == ':' && word.len() > 1);
            if !joins && !is_dropped {
                continue;
            }
            self.pieces.copy(&line.text[done..at], line.span(done..at), self.time);
            done = at + character.len_utf8();
            if joins {
                self.pieces.decoded(' ', line.span(at..done), self.time);
            }
        }
        self.pieces.copy(&line.text[done..], line.span(done..line.text.len()), self.time);
    }

    /// Writes the space before a word, unless it is a mark that follows the last one.
    fn separate(&mut self, attached: bool, at: SourceSpan) {
        if self.space && !attached {
            self.pieces.decoded(' ', SourceSpan { end: at.start, ..at }, self.time);
        }
        self.space = false;
    }
}

fn point(token: &Line<'_>, at: usize) -> SourceSpan {
    token.span(at..at)
}

/// What stands in the text for a terminator, a separator, or words that nobody understood.
fn instead_of(token: &str) -> Option<&'static str> {
    Some(match token {
        "xxx" | "yyy" | "www" | "+..." => "…",
        "+..?" => "…?",
        "+/." | "+//." => "—",
        "+/?" | "+//?" => "—?",
        "+!?" => "!?",
        "+\"/." | "+\"." | "+." => ".",
        "„" | "‡" => ",",
        _ => return None,
    })
}

/// Whether a token is no word: a pause, a linker, an omitted word, somebody else's word.
fn is_left_out(token: &str) -> bool {
    let inside = token.strip_prefix('(').and_then(|it| it.strip_suffix(')'));
    let is_pause = inside.is_some_and(|it| {
        !it.is_empty() && it.chars().all(|it| it.is_ascii_digit() || ".:".contains(it))
    });
    let omitted =
        token.strip_prefix('0').is_some_and(|it| !it.starts_with(|it: char| it.is_ascii_digit()));
    is_pause
        || omitted
        || matches!(token, "+\"" | "+^" | "+<" | "+," | "++" | "+≋" | "+≈")
        || token.starts_with("&*")
}

/// Marks of conversation analysis: pitch, loudness, overlap, lengthening.
fn is_mark(character: char) -> bool {
    matches!(
        character,
        '↑' | '↓'
            | '⇗'
            | '↗'
            | '→'
            | '↘'
            | '⇘'
            | '∞'
            | '≈'
            | '≋'
            | '≡'
            | '∙'
            | '⌈'
            | '⌉'
            | '⌊'
            | '⌋'
            | '∆'
            | '∇'
            | '°'
            | '▁'
            | '▔'
            | '☺'
            | '♋'
            | '⁇'
            | '∬'
            | '∮'
            | '§'
            | '∾'
            | '↻'
            | '⤇'
            | '¨'
            | 'ˈ'
            | 'ˌ'
            | '\u{1}'
            | '\u{2}'
            | '\u{3}'
            | '\u{4}'
            | '\u{7}'
            | '\u{8}'
            | '\u{15}'
    )
}
