//! Hits for a person to read.

use std::io::{self, Write};

use anstyle::Style;

use super::{
    citation, clean,
    columns::place,
    explain,
    line_ends::LineEnds,
    link::{Links, linked, media},
    sources::counted,
    style::Styles,
    wrap::{Piece, wrap},
};
use crate::{
    cite::{Processor, Wording},
    excerpt::excerpt,
    find,
    index::Suggestion,
    passage::Passage,
    place::Place,
    query::filter::Filter,
    search::{Address, Alike, Answer, Having, Hit, Nearest, Suggested, Unmatched},
    text::TextSpan,
};

const INDENT: usize = 4;
/// How many near duplicates are named.
const NAMED: usize = 3;

/// How much is shown, and how.
#[derive(Clone, Copy, Debug)]
pub struct Layout<'l> {
    /// Columns of a line.
    pub width: usize,
    /// Lines of a passage that are shown, about; a longer one is cut round its matches. `None` shows
    /// all of it.
    pub lines: Option<usize>,
    /// Colours and effects.
    pub styles: Styles,
    /// Where paths lead, on a terminal that knows links.
    pub links: Option<&'l Links>,
    /// What cites each hit below it.
    pub processor: Option<&'l Processor>,
}

/// Writes an answer: each hit with its title, speaker, time, path and line, then the passage with
/// what matched in colour.
///
/// # Errors
/// When it cannot be written.
pub fn answer(out: &mut dyn Write, answer: &Answer, layout: Layout<'_>) -> io::Result<()> {
    if let Some(explanation) = &answer.explanation {
        explain::query(out, &explanation.query, layout.styles)?;
    }
    for (at, hit) in answer.hits.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        self::hit(out, hit, layout)?;
        if let Some(scoring) = answer.explanation.as_ref().and_then(|it| it.scores.get(at)) {
            explain::score(out, hit.score, scoring, layout.styles)?;
        }
    }
    Ok(())
}

/// Writes what may have been meant by a word that no passage has, to go on with its line.
///
/// # Errors
/// When it cannot be written.
pub fn suggested(out: &mut dyn Write, suggested: &Suggested, styles: Styles) -> io::Result<()> {
    let words = suggested.words.iter();
    let meant = words.map(|Suggestion { word, passages }| (&**word, counted(*passages, "passage")));
    did_you_mean(out, meant, styles)
}

/// Writes a line about a condition that nothing in the index fulfils, with what may have been meant.
///
/// # Errors
/// When it cannot be written.
pub fn unmatched(out: &mut dyn Write, unmatched: &Unmatched, styles: Styles) -> io::Result<()> {
    let asked = unmatched.filter.to_string();
    let thing = if matches!(unmatched.filter, Filter::Path(_)) { "document" } else { "speaker" };
    write!(out, "no {thing} fits `{}`", clean(&asked))?;
    let meant = unmatched.nearest.iter().map(|Nearest { value, count }| {
        let count = match count {
            Having::Passages(count) => counted(*count, "passage"),
            Having::Documents(count) => counted(*count, "document"),
        };
        (&**value, count)
    });
    did_you_mean(out, meant, styles)?;
    writeln!(out)
}

/// `; did you mean one (2 passages), other (1 passage)?`
fn did_you_mean<'m>(
    out: &mut dyn Write,
    meant: impl Iterator<Item = (&'m str, String)>,
    styles: Styles,
) -> io::Result<()> {
    let title = styles.title;
    let mut before = "; did you mean";
    for (value, count) in meant {
        write!(out, "{before} `{title}{}{title:#}` ({count})", clean(value))?;
        before = ",";
    }
    if before == "," { write!(out, "?") } else { Ok(()) }
}

/// Writes one hit, as [`answer`] does.
///
/// # Errors
/// When it cannot be written.
pub fn hit(out: &mut dyn Write, hit: &Hit, layout: Layout<'_>) -> io::Result<()> {
    header(out, hit, layout)?;
    let has_context = !(hit.before.is_empty() && hit.after.is_empty());
    for passage in &hit.before {
        neighbour(out, passage, layout)?;
    }
    if has_context && let Some(speaker) = &hit.passage.speaker {
        label(out, &speaker.0, layout)?;
    }
    let mut start = 0;
    for join in &hit.joins {
        stretch(out, hit, TextSpan { start, end: join.start }, layout)?;
        if let Some(speaker) = &join.speaker {
            label(out, &speaker.0, layout)?;
        }
        start = join.start;
    }
    stretch(out, hit, TextSpan { start, end: hit.passage.text.len() }, layout)?;
    for passage in &hit.after {
        neighbour(out, passage, layout)?;
    }
    alike(out, hit, layout)?;
    match layout.processor {
        Some(processor) => citation::below(out, processor, hit, Wording::Passage),
        None => Ok(()),
    }
}

/// `+2 more like this: path:line#address, path:line#address`
fn alike(out: &mut dyn Write, hit: &Hit, layout: Layout<'_>) -> io::Result<()> {
    if hit.alike.is_empty() {
        return Ok(());
    }
    let faint = layout.styles.faint;
    write!(out, "{:INDENT$}{faint}+{} more like this{faint:#}", "", hit.alike.len())?;
    for (at, Alike { address, place, .. }) in hit.alike.iter().take(NAMED).enumerate() {
        write!(out, "{faint}{}{faint:#}", if at == 0 { ": " } else { ", " })?;
        path(out, address, *place, layout.styles.path, layout)?;
    }
    let more = if hit.alike.len() > NAMED { " …" } else { "" };
    writeln!(out, "{faint}{more}{faint:#}")
}

/// `1  Title · Speaker · 00:12:04`, and `path:line#address` below; without a title the path comes
/// first.
pub(super) fn header(out: &mut dyn Write, hit: &Hit, layout: Layout<'_>) -> io::Result<()> {
    let Styles { title, speaker, time, faint, .. } = layout.styles;
    let source = &hit.source;
    let place = place(hit);
    let rank = hit.rank.to_string();
    write!(out, "{faint}{rank}{faint:#}{:1$}", "", INDENT.saturating_sub(rank.len()).max(1))?;
    match &source.title {
        Some(words) => write!(out, "{title}{}{title:#}", clean(words))?,
        None => path(out, &hit.address, place, title, layout)?,
    }
    if let Some(name) = &hit.passage.speaker {
        write!(out, " {faint}·{faint:#} {speaker}{}{speaker:#}", clean(&name.0))?;
    }
    if let Some(span) = place.time {
        write!(out, " {faint}·{faint:#} {time}")?;
        let url = source.url.as_deref().filter(|_| layout.links.is_some());
        let target = url.and_then(|url| media(url, Some(span.start)));
        linked(out, target.as_deref(), format_args!("{}", span.start))?;
        write!(out, "{time:#}")?;
    }
    if let Some(page) = place.page {
        write!(out, " {faint}·{faint:#} page {}", page.0)?;
    }
    writeln!(out)?;
    if source.title.is_some() {
        write!(out, "{:INDENT$}", "")?;
        path(out, &hit.address, place, layout.styles.path, layout)?;
        writeln!(out)?;
    }
    Ok(())
}

/// `path:line#address`, a place that `show` takes.
fn path(
    out: &mut dyn Write,
    address: &Address,
    place: Place,
    style: Style,
    layout: Layout<'_>,
) -> io::Result<()> {
    let at = place.source.map(|source| source.at);
    let line = at.map_or_else(String::new, |at| format!(":{}", at.line));
    let target = layout.links.map(|links| links.file(&address.path, at));
    let (name, spot) = (clean(&address.path), address.spot);
    write!(out, "{style}")?;
    linked(out, target.as_deref(), format_args!("{name}{line}#{spot}"))?;
    write!(out, "{style:#}")
}

fn label(out: &mut dyn Write, name: &str, layout: Layout<'_>) -> io::Result<()> {
    let style = layout.styles.speaker;
    writeln!(out, "{:INDENT$}{style}{}:{style:#}", "", clean(name))
}

fn neighbour(out: &mut dyn Write, passage: &Passage, layout: Layout<'_>) -> io::Result<()> {
    if let Some(speaker) = &passage.speaker {
        label(out, &speaker.0, layout)?;
    }
    let text = LineEnds::of(&passage.text).shown(passage.text.as_str(), 0);
    wrap(out, &[Piece { text: &text, style: layout.styles.faint }], INDENT, layout.width)
}

/// Writes a stretch of the passage, cut round the matches in it where it is long.
fn stretch(out: &mut dyn Write, hit: &Hit, part: TextSpan, layout: Layout<'_>) -> io::Result<()> {
    let text = hit.passage.text.as_str()[part.range()].trim_end();
    let inside = |span: TextSpan| {
        let start = span.start.clamp(part.start, part.end) - part.start;
        let end = (span.end.clamp(part.start, part.end) - part.start).min(text.len());
        (start < end).then_some(TextSpan { start, end })
    };
    let found: Vec<TextSpan> = hit.matches.iter().filter_map(|it| inside(it.span)).collect();
    let found = find::merged(&found);
    let Styles { faint, found: lit_up, .. } = layout.styles;
    let columns = layout.width.saturating_sub(INDENT).max(10);
    let columns = layout.lines.map_or(usize::MAX, |lines| columns * lines.max(1));
    let excerpt = excerpt(text, &found, columns);
    let line_ends = LineEnds::of(&hit.passage.text);
    let mut paragraphs = Paragraphs(vec![Vec::new()]);
    if excerpt.starts_late {
        paragraphs.push("… ", faint);
    }
    for (at, shown) in excerpt.spans.iter().enumerate() {
        if at > 0 {
            paragraphs.push(" … ", faint);
        }
        for (span, style) in lit(*shown, &found, lit_up) {
            paragraphs.push_part(&line_ends, &text[span.range()], part.start + span.start, style);
        }
    }
    if excerpt.ends_early {
        paragraphs.push(" …", faint);
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
    /// Adds a word of our own.
    fn push(&mut self, text: &str, style: Style) {
        self.push_part(&LineEnds::default(), text, 0, style);
    }

    /// Adds a part of a text that starts at this byte of it. An empty line starts a new paragraph.
    fn push_part(&mut self, line_ends: &LineEnds, text: &str, mut start: usize, style: Style) {
        for (at, part) in text.split("\n\n").enumerate() {
            if at > 0 && self.0.last().is_some_and(|last| !last.is_empty()) {
                self.0.push(Vec::new());
            }
            if let Some(last) = self.0.last_mut().filter(|_| !part.is_empty()) {
                last.push((line_ends.shown(part, start).into_owned(), style));
            }
            start += part.len() + "\n\n".len();
        }
    }
}

/// Cuts what is shown into what matched and what stands between, each with its style.
fn lit(shown: TextSpan, found: &[TextSpan], style: Style) -> Vec<(TextSpan, Style)> {
    let mut cut = Vec::with_capacity(2 * found.len() + 1);
    let mut at = shown.start;
    for span in found.iter().filter(|span| span.overlaps(shown)) {
        let start = span.start.max(at);
        let end = span.end.min(shown.end).max(start);
        cut.push((TextSpan::new(at, start), Style::new()));
        cut.push((TextSpan::new(start, end), style));
        at = end;
    }
    cut.push((TextSpan::new(at, shown.end), Style::new()));
    cut
}
