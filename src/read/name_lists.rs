//! Words that tell names from other things before a colon; all sorted, for binary search.

/// Parts of names that have no capital letter.
#[rustfmt::skip]
pub const PARTICLES: &[&str] = &[
    "al", "and", "av", "ben", "bin", "binti", "da", "das", "de", "degli", "del", "della", "den",
    "der", "di", "do", "dos", "du", "e", "el", "et", "et.", "ibn", "la", "le", "och", "of", "og",
    "st.", "ten", "ter", "the", "und", "van", "von", "y", "zu", "zum",
];

/// Roles that speak.
#[rustfmt::skip]
pub const ROLES: &[&str] = &[
    "a", "all", "announcer", "audience", "audience member", "both", "caller", "co-host", "cohost",
    "crowd", "everyone", "facilitator", "female", "female speaker", "guest", "host",
    "interviewee", "interviewer", "male", "male speaker", "man", "mc", "moderator", "narrator",
    "operator", "panelist", "panellist", "participant", "presenter", "q", "reporter",
    "respondent", "speaker", "student", "unidentified", "unidentified speaker", "unknown",
    "unknown speaker", "voice", "voiceover", "witness", "woman", "主持人",
];

/// Parts of a recording in which nobody of the conversation speaks. The last word counts.
#[rustfmt::skip]
pub const SECTIONS: &[&str] = &[
    "ad", "begins", "break", "clip", "commercial", "ends", "extract", "intro", "jingle", "music",
    "outro", "recording", "remix", "sample", "song", "sound", "soundtrack", "sponsor", "theme",
    "track",
];

/// Who made something, in the credits of a review (`Director: …`), and who may speak in a talk.
#[rustfmt::skip]
pub const CREDITS: &[&str] = &["artist", "author", "director", "publisher", "translator"];

/// What stands before a colon in prose, notes and reviews, and is nobody.
#[rustfmt::skip]
pub const STOPPED: &[&str] = &[
    "abstract", "acknowledgements", "act", "addendum", "advantages", "agenda", "also", "answer",
    "answers", "appendix", "attention", "audio", "authors", "background", "battery life", "bonus",
    "bottom line", "cast", "category", "caution", "caveat", "chapter", "click here", "conclusion",
    "cons", "contact", "contents", "copyright", "credits", "critique", "date", "day", "default",
    "definition", "design", "details", "disadvantages", "disclaimer", "disclosure", "display",
    "download", "duration", "edit", "edited by", "editor's note", "email", "epilogue", "episode",
    "error", "example", "examples", "fact", "faq", "figure", "final thoughts", "finally", "first",
    "footnote", "format", "ftp", "fun fact", "genre", "highlights", "hint", "hosted by", "http",
    "https", "idea", "image", "important", "in short", "info", "input", "introduction", "issue",
    "keywords", "label", "language", "languages", "last", "length", "lesson", "licence", "license",
    "link", "links", "listen", "location", "mailto", "meanwhile", "menu", "method", "n.b", "nb",
    "next", "note", "notes", "observation", "option", "optional", "output", "overview", "p.s",
    "parameters", "part", "performance", "phone", "photo", "picture", "place", "plot", "podcast",
    "point", "preface", "price", "problem", "prologue", "proof", "pros", "ps", "q&a", "question",
    "questions", "quote", "rating", "reason", "recommendation", "recommended", "reference",
    "references", "related", "released", "remark", "remember", "reminder", "requirements",
    "result", "results", "returns", "review", "running time", "runtime", "scene", "score",
    "season", "second", "section", "sections", "see", "see also", "setting", "show notes",
    "side note", "since", "slide", "slides", "solution", "source", "sources", "spoiler",
    "spoiler alert", "starring", "stars", "step", "story", "sub-topics", "subject", "subtitle",
    "subtitles", "subtitles by", "summary", "synopsis", "table", "tags", "task", "then", "theory",
    "thesis", "third", "time", "tip", "tips", "title", "tl;dr", "tldr", "todo", "topic", "topics",
    "transcript", "transcript by", "translation", "trivia", "twitter", "update", "url", "usage",
    "verdict", "version", "via", "video", "warning", "website", "week", "written by", "year",
];

/// Words of sentences that no name has.
#[rustfmt::skip]
pub const IN_SENTENCES: &[&str] = &[
    "about", "am", "are", "aren't", "because", "been", "but", "by", "can't", "could", "did",
    "does", "doesn't", "don't", "for", "from", "had", "has", "have", "her", "here", "here's",
    "his", "how", "however", "i", "i'd", "i'll", "i'm", "i've", "if", "is", "isn't", "it", "it's",
    "its", "let's", "might", "not", "now", "or", "our", "said", "says", "should", "than", "that",
    "that's", "their", "there", "there's", "these", "they", "this", "those", "to", "was",
    "wasn't", "we", "we're", "well", "were", "what", "what's", "when", "where", "which", "who",
    "why", "with", "won't", "would", "yeah", "yes", "you're", "your",
];

/// Words of sentences that are also names, or parts of them.
#[rustfmt::skip]
pub const IN_SENTENCES_AND_NAMES: &[&str] = &[
    "an", "as", "at", "be", "can", "do", "he", "in", "just", "like", "may", "must", "my", "no",
    "on", "she", "so", "will", "you",
];

/// Headings of a diary or a schedule end with these.
#[rustfmt::skip]
pub const DAYS: &[&str] = &[
    "fri", "friday", "mon", "monday", "sat", "saturday", "sun", "sunday", "thu", "thurs",
    "thursday", "today", "tomorrow", "tue", "tues", "tuesday", "wed", "wednesday", "yesterday",
];
