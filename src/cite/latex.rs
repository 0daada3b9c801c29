//! What BibTeX and `BibLaTeX` have in common: fields, escapes and names.

use std::fmt::Write;

use super::{name::Name, reference::Reference};

/// The fields of an entry, by their names.
pub type Fields = Vec<(&'static str, String)>;

/// A document as an entry: `@misc{key,`, its fields, each on a line, and `}`. Both formats tell its
/// authors, title and cited places alike; what is told between title and places is given.
#[must_use]
pub fn entry(kind: &str, reference: &Reference<'_>, between: Fields) -> String {
    let mut fields = Fields::new();
    if !reference.authors.is_empty() {
        fields.push(("author", names(&reference.authors)));
    }
    fields.push(("title", title(reference.title.as_str())));
    fields.extend(between);
    if let Some(note) = reference.note() {
        fields.push(("note", text(&note)));
    }
    let mut entry = format!("@{kind}{{{},\n", reference.key);
    for (name, value) in fields {
        // Writing to a string cannot fail.
        let _ = writeln!(entry, "  {name} = {value},");
    }
    entry.push('}');
    entry
}

/// Text in braces, so that LaTeX prints nothing but this text. Braces themselves are commands:
/// BibTeX counts them even behind a backslash.
fn text(written: &str) -> String {
    format!("{{{}}}", escaped(written))
}

/// A title in two pairs of braces: in one pair, styles write it in small letters, names and all.
fn title(written: &str) -> String {
    format!("{{{}}}", text(written))
}

/// The names of authors, parted by `and`.
fn names(names: &[Name]) -> String {
    let name = |name: &Name| match &name.given {
        Some(given) if !name.family.contains(',') && !given.contains(',') => {
            format!("{}, {}", escaped(&name.family), escaped(given))
        }
        Some(given) => format!("{{{} {}}}", escaped(given), escaped(&name.family)),
        None => format!("{{{}}}", escaped(&name.family)),
    };
    format!("{{{}}}", names.iter().map(name).collect::<Vec<_>>().join(" and "))
}

/// An address in braces: what is no part of a URI there, and what would end the field, is
/// percent-encoded.
#[must_use]
pub fn url(written: &str) -> String {
    let mut url = String::from("{");
    for c in written.chars() {
        if matches!(c, '{' | '}' | '\\' | ' ' | '<' | '>' | '"' | '^' | '`' | '|') || c.is_control()
        {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                // Writing to a string cannot fail.
                let _ = write!(url, "%{byte:02X}");
            }
        } else {
            url.push(c);
        }
    }
    url.push('}');
    url
}

fn escaped(written: &str) -> String {
    let mut text = String::with_capacity(written.len());
    let mut last = ' ';
    for c in written.chars() {
        match c {
            '\\' => text.push_str("\\textbackslash{}"),
            '{' => text.push_str("\\textbraceleft{}"),
            '}' => text.push_str("\\textbraceright{}"),
            '~' => text.push_str("\\textasciitilde{}"),
            '^' => text.push_str("\\textasciicircum{}"),
            '&' | '%' | '$' | '#' | '_' => text.extend(['\\', c]),
            // Two of these would become one other character: a dash, or a quotation mark.
            '-' | '\'' | '`' | ',' | '<' | '>' if c == last => text.extend(['{', '}', c]),
            // As would these: a question or exclamation mark upside down.
            '`' if matches!(last, '?' | '!') => text.extend(['{', '}', c]),
            '\n' | '\r' | '\t' => text.push(' '),
            _ => text.push(c),
        }
        last = c;
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_latex_would_obey_is_text() {
        assert_eq!(
            text(r"50% of $5 & #1_a {b} ~c^d \e -- ''f"),
            r"{50\% of \$5 \& \#1\_a \textbraceleft{}b\textbraceright{} \textasciitilde{}c\textasciicircum{}d \textbackslash{}e -{}- '{}'f}"
        );
        assert_eq!(
            text("a---b ?` !` <<c>> ,,d, e? ` <f> \"g\""),
            "{a-{}-{}-b ?{}` !{}` <{}<c>{}> ,{},d, e? ` <f> \"g\"}"
        );
        assert_eq!(
            url("https://example.org/{a} b%20c_#d"),
            "{https://example.org/%7Ba%7D%20b%20c_#d}"
        );
    }

    #[test]
    fn names_are_parted_by_and() {
        let parse = |names: &[&str]| names.iter().map(|it| Name::parse(it)).collect::<Vec<_>>();
        assert_eq!(
            names(&parse(&["Ana King", "{Salt & Sons}"])),
            r"{King, Ana and {Salt \& Sons}}"
        );
        assert_eq!(names(&parse(&["King, Ana, Dr."])), "{{Ana, Dr. King}}");
    }

    proptest! {
        #[test]
        fn braces_are_always_balanced(written in any::<String>()) {
            for field in [text(&written), url(&written), names(&[Name::parse(&written)])] {
                let mut depth = 0;
                for (at, c) in field.char_indices() {
                    depth += match c { '{' => 1, '}' => -1, _ => 0 };
                    prop_assert!(depth > 0 || at + 1 == field.len(), "{}", field);
                }
                prop_assert_eq!(depth, 0);
            }
        }
    }
}
