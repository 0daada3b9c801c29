//! `pullquote completions` and `pullquote man`: both made from the definition of the arguments.

use std::io::Write;

use clap::CommandFactory;
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
    clap_mangen::Man::new(wanted).render(&mut page)?;
    out.write_all(&page)?;
    Ok(Found::Something)
}
