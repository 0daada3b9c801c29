//! Where in its file a byte of a text came from, asked often.

use crate::text::Text;

/// Answers from a text's parts, without counting lines.
pub(super) struct Origin<'a> {
    text: &'a Text,
}

impl<'a> Origin<'a> {
    pub(super) fn of(text: &'a Text) -> Self {
        Self { text }
    }

    /// The byte of the file for a byte of the text, where the format has bytes.
    pub(super) fn byte(&self, at: usize) -> Option<usize> {
        let parts = self.text.parts();
        let which = parts.partition_point(|part| part.start <= at).checked_sub(1)?;
        let source = parts[which].place.source?;
        let end = parts.get(which + 1).map_or(self.text.len(), |next| next.start);
        let copied = source.len() == end - parts[which].start;
        Some(if copied { source.start + (at - parts[which].start) } else { source.start })
    }
}
