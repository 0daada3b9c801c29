//! From the codes of a string to characters and their widths: the fonts of a document.
//!
//! `hayro-font` knows the encodings: `ToUnicode`, names of glyphs, the built-in encodings of font
//! programs, the character collections of Asian fonts. Here each font is loaded once, each code is
//! looked up once, and what makes a font too large is refused before it is unpacked.

use std::{cell::RefCell, collections::HashMap, rc::Rc, sync::Arc};

use foldhash::fast::FixedState;
use hayro_cmap::{BfString, load_embedded};
use hayro_font::{
    CMapResolverFn, Font, FontCache, FontGlyph, FontQuery, FontResolverFn, StandardFont,
    kurbo::Vec2,
};
use hayro_syntax::{
    object::{Array, Dict, Name, ObjRef, Stream},
    page::Resources,
};
use unicode_normalization::UnicodeNormalization;

use crate::read::pdf::limits::{Budget, Limit};

/// The fonts of a document.
pub struct Fonts<'a> {
    cache: FontCache<'a>,
    programs: FontResolverFn,
    maps: CMapResolverFn,
    by_reference: HashMap<ObjRef, Option<Rc<LoadedFont<'a>>>, FixedState>,
    fallback: Option<Rc<LoadedFont<'a>>>,
}

/// A font, with what is known of its codes so far.
pub struct LoadedFont<'a> {
    font: Font<'a>,
    codes: RefCell<HashMap<u32, Rc<Code>, FixedState>>,
}

/// What a code of a font stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Code {
    /// Its characters; `None` where the file does not tell.
    pub text: Option<String>,
    /// How far the next character is away, in thousandths of the type size.
    pub advance: Vec2,
}

impl<'a> Fonts<'a> {
    /// No fonts yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            cache: FontCache::new(),
            programs: Arc::new(|query| match query {
                FontQuery::Standard(font) => Some(font.get_font_data()),
                FontQuery::Fallback(query) => Some(query.pick_standard_font().get_font_data()),
            }),
            maps: Arc::new(load_embedded),
            by_reference: HashMap::default(),
            fallback: None,
        }
    }

    /// The font that resources have under a name; Helvetica where they have none.
    ///
    /// # Errors
    /// When its streams unpack to too much.
    pub fn named(
        &mut self,
        name: &Name<'_>,
        resources: &Resources<'a>,
        budget: &Budget,
    ) -> Result<Option<Rc<LoadedFont<'a>>>, Limit> {
        // Reading a dictionary means to skip all its widths, and pages change fonts at every turn.
        let reference = resources.fonts.get_ref(name);
        let known = reference.and_then(|it| self.by_reference.get(&it));
        if let Some(font) = known {
            return Ok(font.clone());
        }
        let font = match resources.get_font(name) {
            Some(dict) => self.get(&dict, budget)?,
            None => self.fallback(),
        };
        if let Some(reference) = reference {
            self.by_reference.insert(reference, font.clone());
        }
        Ok(font)
    }

    /// The font of a dictionary; Helvetica where it is no font.
    ///
    /// # Errors
    /// When its streams unpack to too much.
    pub fn get(
        &mut self,
        dict: &Dict<'a>,
        budget: &Budget,
    ) -> Result<Option<Rc<LoadedFont<'a>>>, Limit> {
        check(dict, budget)?;
        let found = self.cache.font(dict, &self.programs, &self.maps);
        let loaded = |font: Font<'a>| Rc::new(LoadedFont::new(font));
        Ok(found.map(loaded).or_else(|| self.fallback()))
    }

    /// Helvetica, for text without a font.
    pub fn fallback(&mut self) -> Option<Rc<LoadedFont<'a>>> {
        if self.fallback.is_none() {
            let font = self.cache.standard_font(StandardFont::Helvetica, &self.programs);
            self.fallback = font.map(|font| Rc::new(LoadedFont::new(font)));
        }
        self.fallback.clone()
    }
}

/// Looks at all streams that make up a font.
fn check(dict: &Dict<'_>, budget: &Budget) -> Result<(), Limit> {
    let descendant = dict.get::<Array<'_>>(b"DescendantFonts");
    let descendant = descendant.and_then(|fonts| fonts.iter::<Dict<'_>>().next());
    for font in [Some(dict), descendant.as_ref()].into_iter().flatten() {
        let descriptor = font.get::<Dict<'_>>(b"FontDescriptor");
        for part in [Some(font), descriptor.as_ref()].into_iter().flatten() {
            for name in
                ["ToUnicode", "Encoding", "CIDToGIDMap", "FontFile", "FontFile2", "FontFile3"]
            {
                if let Some(stream) = part.get::<Stream<'_>>(name) {
                    budget.check(&stream)?;
                }
            }
        }
    }
    Ok(())
}

impl<'a> LoadedFont<'a> {
    fn new(font: Font<'a>) -> Self {
        Self { font, codes: RefCell::default() }
    }

    /// Whether its lines run from left to right rather than from top to bottom.
    #[must_use]
    pub fn is_horizontal(&self) -> bool {
        self.font.is_horizontal()
    }

    /// The code that starts at a byte, how many bytes it takes, and what it stands for.
    #[must_use]
    pub fn read(&self, bytes: &[u8], at: usize) -> (u32, usize, Rc<Code>) {
        let (code, length) = self.font.read_code(bytes, at);
        let mut codes = self.codes.borrow_mut();
        let known = codes.entry(code).or_insert_with(|| Rc::new(self.look_up(code)));
        (code, length.max(1), Rc::clone(known))
    }

    fn look_up(&self, code: u32) -> Code {
        let unicode = match self.font.glyph(self.font.map_code(code), code) {
            FontGlyph::Outline(glyph) => glyph.as_unicode(),
            FontGlyph::Type3(glyph) => glyph.as_unicode().or_else(|| of_bitmap(code)),
        };
        let text = unicode.map(|it| match it {
            BfString::Char(character) => plain(&character.to_string()),
            BfString::String(string) => plain(&string),
        });
        let advance = self.font.code_advance(code);
        let advance = if advance.is_finite() { advance } else { Vec2::ZERO };
        Code { text, advance }
    }
}

/// The character of a bitmap font: TeX names its glyphs by their codes, which are those of ASCII where
/// the file says nothing else.
fn of_bitmap(code: u32) -> Option<BfString> {
    char::from_u32(code).filter(char::is_ascii_graphic).map(BfString::Char)
}

/// Characters as they are typed: ligatures and Arabic forms parted, no control characters.
///
/// Text that is read from right to left is turned round, because everything on a page is first put
/// together from left to right.
fn plain(written: &str) -> String {
    let mut text = String::with_capacity(written.len());
    for character in written.chars() {
        match character {
            // Presentation forms: Latin ligatures, Hebrew and Arabic letters by their shape.
            '\u{FB00}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' => {
                text.extend(std::iter::once(character).nfkc());
            }
            '\t' | '\n' | '\r' | '\u{A0}' => text.push(' '),
            _ if character.is_control() => {}
            _ => text.push(character),
        }
    }
    if text.chars().nth(1).is_some() && text.chars().any(super::right_to_left::is_right_to_left) {
        text = text.chars().rev().collect();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ligatures_are_parted_and_control_characters_dropped() {
        assert_eq!(plain("ﬁ"), "fi");
        assert_eq!(plain("ﬄ"), "ffl");
        assert_eq!(plain("\u{2}a\u{A0}"), "a ");
        // Lam and alef, in the order from left to right on the page.
        assert_eq!(plain("ﻻ"), "\u{627}\u{644}");
        assert_eq!(plain("½²"), "½²");
    }
}
