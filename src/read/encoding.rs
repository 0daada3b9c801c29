//! Bytes of a file to text.
//!
//! In order: what the caller says; a byte order mark; valid UTF-8; UTF-32 and UTF-16 without a mark,
//! by where their NUL bytes stand; the 7-bit encodings with escapes (ISO-2022-JP, HZ); what XML and
//! HTML say about themselves; UTF-8 with a few broken bytes; detection by frequency, with a doubt
//! where signs stand inside words, as in encodings that nothing here can read (TCVN, VISCII). A
//! wrong guess is worse than a warning: whatever was guessed, or
//! lost a character, says so.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

use crate::{read::error::ReadError, transcript::Warning};

/// A file as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text without a byte order mark; borrowed where the file was UTF-8.
    pub text: Cow<'a, str>,
    /// The name of the encoding.
    pub encoding: &'static str,
    /// What was guessed or lost.
    pub warnings: Vec<Warning>,
}

/// Decodes a file. `wanted` names an encoding (a label of the WHATWG Encoding Standard) that is
/// taken instead of any guess; a byte order mark still goes before it.
///
/// # Errors
/// When the bytes are no text in any encoding, or `wanted` is no encoding.
pub fn decode<'a>(bytes: &'a [u8], wanted: Option<&str>) -> Result<Decoded<'a>, ReadError> {
    if let Some(decoded) = decode_marked(bytes) {
        return Ok(decoded);
    }
    if let Some(label) = wanted {
        let encoding = Encoding::for_label(label.trim().as_bytes())
            .ok_or_else(|| ReadError::UnknownEncoding(label.to_owned()))?;
        return Ok(decode_as(bytes, encoding, Vec::new()));
    }
    let has_nul = memchr::memchr(0, bytes).is_some();
    if has_nul {
        if let Some(decoded) = utf32_without_mark(bytes) {
            return Ok(decoded);
        }
        let encoding = utf16_without_mark(bytes).ok_or(ReadError::Binary)?;
        return Ok(decode_as(bytes, encoding, vec![guess(encoding.name())]));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(decode_seven_bit(bytes).unwrap_or(Decoded {
            text: Cow::Borrowed(text),
            encoding: UTF_8.name(),
            warnings: Vec::new(),
        }));
    }
    if let Some(encoding) = declared(bytes) {
        return Ok(decode_as(bytes, encoding, Vec::new()));
    }
    if is_mostly_utf8(bytes) {
        return Ok(decode_as(bytes, UTF_8, Vec::new()));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let mut decoded = decode_as(bytes, encoding, vec![guess(encoding.name())]);
    if encoding.is_single_byte() && has_signs_in_words(&decoded.text) {
        let message = "signs stand inside words: this may be an encoding that cannot be read, such \
                       as TCVN; save the file as UTF-8, or name its encoding";
        decoded.warnings.push(Warning::whole(message));
    }
    if is_text(&decoded.text) { Ok(decoded) } else { Err(ReadError::Undecodable) }
}

/// Whether a label names an encoding that [`decode`] can be asked for.
#[must_use]
pub fn is_encoding(label: &str) -> bool {
    Encoding::for_label(label.trim().as_bytes()).is_some()
}

/// The encoding that XML or HTML states in its first bytes: `<?xml … encoding="x"?>`,
/// `<meta charset="x">`, `<meta … content="text/html; charset=x">`.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    /// Where a browser gives up looking for it.
    const HEAD: usize = 1024;
    let head = bytes[..bytes.len().min(HEAD)].to_ascii_lowercase();
    let head = head.trim_ascii_start();
    if !head.starts_with(b"<") {
        return None;
    }
    let end_of_line = memchr::memchr(b'>', head).unwrap_or(head.len());
    let in_xml = memchr::memmem::find(&head[..end_of_line], b"encoding=");
    let stated = match in_xml.filter(|_| head.starts_with(b"<?xml")) {
        Some(at) => &head[at + b"encoding=".len()..],
        None => &head[memchr::memmem::find(head, b"charset=")? + b"charset=".len()..],
    };
    let stated = stated.trim_ascii_start();
    let stated = stated.strip_prefix(b"\"").or(stated.strip_prefix(b"'")).unwrap_or(stated);
    let is_label = |it: &&u8| it.is_ascii_alphanumeric() || b"-_.:".contains(*it);
    let label = &stated[..stated.iter().take_while(is_label).count()];
    // What could be read this far has one byte a letter.
    let encoding = Encoding::for_label(label)?;
    Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding })
}

fn guess(name: &str) -> Warning {
    Warning::whole(format!("does not state its encoding; it was read as {name}"))
}

fn decode_marked(bytes: &[u8]) -> Option<Decoded<'_>> {
    // UTF-32 first: its little-endian mark starts with that of UTF-16.
    match bytes {
        [0xFF, 0xFE, 0, 0, rest @ ..] => {
            return Some(decode_utf32(rest, u32::from_le_bytes, "UTF-32LE"));
        }
        [0, 0, 0xFE, 0xFF, rest @ ..] => {
            return Some(decode_utf32(rest, u32::from_be_bytes, "UTF-32BE"));
        }
        _ => {}
    }
    let (encoding, length) = Encoding::for_bom(bytes)?;
    Some(decode_as(&bytes[length..], encoding, Vec::new()))
}

fn decode_as<'a>(
    bytes: &'a [u8],
    encoding: &'static Encoding,
    mut warnings: Vec<Warning>,
) -> Decoded<'a> {
    let (text, lost) = encoding.decode_without_bom_handling(bytes);
    if lost {
        warnings.push(lost_characters(&text, encoding.name()));
    }
    Decoded { text, encoding: encoding.name(), warnings }
}

fn lost_characters(text: &str, encoding: &str) -> Warning {
    let first = text.find('\u{FFFD}').unwrap_or_default();
    let line = memchr::memchr_iter(b'\n', &text.as_bytes()[..first]).count() + 1;
    let count = text.matches('\u{FFFD}').count();
    let bytes = if count == 1 { "1 place is".to_owned() } else { format!("{count} places are") };
    let message =
        format!("{bytes} no valid {encoding}; they read `\u{FFFD}`, the first on this line");
    Warning::at(u32::try_from(line).unwrap_or(u32::MAX), message)
}

/// The number that four bytes make.
type Order = fn([u8; 4]) -> u32;

fn decode_utf32(bytes: &[u8], number: Order, encoding: &'static str) -> Decoded<'static> {
    let (whole, rest) = bytes.as_chunks::<4>();
    let mut lost = !rest.is_empty();
    let mut text = String::with_capacity(bytes.len() / 4);
    for four in whole {
        let character = char::from_u32(number(*four));
        lost |= character.is_none();
        text.push(character.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    if !rest.is_empty() {
        text.push(char::REPLACEMENT_CHARACTER);
    }
    let warnings = if lost { vec![lost_characters(&text, encoding)] } else { Vec::new() };
    Decoded { text: Cow::Owned(text), encoding, warnings }
}

/// Every four bytes of UTF-32 are a character; hardly any other file is like that.
fn utf32_without_mark(bytes: &[u8]) -> Option<Decoded<'static>> {
    let orders: [(Order, _); 2] =
        [(u32::from_le_bytes, "UTF-32LE"), (u32::from_be_bytes, "UTF-32BE")];
    let (whole, rest) = bytes.as_chunks::<4>();
    let is_character = |number: Order| {
        whole.iter().all(|four| char::from_u32(number(*four)).is_some_and(|it| it != '\0'))
    };
    let (number, encoding) = orders.into_iter().find(|(number, _)| is_character(*number))?;
    let mut decoded = decode_utf32(bytes, number, encoding);
    decoded.warnings.insert(0, guess(encoding));
    (rest.is_empty() && is_text(&decoded.text)).then_some(decoded)
}

/// Whether signs such as `®` and `¸` stand between letters, again and again: the letters of another
/// encoding.
fn has_signs_in_words(text: &str) -> bool {
    const FEWEST: usize = 8;
    let (mut signs, mut others) = (0, 0);
    let (mut before, mut sign) = (false, false);
    for character in text.chars() {
        let is_letter = character.is_alphabetic();
        others += usize::from(!character.is_ascii());
        signs += usize::from(sign && is_letter);
        sign = before && !is_letter && matches!(character, '¡'..='¿') && character != '·';
        before = is_letter;
    }
    signs >= FEWEST && signs * 20 > others
}

/// UTF-16 text of a Latin script has a NUL in nearly every second byte, always on one side.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096)];
    let (mut even, mut odd) = (0, 0);
    for (at, byte) in head.iter().enumerate() {
        match (*byte, at % 2) {
            (0, 0) => even += 1,
            (0, _) => odd += 1,
            _ => {}
        }
    }
    let many = (head.len() / 10).max(1);
    let encoding = match (even, odd) {
        (0, odd) if odd >= many => UTF_16LE,
        (even, 0) if even >= many => UTF_16BE,
        _ => return None,
    };
    let (text, lost) = encoding.decode_without_bom_handling(bytes);
    (!lost && is_text(&text)).then_some(encoding)
}

/// ISO-2022-JP and HZ are ASCII bytes with escapes that switch to double-byte characters.
fn decode_seven_bit(bytes: &[u8]) -> Option<Decoded<'_>> {
    if memchr::memmem::find(bytes, b"\x1B$").is_some() {
        return decode_iso_2022_jp(bytes);
    }
    memchr::memmem::find(bytes, b"~{")?;
    let (text, lost) = decode_hz(bytes)?;
    let mut warnings = vec![guess("HZ-GB-2312")];
    if lost {
        warnings.push(lost_characters(&text, "HZ-GB-2312"));
    }
    Some(Decoded { text: Cow::Owned(text), encoding: "HZ-GB-2312", warnings })
}

/// ISO-2022-JP. Old files escape to ASCII and right back, which the WHATWG Encoding Standard counts as
/// an error; these pairs mean nothing and are taken out first.
fn decode_iso_2022_jp(bytes: &[u8]) -> Option<Decoded<'static>> {
    const THERE_AND_BACK: &[u8] = b"\x1B(B\x1B$B";
    let mut kept = Vec::with_capacity(bytes.len());
    let mut start = 0;
    for pair in memchr::memmem::find_iter(bytes, THERE_AND_BACK) {
        kept.extend_from_slice(&bytes[start..pair]);
        start = pair + THERE_AND_BACK.len();
    }
    kept.extend_from_slice(&bytes[start..]);
    let Decoded { text, encoding, warnings } = decode_as(&kept, ISO_2022_JP, Vec::new());
    let lost = text.matches(char::REPLACEMENT_CHARACTER).count();
    let is_japanese = lost * 100 <= text.chars().count();
    is_japanese.then(|| Decoded { text: Cow::Owned(text.into_owned()), encoding, warnings })
}

/// HZ (RFC 1843): `~{` to `~}` are GB 2312 characters without their high bits, `~~` is a tilde.
///
/// `None` unless several stretches of the file are such characters: a tilde before a brace is rare
/// in prose, but it does happen. The second value tells whether a character was lost.
fn decode_hz(bytes: &[u8]) -> Option<(String, bool)> {
    let (mut eight_bit, mut at, mut pairs) = (Vec::with_capacity(bytes.len()), 0, 0);
    let (mut chinese, mut broken) = (false, false);
    while at < bytes.len() {
        let two = (bytes[at], bytes.get(at + 1).copied().unwrap_or(0));
        at += match (chinese, two) {
            (false, (b'~', b'{')) => {
                chinese = true;
                2
            }
            (true, (b'~', b'}')) => {
                chinese = false;
                2
            }
            (false, (b'~', b'~')) => {
                eight_bit.push(b'~');
                2
            }
            (false, (b'~', b'\n')) => 2,
            (true, (0x21..=0x77, 0x21..=0x7E)) => {
                pairs += 1;
                eight_bit.extend([two.0 | 0x80, two.1 | 0x80]);
                2
            }
            (true, (b'\n' | b'\r', _)) => {
                chinese = false;
                eight_bit.push(two.0);
                1
            }
            (inside, (byte, _)) => {
                // A stretch that the end of the file cuts off is no proof against the encoding.
                broken |= inside && at + 1 < bytes.len();
                eight_bit.push(byte);
                1
            }
        };
    }
    if broken || pairs < 8 {
        return None;
    }
    let (text, lost) = GB18030.decode_without_bom_handling(&eight_bit);
    Some((text.into_owned(), lost))
}

/// Whether nearly all that is not ASCII is valid UTF-8, so that the rest is damage.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut valid, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().chars().filter(|it| !it.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    valid > broken * 4
}

/// Whether hardly any control character is in it.
fn is_text(text: &str) -> bool {
    let mut controls = 0;
    let mut count = 0;
    for character in text.chars().take(20_000) {
        count += 1;
        let allowed =
            matches!(character, '\n' | '\r' | '\t' | '\u{B}' | '\u{C}' | '\u{1B}' | '\u{85}');
        controls += usize::from(character.is_control() && !allowed);
    }
    controls * 50 <= count
}

#[cfg(test)]
mod tests;
