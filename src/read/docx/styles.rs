//! The styles of a DOCX file: which ones are headings, bold, hidden, or name whoever speaks.

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
}

/// All styles, by their identifiers.
#[derive(Debug, Default)]
pub struct Styles(HashMap<String, Style>);

#[derive(Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    bold: Option<bool>,
    hidden: Option<bool>,
    outline: bool,
}

/// A chain of styles longer than this is a circle.
const LONGEST_CHAIN: usize = 20;

impl Styles {
    /// Reads `styles.xml`.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut styles = HashMap::new();
        let mut open: Option<(String, Style)> = None;
        for piece in xml::pieces(text) {
            match piece {
                Piece::Start(tag) if tag.name == "style" => {
                    let id = tag.attribute("styleId").unwrap_or_default().into_owned();
                    open = Some((id, Style::default()));
                }
                Piece::Start(tag) => {
                    if let Some((_, style)) = &mut open {
                        style.set(&tag);
                    }
                }
                Piece::End("style") => styles.extend(open.take()),
                Piece::End(_) | Piece::Text(_) => {}
            }
        }
        Self(styles)
    }

    /// How a style is shown.
    #[must_use]
    pub fn shown(&self, id: &str) -> Shown {
        let mut shown = Shown::default();
        let (mut bold, mut hidden) = (None, None);
        let mut next = Some(id);
        for _ in 0..LONGEST_CHAIN {
            let Some(style) = next.and_then(|id| self.0.get(id)) else { break };
            bold = bold.or(style.bold);
            hidden = hidden.or(style.hidden);
            let outline = if style.outline { Role::Heading } else { Role::Text };
            shown.role = shown.role.or(Role::of(&style.name)).or(outline);
            next = style.based_on.as_deref();
        }
        // A file without its styles still has their identifiers.
        if !self.0.contains_key(id) {
            shown.role = Role::of(id);
        }
        Shown { bold: bold.unwrap_or(false), hidden: hidden.unwrap_or(false), ..shown }
    }
}

impl Style {
    fn set(&mut self, tag: &Tag<'_>) {
        let value = || tag.attribute("val");
        match tag.name {
            "name" => self.name = value().unwrap_or_default().into_owned(),
            "basedOn" => self.based_on = value().map(Into::into),
            "b" => self.bold = Some(is_on(tag)),
            "vanish" => self.hidden = Some(is_on(tag)),
            // Nine is the level of running text.
            "outlineLvl" => self.outline = value().is_some_and(|it| it != "9"),
            _ => {}
        }
    }
}

/// Whether a property such as `<w:b/>` or `<w:b w:val="0"/>` is set.
pub fn is_on(tag: &Tag<'_>) -> bool {
    tag.attribute("val").is_none_or(|it| !matches!(it.as_ref(), "0" | "false" | "off" | "none"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_has_what_it_is_based_on() {
        let styles = Styles::read(
            "<w:styles><w:style w:styleId='A'><w:name w:val='Heading 1'/><w:rPr><w:b/></w:rPr></w:style>\
             <w:style w:styleId='B'><w:name w:val='x'/><w:basedOn w:val='A'/></w:style>\
             <w:style w:styleId='C'><w:basedOn w:val='B'/><w:rPr><w:b w:val='0'/></w:rPr></w:style>\
             <w:style w:styleId='D'><w:name w:val='Speaker'/><w:basedOn w:val='D'/></w:style></w:styles>",
        );
        let heading = Shown { role: Role::Heading, bold: true, ..Shown::default() };
        assert_eq!(styles.shown("A"), heading);
        assert_eq!(styles.shown("B"), heading);
        assert_eq!(styles.shown("C"), Shown { bold: false, ..heading });
        assert_eq!(styles.shown("D"), Shown { role: Role::Speaker, ..Shown::default() });
        assert_eq!(styles.shown("Heading2"), Shown { role: Role::Heading, ..Shown::default() });
        assert_eq!(styles.shown("E"), Shown::default());
    }
}
