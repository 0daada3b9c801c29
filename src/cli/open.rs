//! Opening a place: in an editor at its line, or its recording at its second.
//!
//! Programs are started with their arguments as a list, never by a shell. What a document says is
//! never a program or an option: a file is named by its absolute path, and only web addresses are
//! handed on.

use std::{
    env,
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
    process,
};

use pullquote::{
    paths,
    place::{LineColumn, Time},
    print::link::media,
    search::{Hit, seconds},
    text::TextSpan,
};

use super::{arguments::OpenWith, config, failure::Failure};

/// Opens a hit and waits until the program is done.
pub(super) fn open_place(hit: &Hit, with: OpenWith) -> Result<(), Failure> {
    let place = hit.passage.text.place(TextSpan { start: 0, end: hit.passage.text.len() });
    let time = place.time.map(|time| time.start);
    let url = hit.source.url.as_deref();
    let is_playable = time.is_some() && url.is_some_and(|url| media(url, None).is_some());
    let command = match with {
        OpenWith::Auto if is_playable => player(hit, time)?,
        OpenWith::Player => player(hit, time)?,
        OpenWith::Auto | OpenWith::Editor => {
            let path = file(&hit.source.path)?;
            editor(&chosen_editor()?, &path, place.source.map_or(LineColumn::START, |it| it.at))
        }
    };
    run(&command)
}

fn run(command: &[OsString]) -> Result<(), Failure> {
    let Some((program, arguments)) = command.split_first() else {
        return Err(Failure::new("there is no program to open it with"));
    };
    let name = Path::new(program).display();
    let status = process::Command::new(program)
        .args(arguments)
        .status()
        .map_err(|error| Failure::new(format!("`{name}` cannot be started: {error}")))?;
    if status.success() {
        return Ok(());
    }
    Err(Failure::new(format!("`{name}` failed: {status}")))
}

/// The absolute path of a document's file.
fn file(path: &str) -> Result<PathBuf, Failure> {
    let absolute = env::current_dir().unwrap_or_default().join(paths::path(path));
    if absolute.is_file() {
        return Ok(absolute);
    }
    if let Some(container) = absolute.ancestors().skip(1).find(|it| it.is_file()) {
        let container = container.file_name().unwrap_or_default().display();
        return Err(Failure::new(format!(
            "`{path}` is in the container `{container}`, where no editor can open it"
        ))
        .hint("unpack the container, or leave out --open to have it shown"));
    }
    Err(Failure::new(format!("there is no file `{path}` here"))
        .hint("change to the folder from which it was indexed"))
}

/// `$VISUAL`, or `$EDITOR`: a program, or a program and options parted by spaces.
fn chosen_editor() -> Result<Vec<OsString>, Failure> {
    let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty());
    let chosen = set("VISUAL").or_else(|| set("EDITOR")).ok_or_else(|| {
        Failure::new("no editor is chosen")
            .hint("set VISUAL or EDITOR, such as `export EDITOR=nano`")
    })?;
    let words = chosen.to_str().filter(|_| !Path::new(&chosen).is_file());
    Ok(match words {
        Some(words) => words.split_whitespace().map(OsString::from).collect(),
        None => vec![chosen],
    })
}

/// What starts an editor at a line; one that is not known opens the file.
fn editor(chosen: &[OsString], path: &Path, at: LineColumn) -> Vec<OsString> {
    let LineColumn { line, column } = at;
    let name = chosen.first().and_then(|program| Path::new(program).file_stem());
    let name = name.and_then(OsStr::to_str).unwrap_or_default().to_lowercase();
    let behind = |tail: String| {
        let mut path = path.as_os_str().to_owned();
        path.push(tail);
        path
    };
    let whole = || path.as_os_str().to_owned();
    let added: Vec<OsString> = match name.as_str() {
        "vi" | "vim" | "nvim" | "gvim" | "mvim" | "nvi" | "vis" | "view" | "neovide" | "pico"
        | "joe" | "jed" | "jmacs" | "mg" | "ne" | "mcedit" => {
            vec![format!("+{line}").into(), whole()]
        }
        "nano" => vec![format!("+{line},{column}").into(), whole()],
        "emacs" | "emacsclient" | "kak" | "micro" | "gedit" | "gnome-text-editor" => {
            vec![format!("+{line}:{column}").into(), whole()]
        }
        "code" | "code-insiders" | "codium" | "vscodium" | "cursor" | "windsurf" => {
            vec!["--goto".into(), behind(format!(":{line}:{column}"))]
        }
        "subl" | "sublime_text" | "hx" | "helix" | "zed" | "zeditor" | "lapce" => {
            vec![behind(format!(":{line}:{column}"))]
        }
        "kate" | "kwrite" | "mate" | "idea" | "pycharm" | "webstorm" | "rustrover" | "goland"
        | "clion" => vec!["--line".into(), line.to_string().into(), whole()],
        "notepad++" => vec![format!("-n{line}").into(), whole()],
        _ => vec![whole()],
    };
    chosen.iter().cloned().chain(added).collect()
}

/// What plays the recording of a document from a time on.
fn player(hit: &Hit, time: Option<Time>) -> Result<Vec<OsString>, Failure> {
    let path = &hit.source.path;
    let url = hit.source.url.as_deref().ok_or_else(|| {
        Failure::new(format!("it is not known where the recording of `{path}` is"))
            .hint("give the document a `url`, or open it with --open=editor")
    })?;
    let moment = media(url, time).ok_or_else(|| {
        Failure::new(format!("`{url}` is no web address, and nothing else is opened"))
    })?;
    let whole = media(url, None).unwrap_or_default();
    match config::read()?.player {
        Some(player) => {
            let line = hit.passage.text.place(TextSpan { start: 0, end: 0 }).source;
            let line = line.map_or(1, |source| source.at.line);
            let time = seconds(time.unwrap_or_default());
            Ok(filled(&player, &whole, &time, path, line))
        }
        None => Ok(system_opener().iter().map(OsString::from).chain([moment.into()]).collect()),
    }
}

/// The player of the configuration with its arguments filled in. Each stays one argument.
fn filled(player: &[String], url: &str, time: &str, path: &str, line: u32) -> Vec<OsString> {
    let absolute = env::current_dir().unwrap_or_default().join(paths::path(path));
    let fill = |(at, argument): (usize, &String)| {
        if at == 0 {
            return OsString::from(argument);
        }
        // Each part is filled once: what is put in is not looked at again.
        let mut rest = argument.as_str();
        let mut filled = OsString::new();
        while let Some(start) = rest.find('{') {
            filled.push(&rest[..start]);
            rest = &rest[start..];
            let known = [
                ("{url}", OsStr::new(url)),
                ("{seconds}", OsStr::new(time)),
                ("{path}", absolute.as_os_str()),
            ];
            if let Some((name, value)) = known.iter().find(|(name, _)| rest.starts_with(name)) {
                filled.push(value);
                rest = &rest[name.len()..];
            } else if let Some(behind) = rest.strip_prefix("{line}") {
                filled.push(line.to_string());
                rest = behind;
            } else {
                filled.push("{");
                rest = &rest[1..];
            }
        }
        filled.push(rest);
        filled
    };
    player.iter().enumerate().map(fill).collect()
}

/// What opens a web address on this system.
fn system_opener() -> &'static [&'static str] {
    if cfg!(target_os = "macos") {
        &["open"]
    } else if cfg!(windows) {
        &["rundll32", "url.dll,FileProtocolHandler"]
    } else {
        &["xdg-open"]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_editor_is_told_the_line_in_its_own_way() {
        let at = LineColumn { line: 12, column: 3 };
        for (chosen, command) in [
            ("vim", "vim +12 /a b.srt"),
            ("/usr/bin/nvim -R", "/usr/bin/nvim -R +12 /a b.srt"),
            ("nano", "nano +12,3 /a b.srt"),
            ("emacsclient -t", "emacsclient -t +12:3 /a b.srt"),
            ("kak", "kak +12:3 /a b.srt"),
            ("code --wait", "code --wait --goto /a b.srt:12:3"),
            ("hx", "hx /a b.srt:12:3"),
            ("subl", "subl /a b.srt:12:3"),
            ("ed", "ed /a b.srt"),
        ] {
            let chosen: Vec<OsString> = chosen.split(' ').map(OsString::from).collect();
            let started = editor(&chosen, Path::new("/a b.srt"), at);
            assert_eq!(started.join(OsStr::new(" ")), OsString::from(command));
        }
    }

    #[test]
    fn what_is_filled_in_is_one_argument_and_is_not_filled_in_again() {
        let player = ["{url}", "--start={seconds}", "{url}", "{x}{"].map(str::to_owned);
        let command = filled(&player, "https://a/{seconds} b", "7.5", "a.srt", 3);
        assert_eq!(command, ["{url}", "--start=7.5", "https://a/{seconds} b", "{x}{"]);
    }
}
