//! The tokens of RTF: groups, control words and symbols, and bytes of text.

/// A token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `\word` or `\word12`.
    Word(&'a str, Option<i32>),
    /// A backslash and a character that is no letter, such as `\~`.
    Symbol(u8),
    /// `\'e9`.
    Hex(u8),
    /// Text as it stands, without line ends.
    Text(&'a [u8]),
}

/// Gives the tokens of a file one by one.
#[derive(Clone, Debug)]
pub struct Tokens<'a> {
    bytes: &'a [u8],
    /// The next byte.
    pub at: usize,
    end: usize,
}

impl<'a> Tokens<'a> {
    /// The tokens of some bytes of a file.
    pub fn new(bytes: &'a [u8], start: usize, end: usize) -> Self {
        Self { bytes, at: start, end: end.min(bytes.len()) }
    }

    /// Goes past the end of the group at hand. Gives the byte at which it ends.
    pub fn leave_group(&mut self) -> usize {
        let mut depth = 0_usize;
        loop {
            let before = self.at;
            match self.next() {
                Some(Token::Open) => depth += 1,
                Some(Token::Close) if depth == 0 => return before,
                Some(Token::Close) => depth -= 1,
                Some(_) => {}
                None => return self.end,
            }
        }
    }

    fn control(&mut self) -> Option<Token<'a>> {
        let first = *self.bytes.get(self.at).filter(|_| self.at < self.end)?;
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            if first != b'\'' {
                return Some(Token::Symbol(first));
            }
            let digits = self.bytes.get(self.at..self.at + 2).filter(|_| self.at + 2 <= self.end);
            let digits = digits.and_then(|digits| std::str::from_utf8(digits).ok());
            let code = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
            self.at += if code.is_some() { 2 } else { 0 };
            return Some(code.map_or(Token::Symbol(b'\''), Token::Hex));
        }
        let start = self.at;
        self.skip(u8::is_ascii_alphabetic);
        let name = std::str::from_utf8(&self.bytes[start..self.at]).unwrap_or_default();
        let start = self.at;
        if self.at < self.end && self.bytes[self.at] == b'-' {
            self.at += 1;
        }
        self.skip(u8::is_ascii_digit);
        let number = std::str::from_utf8(&self.bytes[start..self.at]).unwrap_or_default();
        let number = number.parse().ok();
        if self.at < self.end && self.bytes[self.at] == b' ' {
            self.at += 1;
        }
        if name == "bin" {
            // Bytes of a picture follow, which may be anything.
            let length = number.and_then(|it| usize::try_from(it).ok()).unwrap_or_default();
            self.at = self.at.saturating_add(length).min(self.end);
        }
        Some(Token::Word(name, number))
    }

    fn skip(&mut self, is: impl Fn(&u8) -> bool) {
        while self.at < self.end && is(&self.bytes[self.at]) {
            self.at += 1;
        }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        self.skip(|it| matches!(it, b'\r' | b'\n' | 0));
        if self.at >= self.end {
            return None;
        }
        let start = self.at;
        match self.bytes[start] {
            b'{' => {
                self.at += 1;
                Some(Token::Open)
            }
            b'}' => {
                self.at += 1;
                Some(Token::Close)
            }
            b'\\' => {
                self.at += 1;
                self.control()
            }
            _ => {
                self.skip(|it| !matches!(it, b'{' | b'}' | b'\\' | b'\r' | b'\n' | 0));
                Some(Token::Text(&self.bytes[start..self.at]))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(written: &[u8]) -> Vec<Token<'_>> {
        Tokens::new(written, 0, written.len()).collect()
    }

    #[test]
    fn words_symbols_groups_and_text_are_told_apart() {
        assert_eq!(
            tokens(b"{\\b0 a\r\nb\\u-3 \\'e9\\~\\'x}"),
            [
                Token::Open,
                Token::Word("b", Some(0)),
                Token::Text(b"a"),
                Token::Text(b"b"),
                Token::Word("u", Some(-3)),
                Token::Hex(0xE9),
                Token::Symbol(b'~'),
                Token::Symbol(b'\''),
                Token::Text(b"x"),
                Token::Close,
            ]
        );
    }

    #[test]
    fn binary_data_is_skipped() {
        assert_eq!(tokens(b"\\bin3 }}}a"), [Token::Word("bin", Some(3)), Token::Text(b"a")]);
        assert_eq!(tokens(b"\\bin99999 }"), [Token::Word("bin", Some(99999))]);
    }

    #[test]
    fn a_group_ends_at_its_own_bracket() {
        let written = b"a{b\\}}c}d";
        let mut tokens = Tokens::new(written, 0, written.len());
        assert_eq!((tokens.leave_group(), tokens.at), (7, 8));
        assert_eq!(tokens.leave_group(), 9);
    }
}
