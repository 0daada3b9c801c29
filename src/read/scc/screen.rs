//! The screen of a television set, on which captions are loaded, shown, rolled and painted.

use crate::{
    place::{Place, SourceSpan, Time, TimeSpan},
    read::{
        cues::Cue,
        scc::{
            Cell,
            codes::{Code, Control},
        },
    },
    text::Text,
    transcript::Warning,
};

/// How many rows there are.
const ROWS: usize = 15;

/// How captions come to the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Mode {
    /// Loaded first, then shown as a whole.
    #[default]
    PopOn,
    /// Shown as they come; a new row pushes the last one up.
    RollUp,
    /// Shown as they come, anywhere.
    PaintOn,
    /// No captions.
    Text,
}

/// The characters of the screen, by row and column.
type Rows = [Vec<Option<Cell>>; ROWS];

/// What one channel shows, and what it has shown.
#[derive(Debug, Default)]
pub struct Screen {
    mode: Mode,
    shown: Rows,
    loaded: Rows,
    row: usize,
    column: usize,
    cues: Vec<Cue>,
    /// Whether it was said that text is left out.
    text_left_out: bool,
}

impl Screen {
    /// Plays a code.
    pub fn play(&mut self, code: Code, now: Time, source: SourceSpan, warnings: &mut Vec<Warning>) {
        let mut write = |screen: &mut Self, character| {
            screen.write(Cell { character, since: now, source }, warnings);
        };
        match code {
            Code::Nothing => {}
            Code::Characters(first, second) => {
                for character in [first, second].into_iter().filter(|it| *it != '\0') {
                    write(self, character);
                }
            }
            Code::Control(_, Control::Special(character)) => write(self, character),
            Code::Control(_, Control::Style) => write(self, ' '),
            Code::Control(_, Control::Extended(character)) => {
                self.backspace();
                write(self, character);
            }
            Code::Control(_, control) => self.obey(control, now, source, warnings),
        }
    }

    /// The captions, at the end of the file.
    pub fn finish(mut self, now: Time, warnings: &mut Vec<Warning>) -> Vec<Cue> {
        if let Some(cell) = first_cell(&self.loaded) {
            let message = "the last caption is never shown; it has the time at which it was loaded";
            warnings.push(Warning::at(cell.source.at.line, message));
        }
        self.clear(now);
        self.shown = std::mem::take(&mut self.loaded);
        self.clear(now);
        self.cues
    }

    fn obey(
        &mut self,
        control: Control,
        now: Time,
        source: SourceSpan,
        warnings: &mut Vec<Warning>,
    ) {
        match control {
            Control::Load => self.mode = Mode::PopOn,
            Control::RollUp => {
                if self.mode != Mode::RollUp {
                    self.clear(now);
                    self.column = 0;
                }
                self.row = ROWS - 1;
                self.mode = Mode::RollUp;
            }
            Control::Paint => self.mode = Mode::PaintOn,
            Control::Text => self.mode = Mode::Text,
            Control::Goto(row, column) => {
                if self.mode != Mode::RollUp {
                    self.row = row;
                }
                self.column = column;
            }
            Control::Tab(columns) => self.column += columns,
            Control::Backspace => self.backspace(),
            Control::EraseRow => self.erase_row(now),
            Control::EraseShown => self.clear(now),
            Control::EraseLoaded => {
                if first_cell(&self.loaded).is_some() {
                    let message = "a caption is erased before it is shown; it is left out";
                    warnings.push(Warning::at(source.at.line, message));
                }
                self.loaded = Rows::default();
            }
            Control::Return if self.mode == Mode::RollUp => {
                self.clear(now);
                self.column = 0;
            }
            Control::Show => {
                self.clear(now);
                self.mode = Mode::PopOn;
                self.shown = std::mem::take(&mut self.loaded);
                self.shown.iter_mut().flatten().flatten().for_each(|cell| cell.since = now);
            }
            _ => {}
        }
    }

    fn write(&mut self, cell: Cell, warnings: &mut Vec<Warning>) {
        if self.mode == Mode::Text {
            if !self.text_left_out {
                let message = "text that is no caption is left out from here on";
                warnings.push(Warning::at(cell.source.at.line, message));
                self.text_left_out = true;
            }
            return;
        }
        let filled = |rows: &Rows| rows[self.row].get(self.column).is_some_and(Option::is_some);
        if self.mode != Mode::PopOn && filled(&self.shown) {
            self.clear(cell.since);
        }
        let rows = if self.mode == Mode::PopOn { &mut self.loaded } else { &mut self.shown };
        let row = &mut rows[self.row];
        if row.len() <= self.column {
            row.resize(self.column + 1, None);
        }
        row[self.column] = Some(cell);
        self.column += 1;
    }

    fn backspace(&mut self) {
        self.column = self.column.saturating_sub(1);
        let rows = if self.mode == Mode::PopOn { &mut self.loaded } else { &mut self.shown };
        if let Some(cell) = rows[self.row].get_mut(self.column) {
            *cell = None;
        }
    }

    fn erase_row(&mut self, now: Time) {
        let column = self.column;
        match self.mode {
            Mode::PopOn => self.loaded[self.row].truncate(column),
            // What was seen was said: it is no mistake that is taken back.
            _ if self.shown[self.row].iter().skip(column).any(Option::is_some) => self.clear(now),
            _ => {}
        }
    }

    /// Takes everything from the screen: what it showed was a caption.
    fn clear(&mut self, now: Time) {
        let shown = std::mem::take(&mut self.shown);
        if let Some(start) = shown.iter().flatten().flatten().map(|cell| cell.since).min() {
            let time = TimeSpan { start, end: now.max(start) };
            let text = text(&shown, time.end);
            if !text.is_empty() {
                self.cues.push(Cue { time: Some(time), text, ..Cue::default() });
            }
        }
    }
}

fn first_cell(rows: &Rows) -> Option<&Cell> {
    rows.iter().flatten().flatten().find(|cell| !cell.character.is_whitespace())
}

/// A word of a row: a stretch of characters that appeared at one time, from one line of the file.
struct Word {
    written: String,
    gap: &'static str,
    since: Time,
    source: SourceSpan,
}

/// For each word, when the first of those behind it appeared that appeared later than it. Gone through
/// from the end, with those that may still be asked for on a stack: each comes and goes once.
fn next_later(words: &[Word]) -> Vec<Option<Time>> {
    let mut later: Vec<Time> = Vec::new();
    let mut next = Vec::with_capacity(words.len());
    for word in words.iter().rev() {
        while later.pop_if(|time| *time <= word.since).is_some() {}
        next.push(later.last().copied());
        later.push(word.since);
    }
    next.reverse();
    next
}

/// What the rows say, a line each. Words that appeared together, side by side, are one part.
fn text(rows: &Rows, end: Time) -> Text {
    let mut words: Vec<Word> = Vec::new();
    for row in rows {
        let mut gap = if words.is_empty() { "" } else { "\n" };
        let mut inside = false;
        for cell in row {
            let Some(cell) = cell.filter(|cell| !cell.character.is_whitespace()) else {
                inside = false;
                gap = if gap.is_empty() && !words.is_empty() { " " } else { gap };
                continue;
            };
            let joins = |last: &&mut Word| {
                let together = last.since == cell.since && gap != "\n";
                let in_order = last.source.at.line == cell.source.at.line
                    && last.source.start <= cell.source.start;
                (inside || together) && in_order
            };
            match words.last_mut().filter(joins) {
                Some(last) => {
                    last.written.push_str(gap);
                    last.written.push(cell.character);
                    last.source.end = last.source.end.max(cell.source.end);
                }
                None => words.push(Word {
                    written: cell.character.to_string(),
                    gap,
                    since: cell.since,
                    source: cell.source,
                }),
            }
            inside = true;
            gap = "";
        }
    }
    let mut text = Text::default();
    for (word, next) in words.iter().zip(next_later(&words)) {
        let time = Some(TimeSpan { start: word.since, end: next.unwrap_or(end).max(word.since) });
        text.push(word.gap, Place { time, ..Place::default() });
        // As long as its codes it would pass for a copy of them: then it has a point as its place.
        let is_as_long = word.source.len() == word.written.len();
        let reached = if is_as_long { word.source.start } else { word.source.end };
        let source = Some(SourceSpan { end: reached, ..word.source });
        text.push(&word.written, Place { source, time, page: None });
    }
    text
}
