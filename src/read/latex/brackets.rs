//! Brackets of LaTeX: where an argument ends.

/// The longest argument that is looked for, in bytes: one that is never closed must not be sought to
/// the end of the file each time.
const LONGEST: usize = 4_000;

/// Where the bracket that opens a string is closed, outside comments and escapes.
pub(super) fn matching(string: &str, open: u8, close: u8) -> Option<usize> {
    let bytes = &string.as_bytes()[..string.len().min(LONGEST)];
    let mut depth = 0_usize;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'%' => at += memchr::memchr(b'\n', &bytes[at..])?,
            byte if byte == open => depth += 1,
            byte if byte == close => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(at);
                }
            }
            // An argument does not run over an empty line.
            b'\n' if bytes.get(at + 1) == Some(&b'\n') => return None,
            _ => {}
        }
        at += 1;
    }
    None
}
