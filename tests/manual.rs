//! The manual is a test: every `console` block of the README, of `docs/` and of `tests/cmd/` is run,
//! and what the tool prints must be what the page shows.
//!
//! A block is a list of commands (`$ …`), each with its exit code (`? 1`) unless that is 0, and its
//! output up to an empty line. `[..]` stands for what differs from run to run, `...` for lines that
//! are left out. A block of TOML that opens with a path in a comment is put there before the commands
//! run. `TRYCMD=overwrite cargo test --test manual` writes what the tool prints into the
//! pages.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{env, fs, path::Path};

use trycmd::TestCases;

/// The pages that a reader can follow in a fresh clone: they run beside a copy of `corpus/`.
const PAGES: &[&str] = &[
    "README.md",
    "docs/query.md",
    "docs/output.md",
    "docs/json.md",
    "docs/formats.md",
    "docs/metadata.md",
    "docs/citations.md",
];

fn cases() -> TestCases {
    let cases = TestCases::new();
    cases.env("NO_COLOR", "1").env("COLUMNS", "100");
    for tool in ["cp", "rm"] {
        let file = format!("{tool}{}", env::consts::EXE_SUFFIX);
        let folders = env::var_os("PATH").unwrap_or_default();
        if let Some(path) =
            env::split_paths(&folders).map(|it| it.join(&file)).find(|it| it.is_file())
        {
            cases.register_bin(tool, path);
        }
    }
    cases
}

#[test]
fn every_command_does_what_its_page_shows() {
    cases().case("tests/cmd/*.md").case("tests/cmd/*.toml").run();
}

#[test]
fn the_manual_shows_what_the_tool_prints() {
    let folder = tempfile::tempdir().unwrap();
    // trycmd runs PAGE.md in a copy of PAGE.in when there is a PAGE.out.
    let copy_of = |page: &str| folder.path().join(Path::new(page).file_name().unwrap());
    for page in PAGES {
        fs::copy(page, copy_of(page)).unwrap();
        let corpus = copy_of(page).with_extension("in").join("corpus");
        fs::create_dir_all(&corpus).unwrap();
        for file in fs::read_dir("corpus").unwrap() {
            let file = file.unwrap();
            fs::copy(file.path(), corpus.join(file.file_name())).unwrap();
        }
        write_files(&fs::read_to_string(page).unwrap(), &copy_of(page).with_extension("in"));
        fs::create_dir(copy_of(page).with_extension("out")).unwrap();
    }
    cases().case(folder.path().join("*.md")).run();
    if env::var_os("TRYCMD").is_some_and(|mode| mode == "overwrite") {
        for page in PAGES {
            fs::copy(copy_of(page), page).unwrap();
        }
    }
}

/// Writes the blocks of a page that are files.
fn write_files(page: &str, folder: &Path) {
    for block in page.split("```toml\n# ").skip(1) {
        let (path, rest) = block.split_once('\n').unwrap();
        let (text, _) = rest.split_once("```").unwrap();
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}
