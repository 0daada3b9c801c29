//! Whether a document is a conversation, so that its weak labels count.
//!
//! `Remember: keep it dry` and `Anna: keep it dry` look alike. What tells them apart is the rest of
//! the document. Weak labels count when
//!
//! - there are no strong ones (a document has one style), but for the names that are strong
//!   elsewhere in it; and
//! - two names or more open paragraphs, and one of them comes back or half of the paragraphs open
//!   with one; or a single name comes back, and it is a role (`Interviewer`), has two words, or
//!   opens a third of the paragraphs; or it is a role in capitals, as in captions (`MAN:`).
//!
//! A manual explains terms, many of them in lower case (`flags: more of them`), and most of its
//! paragraphs explain none: then no weak label counts.
//!
//! A bold label counts at once, unless the bold labels of the document are headings: three or more
//! different ones, each once, and among them one that is known to be a heading (`**Pros:**`). Where
//! one of the others has a time or is a role (`**Host:**`), half of them must be known headings:
//! a conversation may have its `**Note:**`. A label with a time counts in any case, and so does its
//! name without one.
//! An item of a list explains a term where its label does not come back and those of the others stand
//! outside of lists. `Q.` and `A.` count where questions are answered in turn, more than once; an `A.` alone opens an item
//! or a name.
//! A single word in lower case, and one of the credits (`Director: Ada Lovelace` in a review, who may
//! be someone in a talk), counts only in a conversation, from the third time on.

use std::collections::{HashMap, HashSet};

use crate::read::{
    name::Name,
    speaker::{Form, Label, Strength},
};

/// From how many different labels in lower case on a document may be a manual.
const MANY_TERMS: usize = 5;

/// What the labels of a document say about it.
#[derive(Debug, Default)]
pub struct Dialogue<'a> {
    names: HashMap<&'a str, Seen>,
    paragraphs: usize,
    weak: usize,
    headings: HashSet<&'a str>,
    hearing: Hearing<'a>,
}

/// `Q.` and `A.`, which open questions and answers, items of lists, and names.
#[derive(Clone, Copy, Debug, Default)]
struct Hearing<'a> {
    last: &'a str,
    /// How many answers follow a question.
    answers: usize,
    /// How many `A.` follow nothing or another `A.`.
    others: usize,
}

impl<'a> Hearing<'a> {
    fn labelled(&mut self, name: &'a str) {
        let last = std::mem::replace(&mut self.last, name);
        match (last, name) {
            ("Q", "A") => self.answers += 1,
            (_, "A") => self.others += 1,
            _ => {}
        }
    }

    /// Whether they are asked and answered in turn, more than once.
    fn counts(self) -> bool {
        self.answers > 1 && self.answers > self.others
    }
}

#[derive(Clone, Copy, Debug)]
struct Seen {
    kind: Name,
    weak: usize,
    strong: usize,
    timed: usize,
    /// How many of them open items of lists.
    items: usize,
}

/// Which labels of a document count.
#[derive(Debug)]
pub struct Verdict<'a> {
    names: HashMap<&'a str, Seen>,
    weak_count: bool,
    strong_count: bool,
    hearing_counts: bool,
}

impl<'a> Dialogue<'a> {
    /// Takes note of a paragraph or cue without a label.
    pub fn unlabelled(&mut self) {
        self.paragraphs += 1;
    }

    /// Takes note of a bold heading that is nobody's name, such as `**Pros:**`.
    pub fn heading(&mut self, heading: &'a str) {
        self.headings.insert(heading);
    }

    /// Takes note of a label.
    pub fn labelled(&mut self, label: &Label<'a>) {
        self.paragraphs += 1;
        if label.form == Form::Hearing {
            return self.hearing.labelled(label.name);
        }
        let seen = Seen { kind: label.kind, weak: 0, strong: 0, timed: 0, items: 0 };
        let seen = self.names.entry(label.name).or_insert(seen);
        seen.timed += usize::from(label.time.is_some());
        seen.items += usize::from(label.form == Form::Item);
        match label.strength {
            Strength::Strong => seen.strong += 1,
            Strength::Weak => {
                seen.weak += 1;
                self.weak += usize::from(label.kind != Name::Handle);
            }
        }
    }

    /// Decides.
    #[must_use]
    pub fn verdict(self) -> Verdict<'a> {
        let is_person = |seen: &&Seen| matches!(seen.kind, Name::Person | Name::Role);
        let people = || self.names.values().filter(is_person);
        let strong: Vec<_> = people().filter(|seen| seen.strong > 0).collect();
        let count = strong.len() + self.headings.len();
        let speaks = strong.iter().any(|it| it.timed > 0 || it.kind == Name::Role);
        let headings = !self.headings.is_empty()
            && count > 2
            && strong.iter().all(|it| it.strong == 1)
            && (!speaks || self.headings.len() * 2 >= count);
        let weak: Vec<_> =
            self.names.iter().filter(|(_, it)| is_person(it) && it.weak > 0).collect();
        let comes_back = weak.iter().any(|(_, seen)| seen.weak > 1);
        let weak_count = match weak.as_slice() {
            [] => false,
            [(name, seen)] => {
                let sure = seen.kind == Name::Role || name.contains(' ');
                (seen.weak > 1 && (sure || self.weak * 3 >= self.paragraphs))
                    || (self.paragraphs == 1 && sure)
                    || is_role_in_capitals(name, seen.kind)
            }
            _ => comes_back || self.weak * 2 >= self.paragraphs,
        };
        let labelled: usize = self.names.values().map(|it| it.weak).sum();
        let items: usize = self.names.values().map(|it| it.items).sum();
        let terms = self.names.values().filter(|it| it.kind == Name::Handle).count();
        let explains =
            terms >= MANY_TERMS && terms * 3 >= weak.len() && labelled * 3 < self.paragraphs;
        let (in_list, is_conversation) = (items * 2 >= labelled, strong.is_empty() || headings);
        let weak_count = weak_count && !explains && is_conversation;
        let mut names = self.names;
        // What is explained once in a list is nobody.
        names.retain(|_, it| in_list || it.items == 0 || it.timed > 0 || it.weak + it.strong > 1);
        Verdict {
            weak_count,
            strong_count: !headings,
            hearing_counts: self.hearing.counts(),
            names,
        }
    }
}

/// `MAN:` in captions, once and for all.
fn is_role_in_capitals(name: &str, kind: Name) -> bool {
    kind == Name::Role && name.len() > 2 && !name.contains(char::is_lowercase)
}

impl Verdict<'_> {
    /// Whether a label of this document counts.
    #[must_use]
    pub fn accepts(&self, label: &Label<'_>) -> bool {
        if label.form == Form::Hearing {
            return self.hearing_counts;
        }
        let Some(seen) = self.names.get(label.name) else {
            return false;
        };
        match (label.strength, label.kind) {
            (_, Name::Other) => false,
            (Strength::Strong, Name::Handle) => self.strong_count && seen.strong > 1,
            (Strength::Strong, _) => self.strong_count || seen.timed > 0,
            (Strength::Weak, Name::Handle) => self.weak_count && seen.weak > 2,
            (Strength::Weak, _) => {
                self.weak_count || seen.timed > 0 || (self.strong_count && seen.strong > 0)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::speaker::label;

    /// The labels that count, of a document with a paragraph a line.
    fn accepted(document: &str) -> Vec<&str> {
        let mut dialogue = Dialogue::default();
        for line in document.lines() {
            match label(line) {
                Some(label) => dialogue.labelled(&label),
                None => dialogue.unlabelled(),
            }
        }
        let verdict = dialogue.verdict();
        let labels = document.lines().filter_map(label);
        labels.filter(|label| verdict.accepts(label)).map(|label| label.name).collect()
    }

    #[test]
    fn a_single_label_in_prose_is_prose() {
        assert!(
            accepted("It was late.\nBeware: the tape rots.\nThen we went.\nIt rained.").is_empty()
        );
    }

    #[test]
    fn two_people_who_talk_are_a_conversation() {
        assert_eq!(accepted("Anna: hello\nBen: hi"), ["Anna", "Ben"]);
        assert_eq!(accepted("Anna: a\nb\nc\nd\ne\nBen: f\ng\nh\nAnna: i"), ["Anna", "Ben", "Anna"]);
    }

    #[test]
    fn a_director_speaks_in_a_talk_and_is_named_in_a_review() {
        let talk = "Host: a\nDirector: b\nHost: c\nDirector: d\nHost: e\nDirector: f";
        assert!(accepted(talk).contains(&"Director"));
        assert_eq!(accepted("Director: Ada\nIt is a film.\nIt is long."), [] as [&str; 0]);
    }

    #[test]
    fn a_role_that_comes_back_is_a_conversation() {
        let interview = "Interviewer: a\nb\nc\nd\ne\nf\nInterviewer: g\nh";
        assert_eq!(accepted(interview), ["Interviewer"; 2]);
    }

    #[test]
    fn strong_labels_make_weak_ones_prose_unless_they_share_a_name() {
        assert_eq!(
            accepted("**Anna:** a\nCaveat Emptor: b\nAnna: c\nMoss: d\nMoss: e"),
            ["Anna", "Anna"]
        );
    }

    #[test]
    fn a_manual_explains_terms_and_nobody_speaks() {
        let terms =
            "flags: a\noffset: b\nname: c\nvalue: d\nbuffer: e\nINTEGER: f\nInteger Value: g";
        let manual = format!("{terms}\n{}{terms}", "It is explained below.\n".repeat(30));
        assert_eq!(accepted(&manual), [] as [&str; 0]);
        // Where nearly all paragraphs have a label, people chat under such names.
        let chat = format!("{terms}\n{terms}\n{terms}");
        assert_eq!(accepted(&chat).len(), 21);
    }

    #[test]
    fn a_handle_counts_among_names_when_it_comes_back() {
        let talk = "Anna: a\nmoss: b\nAnna: c\nmoss: d\nAnna: e\nmoss: f\nwell: g";
        assert_eq!(accepted(talk), ["Anna", "moss", "Anna", "moss", "Anna", "moss"]);
    }
}
