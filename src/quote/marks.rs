//! Quotation marks: their shapes, and what one may be where it stands.

/// A pair of quotation marks that belong together, by the one that opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// `"…"`
    Straight,
    /// `“…”`
    Curly,
    /// `„…“`, `„…”`
    Low,
    /// `”…”`
    Right,
    /// `«…»`
    Guillemets,
    /// `»…«`, `»…»`
    Turned,
    /// `‹…›`
    SingleGuillemets,
    /// `›…‹`, `›…›`
    SingleTurned,
    /// `‘…’`
    Single,
    /// `‚…‘`, `‚…’`
    SingleLow,
    /// ` ``…'' `
    Latex,
    /// `「…」`
    Corner,
    /// `『…』`
    DoubleCorner,
}

impl Shape {
    /// Whether a mark closes a quotation of this shape.
    pub(super) fn is_closed_by(self, mark: Mark) -> bool {
        let Mark::Character(mark) = mark else {
            return self == Self::Latex && mark == Mark::Primes;
        };
        match self {
            Self::Straight | Self::Latex => mark == '"',
            // Who types a mark by hand in a text with curly ones closes it with a straight one.
            Self::Curly => matches!(mark, '”' | '"'),
            Self::Right => mark == '”',
            Self::Low => matches!(mark, '“' | '”'),
            Self::Guillemets => mark == '»',
            Self::Turned => matches!(mark, '«' | '»'),
            Self::SingleGuillemets => mark == '›',
            Self::SingleTurned => matches!(mark, '‹' | '›'),
            Self::Single => mark == '’',
            Self::SingleLow => matches!(mark, '‘' | '’'),
            Self::Corner => mark == '」',
            Self::DoubleCorner => mark == '』',
        }
    }

    /// The shape that a mark opens.
    pub(super) fn opened_by(mark: Mark) -> Option<Self> {
        Some(match mark {
            Mark::Backticks => Self::Latex,
            Mark::Primes => return None,
            Mark::Character(character) => match character {
                '"' => Self::Straight,
                '“' => Self::Curly,
                '„' => Self::Low,
                '”' => Self::Right,
                '«' => Self::Guillemets,
                '»' => Self::Turned,
                '‹' => Self::SingleGuillemets,
                '›' => Self::SingleTurned,
                '‘' => Self::Single,
                '‚' => Self::SingleLow,
                '「' => Self::Corner,
                '『' => Self::DoubleCorner,
                _ => return None,
            },
        })
    }

    /// Whether its closing mark may as well be an apostrophe.
    pub(super) fn is_single(self) -> bool {
        matches!(self, Self::Single | Self::SingleLow)
    }
}

/// A quotation mark as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// One character.
    Character(char),
    /// Two backticks.
    Backticks,
    /// Two straight single quotes.
    Primes,
}

impl Mark {
    /// The mark at the start of a string, and its length in bytes.
    pub(super) fn at(text: &str) -> Option<(Self, usize)> {
        if text.starts_with("``") {
            return Some((Self::Backticks, 2));
        }
        if text.starts_with("''") {
            return Some((Self::Primes, 2));
        }
        let character = text.chars().next().filter(|it| is_mark(*it))?;
        Some((Self::Character(character), character.len_utf8()))
    }
}

/// Whether a character is a quotation mark on its own.
pub(super) fn is_mark(character: char) -> bool {
    matches!(character, '"' | '“' | '”' | '„' | '«' | '»' | '‹' | '›' | '‘' | '’' | '‚')
        || matches!(character, '「' | '」' | '『' | '』')
}

/// How far is looked ahead for the partner of a doubtful mark, in bytes.
const AHEAD: usize = 2000;

/// Where a mark stands: what is before and behind it.
#[derive(Clone, Copy)]
pub(super) struct Around<'a> {
    pub(super) before: &'a str,
    pub(super) behind: &'a str,
}

impl Around<'_> {
    fn last(self) -> Option<char> {
        self.before.chars().next_back()
    }

    fn next(self) -> Option<char> {
        self.behind.chars().next()
    }

    /// Whether text follows directly, and a space, bracket, dash or mark precedes.
    pub(super) fn may_open(self) -> bool {
        let edge = self.last().is_none_or(|it| {
            it.is_whitespace()
                || matches!(it, '(' | '[' | '{' | '*' | '_' | '/' | '>' | '¡' | '¿')
                || is_dash(it)
                || (is_mark(it) && it != '’' && it != '”')
        });
        edge && self.touches_behind()
    }

    /// Whether text follows directly, and punctuation precedes: `said:"No`.
    pub(super) fn may_open_sloppily(self) -> bool {
        self.last().is_some_and(|it| matches!(it, ':' | ',' | ';' | '.' | '='))
            && self.next().is_some_and(char::is_alphanumeric)
    }

    /// Whether text precedes directly.
    pub(super) fn may_close(self) -> bool {
        self.last().is_some_and(|it| !it.is_whitespace())
    }

    /// Whether a dash precedes and no letter does: either an interrupted quotation ends here or one
    /// begins.
    pub(super) fn follows_dash(self) -> bool {
        self.last().is_some_and(is_dash)
    }

    pub(super) fn touches_behind(self) -> bool {
        self.next().is_some_and(|it| !it.is_whitespace())
    }

    /// Whether the mark could be the sign of inches: it follows a number, as in `12"` or `6'2"`.
    pub(super) fn follows_number(self) -> bool {
        self.last().is_some_and(char::is_numeric)
    }

    /// Whether, of the straight marks that follow, the next that cannot be one of inches closes.
    pub(super) fn next_straight_closes(self) -> bool {
        let window = &self.behind[..self.behind.floor_char_boundary(AHEAD)];
        let next = window
            .match_indices('"')
            .map(|(at, mark)| Around { before: &window[..at], behind: &window[at + mark.len()..] });
        next.into_iter()
            .find(|it| !it.follows_number())
            .is_some_and(|it| !it.may_open() && it.may_close())
    }

    /// Whether a `‘` is an apostrophe that a word processor turned the wrong way: `‘em`, `‘90s`.
    pub(super) fn is_elision(self) -> bool {
        let end = self.behind.find(|it: char| !it.is_alphanumeric()).unwrap_or(self.behind.len());
        let word = &self.behind[..end];
        word.starts_with(|it: char| it.is_numeric())
            || ELISIONS.iter().any(|elision| word.eq_ignore_ascii_case(elision))
    }

    /// Whether a `’` ends no quotation: a letter follows, or it marks the possessive of a word in
    /// `s` and the one that closes comes later.
    pub(super) fn is_apostrophe(self) -> bool {
        if self.next().is_some_and(char::is_alphanumeric) {
            return true;
        }
        let possessive = self.before.ends_with(['s', 'S']) && self.behind.starts_with(' ');
        possessive && {
            let window = &self.behind[..self.behind.floor_char_boundary(AHEAD)];
            let window = &window[..window.find('‘').unwrap_or(window.len())];
            window.match_indices('’').any(|(at, mark)| {
                let follows = window[at + mark.len()..].chars().next();
                !follows.is_some_and(char::is_alphanumeric)
            })
        }
    }
}

/// Words that are written with an apostrophe in front.
const ELISIONS: &[&str] = &[
    "em", "til", "till", "cause", "cos", "coz", "twas", "tis", "twere", "twill", "n", "bout",
    "round", "nuff", "kay", "im", "er", "is", "ere", "tude", "fraid", "neath", "nother", "scuse",
];

/// Whether a character is a dash or hyphen.
pub(super) fn is_dash(character: char) -> bool {
    matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}')
        || character == '\u{FF0D}'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around<'a>(before: &'a str, behind: &'a str) -> Around<'a> {
        Around { before, behind }
    }

    #[test]
    fn a_mark_opens_after_a_space_and_closes_after_a_letter() {
        assert!(around("said ", "No").may_open() && !around("said ", "No").may_close());
        assert!(around("", "No").may_open());
        assert!(!around("No", " he").may_open() && around("No", " he").may_close());
        assert!(around("said:", "No").may_open_sloppily());
    }

    #[test]
    fn apostrophes_in_front_of_a_word_are_told_from_marks() {
        for word in ["em all", "90s", "Twas night"] {
            assert!(around(" ", word).is_elision(), "{word}");
        }
        assert!(!around(" ", "Emma said").is_elision());
    }

    #[test]
    fn a_possessive_closes_nothing_when_a_mark_follows() {
        assert!(around("the artists", " best work’ he").is_apostrophe());
        assert!(!around("the artists", " he said").is_apostrophe());
        assert!(around("don", "t").is_apostrophe());
    }
}
