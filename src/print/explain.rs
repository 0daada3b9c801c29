//! Why a search found what it found, for a person to read.

use std::io::{self, Write};

use super::{clean, sources::counted, style::Styles};
use crate::search::{Scoring, Understood};

/// Writes how a query was understood, a part a line.
///
/// # Errors
/// When it cannot be written.
pub(super) fn query(out: &mut dyn Write, query: &Understood, styles: Styles) -> io::Result<()> {
    part(out, query, styles, 0)?;
    writeln!(out)
}

fn part(
    out: &mut dyn Write,
    understood: &Understood,
    styles: Styles,
    depth: usize,
) -> io::Result<()> {
    let title = styles.title;
    write!(out, "{:1$}", "", 2 * depth)?;
    let parts = match understood {
        Understood::Word { typed, pattern, forms, examples } => {
            write!(out, "{title}{}{title:#}", clean(typed))?;
            if typed != pattern {
                write!(out, " as {}", clean(pattern))?;
            }
            let more = if *forms > examples.len() { " …" } else { "" };
            let count = counted(*forms as u64, "word");
            return match examples.as_slice() {
                [] => writeln!(out, ": no word of the index"),
                [one] if one == typed => writeln!(out),
                _ => writeln!(out, ": {count}: {}{more}", clean(&examples.join(", "))),
            };
        }
        Understood::Filter { filter } => return writeln!(out, "{}", clean(filter)),
        Understood::Not { part: excluded } => {
            writeln!(out, "not")?;
            return part(out, excluded, styles, depth + 1);
        }
        Understood::Phrase { parts } => {
            writeln!(out, "one behind the other")?;
            parts
        }
        Understood::Near { distance, ordered, parts } => {
            let order = if *ordered { "in this order" } else { "in any order" };
            let words = counted(u64::from(*distance), "other word");
            writeln!(out, "{order}, with at most {words} among them")?;
            parts
        }
        Understood::All { parts } => {
            writeln!(out, "all of")?;
            parts
        }
        Understood::Any { parts } => {
            writeln!(out, "one or more of")?;
            parts
        }
    };
    parts.iter().try_for_each(|inner| part(out, inner, styles, depth + 1))
}

/// Writes what a score is made of, in one line.
///
/// # Errors
/// When it cannot be written.
pub(super) fn score(
    out: &mut dyn Write,
    score: f32,
    scoring: &Scoring,
    styles: Styles,
) -> io::Result<()> {
    let faint = styles.faint;
    let Scoring { words, very_words, closeness, neighbour, penalty } = scoring;
    write!(out, "    {faint}score {score:.2} =")?;
    let words = words.iter().map(|word| (clean(&word.typed).into_owned(), word.score));
    let others = [
        ("exact form", very_words),
        ("closeness", closeness),
        ("neighbour", neighbour),
        ("near duplicate", penalty),
    ];
    let others = others.into_iter().map(|(name, share)| (name.to_owned(), *share));
    let counted = words.chain(others.filter(|(_, share)| share.abs() >= 0.005));
    for (at, (name, share)) in counted.enumerate() {
        let sign = if share < 0.0 {
            " - "
        } else if at > 0 {
            " + "
        } else {
            " "
        };
        write!(out, "{sign}{name} {:.2}", share.abs())?;
    }
    writeln!(out, "{faint:#}")
}
