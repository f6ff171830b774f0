"""A file of sealed talks, as `gza export cases` writes it, and things to do to it."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime

from bot.desk.entries import Kind, Said
from storage import Author
from storage.packing import seal_entry
from storage.vault.custodian import Cost
from storage.vault.dek import Dek
from storage.vault.heads import head_of
from storage.vault.places import Purpose, bind
from storage.vault.sealing import tag_of

CHEAP = Cost(memory=64, passes=1, lanes=1)
UNTIL = 20_500
"""16 February 2026."""
AT = datetime(2025, 11, 20, 9, 30, tzinfo=UTC)
TABLES = """
CREATE TABLE transcript (id, commitment, archived, entries, head, until_day);
CREATE TABLE entry (transcript, sequence, author, body);
"""


def talk(*lines):
    """Entries of a talk: (author, kind, text)."""
    return [Said(kind, text, AT, number or None).sealed_as(author) for number, (author, kind, text) in enumerate(lines)]


SHORT = talk(
    (Author.BOT, Kind.SUMMARY, "<b>Language</b>: Georgian &amp; more"),
    (Author.PERSON, Kind.LINE, "გამარჯობა <script>alert(1)</script>"),
    (Author.CONSULTANT, Kind.LINE, "გისმენთ"),
    (Author.NOTE, Kind.NOTE, "call again"),
)


def export(path, key, talks):
    """Write the file: talks by the first byte of their id."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(TABLES)
        for number, entries in talks.items():
            _write(connection, key, bytes((number,)) * 16, entries)
        connection.commit()
    return path


def _write(connection, key, number, entries):
    dek = Dek.new()
    bodies = [seal_entry(dek, number, place, int(one.author), one.body) for place, one in enumerate(entries)]
    head = head_of(dek, number, len(bodies), tag_of(bodies[-1]) if bodies else b"")
    archived = key.seal(dek.secret(), bind(Purpose.ARCHIVE, number))
    row = (number, dek.commitment(number), archived, len(bodies), head, UNTIL)
    connection.execute("INSERT INTO transcript VALUES (?, ?, ?, ?, ?, ?)", row)
    rows = [
        (number, place, int(one.author), body) for place, (one, body) in enumerate(zip(entries, bodies, strict=True))
    ]
    connection.executemany("INSERT INTO entry VALUES (?, ?, ?, ?)", rows)


def harm(path, statement, *values):
    """Change something in the file."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement, values)
        connection.commit()
