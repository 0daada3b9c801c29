#!/usr/bin/env python3
"""Compare the words that pullquote reads in PDF files with those of pdftotext (poppler-utils).

    tests/compare/pdf.py target/release/pullquote FILE.pdf...

Prints a Markdown table: how many words each finds, and how many of theirs are ours as well, in any
order and in the same one, in percent of the longer list. Running heads and numbers of pages, which
pdftotext keeps, are taken out of its text by a rule of their own. The last columns show words that
only one has.
"""

import collections
import difflib
import json
import re
import subprocess
import sys
import unicodedata


def words(text):
    """Letters and digits; ligatures parted, ideographs one by one, hyphens away.

    Hyphens go because pdftotext drops every one at the end of a line, that of `well-known` too.
    """
    text = unicodedata.normalize("NFKC", text).lower()
    text = re.sub(r"(?<=\w)[-\u2010\u00ad]\s*(?=\w)", "", text)
    return re.findall(r"[\u2e80-\u9fff\uf900-\ufaff]|[^\W_]+(?:['’][^\W_]+)*", text)


def without_margins(text):
    """Pages without the first and last lines that come back on other pages, digits aside."""
    pages = [[line for line in page.split("\n") if line.strip()] for page in text.split("\f")]
    form = lambda line: re.sub(r"\d+", "#", line.strip())
    edges = collections.Counter()
    for page in pages:
        edges.update({form(line) for line in page[:4] + page[-4:]})
    # A long line that comes back is text.
    repeated = {line for line, count in edges.items() if count > 1 and len(line) < 60}
    for page in pages:
        for at in (0, -1):
            for _ in range(4):
                if page and form(page[at]) in repeated:
                    page.pop(at)
    return "\n".join("\n".join(page) for page in pages)


def ours(program, path):
    run = subprocess.run([program, "read", "--json", path], capture_output=True, text=True)
    if run.returncode:
        return None, run.stderr.strip()
    turns = [json.loads(line) for line in run.stdout.splitlines()]
    parts = []
    for turn in turns:
        if turn.get("type") in (None, "turn"):
            # A label is taken out of the text, and is a word of the page all the same.
            parts += [turn.get("speaker") or "", turn.get("text") or ""]
    return words("\n".join(parts)), None


def theirs(path):
    run = subprocess.run(["pdftotext", "-enc", "UTF-8", path, "-"], capture_output=True)
    return words(without_margins(run.stdout.decode("utf-8", "replace")))


def only(mine, other):
    rest = collections.Counter(mine) - collections.Counter(other)
    return " ".join(word for word, _ in rest.most_common(6))


def main():
    program, paths = sys.argv[1], sys.argv[2:]
    print("| file | ours | theirs | same words | in order | only ours | only theirs |")
    print("|---|---|---|---|---|---|---|")
    for path in paths:
        name = path.rsplit("/", 1)[-1]
        mine, error = ours(program, path)
        other = theirs(path)
        if error:
            print(f"| {name} | – | {len(other)} | – | – | {error.replace('|', '/')[:90]} | |")
            continue
        longer = max(len(mine), len(other), 1)
        shared = sum((collections.Counter(mine) & collections.Counter(other)).values())
        matcher = difflib.SequenceMatcher(None, mine, other, autojunk=False)
        ordered = sum(size for _, _, size in matcher.get_matching_blocks())
        print(
            f"| {name} | {len(mine)} | {len(other)} | {100 * shared / longer:.2f} % "
            f"| {100 * ordered / longer:.2f} % | {only(mine, other)} | {only(other, mine)} |"
        )


if __name__ == "__main__":
    main()
