"""How the desk answers staff: in their private chat, or in a note above the chat where they tapped."""

from bot.arrivals import Arrival
from bot.desk.desk import Post, Scene, Upshot
from bot.desk.staff import Staff
from bot.desk.words import Button, keys, plain, say
from bot.letters import Deed, Letter

MOST_IN_TOAST = 200
"""Signs above the chat (Bot API, answerCallbackQuery)."""


def answer(scene: Scene, one: Staff, text: str, /, *rows: tuple[Button, ...], **values: str) -> Upshot:
    """Say something to a member of staff, in their private chat."""
    words = say(scene.book, one.language, text, **values)
    return Upshot(
        posts=(Post(one.person, Letter(Deed.SEND, one.person, words, keys(scene.book, one.language, *rows))),)
    )


def told(scene: Scene, about: int, one: Staff, text: str, /, *rows: tuple[Button, ...], **values: str) -> Upshot:
    """The same to somebody who did nothing just now: sealed under whoever it is about."""
    words = say(scene.book, one.language, text, **values)
    return Upshot(posts=(Post(about, Letter(Deed.SEND, one.person, words, keys(scene.book, one.language, *rows))),))


def toast(scene: Scene, one: Staff, arrival: Arrival, text: str, name: str = "") -> Upshot:
    """A note above the chat for a tap; for what was typed, an answer."""
    values = {"name": name} if name else {}
    if arrival.callback is None:
        return answer(scene, one, text, **values)
    return Upshot(toasts=((arrival.callback, plain(scene.book, one.language, text, **values)[:MOST_IN_TOAST]),))


def reworded(
    scene: Scene, one: Staff, arrival: Arrival, text: str, /, *rows: tuple[Button, ...], **values: str
) -> Upshot:
    """Change the bubble that was tapped; where it was none of theirs, say it anew."""
    if arrival.tapped is None or arrival.chat:
        return answer(scene, one, text, *rows, **values)
    words = say(scene.book, one.language, text, **values)
    rows_ = keys(scene.book, one.language, *rows)
    letter = Letter(Deed.EDIT, one.person, words, rows_, target=(arrival.tapped,))
    return Upshot(posts=(Post(one.person, letter),))
