//! What each line of a screenplay is.

/// A line of a screenplay, without the marks that force it to be what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Element<'a> {
    /// An empty line.
    Nothing,
    /// A page number, `(CONTINUED)`, a page break.
    Furniture,
    /// The heading of a scene.
    Scene(&'a str),
    /// Who speaks.
    Character(&'a str),
    /// What is said, or how.
    Dialogue(&'a str),
    /// What is seen, and everything else.
    Action(&'a str),
}

/// Where in a screenplay a line stands.
#[derive(Clone, Copy, Debug)]
pub struct Script {
    /// Whether the line before was empty, or there is none.
    after_nothing: bool,
    /// Whether someone speaks.
    speaks: bool,
}

impl Default for Script {
    fn default() -> Self {
        Self { after_nothing: true, speaks: false }
    }
}

impl Script {
    /// What a line is, by itself, the lines before and the next one.
    pub fn element<'a>(&mut self, line: &'a str, next: &str) -> Element<'a> {
        if line.trim().is_empty() {
            // Two spaces are an empty line of what is said.
            self.speaks &= line == "  ";
            self.after_nothing = !self.speaks;
            return Element::Nothing;
        }
        let after_nothing = std::mem::replace(&mut self.after_nothing, false);
        if is_furniture(line) {
            self.after_nothing = after_nothing;
            return Element::Furniture;
        }
        if self.speaks {
            return Element::Dialogue(line.strip_prefix('~').unwrap_or(line).trim_start());
        }
        let forced = |mark: char| line.strip_prefix(mark).map(str::trim_start);
        if let Some(name) = forced('@').filter(|_| !next.is_empty()) {
            self.speaks = true;
            return Element::Character(without_brackets(name));
        }
        if let Some(scene) = forced('.').filter(|it| it.starts_with(char::is_alphanumeric)) {
            return Element::Scene(scene);
        }
        if let Some(written) = forced('!').or_else(|| forced('~')) {
            return Element::Action(written);
        }
        if let Some(written) = forced('>') {
            return Element::Action(written.strip_suffix('<').unwrap_or(written).trim_end());
        }
        let section = line.trim_start_matches('#').trim_start();
        if section.len() < line.len() && !section.is_empty() {
            return Element::Scene(section);
        }
        if let Some(synopsis) = forced('=').filter(|it| !it.is_empty()) {
            return Element::Action(synopsis);
        }
        if after_nothing && is_scene(line) {
            return Element::Scene(line);
        }
        if after_nothing
            && !next.is_empty()
            && let Some(name) = character(line)
        {
            self.speaks = true;
            return Element::Character(name);
        }
        Element::Action(line)
    }
}

/// `12.`, `(CONTINUED)`, `===`.
fn is_furniture(line: &str) -> bool {
    let number = line.trim_end_matches('.');
    let is_number = number.len() <= 4 && number.bytes().all(|byte| byte.is_ascii_digit());
    let is_break = line.len() >= 3 && line.bytes().all(|byte| byte == b'=');
    let words = line.trim_matches(['(', ')', ':', ' ']);
    is_number || is_break || ["CONTINUED", "MORE"].contains(&words)
}

/// `INT. HOUSE - DAY`, with a number before it or not.
fn is_scene(line: &str) -> bool {
    const OPENINGS: &[&str] =
        &["INT./EXT", "EXT./INT", "INT/EXT", "EXT/INT", "I/E", "INT", "EXT", "EST"];
    let numbered = line.trim_start_matches(|it: char| it.is_ascii_digit()).trim_start_matches('.');
    let line = if numbered.starts_with(' ') { numbered.trim_start() } else { line };
    let opening = OPENINGS.iter().find_map(|opening| {
        let start = line.get(..opening.len())?;
        start.eq_ignore_ascii_case(opening).then(|| &line[opening.len()..])
    });
    let is_place = |rest: &str| rest.trim_start().starts_with(|it: char| it.is_alphanumeric());
    opening.is_some_and(|rest| match rest.strip_prefix('.') {
        Some(rest) => is_place(rest),
        // Without its full stop it must be in capitals: prose begins with `Int` as well.
        None => rest.starts_with(' ') && is_place(rest) && !line.contains(char::is_lowercase),
    })
}

/// The longest name of a character, in bytes.
const LONGEST_NAME: usize = 48;

/// The name in a line that is one, in capitals: `ADA (V.O.)`, `DR. KING (CONT'D) ^`.
fn character(line: &str) -> Option<&str> {
    let name = without_brackets(line);
    let is_name = name.len() <= LONGEST_NAME
        && name.contains(char::is_alphabetic)
        && !name.contains(char::is_lowercase)
        && name.starts_with(|it: char| it.is_alphanumeric() || matches!(it, '"' | '“' | '\''))
        && !name.ends_with(['!', '?', ':', ',', ';', '-'])
        && !is_transition(name);
    is_name.then_some(name)
}

fn is_transition(name: &str) -> bool {
    let name = name.trim_end_matches(['.', ':']);
    name.ends_with(" TO")
        || name.starts_with("FADE ")
        || ["THE END", "CUT TO BLACK", "DISSOLVE", "BLACKOUT"].contains(&name)
}

/// A name without the mark of a dialogue at the same time, and without what stands in brackets
/// behind it.
fn without_brackets(line: &str) -> &str {
    let mut name = line.trim_end_matches('^').trim_end();
    while let Some(open) = name.strip_suffix(')').and_then(|_| name.rfind('(')) {
        if open == 0 {
            break;
        }
        name = name[..open].trim_end();
    }
    name
}
