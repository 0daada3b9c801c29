//! Who wrote a document, as its metadata says it: one field for all of them, or one each.
//!
//! Several are parted by `;`, by `and` or `&`, or by commas where each part is a whole name. A name
//! in braces is that of an organisation and is never taken apart, as in BibTeX.

use crate::read::single_line::single_line;

/// What programs write where nobody told them a name.
const NOBODY: &[&str] = &[
    "admin",
    "administrator",
    "author",
    "microsoft office user",
    "python-docx",
    "unknown",
    "unknown author",
    "user",
];

/// The names in a field of authors, each on one line and as written. What a program wrote for want
/// of a name is left out.
#[must_use]
pub fn authors(written: &str) -> Vec<String> {
    let line = single_line(written);
    let by = line.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("by "));
    let mut names = Vec::new();
    for field in line[if by { 3 } else { 0 }..].split(';') {
        parted(field.trim(), &mut names);
    }
    let is_somebody = |name: &String| {
        let is_named = name.contains(char::is_alphabetic) && !name.contains("://");
        is_named && !NOBODY.contains(&name.to_lowercase().as_str())
    };
    names.retain(is_somebody);
    names
}

/// Adds names to others, each of them once.
pub fn add(names: &mut Vec<String>, written: &str) {
    for name in authors(written) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
}

/// Parts a field at `and`, `&` and commas where whole names stand on both sides.
fn parted(field: &str, names: &mut Vec<String>) {
    let is_whole = |name: &str| name.trim().contains(' ') || name.contains('{');
    if field.starts_with('{') && field.find('}') == Some(field.len() - 1) {
        names.push(field.to_owned());
        return;
    }
    for joint in [" and ", " & "] {
        if let Some((first, last)) = field.rsplit_once(joint)
            && is_whole(first)
            && is_whole(last)
        {
            parted(first.trim().trim_end_matches(','), names);
            parted(last.trim(), names);
            return;
        }
    }
    if field.contains(',') && field.split(',').all(is_whole) && !field.contains('{') {
        names.extend(field.split(',').map(|name| name.trim().to_owned()));
    } else {
        names.push(field.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn several_names_are_parted_and_one_name_never_is() {
        for (written, names) in [
            ("Ana King", vec!["Ana King"]),
            ("King, Ana", vec!["King, Ana"]),
            ("by Ana King and Bo Low", vec!["Ana King", "Bo Low"]),
            ("King, Ana and Low, Bo", vec!["King, Ana", "Low, Bo"]),
            ("Ana King, Bo Low, and Cy Dow", vec!["Ana King", "Bo Low", "Cy Dow"]),
            ("Ana King; Bo\n Low", vec!["Ana King", "Bo Low"]),
            ("Salt & Sons", vec!["Salt & Sons"]),
            ("{Salt and Sons Review}", vec!["{Salt and Sons Review}"]),
            ("{Salt Review} and Ana King", vec!["{Salt Review}", "Ana King"]),
            ("陳大文", vec!["陳大文"]),
        ] {
            assert_eq!(authors(written), names, "{written}");
        }
    }

    #[test]
    fn what_is_no_name_is_left_out() {
        for written in ["", " ; ", "Microsoft Office User", "https://example.org/ana", "2017"] {
            assert_eq!(authors(written), Vec::<String>::new(), "{written}");
        }
    }

    proptest! {
        #[test]
        fn nothing_of_a_name_is_made_up(written in "[a-zA-Zé,;&{} ]{0,40}") {
            for name in authors(&written) {
                prop_assert!(single_line(&written).contains(&name), "{name}");
            }
        }
    }
}
