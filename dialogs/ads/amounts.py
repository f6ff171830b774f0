"""Find the numbers of a line that are sums of money or lengths of time.

`1500-2000 EUR month`, `от 1500 до 2000 евро`, `1500-დან 2000-მდე`, `1,5 тыс`, `2k`, `12 €/h`, `12-საათიანი`. A number
with neither a currency nor a unit beside it is an age, a year or a telephone, and nothing is made of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from dialogs.ads.tokens import Token, ends_sentence

_THOUSAND = 1000
_FEW = 100
"""A lower end below this takes the thousands of the upper one: 1-2 тыс."""
_JOINS = 4
"""Tokens that may stand between two ends of a range: `-დან 2000`, `€ - €`."""
_LINKS = 5
"""Tokens that may stand between a sum and its period: `netto / h`, `на руки каждый месяц`."""
_BRIDGES = frozenset("/(-.*+~")

Tokens = tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Amount:
    """A number or a range with what stands beside it; `first` and `after` are its tokens from and up to.

    `unit` of a sum is the period it is paid for; without a currency it is what is counted (10 hours), and then `per`
    is what it is counted in (hours a day).
    """

    low: float
    high: float
    currency: str | None
    unit: str | None
    per: str | None
    first: int
    after: int

    @property
    def span(self) -> str:
        """`1500` or `1500-2000`, without needless zeros."""
        ends = [f"{end:.2f}".rstrip("0").rstrip(".") for end in (self.low, self.high)]
        return ends[0] if ends[0] == ends[1] else "-".join(ends)


def amounts(tokens: Tokens, most: int) -> tuple[Amount, ...]:
    """The first so many amounts of a line, from left to right; no token belongs to two of them."""
    return tuple(islice(_amounts(tokens), most))


def _amounts(tokens: Tokens) -> Iterator[Amount]:
    free = 0
    for at, token in enumerate(tokens):
        if token.kind == "number" and at >= free:
            amount = _amount(tokens, at, free)
            free = amount.after
            yield amount


def _amount(tokens: Tokens, at: int, free: int) -> Amount:
    before = tokens[at - 1].among("currencies") if at > free else None
    low, many, middle, end = _number(tokens, at)
    high, more, late = low, many, None
    second = _joined(tokens, end, middle)
    if second is not None:
        high, more, late, end = _number(tokens, second)
    low, high = _scaled(low, many, high, more)
    high = max(low, high)  # "2000 - 15 ..." is no range
    currency = middle or late or before
    first = at - 1 if before else at
    unit, end = _unit(tokens, end, linked=currency is not None)
    per, end = (None, end) if currency or unit is None else _unit(tokens, end, linked=True)
    return Amount(low, high, currency, unit, per, first, end)


def _scaled(low: float, many: float, high: float, more: float) -> tuple[float, float]:
    shared = more if many == 1 and low < _FEW and low <= high else many
    return low * shared, high * more


def _number(tokens: Tokens, at: int) -> tuple[float, float, str | None, int]:
    """The number at this token, what it is multiplied by, its currency, and the token after all of it."""
    end = _past(tokens, at + 1, "beside.thousand")
    many = _THOUSAND if end > at + 1 else 1
    end = _past(tokens, end, "beside.upto", "currencies")
    after = _past(tokens, end, "currencies")
    currency = tokens[after - 1].among("currencies") if after > end else None
    return tokens[at].value, many, currency, after


def _past(tokens: Tokens, at: int, name: str, then: str = "") -> int:
    """The token after a word of this list, if one stands here, perhaps behind a dash or a dot; else `at`."""
    here = at + 1 if at < len(tokens) and tokens[at].text in "-.+" else at
    if here >= len(tokens) or not _in(tokens[here], name):
        return at
    if here > at and tokens[here].kind == "sign":  # "$100-$150": the second sign is the second sum's
        return at
    return here + 1 if not then or _past(tokens, here + 1, then) > here + 1 else at


def _in(token: Token, name: str) -> bool:
    return token.is_(name) or token.among(name) is not None


def _joined(tokens: Tokens, at: int, currency: str | None) -> int | None:
    """Where the upper end of a range stands, if one follows. "1500 ევროდან 2000 ევრომდე" is joined by endings."""
    dashes = 0
    if currency and at < len(tokens) and tokens[at].kind == "number":
        return at if _number(tokens, at)[2] == currency else None
    for here in range(at, min(len(tokens), at + _JOINS)):
        token = tokens[here]
        if token.kind == "number":
            return here if dashes else None
        if token.text == "-" or token.is_("beside.upto"):
            dashes += 1
        elif not token.among("currencies"):
            return None
    return None


def _unit(tokens: Tokens, at: int, *, linked: bool) -> tuple[str | None, int]:
    """The unit that follows, and the token after it; `linked` lets words such as "netto per" stand between."""
    for here in range(at, min(len(tokens), at + (_LINKS if linked else 2))):
        token = tokens[here]
        if unit := token.among("units"):
            return unit, here + 1
        if (token.text == "." and ends_sentence(tokens, here)) or not _bridges(token, linked=linked):
            return None, at
    return None, at


def _bridges(token: Token, *, linked: bool) -> bool:
    """Whether the unit may still follow this token: "in the 1 month" goes on at every word."""
    said = token.text in _BRIDGES or token.is_("beside.filler") or token.is_("beside.upto")
    return said or (linked and token.value == 1)
