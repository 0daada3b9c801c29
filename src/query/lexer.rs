//! Cuts a query into tokens.
//!
//! A token is decided by what stands next to what: `-word` excludes, `a - b` is prose; `wo?d` is a
//! wildcard, `who?` is prose. When in doubt it is prose.

use super::QuerySpan;

/// A piece of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token<'q> {
    pub kind: Kind<'q>,
    pub span: QuerySpan,
}

/// What a piece of a query is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind<'q> {
    /// A run of characters without white space.
    Text(&'q str),
    /// What stands between quotation marks, and the number behind a `~`, as typed.
    Quoted {
        inside: &'q str,
        distance: Option<&'q str>,
    },
    /// `name:` of a known field with its value right behind it.
    Field(&'q str),
    /// `/…/`, without the slashes.
    Regex(&'q str),
    And,
    Or,
    Not,
    /// `NEAR/5`: the number as typed.
    Near(&'q str),
    /// `BEFORE/5`: the number as typed.
    Before(&'q str),
    Open,
    Close,
}

const FIELDS: &[&str] =
    &["speaker", "title", "path", "kind", "lang", "date", "time", "has", "sounds"];

const OPENING: &[char] = &['"', '“', '„', '«', '‟', '＂', '”'];
const CLOSING: &[char] = &['"', '”', '“', '»', '‟', '＂'];

/// Cuts a query into tokens. Every character of it is in a token, or white space, or a sign that
/// means nothing where it stands.
pub(super) fn tokens(query: &str) -> Vec<Token<'_>> {
    let mut lexer = Lexer { query, at: 0, tokens: Vec::new() };
    while lexer.at < query.len() {
        lexer.next();
    }
    lexer.tokens
}

struct Lexer<'q> {
    query: &'q str,
    at: usize,
    tokens: Vec<Token<'q>>,
}

impl<'q> Lexer<'q> {
    fn next(&mut self) {
        let rest = &self.query[self.at..];
        let Some(first) = rest.chars().next() else { return };
        if first.is_whitespace() {
            self.at += first.len_utf8();
        } else if OPENING.contains(&first) && !self.ends_a_word() {
            self.quoted(first);
        } else if OPENING.contains(&first) {
            // `12" vinyl`: a mark behind a word opens nothing.
            self.at += first.len_utf8();
        } else if first == '(' {
            self.push(Kind::Open, 1);
        } else if first == ')' {
            self.push(Kind::Close, 1);
        } else if first == '-' && starts_an_operand(&rest[1..]) && self.is_apart() {
            self.push(Kind::Not, 1);
        } else if let Some(length) = regex_length(rest) {
            self.push(Kind::Regex(&rest[1..length - 1]), length);
        } else if let Some(name) = field_name(rest) {
            self.push(Kind::Field(name), name.len() + 1);
            if name == "path" {
                self.path();
            }
        } else {
            self.text(rest);
        }
    }

    fn push(&mut self, kind: Kind<'q>, length: usize) {
        let span = QuerySpan { start: self.at, end: self.at + length };
        self.tokens.push(Token { kind, span });
        self.at += length;
    }

    /// Whether white space, a parenthesis or nothing stands before.
    fn is_apart(&self) -> bool {
        let before = self.query[..self.at].chars().next_back();
        before.is_none_or(|c| c.is_whitespace() || c == '(')
    }

    /// Whether a letter or digit stands before.
    fn ends_a_word(&self) -> bool {
        self.query[..self.at].chars().next_back().is_some_and(char::is_alphanumeric)
    }

    fn quoted(&mut self, opening: char) {
        let start = self.at + opening.len_utf8();
        let rest = &self.query[start..];
        let (inside, after) = match rest.find(|c| closes(opening, c)) {
            Some(end) => {
                let closing = rest[end..].chars().next().map_or(0, char::len_utf8);
                (&rest[..end], start + end + closing)
            }
            None => (rest, self.query.len()),
        };
        let tail = &self.query[after..];
        let digits = tail.strip_prefix('~').map(|tail| {
            let end = tail.find(|c: char| !c.is_ascii_digit()).unwrap_or(tail.len());
            &tail[..end]
        });
        let distance = digits.filter(|digits| !digits.is_empty());
        let length = after - self.at + distance.map_or(0, |digits| digits.len() + 1);
        self.push(Kind::Quoted { inside, distance }, length);
    }

    /// The value of `path:`, unless it is quoted: all up to white space, or to a parenthesis that
    /// closes what was opened before it.
    fn path(&mut self) {
        let rest = &self.query[self.at..];
        if rest.starts_with(OPENING) {
            return;
        }
        let mut open = 0_usize;
        let ends = |c: char| match c {
            '(' => {
                open += 1;
                false
            }
            ')' if open == 0 => true,
            ')' => {
                open -= 1;
                false
            }
            _ => c.is_whitespace(),
        };
        let end = rest.find(ends).unwrap_or(rest.len());
        self.push(Kind::Text(&rest[..end]), end);
    }

    fn text(&mut self, rest: &'q str) {
        let ends = |c: char| c.is_whitespace() || matches!(c, '(' | ')') || OPENING.contains(&c);
        let end = rest.find(ends).unwrap_or(rest.len()).max(1);
        let text = &rest[..end];
        let kind = match text {
            "AND" | "&&" => Kind::And,
            "OR" | "||" => Kind::Or,
            "NOT" => Kind::Not,
            _ => match text.split_once('/') {
                Some(("NEAR", number)) if is_number(number) => Kind::Near(number),
                Some(("BEFORE", number)) if is_number(number) => Kind::Before(number),
                _ => Kind::Text(text),
            },
        };
        self.push(kind, end);
    }
}

fn closes(opening: char, c: char) -> bool {
    match opening {
        '"' | '＂' => c == opening,
        '«' => c == '»',
        _ => CLOSING.contains(&c) && c != '»',
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether what follows a `-` can be excluded by it.
fn starts_an_operand(rest: &str) -> bool {
    rest.starts_with(|c: char| {
        c.is_alphanumeric() || matches!(c, '(' | '=' | '*' | '/') || OPENING.contains(&c)
    })
}

/// The length of `/…/` when it stands there as a word of its own.
fn regex_length(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('/')?;
    let mut escaped = false;
    for (at, c) in inside.char_indices() {
        match c {
            _ if c.is_whitespace() => return None,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '/' => {
                let after = &inside[at + 1..];
                let apart = after.is_empty()
                    || after.starts_with(|c: char| c.is_whitespace() || matches!(c, ')' | '"'));
                return (at > 0 && apart).then_some(at + 2);
            }
            _ => {}
        }
    }
    None
}

/// The name of a known field when its value follows its colon at once.
fn field_name(rest: &str) -> Option<&str> {
    let (name, value) = rest.split_once(':')?;
    let begins = |c: char| match c {
        '/' => name == "path",
        '(' | ')' | ':' => false,
        _ => !c.is_whitespace(),
    };
    let has_value = value.starts_with(begins);
    (FIELDS.contains(&name) && has_value).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(query: &str) -> Vec<Kind<'_>> {
        tokens(query).into_iter().map(|token| token.kind).collect()
    }

    #[test]
    fn quotation_marks_of_every_shape_open_a_phrase() {
        let phrase = [Kind::Quoted { inside: "a b", distance: None }];
        for query in ["\"a b\"", "“a b”", "„a b“", "«a b»", "\"a b", "”a b”"] {
            assert_eq!(kinds(query), phrase, "{query}");
        }
    }

    #[test]
    fn a_minus_excludes_only_right_before_a_word() {
        assert_eq!(kinds("-a"), [Kind::Not, Kind::Text("a")]);
        assert_eq!(kinds("a - b"), [Kind::Text("a"), Kind::Text("-"), Kind::Text("b")]);
        assert_eq!(kinds("hip-hop"), [Kind::Text("hip-hop")]);
    }

    #[test]
    fn a_colon_makes_a_field_only_behind_a_known_name_and_before_a_value() {
        assert_eq!(kinds("speaker:host"), [Kind::Field("speaker"), Kind::Text("host")]);
        assert_eq!(kinds("said:hello"), [Kind::Text("said:hello")]);
        assert_eq!(kinds("title: hello"), [Kind::Text("title:"), Kind::Text("hello")]);
    }

    #[test]
    fn a_path_goes_on_to_white_space() {
        let path = |path| [Kind::Field("path"), Kind::Text(path)];
        assert_eq!(kinds("path:/archive/x/"), path("/archive/x/"));
        assert_eq!(kinds("path:a/take(2)\"b.md"), path("a/take(2)\"b.md"));
        assert_eq!(kinds("(path:*.md)")[1..], [path("*.md")[0], path("*.md")[1], Kind::Close]);
        let quoted = Kind::Quoted { inside: "/a b", distance: None };
        assert_eq!(kinds("path:\"/a b\""), [Kind::Field("path"), quoted]);
        assert_eq!(kinds("path: /a"), [Kind::Text("path:"), Kind::Text("/a")]);
    }

    #[test]
    fn slashes_make_a_regular_expression_only_as_a_pair_around_a_word() {
        assert_eq!(kinds("/colou?r/"), [Kind::Regex("colou?r")]);
        assert_eq!(kinds("and/or"), [Kind::Text("and/or")]);
        assert_eq!(kinds("/usr/bin"), [Kind::Text("/usr/bin")]);
    }

    #[test]
    fn tokens_know_where_they_stand() {
        let spans: Vec<_> = tokens("a (“b c”~3)").iter().map(|token| token.span).collect();
        let span = |start, end| QuerySpan { start, end };
        assert_eq!(spans, [span(0, 1), span(2, 3), span(3, 14), span(14, 15)]);
    }
}
