//! Builds the tree of a query from its tokens.
//!
//! One function for each rule of the grammar:
//!
//! ```text
//! query  = or
//! or     = and { "OR" and }
//! and    = not { [ "AND" ] not }
//! not    = [ "NOT" | "-" ] near
//! near   = unit { ( "NEAR/n" | "BEFORE/n" ) unit }
//! unit   = "(" or ")" | field | quoted | /regex/ | text
//! ```

use regex::RegexBuilder;

use super::{
    Near, Node, Order, Query, QueryError, QuerySpan, Term,
    filter::{self, Filter, Name, PathPattern},
    lexer::{Kind, Token, tokens},
    pattern::Pattern,
    terms::{first_length, plain_node, quoted, sounds, text_node},
};

/// How far apart words may be asked to be.
const FARTHEST: u32 = 100;
/// How deep parentheses, NOT and NEAR may be nested.
const DEEPEST: u32 = 64;
/// Largest compiled regular expression, in bytes.
const REGEX_SIZE: usize = 1 << 20;

/// Understands a query. Prose always is one.
///
/// # Errors
/// When an operator is used wrongly: a regular expression that is none, a date that is none, a
/// NEAR between things that have no place in the text.
pub fn parse(text: &str) -> Result<Query, QueryError> {
    let mut parser = Parser { text, tokens: tokens(text), at: 0, depth: 0 };
    let mut root = parser.or()?;
    // A `)` that closes nothing is prose; what follows it still counts.
    while parser.at < parser.tokens.len() {
        parser.at += 1;
        root = both(root, parser.or()?);
    }
    Ok(Query { text: text.to_owned(), root })
}

struct Parser<'q> {
    text: &'q str,
    tokens: Vec<Token<'q>>,
    at: usize,
    depth: u32,
}

impl<'q> Parser<'q> {
    /// `or = and { "OR" and }`
    fn or(&mut self) -> Result<Option<Node>, QueryError> {
        let mut node = self.and()?;
        while self.kind() == Some(Kind::Or) {
            self.at += 1;
            node = either(node, self.and()?);
        }
        Ok(node)
    }

    /// `and = not { [ "AND" ] not }`
    fn and(&mut self) -> Result<Option<Node>, QueryError> {
        let mut node = None;
        loop {
            match self.kind() {
                None | Some(Kind::Close) => return Ok(node),
                Some(Kind::Or) if node.is_some() && self.operand_follows() => return Ok(node),
                Some(Kind::And) if node.is_some() && self.operand_follows() => self.at += 1,
                _ => node = both(node, self.not()?),
            }
        }
    }

    /// `not = [ "NOT" | "-" ] near`
    fn not(&mut self) -> Result<Option<Node>, QueryError> {
        if self.kind() == Some(Kind::Not) && self.operand_follows() {
            self.deeper()?;
            self.at += 1;
            let excluded = if self.kind() == Some(Kind::Not) { self.not()? } else { self.near()? };
            self.depth -= 1;
            return Ok(excluded.map(|node| Node::Not(Box::new(node))));
        }
        self.near()
    }

    /// `near = unit { ( "NEAR/n" | "BEFORE/n" ) unit }`
    fn near(&mut self) -> Result<Option<Node>, QueryError> {
        let start = self.span();
        let depth = self.depth;
        let mut node = self.unit()?;
        while let Some(Kind::Near(number) | Kind::Before(number)) = self.kind() {
            if node.is_none() || !self.operand_follows() {
                break;
            }
            let operator = self.span();
            let order = if matches!(self.kind(), Some(Kind::Before(_))) {
                Order::Kept
            } else {
                Order::Free
            };
            let distance = distance(number, operator)?;
            self.deeper()?;
            self.at += 1;
            let right = self.unit()?;
            let span = start.to(self.span_before());
            let operands: Vec<Node> = [node, right].into_iter().flatten().collect();
            for operand in &operands {
                check_has_place(operand, operator)?;
            }
            node = Some(Node::Near(Near { operands, distance, order, span }));
        }
        self.depth = depth;
        Ok(node)
    }

    /// `unit = "(" or ")" | field | quoted | /regex/ | text`
    fn unit(&mut self) -> Result<Option<Node>, QueryError> {
        let Some(token) = self.tokens.get(self.at).cloned() else { return Ok(None) };
        self.at += 1;
        match token.kind {
            Kind::Open => self.group(),
            Kind::Field(name) => self.field(name, token.span),
            Kind::Quoted { inside, distance: number } => {
                let opening = first_length(&self.text[token.span.start..]);
                let node = quoted(inside, token.span.start + opening)?;
                match (node, number) {
                    (Some(Node::Near(near)), Some(number)) => {
                        let distance = distance(number, token.span)?;
                        Ok(Some(Node::Near(Near { distance, order: Order::Free, ..near })))
                    }
                    (node, _) => Ok(node),
                }
            }
            Kind::Regex(source) => {
                let span = token.span;
                regex(source, span).map(|pattern| Some(Node::Word(Term { pattern, span })))
            }
            Kind::Text(text) => text_node(text, token.span),
            // An operator that has nothing to work on is a word.
            Kind::And => Ok(plain_node("and", token.span)),
            Kind::Or => Ok(plain_node("or", token.span)),
            Kind::Not => Ok(plain_node("not", token.span)),
            Kind::Near(_) => Ok(plain_node("near", token.span)),
            Kind::Before(_) => Ok(plain_node("before", token.span)),
            Kind::Close => Ok(None),
        }
    }

    fn group(&mut self) -> Result<Option<Node>, QueryError> {
        self.deeper()?;
        let node = self.or()?;
        self.depth -= 1;
        if self.kind() == Some(Kind::Close) {
            self.at += 1;
        }
        Ok(node)
    }

    /// Notes that what follows is nested one deeper.
    fn deeper(&mut self) -> Result<(), QueryError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            let message = format!("operators are nested more than {DEEPEST} deep");
            return Err(QueryError::new(self.span(), message));
        }
        Ok(())
    }

    /// `field = name ":" ( quoted | text )`
    fn field(&mut self, name: &str, span: QuerySpan) -> Result<Option<Node>, QueryError> {
        let Some(token) = self.tokens.get(self.at).cloned() else { return Ok(None) };
        let (value, is_quoted) = match token.kind {
            Kind::Quoted { inside, .. } => (inside, true),
            Kind::Text(text) => (text, false),
            _ => return Ok(plain_node(name, span)),
        };
        self.at += 1;
        let whole = span.to(token.span);
        if name == "sounds" {
            let opening = if is_quoted { first_length(&self.text[token.span.start..]) } else { 0 };
            return sounds(value, token.span.start + opening, whole);
        }
        let wrong = |message: String| QueryError::new(whole, message);
        let filter = match name {
            "speaker" => Filter::Speaker(names(value, is_quoted, name, whole)?),
            "title" => Filter::Title(names(value, is_quoted, name, whole)?),
            "path" if is_quoted => Filter::Path(vec![PathPattern(value.to_owned())]),
            "path" => Filter::Path(PathPattern::alternatives(value).map_err(wrong)?),
            "kind" => Filter::Kind(value.parse().map_err(wrong)?),
            "lang" => Filter::Language(language(value, whole)?),
            "date" => Filter::Date(value.parse().map_err(wrong)?),
            "time" => Filter::Time(filter::time_span(value).map_err(wrong)?),
            _ => has(value, whole)?,
        };
        Ok(Some(Node::Filter(filter)))
    }

    fn kind(&self) -> Option<Kind<'q>> {
        self.tokens.get(self.at).map(|token| token.kind)
    }

    fn span(&self) -> QuerySpan {
        let end = || self.tokens.last().map_or(0, |token| token.span.end);
        self.tokens.get(self.at).map_or_else(|| QuerySpan { start: end(), end: end() }, |t| t.span)
    }

    fn span_before(&self) -> QuerySpan {
        self.tokens[self.at.saturating_sub(1)].span
    }

    /// Whether an operator at this token has something to work on behind it.
    fn operand_follows(&self) -> bool {
        let next = self.tokens.get(self.at + 1).map(|token| token.kind);
        !matches!(
            next,
            None | Some(Kind::And | Kind::Or | Kind::Close | Kind::Near(_) | Kind::Before(_))
        )
    }
}

fn both(left: Option<Node>, right: Option<Node>) -> Option<Node> {
    match (left, right) {
        (Some(Node::And(mut nodes)), Some(right)) => {
            nodes.push(right);
            Some(Node::And(nodes))
        }
        (Some(left), Some(right)) => Some(Node::And(vec![left, right])),
        (left, right) => left.or(right),
    }
}

fn either(left: Option<Node>, right: Option<Node>) -> Option<Node> {
    match (left, right) {
        (Some(Node::Or(mut nodes)), Some(right)) => {
            nodes.push(right);
            Some(Node::Or(nodes))
        }
        (Some(left), Some(right)) => Some(Node::Or(vec![left, right])),
        (left, right) => left.or(right),
    }
}

fn names(
    value: &str,
    is_quoted: bool,
    field: &str,
    span: QuerySpan,
) -> Result<Vec<Name>, QueryError> {
    if is_quoted {
        return Ok(vec![Name::whole(value)]);
    }
    Name::alternatives(value).map_err(|message| {
        QueryError::new(span, message)
            .hint(format!("write a word of it: `{field}:host`, `{field}:ho*`"))
    })
}

fn has(value: &str, span: QuerySpan) -> Result<Filter, QueryError> {
    match value.to_ascii_lowercase().as_str() {
        "time" | "times" => Ok(Filter::HasTime),
        "speaker" | "speakers" => Ok(Filter::HasSpeaker),
        _ => Err(QueryError::new(span, format!("`has:{value}` asks for nothing that is known"))
            .hint("use `has:time` or `has:speaker`")),
    }
}

fn language(value: &str, span: QuerySpan) -> Result<String, QueryError> {
    let is_code = value.len() == 2 && value.bytes().all(|it| it.is_ascii_alphabetic());
    if is_code {
        return Ok(value.to_ascii_lowercase());
    }
    Err(QueryError::new(span, format!("`{value}` is no code of a language"))
        .hint("use its code of two letters: `lang:en`, `lang:de`"))
}

fn regex(source: &str, span: QuerySpan) -> Result<Pattern, QueryError> {
    let anchored = format!("^(?:{source})$");
    let build = |source: &str| RegexBuilder::new(source).size_limit(REGEX_SIZE).build();
    // By itself first: it must not close the group that anchors it.
    let regex = build(source).and_then(|_| build(&anchored)).map_err(|error| {
        if matches!(error, regex::Error::CompiledTooBig(_)) {
            let message = format!("`/{source}/` is too large a regular expression");
            return QueryError::new(span, message)
                .hint("repeat less, or fewer times: each `{1000}` is a thousand copies");
        }
        let text = error.to_string();
        let cause = text.lines().last().unwrap_or_default().trim_start_matches("error: ");
        QueryError::new(span, format!("`/{source}/` is no regular expression: {cause}"))
            .hint("leave out the slashes to look for the words as they stand")
    })?;
    Ok(Pattern::Regex { source: source.to_owned(), regex })
}

fn distance(number: &str, span: QuerySpan) -> Result<u32, QueryError> {
    number.parse().ok().filter(|distance| *distance <= FARTHEST).ok_or_else(|| {
        QueryError::new(span, format!("`{number}` words are too far apart"))
            .hint(format!("use a number up to {FARTHEST}"))
    })
}

/// Filters, exclusions and conditions have no place in a text, so nothing can be near them.
fn check_has_place(node: &Node, operator: QuerySpan) -> Result<(), QueryError> {
    match node {
        Node::Word(_) | Node::Near(_) => Ok(()),
        Node::Or(nodes) => nodes.iter().try_for_each(|node| check_has_place(node, operator)),
        Node::And(_) | Node::Not(_) | Node::Filter(_) => {
            let message = "only words, phrases and alternatives of these can be near each other";
            Err(QueryError::new(operator, message)
                .hint("write `\"a b\"~5` for several words in any order, `(a OR b) NEAR/5 c`"))
        }
    }
}

#[cfg(test)]
mod tests;
