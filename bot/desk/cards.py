"""A case as the desk group sees it: alias, language, since when, topic, band. Nothing anybody said.

Law: a card is edited in place, and a newer one replaces what of it was not sent yet, so that the group's twenty
messages a minute carry the present and not the past. At the end a bare tick stays.
"""

from bot.desk.cases import Case, Phase
from bot.desk.desk import CARD, Post, Scene, Upshot
from bot.desk.words import BANDS, Button, day_and_clock, keys, plain, say
from bot.letters import Deed, Letter, Urgency

TICK = "✓"
TAKE: Button = ("staff.b.take", "claim", 0)


def shown(scene: Scene, case: Case) -> Upshot:
    """The card in the desk group as it should be now; nothing where no group is bound."""
    group = scene.desk.group
    if group is None:
        return Upshot()
    rows = keys(scene.book, group.language, (take(case),)) if case.phase is Phase.WAITING else ()
    letter = Letter(Deed.EDIT, group.chat, face(scene, case, group.language), rows, line=CARD)
    return Upshot(posts=(Post(case.person, letter, Urgency.CARD),), withdrawn=((case.person, group.chat),))


def take(case: Case) -> Button:
    """The button that claims a case."""
    label, verb, _ = TAKE
    return (label, verb, case.token)


def face(scene: Scene, case: Case, language: str) -> str:
    """What stands on a card."""
    match case.phase:
        case Phase.WAITING:
            return say(scene.book, language, "staff.card.waiting", **facts(scene, case, language))
        case Phase.HUMAN | Phase.WRAP_UP:
            return say(scene.book, language, "staff.card.taken", **facts(scene, case, language))
        case Phase.CLOSED:
            return TICK


def line_of(scene: Scene, case: Case, language: str) -> str:
    """A case in one line, for lists and buttons."""
    return plain(scene.book, language, "staff.case", **facts(scene, case, language))


def facts(scene: Scene, case: Case, language: str) -> dict[str, str]:
    """What may be said of a case to whoever does not have it. No word of the person's is among it."""
    owner = scene.desk.staff.get(case.owner or 0)
    return {
        "alias": case.alias,
        "language": case.language,
        "since": day_and_clock(case.asked_at, scene.now),
        "topic": plain(scene.book, language, f"topic.{case.topic}"),
        "band": BANDS.get(case.band or "", ""),
        "urgent": "‼️ " if case.urgent else "",
        "name": owner.name if owner else "",
    }
