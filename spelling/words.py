"""Find the words of a text whose spelling can be judged: those in the script its language is written in.

Law: what is no prose is no word here: {placeholders}, markup, /commands, links, and names in another script. A word
that mixes scripts is given out whole: no dictionary knows it, and nobody can see a Latin letter in a Russian word.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

_NO_PROSE = re.compile(r"\{[^}]*\}|</?b>|(?<!\w)/[a-z]+|(https?://)?[a-z0-9-]+(\.[a-z0-9-]+)+(/\S*)?")
_WORD = re.compile(r"[^\W\d_]+(?:['’‑-][^\W\d_]+)*")
_JOINTS = re.compile(r"['’‑-]")


def home_script(texts: Iterable[str]) -> str:
    """The script most letters of a catalogue are of, by its Unicode name: GEORGIAN, CYRILLIC, LATIN."""
    letters = Counter(_script(sign) for text in texts for sign in _NO_PROSE.sub(" ", text) if sign.isalpha())
    return letters.most_common(1)[0][0] if letters else ""


def words_to_check(text: str, script: str) -> list[str]:
    """The words of `text` that a dictionary of the language in `script` should know, each once, in reading order."""
    words = _WORD.findall(_NO_PROSE.sub(" ", unicodedata.normalize("NFC", text)))
    return list(dict.fromkeys(word for word in words if not _has_foreign_part(word, script)))


def _has_foreign_part(word: str, script: str) -> bool:
    """Whether a part of it is a word of another script, e.g. the name in Telegram-ში."""
    return any({_script(sign) for sign in part}.isdisjoint({script}) for part in _JOINTS.split(word))


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]
