//! The text of an RTF file: groups and control words carried out one after the other.

mod paragraph;

use std::{collections::HashMap, mem::take};

use encoding_rs::{Encoding, WINDOWS_1252};

use crate::{
    read::{
        flow::Flow,
        rtf::{
            code_page::{character_set, code_page},
            destination::{Destination, character, destination},
            token::{Token, Tokens},
        },
        style::Role,
    },
    transcript::Date,
};

use paragraph::Paragraph;

/// Groups that are deeper than this share the properties of the last one.
const DEEPEST: usize = 1000;

/// The properties that a group inherits and may change.
#[derive(Clone, Copy)]
struct Group {
    destination: Destination,
    bold: bool,
    hidden: bool,
    deleted: bool,
    /// How many characters stand in for a Unicode one.
    substitutes: usize,
    font: Option<i32>,
}

/// What a file is read into.
pub struct Reader<'a, 'f> {
    bytes: &'a [u8],
    flow: &'f mut Flow,
    encoding: &'static Encoding,
    fonts: HashMap<i32, &'static Encoding>,
    default_font: Option<i32>,
    styles: HashMap<i32, Role>,
    /// The font or style that is being described, and the name of that style so far.
    described: (i32, String),
    /// Bytes of text that were not decoded yet.
    pending: Vec<u8>,
    /// The first half of a character beyond the first 65,536.
    high: Option<u16>,
    paragraph: Paragraph,
    row_has_paragraphs: bool,
    /// What the file says about itself.
    pub title: String,
    pub author: String,
    created: [Option<i32>; 3],
    /// How many comments were left out.
    pub annotations: usize,
    /// How many notes were too deep to be read.
    pub too_deep: usize,
    /// The number of a code page that is not known, if bytes of one were read.
    pub unknown_page: Option<i32>,
}

impl<'a, 'f> Reader<'a, 'f> {
    /// A file that nothing was read of.
    pub fn new(bytes: &'a [u8], flow: &'f mut Flow) -> Self {
        Self {
            bytes,
            flow,
            encoding: WINDOWS_1252,
            fonts: HashMap::new(),
            default_font: None,
            styles: HashMap::new(),
            described: (0, String::new()),
            pending: Vec::new(),
            high: None,
            paragraph: Paragraph::default(),
            row_has_paragraphs: false,
            title: String::new(),
            author: String::new(),
            created: [None; 3],
            annotations: 0,
            too_deep: 0,
            unknown_page: None,
        }
    }

    /// Reads the whole file.
    pub fn read(&mut self) {
        self.story(0, self.bytes.len(), 0);
    }

    /// When the file was made.
    pub fn created(&self) -> Option<Date> {
        let [year, month, day] = self.created;
        let (year, month, day) = (year?, month.unwrap_or(0), day.unwrap_or(0));
        format!("{year:04}-{month:02}-{day:02}").parse().ok()
    }

    fn story(&mut self, start: usize, end: usize, depth: usize) {
        let mut tokens = Tokens::new(self.bytes, start, end);
        let mut group = Group {
            destination: Destination::Document,
            bold: false,
            hidden: false,
            deleted: false,
            substitutes: 1,
            font: self.default_font,
        };
        let mut outer = Vec::new();
        let mut too_deep = 0_usize;
        // Whether `\*` was just read, and how many substitutes of a Unicode character are to come.
        let (mut ignorable, mut skip) = (false, 0_usize);
        while let Some(token) = tokens.next() {
            let is_character = matches!(token, Token::Hex(_) | Token::Symbol(_) | Token::Word(..));
            if skip > 0 && is_character && token != Token::Symbol(b'*') {
                skip -= 1;
                continue;
            }
            match token {
                Token::Open => {
                    self.flush(&group);
                    skip = 0;
                    if outer.len() < DEEPEST {
                        outer.push(group);
                    } else {
                        too_deep += 1;
                    }
                }
                Token::Close => {
                    self.flush(&group);
                    skip = 0;
                    self.end_of_description(&group);
                    if too_deep > 0 {
                        too_deep -= 1;
                    } else if let Some(before) = outer.pop() {
                        group = before;
                    }
                }
                Token::Text(bytes) => {
                    let skipped = skip.min(bytes.len());
                    skip -= skipped;
                    self.pending.extend(&bytes[skipped..]);
                }
                Token::Hex(byte) => self.pending.push(byte),
                Token::Symbol(b'*') => {
                    ignorable = true;
                    continue;
                }
                Token::Symbol(symbol) => self.symbol(symbol, &group),
                Token::Word(word, number) => {
                    self.flush(&group);
                    if word == "u" {
                        self.unicode(number.unwrap_or_default(), &group);
                        skip = group.substitutes;
                    } else if is_aside(word, group.destination) {
                        let start = tokens.at;
                        let note = (word == "footnote").then(|| {
                            let number = self.flow.new_note();
                            self.flow.refer_to(number);
                            number
                        });
                        self.paragraph.after.push((start, tokens.leave_group(), note));
                        group = outer.pop().unwrap_or(group);
                    } else {
                        self.word(word, number, ignorable, &mut group, depth);
                    }
                }
            }
            ignorable = false;
        }
        self.flush(&group);
        self.end_paragraph(depth);
    }

    fn symbol(&mut self, symbol: u8, group: &Group) {
        match symbol {
            b'\\' | b'{' | b'}' => self.pending.push(symbol),
            b'\n' | b'\r' => {
                self.flush(group);
                self.end_paragraph_of(group, 0);
            }
            b'~' => self.say_flushed("\u{A0}", group),
            b'_' => self.say_flushed("\u{2011}", group),
            b'-' => self.say_flushed("\u{AD}", group),
            b'\t' => self.say_flushed(" ", group),
            _ => {}
        }
    }

    fn say_flushed(&mut self, words: &str, group: &Group) {
        self.flush(group);
        self.say(words, group);
    }

    fn word(
        &mut self,
        word: &str,
        number: Option<i32>,
        ignorable: bool,
        group: &mut Group,
        depth: usize,
    ) {
        let is_on = number != Some(0);
        if let Some(destination) = destination(word) {
            if word == "annotation" {
                self.annotations += 1;
            }
            let silent = group.destination == Destination::Nowhere;
            let revives = matches!(word, "fldrslt" | "result" | "ud");
            if !silent || revives {
                group.destination = destination;
            }
            return;
        }
        if ignorable {
            group.destination = Destination::Nowhere;
            return;
        }
        if let Some(words) = character(word) {
            return self.say(words, group);
        }
        match word {
            "par" | "sect" => self.end_paragraph_of(group, depth),
            "line" | "softline" | "page" | "column" if group.is_shown() => self.flow.line(),
            "b" => group.bold = is_on,
            "v" => group.hidden = is_on,
            "deleted" => group.deleted = is_on,
            "plain" => {
                *group = Group { bold: false, hidden: false, deleted: false, ..*group };
                group.font = self.default_font;
            }
            "uc" => group.substitutes = number.map_or(1, |it| usize::try_from(it).unwrap_or(0)),
            "f" if group.destination == Destination::Fonts => {
                self.described.0 = number.unwrap_or_default();
            }
            "f" => group.font = number,
            "fcharset" | "cpg" if group.destination == Destination::Fonts => {
                let number = number.unwrap_or_default();
                let found = if word == "cpg" { code_page(number) } else { character_set(number) };
                self.fonts.extend(found.map(|found| (self.described.0, found)));
            }
            "ansicpg" => match number.and_then(code_page) {
                Some(encoding) => self.encoding = encoding,
                None => self.unknown_page = number,
            },
            "mac" => self.encoding = code_page(10000).unwrap_or(WINDOWS_1252),
            "deff" => {
                self.default_font = number;
                group.font = number;
            }
            "yr" | "mo" | "dy" if group.destination == Destination::Created => {
                let at = ["yr", "mo", "dy"].iter().position(|it| *it == word).unwrap_or_default();
                self.created[at] = number;
            }
            "s" if group.destination == Destination::Styles => {
                self.described = (number.unwrap_or_default(), String::new());
            }
            _ if group.destination == Destination::Document => self.of_paragraph(word, number),
            _ => {}
        }
    }

    fn unicode(&mut self, number: i32, group: &Group) {
        let Ok(unit) = u16::try_from(if number < 0 { number + 0x1_0000 } else { number }) else {
            return;
        };
        let units = [self.high.take().unwrap_or(unit), unit];
        let pair = units[0] != unit;
        if !pair && (0xD800..0xDC00).contains(&unit) {
            self.high = Some(unit);
            return;
        }
        let units = if pair { &units[..] } else { &units[1..] };
        self.say(&String::from_utf16_lossy(units), group);
    }

    /// Decodes the bytes that were read since, and says them.
    fn flush(&mut self, group: &Group) {
        if self.pending.is_empty() {
            return;
        }
        let bytes = take(&mut self.pending);
        let of_font = group.font.and_then(|font| self.fonts.get(&font)).copied();
        let (text, _) = of_font.unwrap_or(self.encoding).decode_without_bom_handling(&bytes);
        self.say(&text, group);
        self.pending = bytes;
        self.pending.clear();
    }

    fn say(&mut self, words: &str, group: &Group) {
        match group.destination {
            Destination::Title => self.title.push_str(words),
            Destination::Author => self.author.push_str(words),
            Destination::Styles => self.described.1.push_str(words),
            Destination::Document if group.is_shown() => {
                if !self.paragraph.has_words {
                    self.open_paragraph(words);
                }
                self.flow.set_bold(group.bold && !self.paragraph.role.is_heading());
                self.flow.text(words);
            }
            _ => {}
        }
    }

    /// Takes note of the style whose description ends with a group.
    fn end_of_description(&mut self, group: &Group) {
        if group.destination != Destination::Styles || self.described.1.is_empty() {
            return;
        }
        let (number, name) = take(&mut self.described);
        self.styles.insert(number, Role::of(name.trim().trim_end_matches(';')));
    }
}

impl Group {
    fn is_shown(&self) -> bool {
        self.destination == Destination::Document && !self.hidden && !self.deleted
    }
}

/// Whether a word opens a note or a text box.
fn is_aside(word: &str, destination: Destination) -> bool {
    match word {
        "footnote" => destination == Destination::Document,
        "shptxt" | "dptxbxtext" => destination == Destination::Shape,
        _ => false,
    }
}
