"""A linear program over what is known: how small and how large a number can be when everything else is as published.

Law: the answers are worlds of whole numbers in which everything known is true, and none goes further. Where the linear
program answers with fractions, whole numbers are looked for.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from math import inf
from operator import sub
from typing import TYPE_CHECKING

from bot.statistics.knowing import Knowledge, Limits, Place

if TYPE_CHECKING:
    from highspy import HighsVarType

CLOSE = 1e-6
"""What differs by less is the same to a solver."""
ENDLESS = 10**6
"""More than there ever were of anything: a solver has no answer to how many may be where nothing bounds it."""


class Program:
    """One program that is asked again and again; each answer begins where the last one ended."""

    def __init__(self, known: Knowledge) -> None:
        from highspy import HighsVarType, ObjSense
        from highspy._core import _Highs  # highspy.Highs itself greets on the terminal

        self.places = list(known.limits)
        self._at = {place: at for at, place in enumerate(self.places)}
        self._limits = dict(known.limits)
        self._ends = ObjSense.kMinimize, ObjSense.kMaximize
        self._kinds = HighsVarType.kContinuous, HighsVarType.kInteger
        self._solver = _Highs()
        self._solver.setOptionValue("output_flag", False)  # noqa: FBT003
        self._solver.setOptionValue("threads", 1)
        self._state(known)

    def _state(self, known: Knowledge) -> None:
        for least, most in known.limits.values():
            self._solver.addVar(least, ENDLESS if most is None else most)
        for left, right in known.sums:
            self._row(0, left, right)
        for left, right in known.links:
            self._row(-inf, left, right)

    def _row(self, least: float, left: Collection[Place], right: Collection[Place]) -> None:
        """Between which differences the left and the right ones lie: from the least to none."""
        times = Counter(self._at[place] for place in left)
        times.subtract(self._at[place] for place in right)
        self._solver.addRow(least, 0, len(times), list(times), list(map(float, times.values())))

    def limit(self, limits: Mapping[Place, Limits]) -> None:
        """Know something else about some numbers."""
        for place, (least, most) in limits.items():
            if self._limits[place] != (least, most):
                self._limits[place] = least, most
                self._solver.changeColBounds(self._at[place], least, ENDLESS if most is None else most)

    def world(self, places: Collection[Place], *, most: bool) -> dict[Place, int]:
        """All numbers where the sum of these is as small or as large as it can be.

        Raises ValueError where no numbers fit what is known.
        """
        for place in places:
            self._solver.changeColCost(self._at[place], 1)
        self._solver.changeObjectiveSense(self._ends[most])
        values = self._solved()
        whole = [round(value) for value in values]
        if max(map(abs, map(sub, values, whole))) > CLOSE:
            whole = [round(value) for value in self._whole()]
        for place in places:
            self._solver.changeColCost(self._at[place], 0)
        return dict(zip(self.places, whole, strict=True))

    def holding(self) -> set[Place]:
        """The places whose limits held the last answer back."""
        costs = self._solver.getSolution().col_dual
        return {place for place, cost in zip(self.places, costs, strict=True) if abs(cost) > CLOSE}

    def _solved(self) -> list[float]:
        self._solver.run()
        if self._solver.getModelStatus().name != "kOptimal":
            raise ValueError("no numbers fit what is known")
        return list(self._solver.getSolution().col_value)

    def _whole(self) -> list[float]:
        """The same, looked for among whole numbers only."""
        self._kind(self._kinds[1])
        try:
            return self._solved()
        finally:
            self._kind(self._kinds[0])

    def _kind(self, kind: "HighsVarType") -> None:
        for at in range(len(self.places)):
            self._solver.changeColIntegrality(at, kind)
