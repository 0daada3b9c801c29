#!/usr/bin/env python3
"""Compares the words that pullquote reads out of captions with those of pysubs2 and webvtt-py.

    pip install pysubs2 webvtt-py
    tests/compare/captions.py CORPUS target/release/pullquote

Prints a Markdown table: file, library, our words, theirs, and how many they share, in percent of
both. Words are compared in lower case and without their order. The libraries keep `Name:` in the
text where pullquote knows a speaker, and leave references such as `&amp;` as they are: labels of
known speakers are taken out of theirs, and references are decoded.
"""

import html
import json
import re
import subprocess
import sys
import warnings
from collections import Counter
from pathlib import Path

import pysubs2
import webvtt

EXTENSIONS = {".srt", ".vtt", ".webvtt", ".ass", ".ssa", ".sbv", ".ttml", ".dfxp", ".sub"}


def by_pysubs2(path, encoding):
    captions = pysubs2.load(str(path), encoding=encoding)
    spoken = (event for event in captions if not event.is_comment and not event.is_drawing)
    return [event.plaintext for event in spoken]


def by_webvtt(path, encoding):
    read = {".srt": webvtt.from_srt, ".sbv": webvtt.from_sbv}.get(path.suffix, webvtt.read)
    return [caption.text for caption in read(str(path), encoding=encoding)]


def libraries(path):
    if path.suffix in {".srt", ".vtt", ".webvtt"}:
        return [by_pysubs2, by_webvtt]
    return [by_webvtt if path.suffix == ".sbv" else by_pysubs2]


def ours(path, program):
    """The encoding, the speakers and the text; nothing where pullquote finds no word."""
    run = subprocess.run([program, "read", "--json", path], capture_output=True, text=True)
    lines = [json.loads(line) for line in run.stdout.splitlines()]
    turns = [line for line in lines if line["type"] == "turn"]
    encoding = lines[0]["encoding"] if lines else "utf-8"
    # Python keeps the byte order mark of `utf-16le`.
    encoding = "utf-16" if encoding.startswith("UTF-16") else encoding
    return encoding, {turn["speaker"] for turn in turns}, [turn["text"] for turn in turns]


def without_labels(captions, speakers):
    names = "|".join(re.escape(name) for name in speakers if name)
    label = re.compile(rf"^[-–\s>]*(?:{names})\s*:", re.M) if names else None
    captions = [html.unescape(caption) for caption in captions]
    return [label.sub("", caption) if label else caption for caption in captions]


def words(captions):
    return Counter(re.findall(r"[^\W_]+", "\n".join(captions).lower()))


def main(corpus, program):
    warnings.simplefilter("ignore")
    print("| file | library | ours | theirs | agreement |\n|---|---|---|---|---|")
    files = sorted(path for path in Path(corpus).rglob("*") if path.suffix in EXTENSIONS)
    for path in files:
        encoding, speakers, text = ours(path, program)
        mine = words(text)
        for library in libraries(path):
            row = f"| {path.relative_to(corpus)} | {library.__name__[3:]} | {mine.total()}"
            try:
                theirs = words(without_labels(library(path, encoding), speakers))
            except Exception as error:  # Whatever a library raises, the table says so.
                print(f"{row} | {type(error).__name__} | – |")
                continue
            both = mine.total() + theirs.total()
            share = 200 * (mine & theirs).total() / both if both else 100
            print(f"{row} | {theirs.total()} | {share:.1f} % |")


if __name__ == "__main__":
    main(*sys.argv[1:])
