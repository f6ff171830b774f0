"""A second opinion: Tau-Argus, with which statistical offices audit what they hide.

What is audited: for each unit of a release all its tables at once, two-way ones with those cells that are never
crossed, as linked equations in the format of its optimal suppression. The exact total is known. A number that is shown
is a cell that must lie within its rounding (10: 10-12), one that is kept back lies above nine, one of the few from 0 to
9; Tau-Argus computes between which values each can be. Of the few it is asked to protect one to eight; of the others
that there are eight steps or more. It also gets the true numbers, which must fit everything that is published. It
knows equations only, so tables whose rows may hold the same consultation are left out.
"""

import random
from collections import Counter

import pytest
from pytauargus._tauargus import audit_jj

from bot.statistics import making
from bot.statistics.tables import Unit
from tests.fakes import years
from tests.fakes.reconstruction import System, sections

WIDE = 8


def _truth(people, place):
    """How many people a cell stands for."""
    if place == ("total",):
        return len(people)
    table, *values = place
    return sum(all(one[name] == value for name, value in zip(table.split("*"), values, strict=True)) for one in people)


def _audited(system):
    """All numbers that add up to something."""
    summed = {place for sum_ in system.sums for place in sum_}
    return [place for place in system.ranges if place in summed]


def _described(system, people):
    """The release as Tau-Argus reads it: cells with their bounds, and equations."""
    places = _audited(system)
    at = {place: index for index, place in enumerate(places)}
    lines = ["0", str(len(at))]
    for place in places:
        least, most = system.ranges[place]
        true = _truth(people, place)
        assert least <= true <= most
        lower, upper = (max(true - 1, 0), max(8 - true, 0)) if (least, most) == (0, 9) else (0, 0)
        status = "s" if place == ("total",) else "u" if place in system.hidden else "m"
        top = min(most, len(people))
        lines.append(f"{at[place]} {true} {true + 1} {status} {least} {top} {lower:.3f} {upper:.3f} 0")
    lines.append(str(len(system.sums)))
    for whole, *parts in system.sums:
        cells = " ".join([f"{at[whole]} (-1)", *(f"{at[part]} (1)" for part in parts)])
        lines.append(f"0 {1 + len(parts)} : {cells} ")
    return "\n".join([*lines, ""])


@pytest.fixture
def folder(monkeypatch, tmp_path):
    """Where Tau-Argus may leave what its solver has to say."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _unsafe(section, people, folder):
    """The hidden cells that Tau-Argus thinks too little protected."""
    system = System(section, len(people))
    file = folder / "release.jj"
    file.write_text(_described(system, people))
    places = _audited(system)
    hidden = [row for row in audit_jj(str(file)) if places[row["cell"]] in system.hidden]
    assert len(hidden) == len(set(places).intersection(system.hidden))
    return [places[row["cell"]] for row in hidden if row["unsafe"] or row["max"] - row["min"] < WIDE - 1e-6]


def _people(size):
    chance = random.Random(size)
    return {unit: years.consultations(chance, unit, size) for unit in Unit}


def _released(people):
    return sections(years.release(years.counts(one for some in people.values() for one in some)))


@pytest.mark.parametrize("size", [50, 61, 75, 100, 148, 220, 300, 333, 600, 1200])
def test_tau_argus_finds_every_hidden_number_of_a_release_protected(size, folder, unverified):
    people = _people(size)
    found = {unit: _unsafe(section, people[Unit(unit)], folder) for unit, section in _released(people).items()}
    assert found == {"talk": [], "check": [], "case": []}


def test_tau_argus_finds_numbers_unsafe_where_nothing_is_kept_back(monkeypatch, folder, unverified):
    monkeypatch.setattr(making, "protect", lambda section, links: section)
    people = _people(61)
    found = Counter(
        unit for unit, section in _released(people).items() for _ in _unsafe(section, people[Unit(unit)], folder)
    )
    assert found.total() > 0
