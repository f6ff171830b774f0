"""The Bot API's methods, a family a file.

Law: each function gets the ledger and aiogram's typed request, and returns the `result` of the answer or raises
a refusal.
"""

from bot.sandbox.methods import (
    callbacks,
    copying,
    deleting,
    editing,
    groups,
    profiles,
    reactions,
    sending,
    topics,
)
from bot.sandbox.methods.registry import Rule, rule_for

__all__ = [
    "Rule",
    "callbacks",
    "copying",
    "deleting",
    "editing",
    "groups",
    "profiles",
    "reactions",
    "rule_for",
    "sending",
    "topics",
]
