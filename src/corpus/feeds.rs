//! Podcast feeds beside the transcripts of their episodes.
//!
//! A feed names the transcript of each episode by its address. Where a file of that name lies in the
//! folder of the feed, the feed knows its title, date and address. It is read as it lies there:
//! neither through a link nor in a container.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, hash_map::Entry},
    fs,
    io::Read,
    path::{Path, PathBuf},
};

use super::{
    load::load_from,
    name::{extension, name},
    open::{Links, open},
    scan::SourceFile,
    settings::{LARGEST_BESIDE, folder_name},
    unpack::unpacked_name,
};
use crate::{
    read::{beside::Description, encoding, feed},
    transcript::Metadata,
};

/// How much of a file shows whether it is a feed, in bytes.
const HEAD: u64 = 4096;

/// What feeds tell about the files beside them, by the names of those.
#[derive(Clone, Debug, Default)]
pub(super) struct Feeds {
    told: HashMap<String, Description>,
}

impl Feeds {
    /// Reads the feeds among some files. One that cannot be read tells nothing here: as a document
    /// it tells why.
    pub(super) fn read(files: impl IntoIterator<Item = PathBuf>) -> Self {
        let mut feeds = Self::default();
        for path in files {
            if let Some(text) = load(&path) {
                feeds.add(&path.parent().map(folder_name).unwrap_or_default(), &text);
            }
        }
        feeds
    }

    /// What a feed beside it tells about a document, by its name.
    pub(super) fn told(&self, document: &str) -> Description {
        let named = self.told.get(document).or_else(|| self.told.get(unpacked_name(document)));
        named.cloned().unwrap_or_default()
    }

    /// Takes in a feed. What an earlier one said stays.
    fn add(&mut self, folder: &str, text: &str) {
        let mut of_feed: HashMap<String, Option<Description>> = HashMap::new();
        for item in feed::items(text) {
            let names: BTreeMap<String, Option<&String>> = item
                .transcripts
                .iter()
                .map(|it| (it.file_name(), it.language.as_ref()))
                .filter(|(name, _)| !name.is_empty() && !name.contains(['/', '\\']))
                .collect();
            for (name, language) in names {
                let metadata = Metadata { language: language.cloned(), ..item.metadata.clone() };
                let told = Description { metadata, ..Description::default() };
                match of_feed.entry(format!("{folder}{name}")) {
                    // Of `transcript.vtt` in every episode nobody knows which one it is.
                    Entry::Occupied(mut known) => {
                        if known.get().as_ref().is_some_and(|it| *it != told) {
                            known.insert(None);
                        }
                    }
                    Entry::Vacant(entry) => {
                        entry.insert(Some(told));
                    }
                }
            }
        }
        for (name, told) in of_feed {
            if let Some(told) = told {
                self.told.entry(name).or_insert(told);
            }
        }
    }
}

/// The files of a corpus that may be feeds with transcripts beside them: a folder of nothing but XML
/// has none, and is not looked at again.
pub(super) fn among(files: &[SourceFile]) -> Vec<PathBuf> {
    let folder = |file: &SourceFile| file.path.parent().map(Path::to_owned);
    let mut feeds = Vec::new();
    let mut with_others = BTreeSet::new();
    for file in files.iter().filter(|file| file.member.is_none()) {
        if may_be(&file.path) {
            feeds.push(file);
        } else if let Some(folder) = folder(file) {
            with_others.insert(folder);
        }
    }
    let beside_others =
        |file: &&SourceFile| folder(file).is_some_and(|it| with_others.contains(&it));
    feeds.into_iter().filter(beside_others).map(|file| file.path.clone()).collect()
}

/// The files beside one that was named by itself which may be feeds, by their names.
pub(super) fn near(document: &Path) -> Vec<PathBuf> {
    if may_be(document) || !document.is_file() {
        return Vec::new();
    }
    let folder = document.parent().unwrap_or(document);
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let names = entries.filter_map(|entry| Some(entry.ok()?.file_name()));
    let paths = names.map(|file_name| document.with_file_name(file_name));
    let is_hidden =
        |path: &PathBuf| name(path).rsplit('/').next().is_none_or(|it| it.starts_with('.'));
    paths.filter(|path| may_be(path) && !is_hidden(path)).collect()
}

fn may_be(path: &Path) -> bool {
    feed::READER.extensions.contains(&extension(path).as_str())
}

/// The text of a feed; `None` for what is none, is too large or cannot be read.
fn load(path: &Path) -> Option<String> {
    let (file, length) = open(path, Links::Refused).ok()?;
    if length > LARGEST_BESIDE {
        return None;
    }
    let mut head = Vec::new();
    file.take(HEAD).read_to_end(&mut head).ok()?;
    let is_feed = |bytes: &[u8]| {
        let decoded = encoding::decode(bytes, None).ok();
        decoded.filter(|it| (feed::READER.recognises)(&it.text)).map(|it| it.text.into_owned())
    };
    is_feed(&head)?;
    is_feed(&load_from(path, Links::Refused).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(feeds: &[&str], names: &[&str]) -> Vec<Option<String>> {
        let mut all = Feeds::default();
        for text in feeds {
            all.add("talks/", text);
        }
        names.iter().map(|name| all.told(name).metadata.title).collect()
    }

    fn item(title: &str, url: &str) -> String {
        format!(
            "<item><title>{title}</title><podcast:transcript url=\"{url}\" type=\"text/vtt\"/></item>"
        )
    }

    #[test]
    fn a_transcript_is_known_by_its_name_in_the_folder_of_the_feed() {
        let feed = format!("<rss>{}</rss>", item("One", "https://example.org/t/ep%201.vtt?v=2"));
        assert_eq!(
            titles(
                &[&feed],
                &["talks/ep 1.vtt", "talks/ep 1.vtt.gz", "ep 1.vtt", "talks/ep 1.srt"]
            ),
            [Some("One".to_owned()), Some("One".to_owned()), None, None]
        );
    }

    #[test]
    fn a_name_of_several_episodes_tells_nothing_and_the_first_feed_counts() {
        let same = "https://example.org/2/transcript.vtt";
        let feed = format!(
            "<rss>{}{}{}</rss>",
            item("One", "https://example.org/1/transcript.vtt"),
            item("Two", same),
            item("Three", "https://example.org/3.vtt")
        );
        let other = format!("<rss>{}{}</rss>", item("Other", "3.vtt"), item("Two", same));
        assert_eq!(
            titles(&[&feed, &other], &["talks/transcript.vtt", "talks/3.vtt"]),
            [Some("Two".to_owned()), Some("Three".to_owned())]
        );
        assert_eq!(titles(&[&feed], &["talks/transcript.vtt"]), [None]);
    }

    #[test]
    fn no_name_leads_out_of_the_folder() {
        let feed = format!("<rss>{}{}</rss>", item("Up", "..%2Fa.vtt"), item("Folder", "a/"));
        assert_eq!(titles(&[&feed], &["a.vtt", "talks/../a.vtt", "talks/"]), [None, None, None]);
    }
}
