//! A quotation as Markdown: the true wording as a block quotation, and who said it where.

use std::fmt::Write;

use super::{
    Cited, Wording,
    name::Name,
    reference::{Locator, Reference},
};
use crate::{
    text::{TextSpan, on_one_line},
    transcript::Speaker,
};

/// A cited passage as a block quotation, with the source below it.
#[must_use]
pub fn quotation(cited: Cited<'_>) -> String {
    let stretches = stretches(cited);
    let is_one_speaker = stretches.windows(2).all(|pair| pair[0].0 == pair[1].0);
    let mut quotation = String::new();
    for (speaker, text) in &stretches {
        let label = speaker.filter(|_| !is_one_speaker);
        let mut label = label.map(|name| format!("**{}:** ", escaped(&on_one_line(&name.0))));
        for paragraph in text.split("\n\n").filter(|it| !it.trim().is_empty()) {
            let label = label.take().unwrap_or_default();
            // Writing to a string cannot fail.
            let _ = writeln!(quotation, "> {label}{}\n>", escaped(&on_one_line(paragraph)));
        }
    }
    let speaker = stretches.first().and_then(|(speaker, _)| *speaker).filter(|_| is_one_speaker);
    quotation + &source(&Reference::of(cited), speaker)
}

/// `> — Speaker, *Title* (date), 00:12:04, <url>`; without a speaker the authors come first.
fn source(reference: &Reference<'_>, speaker: Option<&Speaker>) -> String {
    let name = |Name { family, given }: &Name| match given {
        Some(given) => format!("{given} {family}"),
        None => family.clone(),
    };
    let authors = reference.authors.iter().map(name).collect::<Vec<_>>().join(", ");
    let authors = Some(escaped(&authors)).filter(|it| !it.is_empty());
    let mut title = format!("*{}*", escaped(reference.title.as_str()));
    let first = match (speaker, authors) {
        (Some(Speaker(name)), authors) => {
            title.extend(authors.map(|names| format!(" by {names}")));
            Some(escaped(&on_one_line(name)))
        }
        (None, authors) => authors,
    };
    title.extend(reference.date.map(|date| format!(" ({date})")));
    let place = reference.locator().map(Locator::words);
    let url = reference.url.map(|url| format!("<{}>", address(url)));
    let parts = [first, Some(title), place, url];
    format!("> — {}", parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

/// What is quoted: who says what, in order.
fn stretches(cited: Cited<'_>) -> Vec<(Option<&Speaker>, &str)> {
    let hit = cited.hit;
    let whole = hit.passage.text.as_str();
    let all = TextSpan { start: 0, end: whole.len() };
    let quoted = match (cited.wording, hit.matches.as_slice()) {
        (Wording::Matched, [first, .., last]) => {
            TextSpan { start: first.span.start, end: last.span.end.max(first.span.end) }
        }
        (Wording::Matched, [only]) => only.span,
        _ => all,
    };
    let starts = hit.joins.iter().map(|join| (join.start, join.speaker.as_ref()));
    let starts = [(0, hit.passage.speaker.as_ref())].into_iter().chain(starts);
    let ends = hit.joins.iter().map(|join| join.start).chain([whole.len()]);
    let stretch = |((start, speaker), end): ((usize, _), usize)| {
        let (start, end) = (start.max(quoted.start), end.min(quoted.end));
        let text = whole.get(start..end)?.trim();
        (!text.is_empty()).then_some((speaker, text))
    };
    starts.zip(ends).filter_map(stretch).collect()
}

/// An address inside `<` and `>`, which must not hold white space and these.
fn address(url: &str) -> String {
    url.replace('<', "%3C").replace('>', "%3E").split_whitespace().collect::<Vec<_>>().join("%20")
}

/// Text on one line that Markdown (`CommonMark`) takes for nothing but text.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    let mut digits_alone = true;
    for (at, c) in text.char_indices() {
        let follows = text[at + c.len_utf8()..].chars().next();
        let ends_word = follows.is_none_or(char::is_whitespace);
        let is_syntax = match c {
            // `#` and `@` also begin what would become links: numbers of issues, and mentions.
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~' | '$' | '#' | '@' => {
                true
            }
            // At the start of a line these begin a list or underline a heading.
            '+' | '-' | '=' => at == 0 || follows == Some(c),
            '.' | ')' => digits_alone && at > 0 && ends_word,
            ':' => text[at..].starts_with("://"),
            _ => false,
        };
        digits_alone &= c.is_ascii_digit();
        if is_syntax {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
