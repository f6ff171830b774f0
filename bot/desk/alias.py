"""Aliases: two words that name a case and say nothing about anybody.

English in every language, so that two consultants who share no language still mean the same case.
"""

from collections.abc import Callable, Collection

COLOURS = (
    *("AMBER", "AZURE", "BLACK", "BLUE", "BRONZE", "BROWN", "COPPER", "CORAL", "CRIMSON", "GOLDEN", "GREEN", "GREY"),
    *("INDIGO", "IVORY", "JADE", "LILAC", "OLIVE", "ORANGE", "PEARL", "PURPLE", "RED", "SILVER", "VIOLET", "WHITE"),
)
BIRDS = (
    *("CRANE", "CURLEW", "DIPPER", "DOVE", "DUCK", "EAGLE", "EGRET", "FALCON", "FINCH", "GOOSE", "GULL", "HARRIER"),
    *("HAWK", "HERON", "HOOPOE", "IBIS", "JAY", "KITE", "LARK", "MAGPIE", "MARTIN", "ORIOLE", "OSPREY", "OWL"),
    *("PELICAN", "PIPIT", "PLOVER", "QUAIL", "RAVEN", "REDSTART", "ROBIN", "ROOK", "SANDPIPER", "SHRIKE", "SISKIN"),
    *("SPARROW", "STARLING", "STILT", "STORK", "STORMBIRD", "SWALLOW", "SWAN", "SWIFT", "TEAL", "TERN", "THRUSH"),
    *("TIT", "WAGTAIL", "WARBLER", "WAXWING", "WHEATEAR", "WOODCOCK", "WREN"),
)


def new_alias(taken: Collection[str], chance: Callable[[int], int]) -> str:
    """Two words that no case has now; `chance(n)` gives a number below n. With all taken, a number follows them."""
    names = len(COLOURS) * len(BIRDS)
    first = chance(names)
    free = (name for step in range(names) if (name := _named((first + step) % names)) not in taken)
    return next(free, f"{_named(first)} {len(taken)}")


def _named(number: int) -> str:
    colour, bird = divmod(number, len(BIRDS))
    return f"{COLOURS[colour]} {BIRDS[bird]}"
