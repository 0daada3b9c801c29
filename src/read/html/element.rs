//! The elements of HTML that matter here, and what is known about them by their names alone.
//!
//! Source: the HTML Living Standard, <https://html.spec.whatwg.org/multipage/>.

/// The name of an element in lower case, if it is a known one. Others have no effect on the text.
pub fn known(name: &[u8]) -> Option<&'static str> {
    let mut lower = [0; 12];
    let lower = lower.get_mut(..name.len())?;
    lower.copy_from_slice(name);
    lower.make_ascii_lowercase();
    KNOWN.binary_search_by(|known| known.as_bytes().cmp(lower)).ok().map(|at| KNOWN[at])
}

/// In the order of their bytes.
const KNOWN: &[&str] = &[
    "a",
    "address",
    "article",
    "aside",
    "audio",
    "b",
    "base",
    "blockquote",
    "body",
    "br",
    "button",
    "canvas",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "datalist",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "embed",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "iframe",
    "img",
    "input",
    "kbd",
    "legend",
    "li",
    "link",
    "main",
    "map",
    "menu",
    "meta",
    "nav",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "ol",
    "optgroup",
    "option",
    "p",
    "param",
    "plaintext",
    "pre",
    "q",
    "rp",
    "rt",
    "rtc",
    "samp",
    "script",
    "search",
    "section",
    "select",
    "source",
    "span",
    "strong",
    "style",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "template",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "time",
    "title",
    "tr",
    "track",
    "ul",
    "video",
    "wbr",
    "xmp",
];

/// Whether an element never has an end tag.
pub fn is_void(name: &str) -> bool {
    matches!(
        name,
        "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Whether an element starts and ends a paragraph.
pub fn is_block(name: &str) -> bool {
    !matches!(
        name,
        "" | "a"
            | "audio"
            | "b"
            | "br"
            | "button"
            | "canvas"
            | "cite"
            | "code"
            | "datalist"
            | "embed"
            | "iframe"
            | "img"
            | "input"
            | "link"
            | "map"
            | "meta"
            | "noscript"
            | "object"
            | "optgroup"
            | "option"
            | "param"
            | "q"
            | "rp"
            | "rt"
            | "rtc"
            | "script"
            | "select"
            | "source"
            | "span"
            | "strong"
            | "style"
            | "sup"
            | "svg"
            | "td"
            | "template"
            | "textarea"
            | "th"
            | "time"
            | "track"
            | "video"
            | "wbr"
    )
}

/// Whether what an element holds is never text to read: code, controls, media, what is shown only
/// by a program, and hints how to pronounce a word.
pub fn is_never_read(name: &str) -> bool {
    matches!(
        name,
        "audio"
            | "button"
            | "canvas"
            | "datalist"
            | "embed"
            | "head"
            | "iframe"
            | "img"
            | "input"
            | "map"
            | "noembed"
            | "noframes"
            | "noscript"
            | "object"
            | "rp"
            | "rt"
            | "rtc"
            | "script"
            | "select"
            | "style"
            | "svg"
            | "template"
            | "textarea"
            | "video"
    )
}

/// Whether an element may stand in the head of a page.
pub fn is_of_head(name: &str) -> bool {
    matches!(
        name,
        "base"
            | "head"
            | "html"
            | "link"
            | "meta"
            | "noscript"
            | "script"
            | "style"
            | "template"
            | "title"
    )
}

/// Which open elements a start tag closes, and which ones it does not look beyond.
pub fn closes(name: &str) -> (&'static [&'static str], &'static [&'static str]) {
    const TABLE: &[&str] = &["table"];
    const CELL: &[&str] = &["td", "th", "caption", "table", "button", "object"];
    match name {
        "li" => (&["li"], &["ul", "ol", "menu", "dir", "table", "td", "th"]),
        "dt" | "dd" => (&["dt", "dd"], &["dl", "table", "td", "th"]),
        "tr" => (&["tr", "caption", "colgroup"], TABLE),
        "td" | "th" => (&["td", "th"], &["tr", "table"]),
        "thead" | "tbody" | "tfoot" => (&["thead", "tbody", "tfoot", "caption", "colgroup"], TABLE),
        "option" => (&["option"], &["select", "datalist"]),
        "a" => (&["a"], CELL),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            (&["p", "h1", "h2", "h3", "h4", "h5", "h6"], CELL)
        }
        _ if is_block(name) => (&["p"], CELL),
        _ => (&[], &[]),
    }
}

/// Whether an end tag does not look beyond this element for the one it closes.
pub fn bounds(element: &str, closed: &str) -> bool {
    let of_table = matches!(closed, "table" | "tr" | "td" | "th" | "tbody" | "thead" | "tfoot");
    match element {
        "td" | "th" | "caption" => !of_table && !matches!(closed, "body" | "html"),
        "table" => closed != "table" && !matches!(closed, "body" | "html"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_known_elements_are_in_order_and_found() {
        assert!(KNOWN.is_sorted());
        assert_eq!(known(b"BlockQuote"), Some("blockquote"));
        assert_eq!(known(b"plaintext"), Some("plaintext"));
        assert_eq!(known(b"x-card"), None);
        assert_eq!(known(b"a-very-long-name-of-its-own"), None);
    }
}
