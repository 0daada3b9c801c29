#!/usr/bin/env python3
"""Measures pullquote beside its peers on one corpus, in one run, and writes a table and a chart.

usage: benches/peers/measure.py CORPUS [--sizes 12,118,1000] [--rounds 7] [--only NAME,…] [--out DIR]

Needs target/release/{pullquote,examples/bare_tantivy,examples/passages}: cargo build --release
--bins --examples. Peers that are not installed (apt-get install recollcmd sqlite3 ripgrep ugrep) are
left out and named. Commands of all engines are run in turn, so that what else the machine does
falls on all of them alike; medians are compared, ratios count.
"""

import argparse
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from chart import chart
from engines import ENGINES, KINDS

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def main():
    options = arguments()
    work = options.work
    work.mkdir(parents=True, exist_ok=True)
    only = options.only.split(",") if options.only else list(ENGINES)
    engines = {name: make(ROOT) for name, make in ENGINES.items() if name in only}
    missing = [name for name, engine in engines.items() if not engine.is_there()]
    engines = {name: engine for name, engine in engines.items() if name not in missing}
    report = {"machine": machine(), "missing": missing, "sizes": []}
    for size in (int(it) for it in options.sizes.split(",")):
        report["sizes"].append(measure_size(options, engines, size))
    (options.out / "peers.json").write_text(json.dumps(report, indent=1) + "\n")
    table = "\n".join(tables(report))
    (options.out / "peers.md").write_text(table + "\n")
    (options.out / "peers.svg").write_text(chart(report))
    print(table)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--sizes", default="12,118", help="megabytes of text, comma-separated")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--only", default="")
    parser.add_argument("--work", type=Path, default=Path("/tmp/pullquote-peers"))
    parser.add_argument("--out", type=Path, default=Path("target"))
    return parser.parse_args()


def measure_size(options, engines, megabytes):
    """Everything about one size of corpus."""
    folder = options.work / f"{megabytes}"
    corpus = folder / "corpus"
    text_bytes = make_corpus(options.corpus, corpus, megabytes)
    passages = folder / "passages.jsonl"
    if not passages.exists():
        with passages.open("w") as out:
            subprocess.run([ROOT / "target/release/examples/passages", corpus], stdout=out, check=True)
    places = {name: Place(corpus, passages, folder / name) for name in engines}
    index = {}
    for name, engine in engines.items():
        if commands := engine.index(places[name]):
            shutil.rmtree(places[name].index, ignore_errors=True)
            places[name].index.mkdir(parents=True)
            run = together([timed(command) for command in commands])
            run["bytes"] = size_of(places[name].index)
            index[name] = run
    searches = {}
    for kind in KINDS:
        commands = {name: engine.search(kind, places[name]) for name, engine in engines.items()}
        searches[kind] = in_turn({k: v for k, v in commands.items() if v}, options.rounds)
    own = {}
    if "pullquote" in engines:
        own = in_turn(engines["pullquote"].others(places["pullquote"], folder), options.rounds)
        own |= updates(engines["pullquote"], places["pullquote"])
    return {"megabytes": text_bytes / 1e6, "index": index, "search": searches, "own": own}


class Place:
    """Where one engine finds its corpus and keeps its index."""

    def __init__(self, corpus, passages, index):
        self.corpus, self.passages, self.index = corpus, passages, index


def make_corpus(source, corpus, megabytes):
    """A corpus of about so many bytes: files of the source, or all of them again and again with
    every ninth word altered, so that no two are the same."""
    files = sorted(path for path in source.rglob("*") if path.suffix in {".md", ".txt", ".srt", ".vtt"})
    wanted, written = megabytes * 1_000_000, 0
    if corpus.exists():
        return size_of(corpus)
    altered = random.Random(megabytes)
    for turn in range(1000):
        for path in files:
            if written >= wanted:
                return written
            text = path.read_text(errors="replace")
            if turn:
                text = re.sub(r"\b[a-z]{5,}\b", lambda word: alter(word[0], altered), text)
            target = corpus / f"{turn:03}" / path.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)
            written += len(text.encode())
        if not files:
            sys.exit(f"{source}: no text in it")
    return written


def alter(word, source):
    return word if source.random() > 1 / 9 else word + source.choice(["ish", "let", "dom", "ward"])


def timed(command):
    """Runs a command; gives its wall and CPU time in seconds and its peak memory in bytes."""
    # Not to /dev/null: a program that notices may stop at the first match.
    with tempfile.TemporaryFile() as out:
        started = time.perf_counter()
        child = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - started
    code = os.waitstatus_to_exitcode(status)
    child.returncode = code
    if code not in (0, 1):
        print(f"{command}: exit {code}", file=sys.stderr)
    return {"wall": wall, "cpu": usage.ru_utime + usage.ru_stime, "memory": usage.ru_maxrss * 1024}


def together(runs):
    return {
        "wall": sum(it["wall"] for it in runs),
        "cpu": sum(it["cpu"] for it in runs),
        "memory": max(it["memory"] for it in runs),
    }


def in_turn(commands, rounds):
    """Medians over rounds in which each command runs once."""
    runs = {name: [] for name in commands}
    for _ in range(rounds + 1):
        for name, command in commands.items():
            runs[name].append(timed(command))
    # The first round warms the page cache.
    return {
        name: {key: statistics.median(run[key] for run in found[1:]) for key in found[0]}
        for name, found in runs.items()
    }


def updates(engine, place):
    """An update with no, one and a hundred changed files; the files are put back."""
    found = {}
    files = sorted(path for path in place.corpus.rglob("*") if path.is_file())
    for count in (0, 1, 100):
        changed = {path: path.read_bytes() for path in files[:count]}
        for path, text in changed.items():
            path.write_bytes(text + b"\n\nOne more line for the update.\n")
        found[f"update, {count} changed"] = together([timed(it) for it in engine.index(place)])
        for path, text in changed.items():
            path.write_bytes(text)
        if changed:
            together([timed(it) for it in engine.index(place)])
    return found


def size_of(folder):
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def machine():
    cpu = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    return {"cpu": cpu[1] if cpu else "", "cores": len(os.sched_getaffinity(0))}


def tables(report):
    yield f"{report['machine']['cores']} cores, {report['machine']['cpu']}"
    if report["missing"]:
        yield f"\nNot installed, and left out: {', '.join(report['missing'])}."
    for size in report["sizes"]:
        yield f"\n## {size['megabytes']:.0f} MB of text\n"
        yield "| index | wall, s | CPU, s | peak memory, MB | size / text |\n|---|---:|---:|---:|---:|"
        for name, run in size["index"].items():
            ratio = run["bytes"] / size["megabytes"] / 1e6
            yield (f"| {name} | {run['wall']:.2f} | {run['cpu']:.2f} | {run['memory'] / 1e6:.0f}"
                   f" | {ratio:.2f} |")
        names = list(dict.fromkeys(name for found in size["search"].values() for name in found))
        yield "\n| whole process, ms | " + " | ".join(names) + " |"
        yield "|---|" + "---:|" * len(names)
        for kind, found in size["search"].items():
            cells = (f"{found[it]['wall'] * 1000:.1f}" if it in found else "–" for it in names)
            yield f"| {kind} | " + " | ".join(cells) + " |"
        if size["own"]:
            yield "\n| pullquote | wall, ms | peak memory, MB |\n|---|---:|---:|"
        for name, run in size["own"].items():
            yield f"| {name} | {run['wall'] * 1000:.1f} | {run['memory'] / 1e6:.0f} |"


if __name__ == "__main__":
    main()
