"""The engines that are compared: how each builds an index, and how it answers each kind of query."""

import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent

# Each kind of query, with the words that it looks for.
KINDS = {
    "one rare word": ["kubernetes"],
    "a rare phrase": ["definitely", "a", "journey"],
    "a phrase of common words": ["one", "of", "the"],
    "five common words": ["people", "time", "work", "good", "know"],
    "a prefix": ["conta"],
    "a suffix": ["ization"],
    "a misspelt word": ["kubernetis"],
    "a regular expression": ["kube.*s"],
    "words near each other": ["kubernetes", "cluster"],
    "a rare word of one speaker": ["kubernetes", "santo"],
}
PHRASES = ("a rare phrase", "a phrase of common words")


class Pullquote:
    def __init__(self, root):
        self.program = root / "target/release/pullquote"

    def is_there(self):
        return self.program.exists()

    def index(self, place):
        return [[self.program, "index", place.corpus, "--index", place.index, "--quiet"]]

    def search(self, kind, place):
        words = KINDS[kind]
        query = {
            "a prefix": f"{words[0]}*",
            "a suffix": f"*{words[0]}",
            "a misspelt word": f"{words[0]}~",
            "a regular expression": f"/{words[0]}/",
            "words near each other": " NEAR/5 ".join(words),
            "a rare word of one speaker": f"{words[0]} speaker:{words[-1]}",
        }.get(kind, phrase(words) if kind in PHRASES else " ".join(words))
        return [self.program, "search", query, "--index", place.index, "--json"]

    def others(self, place, folder):
        essay = folder / "essay.md"
        essay.write_text('He said "it is definitely a journey for everyone" and left.\n' * 20)
        return {
            "start-up (`--help`)": [self.program, "--help"],
            "`quote`, one": [self.program, "quote", "that is definitly a journy of", "--index", place.index],
            "`check`, 20 quotations": [self.program, "check", essay, "--index", place.index],
        }


class BareTantivy:
    def __init__(self, root):
        self.program = root / "target/release/examples/bare_tantivy"

    def is_there(self):
        return self.program.exists()

    def index(self, place):
        return [[self.program, "index", place.passages, place.index]]

    def search(self, kind, place):
        words = KINDS[kind]
        query = {
            "one rare word": words[0],
            "five common words": " ".join(f"+{word}" for word in words),
        }.get(kind, phrase(words) if kind in PHRASES else None)
        return query and [self.program, "search", place.index, query]


class Sqlite:
    """SQLite's FTS5 with its Porter stemmer, over the same passages as the bare program."""

    def __init__(self, root):
        del root

    def is_there(self):
        return shutil.which("sqlite3") is not None

    def index(self, place):
        return [[sys.executable, HERE / "sqlite_index.py", place.passages, place.index / "fts.db"]]

    def search(self, kind, place):
        words = KINDS[kind]
        query = {
            "one rare word": words[0],
            "five common words": " ".join(words),
            "a prefix": f"{words[0]}*",
            "words near each other": f"NEAR({' '.join(words)}, 5)",
        }.get(kind, phrase(words) if kind in PHRASES else None)
        statement = (
            "select path, snippet(passages, 1, '[', ']', '…', 40) from passages"
            f" where passages match 'text: {query}' order by rank limit 10"
        )
        return query and ["sqlite3", place.index / "fts.db", statement]


class Recoll:
    def __init__(self, root):
        del root

    def is_there(self):
        return shutil.which("recollindex") is not None

    def index(self, place):
        settings = place.index / "recoll.conf"
        settings.parent.mkdir(parents=True, exist_ok=True)
        if not settings.exists():
            settings.write_text(f"topdirs = {place.corpus}\nindexallfilenames = 0\n")
        # An empty folder is made anew before a build; so is its setting.
        write = f"topdirs = {place.corpus}"
        return [
            ["sh", "-c", f"printf '%s\\n' '{write}' > '{settings}'"],
            ["recollindex", "-c", place.index],
        ]

    def search(self, kind, place):
        words = KINDS[kind]
        query = {
            "one rare word": words[0],
            "five common words": " ".join(words),
            "a prefix": f"{words[0]}*",
            "a suffix": f"*{words[0]}",
            "words near each other": phrase(words) + "p5",
        }.get(kind, phrase(words) if kind in PHRASES else None)
        return query and ["recollq", "-c", place.index, "-n", "0-10", "-A", query]


class Grep:
    """A program that reads all files each time."""

    def __init__(self, program):
        self.program = program

    def is_there(self):
        return shutil.which(self.program[0]) is not None

    def index(self, place):
        del place
        return []

    def search(self, kind, place):
        words = KINDS[kind]
        pattern = {
            "one rare word": rf"\b{words[0]}\b",
            "a prefix": rf"\b{words[0]}\w*",
            "a suffix": rf"\w*{words[0]}\b",
            "a regular expression": rf"\b{words[0]}\b",
        }.get(kind, r"\b" + " ".join(words) + r"\b" if kind in PHRASES else None)
        return pattern and [*self.program, pattern, place.corpus]


def phrase(words):
    return f'"{" ".join(words)}"'


ENGINES = {
    "pullquote": Pullquote,
    "bare tantivy": BareTantivy,
    "SQLite FTS5": Sqlite,
    "Recoll": Recoll,
    "ripgrep": lambda root: Grep(["rg", "-i", "-n"]),
    "ugrep": lambda root: Grep(["ugrep", "-r", "-i", "-n"]),
}
