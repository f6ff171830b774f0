"""Read one YAML file so that the line of every key is known.

YAML 1.2: `no` stays a word, and a key written twice is an error. Values come back as plain Python; what they mean is
for `dialogs.model` to judge.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from dialogs.finding import BookBroken, Finding, shown_path

Where = tuple[str, ...]
"""The keys that lead to a value, e.g. `("nodes", "home", "goto")`; items of a list count from "0"."""


@dataclass(frozen=True, slots=True)
class Document:
    """One file: its values, and the line (from 1) of every key and list item."""

    file: str
    tree: object
    lines: dict[Where, int]


def read_document(path: Path) -> Document:
    """Read `path`. Raises BookBroken when it is missing, not UTF-8 or not YAML."""
    lines: dict[Where, int] = {(): 1}
    return Document(shown_path(path), _plain(_loaded(path, "rt"), (), lines), lines)


def read_values(path: Path) -> Document:
    """The same without lines, five times as fast, by the parser in C: for whoever does not ask where."""
    return Document(shown_path(path), _named(_loaded(path, "safe")), {(): 1})


def _loaded(path: Path, how: Literal["rt", "safe"]) -> object:
    try:
        tree: object = YAML(typ=how).load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise _broken(path, 1, _unreadable(error), "put a UTF-8 text file there") from error
    except MarkedYAMLError as error:
        raise _broken(path, _line(error), str(error.problem), "correct the YAML of this line") from error
    except YAMLError as error:
        raise _broken(path, 1, "is not YAML", "write it as YAML 1.2") from error
    except ValueError as error:  # 2027-02-30 has the form of a date
        raise _broken(path, 1, f"has a date that is not in the calendar: {error}", "correct the date") from error
    return tree


def _broken(path: Path, line: int, message: str, advice: str) -> BookBroken:
    return BookBroken((Finding(shown_path(path), line, "D001", message, advice),))


def _unreadable(error: OSError | UnicodeDecodeError) -> str:
    return "the file is missing" if isinstance(error, FileNotFoundError) else "the file cannot be read"


def _line(error: MarkedYAMLError) -> int:
    return error.problem_mark.line + 1 if error.problem_mark else 1


def _plain(value: object, where: Where, lines: dict[Where, int]) -> object:
    match value:
        case CommentedMap():
            return {str(key): _item(value, key, (*where, str(key)), lines) for key in value}
        case CommentedSeq():
            return [_item(value, index, (*where, str(index)), lines) for index in range(len(value))]
    return value


def _named(value: object) -> object:
    """Keys are names, whatever YAML takes them for."""
    match value:
        case dict():
            return {str(key): _named(inner) for key, inner in value.items()}
        case list():
            return [_named(inner) for inner in value]
    return value


def _item(parent: CommentedMap | CommentedSeq, key: object, where: Where, lines: dict[Where, int]) -> object:
    place = parent.lc.key(key) if isinstance(parent, CommentedMap) else parent.lc.item(key)
    lines[where] = place[0] + 1
    return _plain(parent[key], where, lines)
