//! HTML and XHTML: the text of a page, without what stands around it.
//!
//! A page becomes a list of nodes (`tree`), of which the main content is chosen (`content`) and
//! laid out as paragraphs and lines (`layout`). Chapters of an EPUB go the same way, but for the
//! choice.

mod about;
mod content;
mod element;
mod layout;
mod tree;

use crate::{
    read::{
        Read, Reader,
        flow::{Flow, Places},
    },
    transcript::Transcript,
};

pub use layout::write;

/// HTML and XHTML.
pub const READER: Reader = Reader {
    format: "html",
    extensions: &["html", "htm", "xhtml"],
    version: 4,
    recognises,
    read: Read::Text(read),
};

/// Whether a file opens with a document type or an element of HTML.
fn recognises(head: &str) -> bool {
    let mut rest = head.trim_start();
    loop {
        let close = if rest.starts_with("<!--") {
            "-->"
        } else if rest.starts_with("<?xml") {
            "?>"
        } else {
            break;
        };
        let Some((_, after)) = rest.split_once(close) else { return false };
        rest = after.trim_start();
    }
    ["<!doctype html", "<html", "<head>", "<body"].iter().any(|start| {
        let opens = rest.get(..start.len()).is_some_and(|it| it.eq_ignore_ascii_case(start));
        opens && !rest[start.len()..].starts_with(|it: char| it.is_alphanumeric())
    })
}

fn read(source: &str) -> Transcript {
    let tree = tree::Tree::read(source);
    let mut flow = Flow::new(Places::InFile);
    layout::lay_out(&tree, &content::main_content(&tree), &mut flow);
    let mut warnings = Vec::new();
    let turns = flow.turns(&mut warnings);
    Transcript { metadata: about::about(&tree), turns, warnings }
}

/// Lays out a chapter of a book, all of it.
pub fn lay_out_chapter(source: &str, flow: &mut Flow) {
    let tree = tree::Tree::xml(source);
    layout::lay_out(&tree, &content::all_content(&tree), flow);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_recognised_by_its_start() {
        for head in [
            "<!DOCTYPE html>",
            " <html lang=en>",
            "<!-- saved --><HTML>",
            "<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC",
        ] {
            assert!(recognises(head), "{head}");
        }
        for head in ["<div>", "<tt>", "<header>", "text <html>", "<?xml?><tt>", "<!-- <html>"] {
            assert!(!recognises(head), "{head}");
        }
    }

    #[test]
    fn every_word_has_its_bytes_in_the_file() {
        let source = "<html><body>\r\n<p>One &amp; two\r\n  three <b>four</b>.</p></body></html>";
        let transcript = read(source);
        let text = &transcript.turns[0].text;
        assert_eq!(text.as_str(), "One & two three four.");
        for word in ["One", "two", "three", "four"] {
            let start = text.as_str().find(word).unwrap();
            let span = crate::text::TextSpan::new(start, start + word.len());
            let place = text.place(span).source.unwrap();
            assert_eq!(&source[place.start..place.end], word);
        }
    }
}
