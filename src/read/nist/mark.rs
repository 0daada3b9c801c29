//! Words of NIST's formats that are no words: `%HESITATION`, `<noise>`, `(())`, `(word)`.

use crate::{
    place::TimeSpan,
    read::{lines::Line, pieces::Pieces},
};

/// Writes a word. A sound (`%HESITATION`, `<noise>`) is put into square brackets; round brackets
/// around a word, which say that it may be missing, are taken out; what nobody understood (`(())`)
/// becomes `…`.
pub fn write<'a>(word: &Line<'a>, time: Option<TimeSpan>, pieces: &mut Pieces<'a>) {
    let inner = word.text.trim_start_matches('(');
    let from = word.text.len() - inner.len();
    let inner = inner.trim_end_matches(')');
    if inner.is_empty() {
        if word.text.contains("()") {
            pieces.decoded('…', word.span(0..word.text.len()), time);
        }
        return;
    }
    let line = word.after(from).before(inner.len());
    let of_angles = inner.strip_prefix('<').and_then(|it| it.strip_suffix('>'));
    let of_percent = inner.strip_prefix('%');
    let Some(sound) = of_angles.or(of_percent).filter(|it| it.contains(char::is_alphanumeric))
    else {
        pieces.copy(line.text, line.span(0..inner.len()), time);
        return;
    };
    pieces.decoded('[', line.span(0..0), time);
    pieces.copy(&line.text[1..=sound.len()], line.span(1..1 + sound.len()), time);
    pieces.decoded(']', line.span(inner.len()..inner.len()), time);
}
