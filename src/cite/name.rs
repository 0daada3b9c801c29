//! Names of authors, as citations want them: the family name by itself.

/// The name of an author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The family name with what belongs to it (`van Dam`), or a name that is not taken apart.
    pub family: String,
    /// The other names; `None` for a name that is not taken apart.
    pub given: Option<String>,
}

impl Name {
    /// Reads `Ana King` and `King, Ana`. Small words in front of the last one belong to it, as in
    /// `Bo van Dam`. A name in braces, one of a single word, and one with a word that no person is
    /// called stay whole.
    #[must_use]
    pub fn parse(written: &str) -> Self {
        let written = written.trim();
        let inner = written.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        if inner.is_some() || is_group(written) {
            let whole = inner.unwrap_or(written).trim().to_owned();
            return Self { family: whole, given: None };
        }
        if let Some((family, given)) = written.split_once(',') {
            return Self::of(family, given);
        }
        let is_small = |word: &str| word.chars().next().is_some_and(char::is_lowercase);
        let mut start = written.rfind(' ').map_or(0, |space| space + 1);
        while let Some((before, small)) = written[..start].trim_end().rsplit_once(' ')
            && is_small(small)
        {
            start = before.len() + 1;
        }
        let (given, family) = written.split_at(start);
        Self::of(family, given)
    }

    fn of(family: &str, given: &str) -> Self {
        let given = given.trim();
        Self {
            family: family.trim().to_owned(),
            given: (!given.is_empty()).then(|| given.to_owned()),
        }
    }
}

/// Whether a name is that of several people or of an organisation, as far as its words show it.
fn is_group(name: &str) -> bool {
    name.split(' ').any(|word| matches!(word, "The" | "the" | "and" | "&"))
        || name.contains(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_family_name_is_found() {
        for (written, family, given) in [
            ("Ana King", "King", Some("Ana")),
            ("King, Ana B.", "King", Some("Ana B.")),
            ("Ana B. King", "King", Some("Ana B.")),
            ("Bo van den Dam", "van den Dam", Some("Bo")),
            ("bell hooks", "hooks", Some("bell")),
            ("Plato", "Plato", None),
            ("{Salt Review}", "Salt Review", None),
            ("The Salt Review", "The Salt Review", None),
            ("Salt & Sons", "Salt & Sons", None),
        ] {
            let given = given.map(str::to_owned);
            assert_eq!(Name::parse(written), Name { family: family.to_owned(), given });
        }
    }

    proptest! {
        #[test]
        fn any_name_has_one(written in any::<String>()) {
            let Name { family, given } = Name::parse(&written);
            prop_assert!(written.contains(&family));
            prop_assert!(given.is_none_or(|given| written.contains(&given)));
        }
    }
}
