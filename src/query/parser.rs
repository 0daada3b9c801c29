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
    terms::{first_length, phrase, quoted, sounding, text_node},
};
use crate::words::Words;

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
                let node = quoted(inside, token.span.start + opening);
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
            Kind::Text(text) => Ok(text_node(text, token.span)),
            // An operator that has nothing to work on is a word.
            Kind::And => Ok(text_node("and", token.span)),
            Kind::Or => Ok(text_node("or", token.span)),
            Kind::Not => Ok(text_node("not", token.span)),
            Kind::Near(_) => Ok(text_node("near", token.span)),
            Kind::Before(_) => Ok(text_node("before", token.span)),
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
            _ => return Ok(text_node(name, span)),
        };
        self.at += 1;
        let whole = span.to(token.span);
        if name == "sounds" {
            let opening = if is_quoted { first_length(&self.text[token.span.start..]) } else { 0 };
            return match phrase(value, token.span.start + opening, sounding) {
                None => Err(QueryError::new(whole, format!("`{value}` has no sound"))
                    .hint("write a word as it sounds: `sounds:iovine`")),
                node => Ok(node),
            };
        }
        let wrong = |message: String| QueryError::new(whole, message);
        let filter = match name {
            "speaker" => Filter::Speaker(names(value, is_quoted, whole)?),
            "title" => Filter::Title(names(value, is_quoted, whole)?),
            "path" => Filter::Path(PathPattern(value.to_owned())),
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

fn names(value: &str, quoted: bool, span: QuerySpan) -> Result<Vec<Name>, QueryError> {
    if quoted {
        return Ok(vec![Name::whole(value)]);
    }
    let names: Vec<Name> =
        value.split('|').filter(|part| !Words::of(part).is_empty()).map(Name::part).collect();
    if names.is_empty() {
        return Err(QueryError::new(span, format!("`{value}` is no name")));
    }
    Ok(names)
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
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The tree of a query, written so that one can read it.
    fn shown(query: &str) -> String {
        fn list(nodes: &[Node]) -> String {
            nodes.iter().map(show).collect::<Vec<_>>().join(" ")
        }
        fn show(node: &Node) -> String {
            match node {
                Node::Word(term) => term.pattern.to_string(),
                Node::Near(near) if near.is_phrase() => format!("\"{}\"", list(&near.operands)),
                Node::Near(near) if near.order == Order::Kept => {
                    format!("before/{}[{}]", near.distance, list(&near.operands))
                }
                Node::Near(near) => format!("near/{}[{}]", near.distance, list(&near.operands)),
                Node::Filter(filter) => format!("{filter:?}"),
                Node::And(nodes) => format!("({})", list(nodes)),
                Node::Or(nodes) => format!("<{}>", list(nodes)),
                Node::Not(node) => format!("-{}", show(node)),
            }
        }
        parse(query).unwrap().root.as_ref().map_or_else(String::new, show)
    }

    #[test]
    fn plain_words_must_all_be_there() {
        assert_eq!(shown("Wrecking cru"), "(wrecking cru)");
        assert_eq!(shown("word"), "word");
        assert_eq!(shown("  "), "");
    }

    #[test]
    fn prose_means_what_a_person_means() {
        assert_eq!(shown("don't"), "don't");
        assert_eq!(shown("10:30"), "\"10 30\"");
        assert_eq!(shown("said: hello"), "(said hello)");
        assert_eq!(shown("who's there?"), "(who's there)");
        assert_eq!(shown("a - b"), "(a b)");
        assert_eq!(shown("[music]"), "music");
        assert_eq!(shown("\"soup of"), "\"=soup =of\"");
        assert_eq!(shown("“Soup of”"), "\"=soup =of\"");
        assert_eq!(shown("(laughs) well"), "(laughs well)");
        assert_eq!(shown("so :) yes"), "(so yes)");
        assert_eq!(shown("hip-hop"), "\"hip hop\"");
        assert_eq!(shown("rock AND"), "(rock and)");
        assert_eq!(shown("12\" vinyl record"), "(12 vinyl record)");
        assert_eq!(shown("acetate” has begun"), "(acetate has begun)");
        assert_eq!(shown("**Host:** yes"), "(host yes)");
    }

    #[test]
    fn operators_nest_as_usual() {
        assert_eq!(shown("a OR b c"), "<a (b c)>");
        assert_eq!(shown("(a OR b) AND c"), "(<a b> c)");
        assert_eq!(shown("a -b -\"c d\""), "(a -b -\"=c =d\")");
        assert_eq!(shown("NOT a"), "-a");
        assert_eq!(shown("-a"), "-a");
    }

    #[test]
    fn nearness_is_asked_for_in_two_ways() {
        assert_eq!(shown("\"a b\"~5"), "near/5[=a =b]");
        assert_eq!(shown("a NEAR/5 b"), "near/5[a b]");
        assert_eq!(shown("a BEFORE/3 \"b c\""), "before/3[a \"=b =c\"]");
        assert_eq!(shown("(a OR b) NEAR/2 c"), "near/2[<a b> c]");
    }

    #[test]
    fn words_carry_operators() {
        assert_eq!(shown("=Recorded"), "=recorded");
        assert_eq!(shown("=hip-hop"), "\"=hip =hop\"");
        assert_eq!(shown("rec* wo?d *ophone"), "(rec* wo?d *ophone)");
        assert_eq!(shown("wrod~ wrod~2"), "(wrod~1 wrod~2)");
        assert_eq!(shown("/colou?r/"), "/colou?r/");
        assert_eq!(shown("sounds:Iovine"), "sounds:iovine");
        assert_eq!(shown("sounds:hip-hop"), "\"sounds:hip sounds:hop\"");
        assert_eq!(shown("sounds:\"Jimmy Iovine\""), "\"sounds:jimmy sounds:iovine\"");
    }

    #[test]
    fn words_of_a_phrase_carry_operators_too() {
        assert_eq!(
            shown("\"the rec* wrod~ of sounds:iovine, who?\""),
            "\"=the rec* wrod~1 =of sounds:iovine =who\""
        );
        assert_eq!(shown("\"sounds: good\"~3"), "near/3[=sounds =good]");
    }

    #[test]
    fn scripts_without_spaces_are_asked_for_by_pairs() {
        assert_eq!(shown("音楽史"), "\"音楽 楽史\"");
        assert_eq!(shown("音楽"), "音楽");
        assert_eq!(shown("史"), "史*");
        assert_eq!(shown("\"音楽 2017\""), "\"=音楽 楽* =2017\"");
    }

    #[test]
    fn words_know_where_they_were_typed() {
        let query = "x “Soup of” =day";
        let mut typed = Vec::new();
        let root = parse(query).unwrap().root.unwrap();
        root.each_wanted_term(&mut |term| typed.push(&query[term.span.start..term.span.end]));
        assert_eq!(typed, ["x", "Soup", "of", "=day"]);
    }

    #[test]
    fn a_wrong_operator_is_pointed_at() {
        for (query, wrong) in [
            ("a /b(/ c", "/b(/"),
            ("/a)|(b/", "/a)|(b/"),
            ("speaker:|", "speaker:|"),
            ("date:soon", "date:soon"),
            ("kind:novel", "kind:novel"),
            ("a NEAR/500 b", "NEAR/500"),
            ("a NEAR/5 speaker:x", "NEAR/5"),
            ("has:wings", "has:wings"),
            ("lang:english", "lang:english"),
            ("sounds:!", "sounds:!"),
            ("date:2018..2017", "date:2018..2017"),
        ] {
            let span = parse(query).unwrap_err().span;
            assert_eq!(&query[span.start..span.end], wrong, "{query}");
        }
    }

    #[test]
    fn endless_operators_are_refused() {
        for query in [
            "NOT ".repeat(50_000) + "a",
            "a NEAR/1 ".repeat(50_000) + "b",
            "(".repeat(50_000) + "a",
        ] {
            assert!(parse(&query).is_err());
        }
    }

    proptest! {
        #[test]
        fn no_query_panics_and_spans_lie_in_it(query in "\\PC{0,40}") {
            if let Ok(Query { root: Some(root), .. }) = parse(&query) {
                let mut inside = true;
                root.each_wanted_term(&mut |term| {
                    inside &= query.get(term.span.start..term.span.end).is_some();
                });
                prop_assert!(inside);
            }
        }

        #[test]
        fn no_run_of_operators_panics(query in "(\\(|\\)|\"|“|-|=|~2|\\*|\\?| |a|é|音|NOT |AND |OR |NEAR/2 |/|speaker:|date:){0,20}") {
            let _ = parse(&query);
        }

        #[test]
        fn prose_is_a_valid_query(query in "[a-zA-Z' ,.;:!?\"“”()0-9éß—-]{0,60}") {
            prop_assert!(parse(&query).is_ok());
        }
    }
}
