"""Builds an FTS5 table of passages: what a program on SQLite would do.

usage: sqlite_index.py PASSAGES.jsonl DATABASE
"""

import json
import sqlite3
import sys

database = sqlite3.connect(sys.argv[2])
database.executescript(
    "pragma journal_mode = off; pragma synchronous = off;"
    "create virtual table passages using fts5(path unindexed, text, tokenize = 'porter unicode61');"
)
with open(sys.argv[1], encoding="utf-8") as lines:
    rows = (json.loads(line) for line in lines)
    database.executemany(
        "insert into passages values (?, ?)", ((row.get("path", ""), row["text"]) for row in rows)
    )
database.commit()
database.execute("insert into passages(passages) values ('optimize')")
database.commit()
