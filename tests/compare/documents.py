#!/usr/bin/env python3
"""Holds the words that pullquote reads from documents against those that pandoc writes.

    tests/compare/documents.py FOLDER target/release/pullquote

Prints a Markdown table: file, words of ours, words of pandoc's, agreement in percent. Agreement is
twice the words that both have in the same order, by all words of both. What one of them leaves out on
purpose (menus of a page, numbers of notes) counts as a difference; `--show` prints all differences.
Needs pandoc; its versions differ in detail.
"""

import argparse
import difflib
import json
import pathlib
import re
import subprocess

FORMATS = {".html": "html", ".htm": "html", ".xhtml": "html", ".docx": "docx", ".odt": "odt",
           ".rtf": "rtf", ".epub": "epub"}


def words(text):
    """Letters and digits; marks, rules and bullets of plain text are none."""
    return re.findall(r"[^\W_]+", text.replace("\u00ad", ""))


def ours(binary, path):
    """What pullquote reads. Labels and times, which it takes out of the text, are put back."""
    run = subprocess.run([binary, "read", "--json", path], capture_output=True, text=True, check=True)
    found = []
    for line in run.stdout.splitlines():
        message = json.loads(line)
        if message.get("type") == "turn":
            found.append((message.get("speaker"), message["text"]))
    return found


def theirs(path, form):
    command = ["pandoc", "-f", form, "-t", "plain", "--wrap=none", "--strip-comments", path]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def agreement(a, b):
    matcher = difflib.SequenceMatcher(None, a, b, autojunk=False)
    same = sum(block.size for block in matcher.get_matching_blocks())
    return 200 * same / max(1, len(a) + len(b)), matcher


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("binary")
    parser.add_argument("--show", action="store_true", help="print what differs")
    options = parser.parse_args()
    print("| file | ours | theirs | agreement % |\n|---|---|---|---|")
    for path in sorted(options.folder.rglob("*")):
        form = FORMATS.get(path.suffix.lower())
        if form is None or not path.is_file():
            continue
        turns = ours(options.binary, path)
        mine = words(" ".join(f"{speaker or ''} {text}" for speaker, text in turns))
        other = words(theirs(path, form))
        percent, matcher = agreement(mine, other)
        print(f"| {path.name} | {len(mine)} | {len(other)} | {percent:.1f} |")
        if options.show:
            for kind, a, b, c, d in matcher.get_opcodes():
                if kind != "equal":
                    print(f"    {kind}: ours {' '.join(mine[a:b])!r} theirs {' '.join(other[c:d])!r}")


if __name__ == "__main__":
    main()
