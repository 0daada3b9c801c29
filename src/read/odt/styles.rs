//! The styles of an ODT file: which ones are bold, hidden, start a page, or name whoever speaks.

use std::collections::HashMap;

use crate::read::{
    style::Role,
    xml::{self, Piece, Tag},
};

/// How a style is shown, with all that it is based on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// Its words are bold.
    pub bold: bool,
    /// Its words are not shown.
    pub hidden: bool,
    /// What it is for.
    pub role: Role,
    /// A paragraph of it starts a page.
    pub starts_page: bool,
}

/// All styles, by their names.
#[derive(Debug, Default)]
pub struct Styles(HashMap<String, Style>);

#[derive(Debug, Default)]
struct Style {
    shown_name: String,
    based_on: Option<String>,
    bold: Option<bool>,
    hidden: Option<bool>,
    starts_page: bool,
}

/// A chain of styles longer than this is a circle.
const LONGEST_CHAIN: usize = 20;

impl Styles {
    /// Reads the styles of a part of the file.
    pub fn read(&mut self, text: &str) {
        let mut open: Option<(String, Style)> = None;
        for piece in xml::pieces(text) {
            match piece {
                Piece::Start(tag) if tag.name == "body" => break,
                Piece::Start(tag) if tag.name == "style" => {
                    let value = |name| tag.attribute(name).map(std::borrow::Cow::into_owned);
                    let name = value("name").unwrap_or_default();
                    let shown = value("display-name").unwrap_or_else(|| name.replace("_20_", " "));
                    let style = Style {
                        shown_name: shown,
                        based_on: value("parent-style-name"),
                        ..Style::default()
                    };
                    open = Some((name, style));
                }
                Piece::Start(tag) => {
                    if let Some((_, style)) = &mut open {
                        style.set(&tag);
                    }
                }
                Piece::End("style") => self.0.extend(open.take()),
                Piece::End(_) | Piece::Text(_) => {}
            }
        }
    }

    /// How a style is shown.
    #[must_use]
    pub fn shown(&self, name: &str) -> Shown {
        let mut shown = Shown::default();
        let (mut bold, mut hidden) = (None, None);
        let mut next = Some(name);
        for depth in 0..LONGEST_CHAIN {
            let Some(style) = next.and_then(|name| self.0.get(name)) else {
                if let Some(name) = next {
                    shown.role = shown.role.or(Role::of(&name.replace("_20_", " ")));
                }
                break;
            };
            bold = bold.or(style.bold);
            hidden = hidden.or(style.hidden);
            shown.role = shown.role.or(Role::of(&style.shown_name));
            shown.starts_page |= style.starts_page && depth == 0;
            next = style.based_on.as_deref();
        }
        Shown { bold: bold.unwrap_or(false), hidden: hidden.unwrap_or(false), ..shown }
    }
}

impl Style {
    fn set(&mut self, tag: &Tag<'_>) {
        match tag.name {
            "text-properties" => {
                if let Some(weight) = tag.attribute("font-weight") {
                    let heavy = weight.parse::<u16>().is_ok_and(|weight| weight >= 600);
                    self.bold = Some(heavy || weight == "bold");
                }
                if let Some(display) = tag.attribute("display") {
                    self.hidden = Some(display == "none");
                }
            }
            "paragraph-properties" => {
                self.starts_page = tag.attribute("break-before").is_some_and(|it| it == "page");
            }
            _ => {}
        }
    }
}
