//! What the pairs of bytes of CEA-608 mean.

use crate::read::scc::characters::{basic, portuguese_german, spanish_french, special};

/// A pair of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// One or two characters of the basic set; `\0` is none.
    Characters(char, char),
    /// A control code of a channel, 0 or 1.
    Control(usize, Control),
    /// Padding, and data that is no caption.
    Nothing,
}

/// What a control code does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Control {
    /// Writes a character.
    Special(char),
    /// Writes a character over the one before it, which is shown where this one is unknown.
    Extended(char),
    /// Changes the style, which takes the place of a space.
    Style,
    /// Goes to a row and a column, from 0.
    Goto(usize, usize),
    /// Goes some columns to the right.
    Tab(usize),
    /// What is written from here on is loaded, to be shown later.
    Load,
    /// What is written from here on is shown at once, at the bottom.
    RollUp,
    /// What is written from here on is shown at once, in its place.
    Paint,
    /// What is written from here on is no caption.
    Text,
    /// Takes back a character.
    Backspace,
    /// Takes back the rest of the row.
    EraseRow,
    /// Takes from the screen what is shown.
    EraseShown,
    /// Takes back what is loaded.
    EraseLoaded,
    /// Starts a new row at the bottom.
    Return,
    /// Shows what is loaded in place of what is shown.
    Show,
    /// Nothing that has to do with words.
    Other,
}

impl Code {
    /// Whether it comes twice.
    pub fn is_control(self) -> bool {
        matches!(self, Self::Control(..))
    }

    /// The channel it chooses.
    pub fn channel(self) -> Option<usize> {
        match self {
            Self::Control(channel, _) => Some(channel),
            _ => None,
        }
    }
}

/// The meaning of two bytes without their parity bits.
pub fn code((first, second): (u8, u8)) -> Code {
    match first {
        0x10..=0x1F => Code::Control(usize::from(first & 8 != 0), control(first & 0x17, second)),
        0x20.. => Code::Characters(basic(first), if second < 0x20 { '\0' } else { basic(second) }),
        _ if first == 0 && second >= 0x20 => Code::Characters('\0', basic(second)),
        _ => Code::Nothing,
    }
}

fn control(first: u8, second: u8) -> Control {
    let character = match (first, second) {
        (0x11, 0x30..=0x3F) => special(second).map(Control::Special),
        (0x12, 0x20..=0x3F) => spanish_french(second).map(Control::Extended),
        (0x13, 0x20..=0x3F) => portuguese_german(second).map(Control::Extended),
        _ => None,
    };
    if let Some(control) = character {
        return control;
    }
    match (first, second) {
        (0x11, 0x20..=0x2F) => Control::Style,
        (0x17, 0x21..=0x23) => Control::Tab(usize::from(second - 0x20)),
        (0x14 | 0x15, 0x20..=0x2F) => command(second),
        (_, 0x40..=0x7F) => Control::Goto(row(first, second), column(second)),
        _ => Control::Other,
    }
}

fn command(second: u8) -> Control {
    match second {
        0x20 => Control::Load,
        0x21 => Control::Backspace,
        0x24 => Control::EraseRow,
        0x25..=0x27 => Control::RollUp,
        0x29 => Control::Paint,
        0x2A | 0x2B => Control::Text,
        0x2C => Control::EraseShown,
        0x2D => Control::Return,
        0x2E => Control::EraseLoaded,
        0x2F => Control::Show,
        _ => Control::Other,
    }
}

/// The row of a preamble, from 0. Which rows a first byte stands for has no order.
fn row(first: u8, second: u8) -> usize {
    let upper = match first {
        0x11 => 0,
        0x12 => 2,
        0x15 => 4,
        0x16 => 6,
        0x17 => 8,
        0x10 => return 10,
        0x13 => 11,
        _ => 13,
    };
    upper + usize::from(second & 0x20 != 0)
}

/// The column of a preamble, from 0: those with a colour start at the left.
fn column(second: u8) -> usize {
    if second & 0x10 == 0 { 0 } else { usize::from(second & 0x0E) * 2 }
}
