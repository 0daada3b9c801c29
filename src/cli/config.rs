//! The configuration of a user.
//!
//! It is read from the user's own folder alone, never from a corpus or from the current folder: it
//! may name programs to run.

use std::{env, fs, io, path::PathBuf};

use serde::Deserialize;

use super::failure::Failure;

/// What a user may choose once and for all.
#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Config {
    /// The program that plays recordings, and its arguments, with `{url}`, `{seconds}`, `{path}` and
    /// `{line}` in them.
    pub player: Option<Vec<String>>,
}

/// Reads the configuration; without a file, nothing is chosen.
pub(super) fn read() -> Result<Config, Failure> {
    let Some(path) = path(&|name| env::var_os(name).map(PathBuf::from)) else {
        return Ok(Config::default());
    };
    match fs::read_to_string(&path) {
        Ok(text) => {
            toml::from_str(&text).map_err(|error| Failure::file(&path, &error.to_string().trim()))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Config::default()),
        Err(error) => Err(Failure::file(&path, &format!("cannot be read: {error}"))),
    }
}

/// Where it is: XDG Base Directory Specification, and `%APPDATA%` on Windows. Folders that are not
/// absolute do not count.
fn path(variable: &dyn Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    let absolute = |name: &str| variable(name).filter(|path| path.is_absolute());
    let folder = absolute("XDG_CONFIG_HOME")
        .or_else(|| absolute("HOME").map(|home| home.join(".config")))
        .or_else(|| absolute("APPDATA"))?;
    Some(folder.join("pullquote").join("config.toml"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_player_is_a_program_with_its_arguments() {
        let config: Config =
            toml::from_str(r#"player = ["mpv", "--start={seconds}", "{url}"]"#).unwrap();
        assert_eq!(config.player.unwrap(), ["mpv", "--start={seconds}", "{url}"]);
        let error = toml::from_str::<Config>("playr = []").unwrap_err();
        assert_eq!(error.message(), "unknown field `playr`, expected `player`");
    }

    #[cfg(unix)]
    #[test]
    fn it_is_never_looked_for_in_the_current_folder() {
        let with = |set: &[(&str, &str)]| {
            path(&|name| set.iter().find(|(key, _)| *key == name).map(|(_, value)| value.into()))
        };
        assert_eq!(with(&[]), None);
        assert_eq!(with(&[("XDG_CONFIG_HOME", "."), ("HOME", "home")]), None);
        let in_home = Some("/home/a/.config/pullquote/config.toml".into());
        assert_eq!(with(&[("XDG_CONFIG_HOME", "config"), ("HOME", "/home/a")]), in_home);
    }
}
