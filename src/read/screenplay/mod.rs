//! Screenplays: Fountain (`.fountain`), <https://fountain.io/syntax/>, and scripts that were typed
//! or taken from a PDF, with their characters in the middle of the line.
//!
//! A line in capitals above other lines, after an empty one, names the character who speaks them.
//! What stands in brackets behind the name (`(V.O.)`) does not belong to it. Parentheticals stay
//! among the words of the character. Headings of scenes, actions and transitions are nobody's.
//! Notes, comments, the title page but for its title, page numbers and marks of emphasis are left
//! out.
//!
//! A `.txt` file is a screenplay only when its start shows both the heading of a scene (`INT.`) and
//! a character who speaks.

mod element;
mod hidden;

use crate::{
    read::{
        Read, Reader,
        clock::Clock,
        lines::{Line, lines},
        pieces::Gap,
        prose,
        screenplay::{
            element::{Element, Script},
            hidden::{emphasis, hidden},
        },
        single_line::single_line,
        turns::Turns,
    },
    transcript::{Metadata, Transcript},
};

/// Screenplays.
pub const READER: Reader = Reader {
    format: "screenplay",
    extensions: &["fountain"],
    version: 2,
    recognises,
    read: Read::Text(read),
};

fn recognises(head: &str) -> bool {
    let lines: Vec<_> = lines(head).map(|line| line.trim()).collect();
    let mut script = Script::default();
    let (mut scenes, mut characters) = (0, 0);
    for (at, line) in lines.iter().enumerate() {
        let next = lines.get(at + 1).map_or("", |next| next.text);
        match script.element(line.text, next) {
            Element::Scene(written) if !written.contains(char::is_lowercase) => scenes += 1,
            Element::Character(name) if !name.contains(char::is_lowercase) => characters += 1,
            _ => {}
        }
    }
    scenes > 0 && characters > 0
}

fn read(source: &str) -> Transcript {
    let hidden = hidden(source);
    let written: Vec<_> = lines(source)
        .map(|line| if line.text == "  " { line } else { line.trim() })
        .filter(|line| line.is_blank() || !hidden.covers(line))
        .collect();
    let (title, pages) = title_page(&written);
    let lines = &written[pages..];
    let mut turns = Turns::new(source);
    let mut script = Script::default();
    let mut edits = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let next = lines.get(at + 1).map_or("", |next| next.text.trim_start());
        let text = line.text;
        let element = script.element(text, next);
        let part = |written: &str| {
            let start = written.as_ptr() as usize - text.as_ptr() as usize;
            line.after(start).before(written.len())
        };
        let spoken = match element {
            Element::Nothing => {
                turns.part(Gap::Paragraph);
                continue;
            }
            Element::Furniture => continue,
            Element::Character(name) => {
                turns.begin(Some(name));
                turns.part(Gap::Paragraph);
                continue;
            }
            Element::Dialogue(written) => part(written),
            Element::Scene(written) | Element::Action(written) => {
                turns.begin(None);
                part(written)
            }
        };
        edits.clear();
        hidden.edits(&spoken, &mut edits);
        emphasis(&spoken, &mut edits);
        prose::write(&[spoken], &edits, &mut Clock::default(), &mut turns);
    }
    let metadata = Metadata { title, ..Metadata::default() };
    Transcript { metadata, turns: turns.finish(), warnings: Vec::new() }
}

/// The title that the title page names, and how many lines the page takes.
fn title_page(lines: &[Line<'_>]) -> (Option<String>, usize) {
    const KEYS: &[&str] = &[
        "author",
        "authors",
        "contact",
        "copyright",
        "credit",
        "date",
        "draft date",
        "format",
        "notes",
        "revision",
        "source",
        "title",
    ];
    let key = |line: &Line<'_>| {
        let (key, value) = line.text.split_once(':')?;
        let key = key.trim().to_ascii_lowercase();
        KEYS.contains(&key.as_str()).then_some((key == "title", value.trim().to_owned()))
    };
    if lines.first().and_then(key).is_none() {
        return (None, 0);
    }
    let end = lines.iter().position(Line::is_blank).unwrap_or(lines.len());
    let (mut title, mut inside) = (String::new(), false);
    for line in &lines[..end] {
        let (is_title, value) = key(line).unwrap_or((inside, line.text.to_owned()));
        inside = is_title;
        if inside {
            title.push(' ');
            title.push_str(value.trim_matches(['*', '_']));
        }
    }
    let title = single_line(&title);
    ((!title.is_empty()).then_some(title), end)
}

#[cfg(test)]
mod tests;
