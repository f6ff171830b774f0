"""Read and write the catalogues: one `.po` file per language, words under text ids, no language above another.

An empty or fuzzy entry is no text: the reviewer reports it and the bot never says it. Files are written without dates,
hosts or names, so that the same texts always give the same bytes.
"""

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from gettext import c2py
from pathlib import Path

from babel.core import UnknownLocaleError
from babel.messages.catalog import Message
from babel.messages.plurals import get_plural
from babel.messages.pofile import PoFileError, normalize, read_po

from dialogs.finding import BookBroken, Finding, shown_path

REFERENCE = "en"
"""The language shown as a comment above each entry of the others, so that a translator sees what changed."""
_PLURALS = {"ka": "nplurals=2; plural=(n != 1);"}
"""CLDR gives Georgian two forms; gettext's own table, which Babel follows here, gives one."""
_LINE = re.compile(r'(?P<msgid>msgid )?(msgid_plural |msgstr(\[\d\])? )?"(?P<words>([^"\\]|\\.)*)"|#.*|')
_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One text as written. `english` are the English words it was translated from; `notes` are the editor's own.

    The words of a `plural` are its forms, one a line, in the order the catalogue's plural rule counts them.
    """

    id: str
    words: str
    plural: bool = False
    fuzzy: bool = False
    english: str | None = None
    notes: tuple[str, ...] = ()
    line: int = 0

    @property
    def usable(self) -> bool:
        """Whether people may read it."""
        return all(self.words.split("\n") if self.plural else [self.words]) and not self.fuzzy


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One language's file. `twice` are ids that stand in it more than once, with the line of the repetition."""

    language: str
    file: str
    entries: dict[str, Entry]
    plurals: str
    twice: tuple[tuple[str, int], ...] = ()


def catalogue_path(directory: Path, language: str) -> Path:
    """Where the words of `language` lie under the folder of locales."""
    return directory / language / "LC_MESSAGES" / "dialogs.po"


def read_catalogue(directory: Path, language: str) -> Catalogue | None:
    """The catalogue as written, or None without a file. Raises BookBroken when it is not a `.po` file."""
    path = catalogue_path(directory, language)
    if not path.exists():
        return None
    try:
        return _parse(path.read_text(encoding="utf-8"), shown_path(path), language)
    except (PoFileError, UnicodeDecodeError) as error:
        raise _broken(shown_path(path), getattr(error, "lineno", 0) + 1) from error


def read_catalogues(directory: Path, languages: Iterable[str]) -> dict[str, dict[str, str]]:
    """Words people may read, by language and text id."""
    found = {language: read_catalogue(directory, language) for language in languages}
    return {language: usable_texts(catalogue) for language, catalogue in found.items()}


def usable_texts(catalogue: Catalogue | None) -> dict[str, str]:
    """Words by id, without the empty and the fuzzy."""
    entries = catalogue.entries.values() if catalogue else ()
    return {entry.id: entry.words for entry in entries if entry.usable}


def placeholders(words: str) -> frozenset[str]:
    """The names in `{…}`."""
    return frozenset(_PLACEHOLDER.findall(words))


def fill(words: str, values: dict[str, str]) -> str | None:
    """`words` with every placeholder filled, or None when a value is missing."""
    if not placeholders(words) <= values.keys():
        return None
    return _PLACEHOLDER.sub(lambda found: values[found[1]], words)


def as_comment(words: str) -> str:
    """English words as they stand in the comment above a translation: trailing spaces do not survive there."""
    return "\n".join(line.strip() for line in words.split("\n"))


def plural_form(words: str, language: str, number: int) -> str:
    """The form of a plural text that the number wants; the last one where a form is missing."""
    rule = plural_header(language) or _PLURALS["ka"]
    forms = words.split("\n")
    return forms[min(c2py(rule.partition("plural=")[2].rstrip(";"))(number), len(forms) - 1)]


def plural_count(language: str) -> int:
    """How many forms a plural text has in a language."""
    return int(re.findall(r"nplurals=(\d)", plural_header(language) or _PLURALS["ka"])[0])


def plural_header(language: str) -> str | None:
    """The plural rule a catalogue of `language` must name, or None for a language Babel does not know."""
    try:
        return _PLURALS.get(language) or f"{get_plural(language)}"
    except (UnknownLocaleError, ValueError):
        return None


def to_po(catalogue: Catalogue) -> str:
    """The file's text, entries in the order given."""
    head = (
        f"Language: {catalogue.language}\n"
        "MIME-Version: 1.0\n"
        "Content-Type: text/plain; charset=UTF-8\n"
        "Content-Transfer-Encoding: 8bit\n"
        f"Plural-Forms: {catalogue.plurals}\n"
    )
    blocks = [_block(Entry("", head)), *map(_block, catalogue.entries.values())]
    return "\n".join(blocks)


def _block(entry: Entry) -> str:
    english = [] if entry.english is None else entry.english.split("\n")
    lines = [f"# {note}".rstrip() for note in entry.notes]
    lines += [f"#. en: {line}".rstrip() for line in english]
    lines += ["#, fuzzy"] if entry.fuzzy else []
    # Width 0: one line of the file per line of the text, so that a diff shows what a person will read.
    lines += [f"msgid {normalize(entry.id, width=0)}", *_strings(entry)]
    return "\n".join(lines) + "\n"


def _strings(entry: Entry) -> list[str]:
    if not entry.plural:
        return [f"msgstr {normalize(entry.words, width=0)}"]
    forms = [f"msgstr[{index}] {normalize(form, width=0)}" for index, form in enumerate(entry.words.split("\n"))]
    return [f"msgid_plural {normalize(entry.id, width=0)}", *forms]


def _parse(text: str, file: str, language: str) -> Catalogue:
    lines = _id_lines(text, file)
    found = read_po(io.StringIO(text), abort_invalid=True)
    messages = [*found, *found.obsolete.values()]
    entries = {entry.id: entry for entry in (_entry(message, lines) for message in messages if message.id)}
    plurals = found.plural_forms if "Plural-Forms:" in text else ""
    twice = tuple((id_, line) for id_, places in lines.items() for line in places[1:] if id_)
    return Catalogue(language, file, entries, plurals, twice)


def _entry(message: Message, lines: dict[str, list[int]]) -> Entry:
    english = [note.removeprefix("en:").strip() for note in message.auto_comments if note.startswith("en:")]
    id_, forms = _first(message.id), message.string
    return Entry(
        id=id_,
        words="\n".join(forms) if isinstance(forms, tuple | list) else str(forms),
        plural=bool(message.pluralizable),
        fuzzy=message.fuzzy,
        english="\n".join(english) if english else None,
        notes=tuple(message.user_comments),
        line=lines.get(id_, [1])[0],
    )


def _first(id_: str | tuple[str, ...] | list[str]) -> str:
    """Babel gives a plural text a pair of ids."""
    return id_ if isinstance(id_, str) else id_[0]


def _id_lines(text: str, file: str) -> dict[str, list[int]]:
    # Babel reads `msgstr "say "yes" now"` and an unclosed quote without a word: so each line is looked at first.
    lines: dict[str, list[int]] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        found = _LINE.fullmatch(line.strip())
        if not found:
            raise _broken(file, number)
        if found["msgid"]:
            lines.setdefault(found["words"], []).append(number)
    return lines


def _broken(file: str, line: int) -> BookBroken:
    advice = r'write msgid "id" and msgstr "words", with \" for a quotation mark inside'
    return BookBroken((Finding(file, line, "D004", "this line is not of a .po file", advice),))
