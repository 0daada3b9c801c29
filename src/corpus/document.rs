//! From a file to a document: its bytes, unpacked and read, with what stands beside it.

use std::collections::BTreeMap;

use super::{
    LoadError, Loader, SourceFile,
    companions::Beside,
    load::LARGEST,
    settings::LARGEST_BESIDE,
    unpack::{unpack, unpacked_bytes, unpacked_name},
};
use crate::{
    ordered::Share,
    read::{
        self, Document, ReadError,
        beside::{self, Description, Told},
        cost, encoding,
    },
    transcript::{Transcript, Warning},
};

/// The bytes of a file and of its companions, as they lie there.
#[derive(Debug)]
pub struct Fetched<'a> {
    /// The hash of the file's bytes, in hexadecimal.
    pub hash: String,
    /// What tells the state of its companions from any other; see [`may_be_state`].
    pub beside: String,
    file: &'a SourceFile,
    bytes: Vec<u8>,
    companions: Vec<(&'a Beside, Result<Vec<u8>, String>)>,
}

/// What became of a file.
#[derive(Debug)]
pub struct Understood {
    /// What it says, with what is told about it.
    pub document: Document,
    /// The speakers that got another name: what the file calls them, and the new name.
    pub renamed: BTreeMap<String, String>,
    /// How many bytes the file has.
    pub bytes: u64,
}

/// Why a file is no document.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// It cannot be unpacked.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// It cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// It takes more memory than there is room for.
    #[error("holds {bytes} bytes, and reading them takes {needed} bytes of memory")]
    NoRoom {
        /// How many bytes it holds; where it is compressed, at least.
        bytes: u64,
        /// How many bytes of memory are needed, at least.
        needed: u64,
    },
}

/// What it will take to read a file, in bytes of memory, as far as its name and its size tell.
#[must_use]
pub fn usual_cost(file: &SourceFile) -> u64 {
    cost::usual(unpacked_name(&file.name), unpacked_bytes(&file.name, file.bytes))
}

/// The error for a file that does not fit into its share of the memory, whatever is in it.
///
/// # Errors
/// That one.
pub fn fits(file: &SourceFile, share: &mut Share) -> Result<(), DocumentError> {
    if share.grow_to(cost::least(file.bytes)) {
        return Ok(());
    }
    Err(DocumentError::NoRoom { bytes: file.bytes, needed: usual_cost(file) })
}

/// Gets the bytes of a file and of its companions.
///
/// # Errors
/// When the file's bytes cannot be had. A companion's trouble is a warning of the document.
pub fn fetch<'a>(file: &'a SourceFile, loader: &mut Loader) -> Result<Fetched<'a>, LoadError> {
    let bytes = loader.load(file)?;
    let hash = blake3::hash(&bytes).to_hex().to_string();
    let companions: Vec<_> =
        file.companions.iter().map(|beside| (beside, companion(beside, loader))).collect();
    let beside = state(&companions);
    Ok(Fetched { hash, beside, file, bytes, companions })
}

/// Whether a state of companions may be the one that they are in, as far as can be told without
/// reading them: it has as many.
#[must_use]
pub fn may_be_state(file: &SourceFile, beside: &str) -> bool {
    let count = beside.split('-').next().unwrap_or_default();
    count == file.companions.len().to_string()
}

fn companion(beside: &Beside, loader: &mut Loader) -> Result<Vec<u8>, String> {
    if beside.file.bytes > LARGEST_BESIDE {
        let bytes = beside.file.bytes;
        return Err(format!("has {bytes} bytes, more than the {LARGEST_BESIDE} that are read"));
    }
    loader.load(&beside.file).map_err(|error| error.to_string())
}

/// How many companions there are, and a hash of their names and bytes.
fn state(companions: &[(&Beside, Result<Vec<u8>, String>)]) -> String {
    if companions.is_empty() {
        return "0".to_owned();
    }
    let mut hasher = blake3::Hasher::new();
    for (beside, bytes) in companions {
        let bytes = bytes.as_ref().map_or_else(String::as_bytes, Vec::as_slice);
        hasher.update(beside.file.name.as_bytes()).update(&[0]);
        hasher.update(blake3::hash(bytes).as_bytes());
    }
    format!("{}-{}", companions.len(), &hasher.finalize().to_hex()[..16])
}

impl Fetched<'_> {
    /// Unpacks and reads the file, and puts in what its companions and the settings tell. That
    /// keeps to its share of the memory, where there is one.
    ///
    /// # Errors
    /// When it cannot be unpacked, there is too little room, or no word of it can be read.
    pub fn read(
        self,
        told: Told,
        options: &read::Options,
        mut share: Option<&mut Share>,
    ) -> Result<Understood, DocumentError> {
        let size = self.bytes.len() as u64;
        let room = share.as_ref().map_or(u64::MAX, |share| share.amount());
        let most = cost::most_bytes(room).min(LARGEST);
        let bytes = match unpack(&self.file.name, self.bytes, most) {
            Err(LoadError::Unpacked(bytes)) if bytes < LARGEST => {
                // How large it is unpacked is not known: more than what there is room for.
                let needed = usual_cost(self.file).max(room.saturating_mul(2));
                return Err(DocumentError::NoRoom { bytes, needed });
            }
            unpacked => unpacked?,
        };
        let name = unpacked_name(&self.file.name);
        let needed = cost::estimate(name, &bytes);
        if share.as_mut().is_some_and(|share| !share.grow_to(needed)) {
            let bytes = bytes.len() as u64;
            return Err(DocumentError::NoRoom { bytes, needed });
        }
        let mut document = read::read(name, &bytes, options)?;
        drop(bytes);
        let mut by_companions = Description::default();
        for (beside, bytes) in self.companions {
            let description = hear(beside, bytes, &mut document.transcript);
            by_companions = description.or(by_companions);
        }
        let told = Told { surely: by_companions.or(told.surely), ..told };
        let renamed = beside::put_together(&mut document.transcript, told);
        Ok(Understood { document, renamed, bytes: size })
    }
}

/// Lets a companion have its say; its warnings become those of the document.
fn hear(
    beside: &Beside,
    bytes: Result<Vec<u8>, String>,
    transcript: &mut Transcript,
) -> Description {
    let path = &beside.file.name;
    let name = path.rsplit('/').next().unwrap_or_default();
    let text = bytes
        .and_then(|bytes| unpack(path, bytes, LARGEST_BESIDE).map_err(|error| error.to_string()))
        .and_then(|bytes| {
            let decoded = encoding::decode(&bytes, None).map_err(|error| error.to_string())?;
            Ok(decoded.text.into_owned())
        });
    let contribution = match text {
        Ok(text) => (beside.kind.read)(&text, transcript),
        Err(message) => {
            transcript.warnings.push(Warning::whole(format!("`{name}` {message}")));
            return Description::default();
        }
    };
    for Warning { line, message } in contribution.warnings {
        let line = line.map_or_else(String::new, |line| format!(", line {line}"));
        transcript.warnings.push(Warning::whole(format!("in `{name}`{line}: {message}")));
    }
    contribution.description
}
