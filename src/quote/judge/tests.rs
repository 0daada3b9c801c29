//! Each verdict, and what no quotation may get past.

mod differences;
mod properties;
mod speakers;
mod verdicts;

use super::*;
use crate::{place::Place, quote::Kind};

const TALK: &str = "We wound the old tape back very slowly, because it wasn't new. Nobody had \
    heard it for 12 years, but Ana said “it hisses” and smiled. Then the reel stopped [laughter] \
    and we all went home.";
const REVIEW: &str = "The second record is warmer than the first, and the drums were played in a \
    cold stairwell. I would not sell it for 300 dollars.";

fn quotation(text: &str, said_by: Option<&str>) -> Quotation {
    Quotation {
        kind: Kind::Inline,
        turn: 0,
        span: TextSpan::new(0, text.len()),
        place: Place::default(),
        text: text.to_owned(),
        said_by: said_by.map(str::to_owned),
        accepted: None,
    }
}

fn candidates() -> Vec<Candidate<'static>> {
    vec![Candidate::passage(TALK, Some("Ana King"), 0, 3), Candidate::passage(REVIEW, None, 1, 0)]
}

fn finding(text: &str) -> Finding {
    judge(&quotation(text, None), &candidates(), &Rules::default())
}
