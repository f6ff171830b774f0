"""Find everything in a pasted text that says something about a job: phrases, sums, hours, places, names."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.ads.employers import names_employer
from dialogs.ads.hours import long_hours, said_hours
from dialogs.ads.money import Sum, read_lines, sums
from dialogs.ads.places import Places, read_places
from dialogs.ads.plain import has_contacts, lines, plain, sentences, without_contacts
from dialogs.ads.reader import reader_of
from dialogs.ads.words import AdWords
from dialogs.countries import Atlas

_SURE = 3
"""A kind of work named in so many times as many ways as any other is the one."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found. `phrases` are the names of the lists by the rank of the phrase in the file."""

    phrases: Mapping[int, str]
    money: tuple[Sum, ...]
    hours: str | None
    long: bool
    places: Places
    employer: bool
    contacts: bool

    def says(self, name: str) -> bool:
        """Whether a list of this name was met, e.g. `facets.contract`."""
        return name in self.phrases.values()

    def among(self, group: str) -> frozenset[str]:
        """The lists of a group that were met, without the name of the group."""
        return frozenset(name.removeprefix(group) for name in self.phrases.values() if name.startswith(group))

    @property
    def pay(self) -> str | None:
        """The first sum paid for the work, one with a period before all others."""
        paid = [one for one in self.money if one.is_pay]
        return str(min(paid, key=lambda one: one.amount.unit is None)) if paid else None

    @property
    def fees(self) -> str | None:
        """The sum asked for the job; else that there is none; else that money is asked."""
        asked = next((one for one in self.money if one.is_fee and self._blames(one)), None)
        if asked:
            return f"{asked.amount.span} {asked.amount.currency}"
        if self.says("clues.free"):
            return "none"
        return "asked" if self.says("clues.asked") else None

    @property
    def work(self) -> str | None:
        """The kind of work that is named in far more ways than any other."""
        kinds = Counter(name for name in self.phrases.values() if name.startswith("work.")).most_common(2)
        if not kinds or (len(kinds) > 1 and kinds[0][1] < _SURE * kinds[1][1]):
            return None
        return kinds[0][0].removeprefix("work.")

    def _blames(self, one: Sum) -> bool:
        """A sum for papers beside "we take no money" is the price of a visa somewhere else."""
        return one.topic == "fee" or not self.says("clues.free")


def find(words: AdWords, atlas: Atlas, text: str) -> Findings:
    """Read a text, whatever it is. Never raises."""
    typed = plain(text)
    reader = reader_of(words, typed)
    pieces = tuple(map(reader.piece, sentences(without_contacts(typed))))
    counted = read_lines(reader, lines(typed))
    return Findings(
        phrases={phrase.rank: phrase.meaning.intent for piece in pieces for phrase in piece.phrases},
        money=sums(reader, counted),
        hours=said_hours(counted),
        long=long_hours(counted),
        places=read_places(reader, atlas, pieces),
        employer=names_employer(reader, atlas, pieces),
        contacts=has_contacts(typed),
    )
