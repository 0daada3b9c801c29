//! `pullquote completions` and `pullquote man`: both made from the definition of the arguments.

use std::io::Write;

use clap::{Command, CommandFactory};
use clap_complete::Shell;

use super::{Found, arguments::Arguments, failure::Failure};

pub(super) fn completions(out: &mut dyn Write, shell: Shell) -> Result<Found, Failure> {
    let mut command = Arguments::command();
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, "pullquote", &mut script);
    out.write_all(&script)?;
    Ok(Found::Something)
}

pub(super) fn man(out: &mut dyn Write, command: Option<&str>) -> Result<Found, Failure> {
    let mut all = Arguments::command();
    all.build();
    let wanted = match command {
        None => all,
        Some(name) => all.find_subcommand(name).cloned().ok_or_else(|| {
            Failure::new(format!("there is no command `{name}`"))
                .hint("`pullquote --help` lists the commands")
        })?,
    };
    let mut page = Vec::new();
    page_of(wanted).render(&mut page)?;
    out.write_all(&page)?;
    Ok(Found::Something)
}

/// The page of a command: named in capitals in its header, which tells the version, and with the
/// usage of `--help` as its synopsis.
fn page_of(mut command: Command) -> clap_mangen::Man {
    let name = command.get_display_name().unwrap_or_else(|| command.get_name()).to_uppercase();
    let usage = command.render_usage().to_string();
    let usage = usage.strip_prefix("Usage: ").unwrap_or(&usage).to_owned();
    clap_mangen::Man::new(command.override_usage(usage))
        .title(name)
        .source(concat!("pullquote ", env!("CARGO_PKG_VERSION")))
        .manual("User Commands")
}
