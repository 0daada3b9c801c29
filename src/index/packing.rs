//! How a passage is stored: its speaker, its text and its place table, packed small.
//!
//! Numbers are little-endian base-128 (LEB128); what grows along the text is stored as the
//! difference to what was expected, signed numbers zigzag. A passage of plain prose has one part and
//! takes up some ten bytes beside its text.

use super::error::IndexError;
use crate::{
    place::{LineColumn, Page, Place, SourceSpan, Time, TimeSpan},
    text::{Part, Text},
    transcript::Speaker,
};

const HAS_SOURCE: u8 = 1;
/// The source span is as long as the part.
const IS_COPIED: u8 = 2;
const HAS_TIME: u8 = 4;
const HAS_PAGE: u8 = 8;

/// Packs a passage's speaker, text and places.
pub(super) fn pack(speaker: Option<&Speaker>, text: &Text) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() + 16 + 6 * text.parts().len());
    let name = speaker.map(|speaker| speaker.0.as_bytes());
    put(&mut out, name.map_or(0, |name| name.len() as u64 + 1));
    out.extend(name.unwrap_or_default());
    put(&mut out, text.len() as u64);
    out.extend(text.as_str().as_bytes());
    put(&mut out, text.parts().len() as u64);
    let mut before = Before::default();
    for (at, part) in text.parts().iter().enumerate() {
        let end = text.parts().get(at + 1).map_or(text.len(), |next| next.start);
        pack_part(&mut out, part, end - part.start, &mut before);
    }
    out
}

/// Unpacks what [`pack`] packed.
pub(super) fn unpack(bytes: &[u8]) -> Result<(Option<Speaker>, Text), IndexError> {
    let mut input = Input { bytes };
    let passage = unpack_passage(&mut input);
    passage.ok_or_else(|| IndexError::Damaged("a stored passage cannot be unpacked".to_owned()))
}

/// What the next part is compared with.
#[derive(Default)]
struct Before {
    source_end: u64,
    line: u64,
    time_end: u64,
}

fn pack_part(out: &mut Vec<u8>, part: &Part, length: usize, before: &mut Before) {
    let Place { source, time, page } = part.place;
    let copied = source.is_some_and(|source| source.len() == length);
    let flag = |set: bool, flag: u8| if set { flag } else { 0 };
    out.push(
        flag(source.is_some(), HAS_SOURCE)
            | flag(copied, IS_COPIED)
            | flag(time.is_some(), HAS_TIME)
            | flag(page.is_some(), HAS_PAGE),
    );
    put(out, length as u64);
    if let Some(source) = source {
        put_signed(out, difference(source.start as u64, before.source_end));
        if !copied {
            put(out, source.len() as u64);
        }
        put_signed(out, difference(u64::from(source.at.line), before.line));
        put(out, u64::from(source.at.column));
        before.source_end = source.end as u64;
        before.line = u64::from(source.at.line);
    }
    if let Some(time) = time {
        put_signed(out, difference(time.start.0, before.time_end));
        put(out, time.end.0.saturating_sub(time.start.0));
        before.time_end = time.end.0;
    }
    if let Some(Page(page)) = page {
        put(out, u64::from(page.get()));
    }
}

fn unpack_passage(input: &mut Input<'_>) -> Option<(Option<Speaker>, Text)> {
    let speaker = match input.number()? {
        0 => None,
        length => Some(Speaker(input.string(length - 1)?)),
    };
    let length = input.number()?;
    let string = input.string(length)?;
    let count = usize::try_from(input.number()?).ok()?;
    let mut parts = Vec::with_capacity(count.min(string.len() + 1));
    let mut before = Before::default();
    let mut start = 0;
    for _ in 0..count {
        let (place, length) = unpack_part(input, &mut before)?;
        parts.push(Part { start, place });
        start += length;
    }
    Some((speaker, Text::from_parts(string, parts)))
}

fn unpack_part(input: &mut Input<'_>, before: &mut Before) -> Option<(Place, usize)> {
    let flags = input.byte()?;
    let length = usize::try_from(input.number()?).ok()?;
    let mut place = Place::default();
    if flags & HAS_SOURCE != 0 {
        let start = before.source_end.wrapping_add_signed(input.signed()?);
        let covered = if flags & IS_COPIED != 0 { length as u64 } else { input.number()? };
        let line = before.line.wrapping_add_signed(input.signed()?);
        let column = input.number()?;
        let end = start.checked_add(covered)?;
        place.source = Some(SourceSpan {
            start: usize::try_from(start).ok()?,
            end: usize::try_from(end).ok()?,
            at: LineColumn { line: u32::try_from(line).ok()?, column: u32::try_from(column).ok()? },
        });
        before.source_end = end;
        before.line = line;
    }
    if flags & HAS_TIME != 0 {
        let start = before.time_end.wrapping_add_signed(input.signed()?);
        let end = start.checked_add(input.number()?)?;
        place.time = Some(TimeSpan { start: Time(start), end: Time(end) });
        before.time_end = end;
    }
    if flags & HAS_PAGE != 0 {
        place.page = Some(Page(u32::try_from(input.number()?).ok()?.try_into().ok()?));
    }
    Some((place, length))
}

fn put(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(low_bits(number) | 0x80);
        number >>= 7;
    }
    out.push(low_bits(number));
}

fn low_bits(number: u64) -> u8 {
    (number & 0x7F) as u8
}

fn put_signed(out: &mut Vec<u8>, number: i64) {
    put(out, ((number << 1) ^ (number >> 63)).cast_unsigned());
}

fn difference(number: u64, before: u64) -> i64 {
    number.wrapping_sub(before).cast_signed()
}

/// Reads numbers and strings; `None` at the end and for what is malformed.
struct Input<'a> {
    bytes: &'a [u8],
}

impl Input<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(*first)
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn signed(&mut self) -> Option<i64> {
        let number = self.number()?;
        Some((number >> 1).cast_signed() ^ -(number & 1).cast_signed())
    }

    fn string(&mut self, length: u64) -> Option<String> {
        let (string, rest) = self.bytes.split_at_checked(usize::try_from(length).ok()?)?;
        self.bytes = rest;
        std::str::from_utf8(string).ok().map(str::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn places() -> impl Strategy<Value = Place> {
        let source = (0_usize..1 << 40, 0_usize..99, 1_u32.., 1_u32..).prop_map(
            |(start, length, line, column)| SourceSpan {
                start,
                end: start + length,
                at: LineColumn { line, column },
            },
        );
        let time = (0_u64..1 << 40, 0_u64..1 << 40)
            .prop_map(|(start, length)| TimeSpan { start: Time(start), end: Time(start + length) });
        let page = any::<std::num::NonZeroU32>().prop_map(Page);
        (prop::option::of(source), prop::option::of(time), prop::option::of(page))
            .prop_map(|(source, time, page)| Place { source, time, page })
    }

    proptest! {
        #[test]
        fn what_is_packed_is_unpacked(
            name in prop::option::of("\\PC{0,9}"),
            parts in prop::collection::vec(("\\PC{1,9}", places()), 0..9),
        ) {
            let speaker = name.map(Speaker);
            let mut text = Text::default();
            for (string, place) in &parts {
                text.push(string, *place);
            }
            prop_assert_eq!(unpack(&pack(speaker.as_ref(), &text)).unwrap(), (speaker, text));
        }

        #[test]
        fn damaged_bytes_are_refused_and_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let _ = unpack(&bytes);
        }
    }
}
