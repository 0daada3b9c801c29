//! Links: to a line of a file, and to a moment of a recording.
//!
//! On a terminal that knows them, links are written as OSC 8: `ESC ] 8 ; ; URI ESC \`, the text, and
//! the same with no URI.

use std::{
    fmt::{self, Display, Write as _},
    io::{self, Write},
};

use crate::{
    paths,
    place::{LineColumn, Time},
    search::seconds,
};

/// How links to files are written, unless something else is asked for.
pub const FORMAT: &str = "file://{host}{path}#{line}";

/// Where the links of a terminal lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Links {
    format: String,
    host: String,
    folder: String,
}

impl Links {
    /// Links to files in the shape of `format`, in which `{path}`, `{line}`, `{column}` and `{host}`
    /// stand for these. A path that is not absolute is one below `folder`.
    ///
    /// # Errors
    /// When the format has no `{path}`, or names something else.
    pub fn new(format: &str, host: &str, folder: &str) -> Result<Self, String> {
        let known = ["{path}", "{line}", "{column}", "{host}"];
        let rest = known.iter().fold(format.to_owned(), |rest, name| rest.replace(name, ""));
        if !format.contains("{path}") {
            return Err(format!("`{format}` has no `{{path}}`"));
        }
        if rest.contains(['{', '}']) || !rest.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(format!("`{format}` may have {} and what a URI has", known.join(", ")));
        }
        let folder = folder.trim_end_matches('/').to_owned();
        Ok(Self { format: format.to_owned(), host: host.to_owned(), folder })
    }

    /// The link to a place of a file.
    #[must_use]
    pub fn file(&self, path: &str, at: Option<LineColumn>) -> String {
        let LineColumn { line, column } = at.unwrap_or(LineColumn::START);
        let is_absolute = path.starts_with('/') || path.get(1..3) == Some(":/");
        let mut whole =
            if is_absolute { path.to_owned() } else { format!("{}/{path}", self.folder) };
        if !whole.starts_with('/') {
            whole.insert(0, '/');
        }
        // The path last: whatever it holds stays as it is.
        self.format
            .replace("{line}", &line.to_string())
            .replace("{column}", &column.to_string())
            .replace("{host}", &encoded(&self.host, b""))
            .replace("{path}", &encoded_bytes(&paths::bytes(&whole), b"/:"))
    }
}

/// Where a recording can be heard or seen, from a time on: `&t=754` for YouTube, `#t=754.2` (W3C
/// Media Fragments) for others. Only web addresses are links: a document must not lead to anything
/// else.
#[must_use]
pub fn media(url: &str, time: Option<Time>) -> Option<String> {
    let host = host(url)?;
    let url = encoded(url, b"/:?#[]@!$&'()*+,;=%");
    let Some(time) = time else { return Some(url) };
    let (rest, _) = url.split_once('#').unwrap_or((&url, ""));
    if !is_youtube(&host) {
        return Some(format!("{rest}#t={}", seconds(time)));
    }
    let (page, query) = rest.split_once('?').unwrap_or((rest, ""));
    let is_time = |part: &&str| part.starts_with("t=") || part.starts_with("start=");
    let mut parts: Vec<&str> =
        query.split('&').filter(|part| !part.is_empty() && !is_time(part)).collect();
    let time = format!("t={}", time.0 / 1000);
    parts.push(&time);
    Some(format!("{page}?{}", parts.join("&")))
}

/// The host of a web address, in lower case.
fn host(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?;
    (is_web && !host.is_empty()).then(|| host.to_ascii_lowercase())
}

fn is_youtube(host: &str) -> bool {
    let site = host.strip_prefix("www.").or(host.strip_prefix("m.")).unwrap_or(host);
    ["youtube.com", "youtu.be", "music.youtube.com", "youtube-nocookie.com"].contains(&site)
}

/// Percent-encodes all bytes but letters, digits, `-._~` and some others (RFC 3986).
fn encoded(text: &str, kept: &[u8]) -> String {
    encoded_bytes(text.as_bytes(), kept)
}

fn encoded_bytes(bytes: &[u8], kept: &[u8]) -> String {
    let mut encoded = String::with_capacity(bytes.len());
    for byte in bytes {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(byte) || kept.contains(byte) {
            encoded.push(char::from(*byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// Writes a text as a link, where there is something to link to.
pub(super) fn linked(
    out: &mut dyn Write,
    target: Option<&str>,
    text: fmt::Arguments<'_>,
) -> io::Result<()> {
    match target {
        Some(target) => write!(out, "{}{text}{}", Open(target), Open("")),
        None => out.write_fmt(text),
    }
}

struct Open<'a>(&'a str);

impl Display for Open<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "\u{1b}]8;;{}\u{1b}\\", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_recording_is_linked_at_its_time() {
        let at = |url| media(url, Some(Time(754_200)));
        for (url, link) in [
            ("https://www.youtube.com/watch?v=a1", "https://www.youtube.com/watch?v=a1&t=754"),
            ("https://youtu.be/a1", "https://youtu.be/a1?t=754"),
            ("https://youtu.be/a1?t=5&si=x#c", "https://youtu.be/a1?si=x&t=754"),
            ("https://example.org/a b.mp3", "https://example.org/a%20b.mp3#t=754.2"),
            ("http://example.org/?a=1#old", "http://example.org/?a=1#t=754.2"),
        ] {
            assert_eq!(at(url).as_deref(), Some(link));
        }
        assert_eq!(media("https://example.org/#a", None).unwrap(), "https://example.org/#a");
    }

    #[test]
    fn nothing_but_the_web_is_a_link() {
        for url in ["javascript:alert(1)", "file:///etc/passwd", "talk.mp3", "https://", "x-y://z"]
        {
            assert_eq!(media(url, None), None, "{url}");
        }
    }

    #[test]
    fn a_file_is_linked_by_its_absolute_path() {
        let links = Links::new(FORMAT, "desk", "/home/a b/").unwrap();
        let at = LineColumn { line: 12, column: 3 };
        assert_eq!(
            links.file("talks/é.srt", Some(at)),
            "file://desk/home/a%20b/talks/%C3%A9.srt#12"
        );
        assert_eq!(links.file("/srv/a.srt", None), "file://desk/srv/a.srt#1");
        let editor = Links::new("vscode://file{path}:{line}:{column}", "", "C:/talks").unwrap();
        assert_eq!(editor.file("a.md", Some(at)), "vscode://file/C:/talks/a.md:12:3");
    }

    #[test]
    fn a_format_that_leads_nowhere_is_refused() {
        for wrong in ["", "file://", "x:{path}{user}", "x:{path} {line}", "x:{path}\u{1b}"] {
            assert!(Links::new(wrong, "", "/").is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn no_link_holds_what_a_terminal_obeys(rest in any::<String>(), path in any::<String>()) {
            let is_plain = |link: &str| link.bytes().all(|byte| byte.is_ascii_graphic());
            if let Some(link) = media(&format!("https://example.org/{rest}"), Some(Time(1))) {
                prop_assert!(is_plain(&link), "{}", link);
            }
            prop_assert!(is_plain(&Links::new(FORMAT, "h", "/").unwrap().file(&path, None)));
        }
    }
}
