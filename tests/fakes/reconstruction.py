"""Another attack on a release, made of its JSON and of nothing of the program: what equations say of its numbers.

Each two-way table is the whole matrix of its one-way tables; what was never crossed are cells that nobody shows. What
tables say of each other is put down here once more, by how the desk closes cases and checks are judged.
"""

import json
from collections import Counter
from itertools import chain
from math import ceil, floor

import highspy

TOTAL = ("total",)
ENDLESS = 10**6
SAME = [("handover", "cancelled"), ("outcome", "cancelled")]
ANSWERED = ("handover", "answered")
RED = [("band", "red"), ("band", "emergency")]
DECISIVE = {"coercion", "force"}
UNTOLD = {"unknown", "minor"}
"""Of age and gender: what a case may have that nobody answered."""


def sections(release):
    """What is published of each unit, by its name; a unit that was too small is not there."""
    return {part["unit"]: part for part in json.loads(release.to_json())["sections"] if part["total"]}


class System:
    """`ranges` of all numbers, `sums`: the first number is the sum of the others, `hidden` what nobody shows.

    `fewer`: the left ones are together no more than the right ones.
    """

    def __init__(self, section, total, rounded=2):
        self.rounded = rounded
        self.ranges = {TOTAL: (total, total)}
        self.sums = []
        self.fewer = []
        self.hidden = []
        margins = {}
        for sheet in section["sheets"]:
            margins[sheet["name"]] = [row for row, _ in sheet["rows"]]
            for row, figure in sheet["rows"]:
                self._add((sheet["name"], row), figure)
            if not sheet["several"] and sheet["rows"]:
                self.sums.append([TOTAL, *((sheet["name"], row) for row, _ in sheet["rows"])])
        for grid in section["grids"]:
            self._cross(grid, *(margins[name] for name in grid["name"].split("*")))
        {"talk": self._talks, "check": self._checks, "case": self._cases}[section["unit"]](margins)

    def _talks(self, margins):
        if margins["topic"]:
            self.fewer.append(([TOTAL], [("topic", row) for row in margins["topic"]]))

    def _checks(self, margins):
        if margins["band"]:
            for row in margins["sign"]:
                orange = [] if row in DECISIVE else [("band", "orange")]
                self.fewer.append(([("sign", row)], [*RED, *orange]))
            others = [("sign", row) for row in margins["sign"] if row not in DECISIVE]
            self.fewer.append((others, [("band", "orange"), *RED * len(others)]))

    def _cases(self, margins):
        if margins["handover"] and margins["outcome"]:
            self.sums.append(SAME)
            self.fewer.append(([("handover", "unanswered")], [("outcome", "not_coded")]))
        if margins["handover"]:
            self.fewer += [([("category", row)], [ANSWERED]) for row in margins["category"]]
            told = [[(name, row) for row in margins[name] if row not in UNTOLD] for name in ("age", "gender")]
            self.fewer += [(rows, [ANSWERED]) for rows in told if rows]
        self._not_told(margins)

    def _not_told(self, margins):
        """Of a topic: whoever took their question back told neither how old they are nor their gender."""
        names = {name for name, *_ in self.ranges}
        for name, topic in ((name, topic) for name in ("age", "gender") for topic in margins["case_topic"]):
            if {"case_topic*outcome", f"case_topic*{name}"} <= names:
                untold = [(f"case_topic*{name}", topic, row) for row in margins[name] if row in UNTOLD]
                self.fewer.append(([("case_topic*outcome", topic, "cancelled")], untold))

    def _cross(self, grid, rows, columns):
        name, (down, across) = grid["name"], grid["name"].split("*")
        shown = {row: dict(zip(grid["columns"], figures or [], strict=False)) for row, _, figures in grid["rows"]}
        for row, column in ((row, column) for row in rows for column in columns):
            figure = shown.get(row, {}).get(column)
            if figure or (row in shown and column in grid["columns"]):
                self._add((name, row, column), figure)
            else:
                self.ranges[name, row, column] = (0, ENDLESS)
        self.sums += [[(down, row), *((name, row, column) for column in columns)] for row in rows]
        self.sums += [[(across, column), *((name, row, column) for row in rows)] for column in columns]

    def _range(self, figure):
        match figure:
            case {"mark": "few"}:
                return 0, 9
            case {"mark": "kept"}:
                return 10, ENDLESS
            case {"mark": "number", "number": number}:
                return max(10, number - self.rounded), number + self.rounded
        return 0, ENDLESS

    def _add(self, place, figure):
        self.ranges[place] = self._range(figure)
        if not figure or figure["mark"] != "number":
            self.hidden.append(place)

    def widths(self, wide=9):
        """How many steps lie between the least and the most that each hidden number can be, as far as `wide`."""
        at = {place: index for index, place in enumerate(self.ranges)}
        solver = highspy._core._Highs()
        solver.setOptionValue("output_flag", False)  # noqa: FBT003
        for least, most in self.ranges.values():
            solver.addVar(least, most)
        for whole, *parts in self.sums:
            solver.addRow(0, 0, 1 + len(parts), [at[whole], *(at[part] for part in parts)], [-1.0] + [1.0] * len(parts))
        for less, more in self.fewer:
            times = Counter(less)
            times.subtract(more)
            solver.addRow(-ENDLESS, 0, len(times), [at[place] for place in times], list(map(float, times.values())))
        least, most = dict.fromkeys(self.hidden, ENDLESS), dict.fromkeys(self.hidden, -1)
        together = [self.hidden, self.hidden[::2], self.hidden[1::2]] * 2
        for group in chain(together, ([place] for place in self.hidden)):
            for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize):
                if any(most[place] - least[place] < wide for place in group):
                    values = self._solved(solver, at, group, sense)
                    for place in self.hidden:
                        least[place] = min(least[place], values[at[place]])
                        most[place] = max(most[place], values[at[place]])
        # inwards, for numbers are whole
        return {place: min(wide, floor(most[place] + 1e-6) - ceil(least[place] - 1e-6)) for place in self.hidden}

    @staticmethod
    def _solved(solver, at, group, sense):
        for place in group:
            solver.changeColCost(at[place], 1)
        solver.changeObjectiveSense(sense)
        solver.run()
        assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        for place in group:
            solver.changeColCost(at[place], 0)
        return list(solver.getSolution().col_value)
