//! Hits for a person to read.

use std::io::{self, Write};

use anstyle::Style;

use super::{
    clean, explain,
    sources::counted,
    style::{FAINT, MATCH, SPEAKER, TIME, TITLE},
    wrap::{Piece, wrap},
};
use crate::{
    excerpt::excerpt,
    find,
    index::Suggestion,
    passage::Passage,
    place::Place,
    search::{Alike, Answer, Hit, Suggested},
    text::TextSpan,
};

const INDENT: usize = 4;
/// How many near duplicates are named.
const NAMED: usize = 3;

/// How much is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Columns of a line.
    pub width: usize,
    /// Lines of a passage that are shown, about; a longer one is cut round its matches.
    pub lines: usize,
}

/// Writes an answer: each hit with its title, speaker, time, path and line, then the passage with
/// what matched in colour.
///
/// # Errors
/// When it cannot be written.
pub fn answer(out: &mut dyn Write, answer: &Answer, layout: Layout) -> io::Result<()> {
    if let Some(explanation) = &answer.explanation {
        explain::query(out, &explanation.query)?;
    }
    for (at, hit) in answer.hits.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        self::hit(out, hit, layout)?;
        if let Some(scoring) = answer.explanation.as_ref().and_then(|it| it.scores.get(at)) {
            explain::score(out, hit.score, scoring)?;
        }
    }
    Ok(())
}

/// Writes what may have been meant by a word that no passage has, to go on with its line.
///
/// # Errors
/// When it cannot be written.
pub fn suggested(out: &mut dyn Write, suggested: &Suggested) -> io::Result<()> {
    for (at, Suggestion { word, passages }) in suggested.words.iter().enumerate() {
        let before = if at == 0 { "; did you mean" } else { "," };
        let passages = counted(*passages, "passage");
        write!(out, "{before} `{TITLE}{}{TITLE:#}` ({passages})", clean(word))?;
    }
    if !suggested.words.is_empty() {
        write!(out, "?")?;
    }
    Ok(())
}

fn hit(out: &mut dyn Write, hit: &Hit, layout: Layout) -> io::Result<()> {
    header(out, hit)?;
    let has_context = !(hit.before.is_empty() && hit.after.is_empty());
    for passage in &hit.before {
        neighbour(out, passage, layout)?;
    }
    if has_context && let Some(speaker) = &hit.passage.speaker {
        label(out, &speaker.0)?;
    }
    let mut start = 0;
    for join in &hit.joins {
        stretch(out, hit, TextSpan { start, end: join.start }, layout)?;
        if let Some(speaker) = &join.speaker {
            label(out, &speaker.0)?;
        }
        start = join.start;
    }
    stretch(out, hit, TextSpan { start, end: hit.passage.text.len() }, layout)?;
    for passage in &hit.after {
        neighbour(out, passage, layout)?;
    }
    alike(out, hit)
}

/// `+2 more like this: path:line, path:line`
fn alike(out: &mut dyn Write, hit: &Hit) -> io::Result<()> {
    if hit.alike.is_empty() {
        return Ok(());
    }
    write!(out, "{:INDENT$}{FAINT}+{} more like this", "", hit.alike.len())?;
    for (at, Alike { source, place, .. }) in hit.alike.iter().take(NAMED).enumerate() {
        let line = place.source.map_or_else(String::new, |source| format!(":{}", source.at.line));
        write!(out, "{}{}{line}", if at == 0 { ": " } else { ", " }, clean(&source.path))?;
    }
    let more = if hit.alike.len() > NAMED { " …" } else { "" };
    writeln!(out, "{more}{FAINT:#}")
}

/// `1  Title · Speaker · 00:12:04`, and `path:line` below; without a title the path comes first.
pub(super) fn header(out: &mut dyn Write, hit: &Hit) -> io::Result<()> {
    let source = &hit.source;
    let place = place(hit);
    let line = place.source.map_or_else(String::new, |source| format!(":{}", source.at.line));
    let path = format!("{}{line}", clean(&source.path));
    let rank = hit.rank.to_string();
    write!(out, "{FAINT}{rank}{FAINT:#}{:1$}", "", INDENT.saturating_sub(rank.len()).max(1))?;
    let title = source.title.as_deref().map_or_else(|| clean(&path), clean);
    write!(out, "{TITLE}{title}{TITLE:#}")?;
    if let Some(speaker) = &hit.passage.speaker {
        write!(out, " {FAINT}·{FAINT:#} {SPEAKER}{}{SPEAKER:#}", clean(&speaker.0))?;
    }
    if let Some(time) = place.time {
        write!(out, " {FAINT}·{FAINT:#} {TIME}{}{TIME:#}", time.start)?;
    }
    if let Some(page) = place.page {
        write!(out, " {FAINT}·{FAINT:#} page {}", page.0)?;
    }
    writeln!(out)?;
    if source.title.is_some() {
        writeln!(out, "{:INDENT$}{FAINT}{path}{FAINT:#}", "")?;
    }
    Ok(())
}

/// Where the first match stands, or the passage where nothing matched.
fn place(hit: &Hit) -> Place {
    let whole = || hit.passage.text.place(TextSpan { start: 0, end: hit.passage.text.len() });
    hit.matches.first().map_or_else(whole, |found| found.place)
}

fn label(out: &mut dyn Write, speaker: &str) -> io::Result<()> {
    writeln!(out, "{:INDENT$}{SPEAKER}{}:{SPEAKER:#}", "", clean(speaker))
}

fn neighbour(out: &mut dyn Write, passage: &Passage, layout: Layout) -> io::Result<()> {
    if let Some(speaker) = &passage.speaker {
        label(out, &speaker.0)?;
    }
    let text = clean(passage.text.as_str());
    wrap(out, &[Piece { text: &text, style: FAINT }], INDENT, layout.width)
}

/// Writes a stretch of the passage, cut round the matches in it where it is long.
fn stretch(out: &mut dyn Write, hit: &Hit, part: TextSpan, layout: Layout) -> io::Result<()> {
    let text = hit.passage.text.as_str()[part.range()].trim_end();
    let inside = |span: TextSpan| {
        let start = span.start.clamp(part.start, part.end) - part.start;
        let end = (span.end.clamp(part.start, part.end) - part.start).min(text.len());
        (start < end).then_some(TextSpan { start, end })
    };
    let found: Vec<TextSpan> = hit.matches.iter().filter_map(|it| inside(it.span)).collect();
    let found = find::merged(&found);
    let columns = layout.width.saturating_sub(INDENT).max(10) * layout.lines.max(1);
    let excerpt = excerpt(text, &found, columns);
    let mut paragraphs = Paragraphs(vec![Vec::new()]);
    if excerpt.starts_late {
        paragraphs.push("… ", FAINT);
    }
    for (at, shown) in excerpt.spans.iter().enumerate() {
        if at > 0 {
            paragraphs.push(" … ", FAINT);
        }
        lit(text, *shown, &found, &mut paragraphs);
    }
    if excerpt.ends_early {
        paragraphs.push(" …", FAINT);
    }
    for paragraph in &paragraphs.0 {
        let pieces: Vec<Piece<'_>> =
            paragraph.iter().map(|(text, style)| Piece { text, style: *style }).collect();
        wrap(out, &pieces, INDENT, layout.width)?;
    }
    Ok(())
}

/// Styled text, paragraph by paragraph.
struct Paragraphs(Vec<Vec<(String, Style)>>);

impl Paragraphs {
    /// Adds text, of which an empty line starts a new paragraph.
    fn push(&mut self, text: &str, style: Style) {
        for (at, part) in text.split("\n\n").enumerate() {
            if at > 0 && self.0.last().is_some_and(|last| !last.is_empty()) {
                self.0.push(Vec::new());
            }
            if let Some(last) = self.0.last_mut().filter(|_| !part.is_empty()) {
                last.push((clean(part).into_owned(), style));
            }
        }
    }
}

/// Cuts what is shown into what matched and what stands between.
fn lit(text: &str, shown: TextSpan, found: &[TextSpan], paragraphs: &mut Paragraphs) {
    let mut at = shown.start;
    for span in found.iter().filter(|span| span.overlaps(shown)) {
        let start = span.start.max(at);
        let end = span.end.min(shown.end).max(start);
        paragraphs.push(&text[at..start], Style::new());
        paragraphs.push(&text[start..end], MATCH);
        at = end;
    }
    paragraphs.push(&text[at..shown.end], Style::new());
}
