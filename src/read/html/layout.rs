//! From the elements of a page to running text.
//!
//! Elements that are blocks part paragraphs, `<br>` parts lines, a row of a table is a line unless
//! its cells hold paragraphs of their own. What the page shows and its file does not say is added:
//! the marks of `<q>`. Whoever speaks is told by labels, and by what pages of transcripts use for it:
//! `<cite>Name:</cite>` with a `<time>`, a class such as `speaker`, and lists of terms.

use std::{collections::HashMap, ops::Range};

use crate::read::{
    entity::entity,
    flow::{Flow, Position},
    html::{
        content::Content,
        element::is_block,
        tree::{Node, Tree},
    },
    lines::Line,
    prose::Kind,
    xml::Source,
};
use crate::transcript::{NoteNumber, Set};

/// Lays a page out.
pub fn lay_out(tree: &Tree<'_>, content: &Content, flow: &mut Flow) {
    let named = (0..tree.nodes.len()).any(|at| names_speaker(tree, at));
    let notes = notes(tree, flow);
    let mut layout = Layout { tree, flow, open: Vec::new(), shown: Shown::default(), named, notes };
    for &(start, end) in &content.roots {
        layout.flow.paragraph(Kind::Prose);
        let mut at = start;
        while at < end {
            layout.close_up_to(at);
            let node = &tree.nodes[at];
            if content.is_left_out(at) || is_reference(tree, at) {
                if let Some(note) = target(tree, at).and_then(|id| layout.notes.get(id)) {
                    layout.flow.refer_to(*note);
                }
                at = node.end;
                continue;
            }
            if node.name.is_empty() {
                layout.text(node.text.clone());
            } else {
                layout.open(at, node);
            }
            at += 1;
        }
        layout.close_up_to(end);
    }
}

struct Layout<'t, 'a> {
    tree: &'t Tree<'a>,
    flow: &'t mut Flow,
    /// The open elements, and where each began.
    open: Vec<(usize, Position)>,
    shown: Shown,
    /// Whether the page names its speakers by elements of their own.
    named: bool,
    /// The notes that the page refers to, by the names of their elements.
    notes: HashMap<&'t str, NoteNumber>,
}

/// How many open elements there are of those that change how text is shown.
#[derive(Default)]
struct Shown {
    bold: usize,
    preformatted: usize,
    code: usize,
    items: usize,
    quotations: usize,
    /// Rows whose cells are words of one line.
    rows: usize,
}

impl Layout<'_, '_> {
    fn open(&mut self, at: usize, node: &Node) {
        if is_block(node.name) {
            self.flow.paragraph(self.kind(at, node));
        }
        match node.name {
            "br" => self.flow.line(),
            "table" if node.end > at + 1 => self.flow.open_table(),
            "tr" => self.flow.row(),
            "td" | "th" => {
                if self.shown.rows > 0 {
                    self.flow.space();
                } else {
                    self.flow.paragraph(Kind::Prose);
                }
                self.flow.cell();
            }
            "q" => self.quotation_mark(at, self.shown.quotations, ["“", "‘"]),
            _ => {}
        }
        if node.end > at + 1 {
            self.count(at, node, 1);
            self.open.push((at, self.flow.here()));
        } else if node.name == "q" {
            self.quotation_mark(at, self.shown.quotations, ["”", "’"]);
        }
    }

    /// Closes what ends before a node.
    fn close_up_to(&mut self, next: usize) {
        while let Some((at, since)) = self.open.pop_if(|(at, _)| self.tree.nodes[*at].end <= next) {
            let node = &self.tree.nodes[at];
            self.count(at, node, -1);
            match node.name {
                "q" => self.quotation_mark(next - 1, self.shown.quotations, ["”", "’"]),
                "dt" => self.flow.mark_term(since),
                "table" => self.flow.close_table(),
                "time" if self.named => self.flow.mark_time(since),
                "blockquote" => self.flow.set_apart(since, Set::BlockQuote),
                "pre" | "code" | "kbd" | "samp" => self.flow.set_apart(since, Set::Code),
                _ if names_speaker(self.tree, at) => self.flow.mark_name(since),
                _ => {}
            }
            let id = if self.notes.is_empty() { None } else { self.tree.attribute(node, "id") };
            if let Some(note) = id.and_then(|id| self.notes.get(id)) {
                self.flow.set_apart(since, Set::Note(*note));
            }
            if is_block(node.name) || (self.shown.rows == 0 && matches!(node.name, "td" | "th")) {
                let kind = if self.shown.items > 0 { Kind::Item } else { Kind::Prose };
                self.flow.paragraph(kind);
            }
        }
    }

    fn kind(&self, at: usize, node: &Node) -> Kind {
        match node.name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "caption" | "summary" => Kind::Heading,
            "tr" if self.is_row(at, node) => Kind::Row,
            "li" => Kind::Item,
            _ if self.shown.items > 0 => Kind::Item,
            _ => Kind::Prose,
        }
    }

    /// Whether the cells of a row hold words alone, no paragraphs of their own.
    fn is_row(&self, at: usize, node: &Node) -> bool {
        let inside = &self.tree.nodes[at + 1..node.end];
        !inside.iter().any(|it| it.name == "br" || is_block(it.name))
    }

    fn count(&mut self, at: usize, node: &Node, by: isize) {
        let is_row = node.name == "tr" && self.is_row(at, node);
        let shown = &mut self.shown;
        let counter = match node.name {
            "b" | "strong" => &mut shown.bold,
            "pre" | "xmp" | "plaintext" => &mut shown.preformatted,
            "code" => &mut shown.code,
            "li" => &mut shown.items,
            "q" => &mut shown.quotations,
            "tr" if is_row => &mut shown.rows,
            _ => return,
        };
        *counter = counter.saturating_add_signed(by);
        self.flow.set_bold(self.shown.bold > 0);
    }

    /// The marks that a page shows round `<q>`, the inner ones inside others.
    fn quotation_mark(&mut self, at: usize, depth: usize, marks: [&str; 2]) {
        let node = &self.tree.nodes[at];
        let byte = if node.name.is_empty() { node.text.end } else { self.start_of_next_text(at) };
        if let Some(line) = self.tree.source.lines_in(byte..byte + 1).next() {
            self.flow.decoded(marks[usize::from(depth % 2 == 1)], line.span(0..0));
        }
    }

    /// The first byte of the text that follows a node, or the last byte of the file.
    fn start_of_next_text(&self, at: usize) -> usize {
        let next = self.tree.nodes[at..].iter().find(|node| node.name.is_empty());
        next.map_or(self.tree.source.text.len().saturating_sub(1), |node| node.text.start)
    }

    fn text(&mut self, bytes: Range<usize>) {
        if self.shown.preformatted > 0 {
            return self.preformatted(bytes);
        }
        write(&self.tree.source, bytes, self.flow);
    }

    /// Text whose lines are lines. Empty ones part its paragraphs.
    fn preformatted(&mut self, bytes: Range<usize>) {
        let kind = if self.shown.code > 0 { Kind::Verbatim } else { Kind::Prose };
        let ends_line = self.tree.source.text[bytes.clone()].ends_with(['\n', '\r']);
        for (number, line) in self.tree.source.lines_in(bytes).enumerate() {
            if line.is_blank() && number > 0 {
                self.flow.paragraph(kind);
            } else if number > 0 {
                self.flow.line();
            } else if kind == Kind::Verbatim && self.flow.is_at_start() {
                self.flow.paragraph(kind);
            }
            if kind == Kind::Verbatim && !line.text.contains('&') {
                self.flow.verbatim(&line);
            } else {
                write_line(self.flow, &line);
            }
        }
        if ends_line {
            self.flow.line();
        }
    }
}

/// Writes text of a file, with its character references decoded. The end of a line is a space.
pub fn write(source: &Source<'_>, bytes: Range<usize>, flow: &mut Flow) {
    let ends_line = source.text[bytes.clone()].ends_with(['\n', '\r']);
    for (number, line) in source.lines_in(bytes).enumerate() {
        if number > 0 {
            flow.space();
        }
        write_line(flow, &line);
    }
    if ends_line {
        flow.space();
    }
}

fn write_line(flow: &mut Flow, line: &Line<'_>) {
    let mut done = 0;
    for at in memchr::memchr_iter(b'&', line.text.as_bytes()) {
        if at < done {
            continue;
        }
        let Some((characters, length)) = reference(&line.text[at..]) else { continue };
        flow.copy(&line.before(at).after(done));
        done = at + length;
        flow.decoded(&characters, line.span(at..done));
    }
    flow.copy(&line.after(done));
}

/// The characters of a reference such as `&amp;`, and how many bytes it takes.
fn reference(text: &str) -> Option<(String, usize)> {
    if let Some((character, length)) = entity(text) {
        return Some((character.to_string(), length));
    }
    // Any of the two thousand others, also without its semicolon.
    let is_name = |it: char| it.is_ascii_alphanumeric() || it == '#';
    let name = text[1..].find(|it| !is_name(it)).unwrap_or(text.len() - 1).min(40);
    let length = 1 + name + usize::from(text[1 + name..].starts_with(';'));
    let written = &text[..length];
    let mut decoded = String::new();
    for token in html5gum::Tokenizer::new(written).flatten() {
        if let html5gum::Token::String(string) = token {
            decoded.push_str(&String::from_utf8_lossy(&string));
        }
    }
    if decoded == written {
        return None;
    }
    // A name may end before its letters do: `&notit` is `¬it`.
    let pairs = written.bytes().rev().zip(decoded.bytes().rev());
    let rest = pairs.take_while(|(a, b)| a == b && a.is_ascii()).count();
    decoded.truncate(decoded.len() - rest);
    Some((decoded, written.len() - rest))
}

/// Whether an element is there to name whoever speaks.
fn names_speaker(tree: &Tree<'_>, at: usize) -> bool {
    const CLASSES: &[&str] =
        &["speaker", "speaker-name", "speaker_name", "speakername", "transcript-speaker"];
    let node = &tree.nodes[at];
    if node.name == "cite" {
        let mut texts =
            tree.nodes[at..node.end].iter().map(|it| &tree.source.text[it.text.clone()]);
        let last = texts.rfind(|it| !it.trim().is_empty());
        return last.is_some_and(|it| it.trim_end().ends_with(':'));
    }
    !node.name.is_empty() && tree.has(node, "class", CLASSES)
}

/// Whether an element is the number of a note: a raised link into the same page.
fn is_reference(tree: &Tree<'_>, at: usize) -> bool {
    const LONGEST: usize = 5;
    let node = &tree.nodes[at];
    if node.name != "sup" && node.name != "a" {
        return false;
    }
    let inside = &tree.nodes[at..node.end];
    let is_raised = node.name == "sup" || inside.iter().any(|it| it.name == "sup");
    let into_page = |it: &Node| {
        it.name == "a" && tree.attribute(it, "href").is_some_and(|href| href.contains('#'))
    };
    let length: usize =
        inside.iter().map(|it| tree.source.text[it.text.clone()].trim().len()).sum();
    is_raised && length <= LONGEST && inside.iter().any(into_page)
}

/// The name of the element that the number of a note leads to.
fn target<'t>(tree: &'t Tree<'_>, at: usize) -> Option<&'t str> {
    let node = &tree.nodes[at];
    if !is_reference(tree, at) && !tree.has(node, "role", &["doc-noteref"]) {
        return None;
    }
    let link = tree.nodes[at..node.end].iter().find(|it| it.name == "a")?;
    tree.attribute(link, "href")?.split_once('#').map(|(_, id)| id)
}

/// The notes that a page refers to.
fn notes<'t>(tree: &'t Tree<'_>, flow: &mut Flow) -> HashMap<&'t str, NoteNumber> {
    let may_refer = |at: &usize| matches!(tree.nodes[*at].name, "a" | "sup");
    let found = (0..tree.nodes.len()).filter(may_refer).filter_map(|at| target(tree, at));
    found.map(|id| (id, flow.new_note())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{
        flow::Places,
        html::content::main_content,
        said::{Said, said_in, turn},
    };

    fn said(page: &str) -> Vec<Said> {
        let tree = Tree::read(page);
        let mut flow = Flow::new(Places::InFile);
        lay_out(&tree, &main_content(&tree), &mut flow);
        said_in(flow.turns(&mut Vec::new()))
    }

    fn text(page: &str) -> String {
        said(page).pop().unwrap_or_default().1
    }

    #[test]
    fn elements_become_lines_and_paragraphs() {
        for (page, expected) in [
            ("<p>one\r\n  <i>t</i>wo</p>three", "one two\n\nthree"),
            ("one\n<i>two</i>\r\n<b>\nthree</b>", "one two three"),
            ("<pre>one\n<b>two</b>\n\n<i>three</i></pre>", "one\ntwo\n\nthree"),
            ("one<br>two<br/><br>three", "one\ntwo\nthree"),
            ("<ul><li>one<li><p>two<p>three</ul>four", "one\n\ntwo\n\nthree\n\nfour"),
            ("<pre>a  b\n c\n\nd</pre>", "a b\nc\n\nd"),
            ("<pre><code>a  b\n  c</code></pre>d", "a  b\nc\n\nd"),
            ("<table><tr><th>a<th>b<tr><td>c<td>d</table>", "a b\nc d"),
            ("<table><tr><td><p>a<p>b<td>c</table>", "a\n\nb\n\nc"),
            ("<h1>a</h1>b<hr>c", "a\n\nb\n\nc"),
            ("<h1>a <a href='#a'>\u{200B}</a></h1><p><b>b\u{200B}</b>", "a\n\nb"),
            ("a <q>b <q>c</q></q> d", "a “b ‘c’” d"),
            ("&lt;b&gt; &eacute; &Abreve; &copy2 &notit; &x; R&D", "<b> é Ă ©2 ¬it; &x; R&D"),
            ("a<sup><a href='#n1'>1</a></sup> b<sup>2</sup>", "a b2"),
            ("a<img alt='b'>c<wbr>d", "acd"),
        ] {
            assert_eq!(text(page), expected, "{page}");
        }
    }

    #[test]
    fn a_transcript_of_podcasting_2_has_speakers_and_times() {
        let page = "<cite>Ana:</cite> <time>0:01</time> <p>One.</p> \
                    <cite>Ben:</cite><time>0:05</time><p>Two.</p><p>Three.</p>";
        assert_eq!(said(page), [turn("Ana", "One."), turn("Ben", "Two.\n\nThree.")]);
    }

    #[test]
    fn a_work_that_is_cited_is_no_speaker_and_a_time_of_day_is_text() {
        let page = "<p><cite>The Long Tape</cite> starts at <time>10:30</time>.";
        assert_eq!(said(page), [turn("", "The Long Tape starts at 10:30.")]);
    }

    #[test]
    fn a_table_with_a_column_of_speakers_is_a_conversation() {
        let page = "<h1>Tape</h1><table><thead><tr><th>Speaker<th>Text</thead>\
             <tr><td><b>Host</b><td>Is it <i>old</i>?<tr><td>Keeper<td><p>Very.<p>It rots.<br>Now.\
             <tr><td colspan=2>Noise<tr><td><td>Oh.</table><p>End.";
        let expected = [
            turn("", "Tape"),
            turn("Host", "Is it old?"),
            turn("Keeper", "Very.\n\nIt rots.\nNow."),
            turn("", "Noise"),
            turn("Keeper", "Oh."),
            turn("", "End."),
        ];
        assert_eq!(said(page), expected);
    }

    #[test]
    fn speakers_are_told_by_class_by_bold_type_and_by_terms() {
        let expected = [turn("Ana", "One."), turn("Ben", "Two."), turn("Ana", "Three.")];
        for [before, between, after] in [
            ["<p><span class='speaker x'>", "</span> ", "</p>"],
            ["<div class=speaker-name>", "</div><p>", "</p>"],
            ["<p><b>", ":</b> ", "</p>"],
            ["<p><strong>", "</strong>: ", "</p>"],
            ["<dt>", "</dt><dd>", "</dd>"],
            ["<p>", ": ", "</p>"],
            ["", ": ", "<br>"],
        ] {
            let turns = [("Ana", "One."), ("Ben", "Two."), ("Ana", "Three.")];
            let turns = turns.map(|(name, it)| format!("{before}{name}{between}{it}{after}"));
            assert_eq!(said(&turns.concat()), expected, "{before}");
        }
    }
}
