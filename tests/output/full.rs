//! Standard output that takes nothing more.

use std::fs::OpenOptions;

use super::program::command;

#[test]
fn what_cannot_be_written_is_an_error_for_help_as_well() {
    let place = tempfile::tempdir().unwrap();
    for arguments in [&["--help"][..], &["--version"], &["search", "--help"], &["man"]] {
        let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = command(place.path(), arguments).stdout(full).output().unwrap();
        let message = String::from_utf8(output.stderr).unwrap();
        let expected = "error: cannot write: No space left on device (os error 28)\n";
        assert_eq!((&*message, output.status.code()), (expected, Some(2)), "{arguments:?}");
    }
}
