"""Remember where everything in a book was written, for the reviewer and the editor's tools.

The book itself knows no files; a source is looked up by the path of keys that leads to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.glossary import Glossary
from dialogs.questions import OpenList
from dialogs.reading import Where
from dialogs.texts import Catalogue


@dataclass(frozen=True, slots=True)
class Spot:
    """A line in a file, counted from 1."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Sources:
    """Lines by path, e.g. `("scripts", "travel", "nodes", "home")`, and what stands beside the book.

    Paths begin with `frame`, `facts`, `intents`, `questions`, `scripts` and the script's id, or `texts` and a language.
    `catalogues` are as written; `banned` is by language, as `dialogs.banned` reads it.
    """

    spots: Mapping[Where, Spot]
    catalogues: Mapping[str, Catalogue]
    banned: Mapping[str, Mapping[str, str]]
    glossary: Glossary
    open: OpenList

    def spot(self, where: Where) -> Spot:
        """The line of `where`, or of the nearest key above it."""
        while where not in self.spots:
            where = where[:-1]
        return self.spots[where]
