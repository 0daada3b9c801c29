//! What words of a query stand for, beside what is typed on them.

use clap::Args;
use pullquote::{
    search::Stemming,
    words::{Counting, stem},
};

/// What words of a query stand for.
#[derive(Debug, Args)]
pub(in crate::cli) struct WordOptions {
    /// Find words just as they are typed, not their other forms
    #[arg(long)]
    pub no_stem: bool,

    /// Find other forms of words by the rules of this language, whatever that of the documents is
    #[arg(long, value_name = "CODE", conflicts_with = "no_stem", value_parser = language)]
    pub lang: Option<String>,

    /// Let upper and lower case count, as typed
    #[arg(long)]
    pub case: bool,

    /// Let accents count, as typed
    #[arg(long)]
    pub accents: bool,
}

impl WordOptions {
    /// Which forms of a plain word count.
    pub(in crate::cli) fn stemming(&self) -> Stemming {
        match &self.lang {
            Some(language) => Stemming::In(language.clone()),
            None if self.no_stem => Stemming::Off,
            None => Stemming::On,
        }
    }

    /// What counts of the spelling of words.
    pub(in crate::cli) fn counting(&self) -> Counting {
        Counting { case: self.case, accents: self.accents }
    }
}

/// Takes the code of a language whose rules are known.
fn language(code: &str) -> Result<String, String> {
    let code = code.to_ascii_lowercase();
    if stem::LANGUAGES.contains(&code.as_str()) {
        return Ok(code);
    }
    Err(format!("there are rules for {}", stem::LANGUAGES.join(", ")))
}
