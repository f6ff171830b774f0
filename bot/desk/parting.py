"""A person hides the chat, blocks the bot, or has everything about them deleted, whatever a human has in hand.

Law: nothing more reaches them until they write; a consultant is told, because they would wait for an answer; of one who
is forgotten the room keeps nothing, and what is still to be done is sealed under somebody else.
"""

from collections.abc import Iterator
from dataclasses import replace

from bot.desk import tallying
from bot.desk.cards import TICK
from bot.desk.cases import Case
from bot.desk.desk import CARD, HEADER, Post, Scene, Upshot
from bot.desk.scribe import Scribe
from bot.desk.words import say
from bot.letters import TOPIC, Deed, Letter

AT_ONCE = 100
"""Messages of one deleteMessages (Bot API)."""


def hidden(scene: Scene, case: Case) -> Upshot:
    """What was on its way to the person is not sent; the owner is told."""
    return _silenced(scene, case, "staff.hid")


def blocked(scene: Scene, case: Case) -> Upshot:
    """Blocking counts as hiding."""
    return _silenced(scene, case, "staff.blocked")


def back(scene: Scene, case: Case) -> Upshot:
    """Somebody who hid the chat writes again: the owner asks first whether it is a good time."""
    scribe = Scribe(scene, replace(case, hidden=False, unanswered_since=None, reminded=False))
    scribe.note("staff.back")
    return scribe.upshot()


def acted(scene: Scene, case: Case, what: str) -> Upshot:
    """The owner is told which fixed text a person looked at."""
    scribe = Scribe(scene, case)
    scribe.note(f"staff.acted.{what}")
    return scribe.upshot()


def forgotten(scene: Scene, case: Case) -> Upshot:
    """Everything about the person is erased: wherever lines of theirs lie with staff, they are taken away.

    What is to be done is sealed under whoever of the staff it is done at, and said from memory where that is nobody.
    """
    letters = (*_topic_gone(scene, case), *_lines_gone(scene, case))
    owner = scene.desk.staff.get(case.owner or 0)
    if owner is not None and case.is_open:
        words = say(scene.book, owner.language, "staff.forgotten", alias=case.alias)
        letters = (*letters, Letter(Deed.SEND, owner.person, words))
    posts = [Post(person, each) for each in letters if (person := _at(scene, each)) is not None]
    asides = tuple(each for each in letters if _at(scene, each) is None)
    counts, gone = tallying.erased(scene, case), (case.person,)
    return Upshot(erased=gone, counts=counts, asides=(*_tick(scene, case), *asides), posts=tuple(posts))


def _at(scene: Scene, letter: Letter) -> int | None:
    """Whose room a letter goes to, if their conversation is at hand to seal it."""
    rooms = (one.person for one in scene.desk.staff.values() if letter.chat in (one.person, one.room))
    return next((person for person in rooms if person in scene.known), None)


def _silenced(scene: Scene, case: Case, text: str) -> Upshot:
    scribe = Scribe(scene, replace(case, hidden=True))
    if case.is_open:
        scribe.note(text)
    return Upshot(silenced=(case.person,)) + scribe.upshot()


def _lines_gone(scene: Scene, case: Case) -> Iterator[Letter]:
    """Whatever lies with the owner, and with whoever read along; the first letter takes what is in flight there too."""
    lying = [line.room for line in scene.lines.get(case.person, ()) if line.number >= HEADER and line.number != CARD]
    places = [room for room in lying if room is not None]
    for chat in dict.fromkeys(chat for chat, _ in places):
        ids = tuple(message for where, message in places if where == chat)
        for first in range(0, len(ids), AT_ONCE):
            yield Letter(Deed.DELETE, chat, target=ids[first : first + AT_ONCE], sweeps=first == 0)


def _topic_gone(scene: Scene, case: Case) -> tuple[Letter, ...]:
    topic = scene.line(case.person, TOPIC)
    return (Letter(Deed.CLOSE_TOPIC, topic.room[0], target=(topic.room[1],)),) if topic and topic.room else ()


def _tick(scene: Scene, case: Case) -> tuple[Letter, ...]:
    card = scene.line(case.person, CARD)
    return (Letter(Deed.EDIT, card.room[0], TICK, target=(card.room[1],)),) if card is not None and card.room else ()
