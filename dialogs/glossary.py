"""One word for one thing, in every language: the model of `locales/glossary.yaml`.

Law: a term is a matter of all languages at once; each lists what counts as using it, in the form of `dialogs.wording`,
and a language a term does not list is free. It does not say which word is the better one: the style guides do.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field

from dialogs.model import Name, Part, Typed
from dialogs.wording import says

Wordings = Annotated[tuple[Typed, ...], Field(min_length=1)]
"""What counts as using a term in one language, e.g. `превышени* срока`."""


@dataclass(frozen=True, slots=True)
class Uneven:
    """A text that names a term in the language `said` and not in the language `unsaid`."""

    term: str
    said: str
    unsaid: str


class Glossary(Part):
    """Terms by name, each with its wordings by language."""

    terms: dict[Name, dict[Name, Wordings]]

    def uneven(self, words: Mapping[str, str]) -> Iterator[Uneven]:
        """The terms that one text, given by language, does not name in all of them."""
        for term, wordings in self.terms.items():
            named = {language: says(words[language], wordings[language]) for language in words if language in wordings}
            said = next((language for language in named if named[language]), None)
            if said:
                yield from (Uneven(term, said, language) for language in named if not named[language])


def glossary_path(locales: Path) -> Path:
    """Where the glossary lies under the folder of locales; without the file no word is a term."""
    return locales / "glossary.yaml"
