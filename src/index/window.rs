//! A passage with as much of what follows it as a match may need.

use super::{
    error::IndexError,
    open::{Index, PassageId},
};
use crate::{
    find,
    place::Place,
    query::filter::Facts,
    text::{Text, TextSpan},
    transcript::Speaker,
    words::Words,
};

use super::Record;

/// A passage with what follows it in its document.
#[derive(Clone, Debug)]
pub struct Window {
    /// The passage and what follows, an empty line between two.
    pub text: Text,
    /// Who says the passage.
    pub speaker: Option<Speaker>,
    /// Where the passage itself ends.
    pub own: usize,
    /// The passages that follow it.
    pub following: Vec<Following>,
}

/// A passage that follows another in a window.
#[derive(Clone, Debug)]
pub struct Following {
    /// Where it stands in the text of the window.
    pub span: TextSpan,
    /// Who says it.
    pub speaker: Option<Speaker>,
}

impl Window {
    /// Finds what of the passage answers a plan: see [`find::matches`]. `words` are those of the
    /// window, `source` is its document.
    #[must_use]
    pub fn matches(
        &self,
        plan: &find::Plan,
        words: &Words,
        source: &Record,
    ) -> Option<Vec<find::WordSpan>> {
        let own = (0..words.len()).take_while(|at| words.span(*at).start < self.own).count();
        let facts = Facts {
            time: self.text.place(TextSpan { start: 0, end: self.own }).time,
            ..source.facts(self.speaker.as_ref(), &Text::default())
        };
        let passage = find::Reading { text: self.text.as_str(), words, own };
        find::matches(plan, passage, &facts)
    }

    /// The text up to the end of the passage that holds a byte, and the passages that were joined to
    /// the first one for that.
    #[must_use]
    pub fn up_to(mut self, byte: usize) -> (Text, Vec<Following>) {
        let mut end = self.own;
        let mut joined = 0;
        for following in &self.following {
            if byte > end {
                end = following.span.end;
                joined += 1;
            }
        }
        self.following.truncate(joined);
        (self.text.slice(TextSpan { start: 0, end }), self.following)
    }
}

impl Index {
    /// A passage with so many words of what follows it, at least, or to the end of its document.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn window(&self, id: PassageId, reach: usize) -> Result<Window, IndexError> {
        let (speaker, text) = self.passage(id)?;
        let own = text.len();
        let mut window = Window { text, speaker, own, following: Vec::new() };
        let mut words = 0;
        for step in 1.. {
            if words >= reach {
                break;
            }
            let Some(next) = self.neighbour(id, step)? else { break };
            let (speaker, text) = self.passage(next)?;
            words += Words::of(text.as_str()).len();
            window.text.push("\n\n", Place::default());
            let start = window.text.len();
            window.text.append(&text);
            let span = TextSpan { start, end: window.text.len() };
            window.following.push(Following { span, speaker });
        }
        Ok(window)
    }
}
