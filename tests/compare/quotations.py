#!/usr/bin/env python3
"""Measures `pullquote check` on manuscripts whose right verdicts are known.

    tests/compare/quotations.py target/release/pullquote INDEX FOLDER --seed 1

FOLDER holds the transcripts that INDEX was made from. Quotations are taken from them and left as they
are, changed with the marks an author owes, changed without, put together, given to another speaker,
or invented; each is written into a manuscript with a name in front. Prints the share of right
verdicts, a table of what was meant and what was said, how many changed quotations passed (there must
be none), and quotations a second. `--show` prints every miss.
"""

import argparse
import collections
import json
import pathlib
import random
import re
import subprocess
import tempfile
import time

VERDICTS = ["exact", "marked", "altered", "reordered", "spliced", "misattributed", "absent",
            "unchecked"]
# How many of a hundred quotations of each kind.
SHARES = {"exact": 25, "marked": 15, "altered": 25, "reordered": 5, "spliced": 8,
          "misattributed": 8, "absent": 10, "unchecked": 4}
NEGATIONS = {"not", "never", "no", "don't", "can't", "isn't", "won't", "didn't", "doesn't"}
NUMBERS = "two three four five six seven eight nine ten twenty thirty hundred thousand".split()


def turns(binary, folder):
    """Speaker and text of each turn of all transcripts, by document."""
    files = sorted(str(it) for it in pathlib.Path(folder).rglob("*.md"))
    random.shuffle(files)
    found = []
    for path in files[:200]:
        run = subprocess.run([binary, "read", "--json", path], capture_output=True, text=True)
        messages = [json.loads(line) for line in run.stdout.splitlines()]
        said = [(it["speaker"], it["text"]) for it in messages
                if it.get("type") == "turn" and it.get("speaker")]
        if len({speaker for speaker, _ in said}) > 1:
            found.append(said)
    return found


def is_plain(sentence):
    """Without what a manuscript could not quote as it stands: marks, brackets, links, ellipses."""
    return not re.search(r'["“”‘«»„`\[\]\\*_<>|#{}…^~]|\.\.|--|http|\bsic\b', sentence)


class Corpus:
    def __init__(self, documents):
        self.documents = []
        self.vocabulary = collections.Counter()
        for said in documents:
            passages = []
            for speaker, text in said:
                for paragraph in text.split("\n"):
                    sentences = re.split(r"(?<=[.!?]) +", paragraph.strip())
                    if sentences != [""]:
                        passages.append((speaker, sentences))
                    self.vocabulary.update(re.findall(r"[a-z]{3,}", paragraph))
            self.documents.append(passages)
        self.common = [word for word, count in self.vocabulary.items() if count > 20]
        everything = "\n".join(" ".join(sentences) for passages in self.documents
                               for _, sentences in passages)
        self.words = " ".join(words_of(everything))
        self.speakers = sorted({speaker for it in self.documents for speaker, _ in it
                                if re.fullmatch(r"[A-Z][a-z]+ [A-Z][a-z]+", speaker)})

    def has(self, text):
        """Whether the words stand somewhere in the corpus, whatever is between them."""
        return " " + " ".join(words_of(text)) + " " in self.words

    def pick(self, least=8, most=40):
        """A run of sentences of one speaker: document, passage, first sentence, speaker, text."""
        while True:
            at = random.randrange(len(self.documents))
            passages = self.documents[at]
            number = random.randrange(len(passages))
            speaker, sentences = passages[number]
            first = random.randrange(len(sentences))
            text = " ".join(sentences[first:first + random.choice([1, 1, 2, 3])])
            if (speaker in self.speakers and is_plain(text) and text[:1].isupper()
                    and least <= len(text.split()) <= most and len(set(words_of(text))) >= least - 2):
                return at, number, speaker, text


def words_of(text):
    return re.findall(r"[\w'’]+", text.lower().replace("’", "'"))


def typographic(text):
    """The same in another typography, as a manuscript may have it without a mark."""
    if random.random() < .5:
        text = text.replace("'", "’")
    if random.random() < .3:
        text = text.replace(" - ", " — ")
    if random.random() < .3:
        words = text.split(" ")
        middle = len(words) // 2
        if words[middle][0].isalpha():  # a dash or a number would open a list
            text = " ".join(words[:middle]) + "\n" + " ".join(words[middle:])
    if random.random() < .3:
        text = text.rstrip(".!?") + random.choice([".", ",", ""])
    return text


def exact(corpus):
    _, _, speaker, text = corpus.pick()
    return speaker, typographic(text)


def marked(corpus):
    _, _, speaker, text = corpus.pick(14)
    words = text.split(" ")
    kind = random.randrange(3)
    if kind == 0:
        start = random.randrange(4, len(words) - 6)
        words[start:start + random.randrange(1, 4)] = [random.choice(["…", "...", "[…]"])]
    elif kind == 1:
        if not words[0][0].isalpha() or len(words[0]) == 1 or "'" in words[0]:
            return None
        words[0] = f"[{words[0][0].lower()}]{words[0][1:]}"
    else:
        words.insert(random.randrange(4, len(words) - 3), "[as we know]")
    return speaker, typographic(" ".join(words))


def altered(corpus):
    _, _, speaker, text = corpus.pick(10)
    words = text.split(" ")
    inner = range(2, len(words) - 2)
    kind = random.randrange(6)
    if kind == 0:  # one word for another, or two
        for at in random.sample(inner, random.choice([1, 1, 2])):
            words[at] = random.choice(corpus.common)
    elif kind == 1:  # a word dropped
        del words[random.choice(inner)]
    elif kind == 2:  # a word added
        words.insert(random.choice(inner), random.choice(corpus.common))
    elif kind == 3:  # two words swapped
        at = random.choice(inner)
        words[at], words[at + 1] = words[at + 1], words[at]
    elif kind == 4:  # a negation dropped or added
        there = [at for at in inner if words[at].lower() in NEGATIONS]
        if there:
            at = random.choice(there)
            if words[at].endswith("n't"):
                words[at] = words[at][:-3]
            else:
                del words[at]
        else:
            words.insert(random.choice(inner), random.choice(["not", "never"]))
    else:  # a number changed
        there = [at for at in inner if re.fullmatch(r"\d+", words[at]) or words[at] in NUMBERS]
        if not there:
            return None
        at = random.choice(there)
        words[at] = str(int(words[at]) + 1) if words[at].isdigit() else random.choice(NUMBERS)
    changed = " ".join(words)
    return None if words_of(changed) == words_of(text) or corpus.has(changed) else (speaker, changed)


def reordered(corpus):
    at, number, speaker, first = corpus.pick(6, 20)
    later = [" ".join([sentence]) for name, sentences in corpus.documents[at][number + 1:number + 2]
             for sentence in sentences if name == speaker]
    later += [it for it in re.split(r"(?<=[.!?]) +", first)[1:]]
    first = re.split(r"(?<=[.!?]) +", first)[0]
    later = [it for it in later if is_plain(it) and len(it.split()) >= 5 and it != first]
    if not later or len(first.split()) < 5:
        return None
    text = f"{random.choice(later)} {first}"
    return None if corpus.has(text) else (speaker, text)


def spliced(corpus):
    one, other = corpus.pick(7, 20), corpus.pick(7, 20)
    if one[0] == other[0]:
        return None
    return one[2], f"{one[3]} {other[3]}"


def misattributed(corpus):
    at, _, speaker, text = corpus.pick(8)
    present = {name for name, _ in corpus.documents[at]}
    others = [name for name in random.sample(corpus.speakers, 20)
              if name not in present and not set(name.split()) & set(speaker.split())]
    return (others[0], typographic(text)) if others else None


def absent(corpus):
    words = random.choices(corpus.common, k=random.randrange(8, 20))
    return random.choice(corpus.speakers), " ".join(words).capitalize() + "."


def unchecked(corpus):
    _, _, speaker, text = corpus.pick()
    text = " ".join(text.split()[:random.randrange(1, 4)]).rstrip(".,")
    return (speaker, text) if len(words_of(text)) < 4 else None


KINDS = {"exact": exact, "marked": marked, "altered": altered, "reordered": reordered,
         "spliced": spliced, "misattributed": misattributed, "absent": absent,
         "unchecked": unchecked}


def quotations(corpus, count):
    kinds = list(SHARES)
    found = []
    while len(found) < count:
        kind = random.choices(kinds, weights=SHARES.values())[0]
        for _ in range(20):
            made = KINDS[kind](corpus)
            if made:
                found.append((kind, *made))
                break
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("binary")
    parser.add_argument("index")
    parser.add_argument("folder")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--manuscripts", type=int, default=500)
    parser.add_argument("--each", type=int, default=20, help="quotations of a manuscript")
    parser.add_argument("--show", action="store_true", help="print every miss")
    options = parser.parse_args()
    random.seed(options.seed)
    corpus = Corpus(turns(options.binary, options.folder))
    known = quotations(corpus, options.manuscripts * options.each)
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for number in range(options.manuscripts):
            path = pathlib.Path(folder, f"{number:05}.md")
            part = known[number * options.each:(number + 1) * options.each]
            path.write_text("".join(f"Then {speaker} said: “{text}”\n\n" for _, speaker, text in part))
            files.append(str(path))
        start = time.monotonic()
        run = subprocess.run([options.binary, "--index", options.index, "check", "--json", *files],
                             capture_output=True, text=True)
        seconds = time.monotonic() - start
    found = [json.loads(line) for line in run.stdout.splitlines()]
    found = [it for it in found if it.get("type") == "finding"]
    if len(found) != len(known):
        raise SystemExit(f"{len(known)} quotations were written and {len(found)} found\n{run.stderr}")
    table = collections.Counter((kind, it["verdict"]) for (kind, _, _), it in zip(known, found))
    right = sum(count for (kind, verdict), count in table.items() if kind == verdict)
    passed = sum(count for (kind, verdict), count in table.items()
                 if kind == "altered" and verdict in ("exact", "marked"))
    print(f"{right / len(known):.4f} of {len(known)} verdicts are right, {passed} altered pass, "
          f"{len(known) / seconds:.0f} quotations a second\n")
    print("| made | " + " | ".join(VERDICTS) + " |\n|---|" + "---:|" * len(VERDICTS))
    for kind in VERDICTS:
        print(f"| {kind} | " + " | ".join(str(table[kind, it] or "") for it in VERDICTS) + " |")
    if options.show:
        for (kind, speaker, text), it in zip(known, found):
            if kind != it["verdict"]:
                print(f"\n{kind}, and {it['verdict']} was said\n  {speaker}: {text}\n  {json.dumps(it)}")


if __name__ == "__main__":
    main()
