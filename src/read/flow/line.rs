//! The line that is being written: its words, the space that is due before the next one, and the marks
//! of its labels.

use crate::{
    place::Place,
    read::{
        caption::is_invisible,
        flow::marks::LONGEST_NAME,
        prose::{Edit, Instead},
    },
    text::{Text, TextSpan},
};

/// A line in the making.
#[derive(Debug, Default)]
pub struct LineInTheMaking {
    /// Its words so far.
    pub text: Text,
    /// A space that is due before the next word.
    space: Option<Place>,
    /// How far it is bold from its start.
    pub bold: BoldStart,
    /// Marks to write, by the byte before which they stand.
    pub marks: Vec<(usize, &'static str)>,
}

/// How far a line is bold from its start, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BoldStart {
    /// Not at all.
    #[default]
    None,
    /// As far as it goes until now.
    Open,
    /// Up to here.
    Until(usize),
}

impl LineInTheMaking {
    /// Parts the next word by a space that stands at this place.
    pub fn space(&mut self, place: Place) {
        if !self.text.is_empty() && self.space.is_none() {
            self.space = Some(place);
        }
    }

    /// The next word is bold, or not.
    pub fn set_bold(&mut self, bold: bool) {
        match (self.bold, bold) {
            (BoldStart::None, true) if self.text.is_empty() => self.bold = BoldStart::Open,
            // A colon belongs to the label, whatever its type.
            (BoldStart::Open, false) => self.bold = BoldStart::Until(self.text.len()),
            _ => {}
        }
    }

    /// Appends a word, behind the space that is due.
    pub fn word(&mut self, word: &str, place: Place) {
        if let Some(space) = self.space.take() {
            self.text.push(" ", space);
        }
        self.text.push(word, place);
    }

    /// Writes the line to a text with the marks of its labels, which are noted behind the others.
    pub fn write_to(mut self, text: &mut Text, written: &mut Vec<Edit>) {
        self.trim_invisible();
        let mut done = 0;
        for (at, mark) in self.labels() {
            let at = at.min(self.text.len());
            // A colon after a name belongs to its label.
            let colon = mark == ":**" && self.text.as_str()[at..].trim_start().starts_with(':');
            let (at, mark) = if colon {
                (self.text.len() - self.text.as_str()[at..].trim_start().len() + 1, "**")
            } else {
                (at, mark)
            };
            if at < done {
                continue;
            }
            text.append(&self.text.slice(TextSpan::new(done, at)));
            let start = text.len();
            text.push(mark, Place::default());
            written.push(Edit { start, end: text.len(), instead: Instead::Nothing });
            done = at;
        }
        if done == 0 {
            text.append(&self.text);
        } else {
            text.append(&self.text.slice(TextSpan::new(done, self.text.len())));
        }
    }

    /// Takes away what does not show at its end: a space without width is what many headings have
    /// for a link to themselves.
    fn trim_invisible(&mut self) {
        let end = self.text.as_str().trim_end_matches(is_invisible).len();
        if end > 0 && end < self.text.len() {
            self.text = self.text.slice(TextSpan::new(0, end));
        }
    }

    /// The marks of its labels: those of its bold start, when it has no others.
    fn labels(&mut self) -> Vec<(usize, &'static str)> {
        let end = match self.bold {
            BoldStart::None => 0,
            BoldStart::Open => self.text.len(),
            BoldStart::Until(end) => end,
        };
        if end > 0 && end <= LONGEST_NAME && self.marks.is_empty() {
            vec![(0, "**"), (end, "**")]
        } else {
            std::mem::take(&mut self.marks)
        }
    }
}
