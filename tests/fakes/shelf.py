"""A small clean book on disk, and changes to it as an editor would write them.

The examples of docs/EDITING.md are such changes: fenced blocks whose first line names the file.
"""

import copy
import io
import re
from dataclasses import dataclass, field
from pathlib import Path

from ruamel.yaml import YAML

from dialogs.loader import load_with_sources
from dialogs.review.running import examine
from dialogs.texts import Catalogue, Entry, as_comment, catalogue_path, plural_header, to_po
from tests.fakes.small import LANGUAGES, WORDS, YAMLS

_YAML = YAML(typ="safe", pure=True)
_BLOCK = re.compile(r"^```(?P<form>\w+)\n# (?P<file>\S+)\n(?P<content>.*?)^```$", re.MULTILINE | re.DOTALL)


def _words():
    return {text: dict(zip(LANGUAGES, row, strict=True)) for text, row in WORDS.items()}


@dataclass
class Shelf:
    """`change` merges an editor's change; everything is written to disk when the book is read."""

    root: Path
    trees: dict = field(default_factory=lambda: {name: _YAML.load(text) for name, text in YAMLS.items()})
    words: dict = field(default_factory=_words)
    raw: dict = field(default_factory=dict)

    @property
    def book(self):
        return self.root / "book"

    @property
    def locales(self):
        return self.root / "locales"

    def change(self, file, content):
        """Merge YAML into a file of the book, or into the words (`locales`); null takes a key out."""
        tree = self.words if file == "locales" else self.trees.setdefault(file, {})
        _merge(tree, _YAML.load(content))
        return self

    def append(self, file, content):
        """Write a line by hand below what the file has."""
        self.raw[file] = content
        return self

    def apply(self, markdown):
        """Make every change of the fenced blocks in a piece of Markdown: yaml merges, text appends."""
        for block in _BLOCK.finditer(markdown):
            make = self.change if block["form"] == "yaml" else self.append
            make(block["file"], block["content"])
        return self

    def write(self):
        for name, tree in self.trees.items():
            _put(self.book / name, _dumped(tree))
        plurals = self.words.get("Plural-Forms", {})
        for column, language in enumerate(LANGUAGES):
            rows = {text: row for text, row in self.words.items() if text != "Plural-Forms" and _has(row, column)}
            entries = {text: _entry(text, row, column) for text, row in rows.items()}
            catalogue = Catalogue(language, "", entries, plurals.get(language) or plural_header(language))
            _put(catalogue_path(self.locales, language), to_po(catalogue))
        for name, content in self.raw.items():
            path = (self.root if name.startswith("locales/") else self.book) / name
            _put(path, f"{path.read_text(encoding='utf-8')}\n{content}" if path.exists() else content)
        return self

    def load(self):
        self.write()
        return load_with_sources(self.book, self.locales)[0]

    def findings(self):
        self.write()
        return examine(self.book, self.locales).findings


def _has(row, column):
    return row is not None and row.get(LANGUAGES[column]) is not None


def _entry(text, row, column):
    """An entry with the English of today above it, unless the change says otherwise."""
    language = LANGUAGES[column]
    english = None if language == "en" or not _has(row, 2) else as_comment(_spelled(row["en"]))
    written = row[language] if isinstance(row[language], dict) else {}
    words = _spelled(row[language])
    plural = text.startswith("unit.")
    return Entry(text, words, plural, written.get("fuzzy", False), written.get("english", english))


def _spelled(written):
    return written["words"] * written.get("times", 1) if isinstance(written, dict) else written


def _merge(tree, change):
    for key, value in change.items():
        if value is None:
            tree.pop(key, None)
        elif isinstance(value, dict) and isinstance(tree.get(key), dict):
            _merge(tree[key], value)
        else:
            tree[key] = copy.deepcopy(value)


def _dumped(tree):
    stream = io.StringIO()
    YAML(typ="rt").dump(tree, stream)
    return stream.getvalue()


def _put(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
