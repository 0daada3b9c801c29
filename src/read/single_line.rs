//! What metadata says, on one line: titles, names and addresses.

/// A string without control characters and line breaks, its white space folded to single spaces.
#[must_use]
pub fn single_line(written: &str) -> String {
    let mut line = String::with_capacity(written.len());
    for word in written.split(|it: char| it.is_whitespace() || it.is_control()) {
        if !word.is_empty() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_and_control_characters_become_single_spaces() {
        assert_eq!(single_line(" A\u{1b}[31m\n\ttalk\u{a0} here\r\n"), "A [31m talk here");
        assert_eq!(single_line("\u{7}"), "");
    }
}
