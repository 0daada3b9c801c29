//! What `show --open` starts, and with which arguments.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use super::program::{command, indexed};

const TALK: &str =
    "---\nurl: https://example.org/talk.mp3\n---\n\n[00:01:05] Host: The gull walks.\n";

/// A folder with a program that writes its arguments to a file, one a line.
fn with_program(place: &Path, name: &str) -> PathBuf {
    let folder = place.join("programs");
    fs::create_dir_all(&folder).unwrap();
    let script = format!("#!/bin/sh\nprintf '%s\\n' \"$@\" > '{}/told'\n", place.display());
    fs::write(folder.join(name), script).unwrap();
    fs::set_permissions(folder.join(name), fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

fn told(place: &Path) -> Vec<String> {
    let told = fs::read_to_string(place.join("told")).unwrap();
    told.lines().map(str::to_owned).collect()
}

#[test]
fn an_editor_is_told_the_file_and_the_line() {
    let name = "corpus/a b; touch hacked.md";
    let place = indexed(&[(name, TALK)]);
    let programs = with_program(place.path(), "nano");
    let status = command(place.path(), &["show", "touch", "--open=editor"])
        .env("VISUAL", format!("{} --restricted", programs.join("nano").display()))
        .status()
        .unwrap();
    assert!(status.success());
    let file = place.path().canonicalize().unwrap().join(name);
    assert_eq!(told(place.path()), ["--restricted", "+5,18", &file.to_string_lossy()]);
    assert!(!place.path().join("hacked.md").exists());
}

#[test]
fn a_recording_is_opened_at_its_second_by_the_system_or_by_the_players_own_arguments() {
    let place = indexed(&[("corpus/talk.md", TALK)]);
    let programs = with_program(place.path(), "xdg-open");
    with_program(place.path(), "player");
    let path = format!("{}:/usr/bin:/bin", programs.display());
    let open = |configuration: &Path| {
        command(place.path(), &["show", "talk.md", "--open"])
            .env("PATH", &path)
            .env("XDG_CONFIG_HOME", configuration)
            .status()
            .unwrap()
    };
    if cfg!(target_os = "linux") {
        assert!(open(&place.path().join("none")).success());
        assert_eq!(told(place.path()), ["https://example.org/talk.mp3#t=65"]);
    }
    let configuration = place.path().join("config");
    fs::create_dir_all(configuration.join("pullquote")).unwrap();
    fs::write(
        configuration.join("pullquote/config.toml"),
        "player = [\"player\", \"--start={seconds}\", \"{url}\"]\n",
    )
    .unwrap();
    assert!(open(&configuration).success());
    assert_eq!(told(place.path()), ["--start=65", "https://example.org/talk.mp3"]);
}

#[test]
fn nothing_but_the_web_is_played_and_no_configuration_of_a_corpus_counts() {
    let talk = TALK.replace("https://example.org/talk.mp3", "file:///etc/passwd");
    let player = "player = [\"player\"]\n";
    let place = indexed(&[
        ("corpus/talk.md", talk.as_str()),
        ("config.toml", player),
        ("pullquote/config.toml", player),
        ("corpus/pullquote/config.toml", player),
    ]);
    let programs = with_program(place.path(), "player");
    let output = command(place.path(), &["show", "talk.md", "--open=player"])
        .env("PATH", programs)
        .env("XDG_CONFIG_HOME", ".")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let error = String::from_utf8(output.stderr).unwrap();
    let expected = "error: `file:///etc/passwd` is no web address, and nothing else is opened\n";
    assert_eq!(error, expected);
    assert!(!place.path().join("told").exists());
}
