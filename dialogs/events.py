"""What can happen in a conversation, as the engine is told.

An event carries what the person did and nothing about how it arrived: no ids, no time, no Telegram.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Started:
    """The person pressed Start, typed /start, or touched a conversation we no longer know.

    `payload` is the word a link brought along, at most 64 signs; it may be an invitation and shows in no repr.
    `campaign` is the registered one it names, if it does: never a word that only came from outside.
    """

    payload: str = field(default="", repr=False)
    campaign: str | None = None


@dataclass(frozen=True, slots=True)
class Chose:
    """The person tapped a button. Both fields come from outside and are trusted for nothing else."""

    choice: str
    nonce: int


@dataclass(frozen=True, slots=True)
class Wrote:
    """The person typed text: a command, the words on a button, a key phrase, or anything at all."""

    text: str


@dataclass(frozen=True, slots=True)
class Sent:
    """The person sent something that is not text; `kind` is a word such as `voice`, `photo`, `sticker`.

    `caption` are the words below it, if any: a job ad is often a picture with text.
    """

    kind: str
    caption: str = ""


Event = Started | Chose | Wrote | Sent
