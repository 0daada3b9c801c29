//! The characters of CEA-608 that are not ASCII.

/// A byte from 0x20 to 0x7F of the basic set.
pub fn basic(byte: u8) -> char {
    match byte {
        0x2A => 'á',
        0x5C => 'é',
        0x5E => 'í',
        0x5F => 'ó',
        0x60 => 'ú',
        0x7B => 'ç',
        0x7C => '÷',
        0x7D => 'Ñ',
        0x7E => 'ñ',
        0x7F => '█',
        _ => char::from(byte),
    }
}

/// A special character, from 0x30 to 0x3F. The tenth is a space that lets the picture through.
pub fn special(byte: u8) -> Option<char> {
    nth("®°½¿™¢£♪à\u{20}èâêîôû", byte, 0x30)
}

/// A character of the Spanish, French and miscellaneous set, from 0x20 to 0x3F.
pub fn spanish_french(byte: u8) -> Option<char> {
    nth("ÁÉÓÚÜü‘¡*’—©℠•“”ÀÂÇÈÊËëÎÏïÔÙùÛ«»", byte, 0x20)
}

/// A character of the Portuguese, German and Danish set, from 0x20 to 0x3F.
pub fn portuguese_german(byte: u8) -> Option<char> {
    nth("ÃãÍÌìÒòÕõ{}\\^_|~ÄäÖöß¥¤│ÅåØø┌┐└┘", byte, 0x20)
}

fn nth(characters: &str, byte: u8, first: u8) -> Option<char> {
    characters.chars().nth(usize::from(byte.checked_sub(first)?))
}
