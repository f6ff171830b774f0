"""Which function answers which method.

Law: the name is aiogram's own `__api_method__`, so a method cannot be registered under a wrong name.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from bot.sandbox.ledger import Ledger
from bot.sandbox.requests import Method

M = TypeVar("M", bound=Method)
Answering = Callable[[Ledger, M], object]


@dataclass(frozen=True, slots=True)
class Rule:
    """A method's request type and the function that answers it."""

    model: type[Method]
    answer: Callable[[Ledger, Method], object]


_RULES: dict[str, Rule] = {}


def answers(model: type[M]) -> Callable[[Answering[M]], Answering[M]]:
    """Register a function as the answer to this method."""

    def register(function: Answering[M]) -> Answering[M]:
        def answer(ledger: Ledger, request: Method) -> object:
            assert isinstance(request, model)
            return function(ledger, request)

        _RULES[model.__api_method__.lower()] = Rule(model, answer)
        return function

    return register


def rule_for(method: str) -> Rule | None:
    """The rule for a method name in any case of letters."""
    return _RULES.get(method.lower())


def method_names() -> frozenset[str]:
    """All methods there is a rule for, in small letters."""
    return frozenset(_RULES)
