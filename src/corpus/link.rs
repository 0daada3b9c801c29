//! Links that lead nowhere: the system says no more of them than of a file that is not there.

use std::{
    fs::{self, Metadata},
    io,
    path::Path,
};

/// What is known of a file or folder, through a link.
///
/// # Errors
/// As [`fs::metadata`]; of a link that leads nowhere, it is said where it leads.
pub(super) fn metadata(path: &Path) -> io::Result<Metadata> {
    fs::metadata(path).map_err(|error| match fs::read_link(path) {
        Ok(target) if error.kind() == io::ErrorKind::NotFound => {
            let target = target.display();
            let message = format!(
                "it is a link to `{target}`, where nothing is: mend the link, or name the file itself"
            );
            io::Error::new(io::ErrorKind::NotFound, message)
        }
        _ => error,
    })
}
