//! Words of a query that were likely meant as operators.

use super::lexer::{Kind, Token, tokens};

/// A word that is nearly an operator, and is read as the word that it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Misread<'q> {
    /// As it was typed: `NEAR`.
    pub typed: &'q str,
    /// The operator with a number, as it would have to be typed: `NEAR/5`.
    pub operator: &'static str,
}

/// The words of a query that were likely meant as NEAR or BEFORE, and lack their number: capitals
/// between two words of which any is not all in capitals. A line of captions may well be.
#[must_use]
pub fn misread(query: &str) -> Vec<Misread<'_>> {
    let tokens = tokens(query);
    let has_small_letters =
        |token: &Token<'_>| query[token.span.start..token.span.end].contains(char::is_lowercase);
    if !tokens.iter().any(has_small_letters) {
        return Vec::new();
    }
    let between = tokens.windows(3).filter(|window| {
        let [before, _, behind] = window else { return false };
        ends_operand(before.kind) && starts_operand(behind.kind)
    });
    between.filter_map(|window| nearly_an_operator(window[1].kind)).collect()
}

fn nearly_an_operator(kind: Kind<'_>) -> Option<Misread<'_>> {
    let Kind::Text(typed) = kind else { return None };
    for (name, operator) in [("NEAR", "NEAR/5"), ("BEFORE", "BEFORE/5")] {
        let Some(rest) = typed.strip_prefix(name) else { continue };
        let lacks_a_slash = rest.trim_start_matches(['~', ':', '=']);
        if rest.is_empty()
            || rest.starts_with('/')
            || !lacks_a_slash.is_empty() && lacks_a_slash.bytes().all(|it| it.is_ascii_digit())
        {
            return Some(Misread { typed, operator });
        }
    }
    None
}

fn ends_operand(kind: Kind<'_>) -> bool {
    matches!(kind, Kind::Text(_) | Kind::Quoted { .. } | Kind::Regex(_) | Kind::Close)
}

fn starts_operand(kind: Kind<'_>) -> bool {
    matches!(
        kind,
        Kind::Text(_) | Kind::Quoted { .. } | Kind::Regex(_) | Kind::Open | Kind::Field(_)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operator_without_its_number_is_told() {
        let typed = |query| misread(query).into_iter().map(|it| it.typed).collect::<Vec<_>>();
        assert_eq!(typed("dog NEAR door"), ["NEAR"]);
        assert_eq!(typed("\"a dog\" BEFORE (door OR gate)"), ["BEFORE"]);
        assert_eq!(
            typed("dog NEAR5 door NEAR/ten gate BEFORE~3 wall"),
            ["NEAR5", "NEAR/ten", "BEFORE~3"]
        );
        for fine in [
            "dog NEAR/5 door",
            "dog near door",
            "NEAR the door",
            "it is NEAR",
            "NEARER the dog",
            "COME NEAR ME",
            "what NEARBY is",
        ] {
            assert_eq!(misread(fine), [], "{fine}");
        }
    }
}
