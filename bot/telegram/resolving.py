"""Where the lines a letter names lie when it departs. Pure.

A letter is written before anybody knows the ids of the messages it is about; it names them by their number in the
conversation, and they are found in the transaction that sends it on its way.
Law: what lies nowhere is not asked for, except words: an edit of a line that never landed says it as a new bubble,
though never to the person: what was taken back there, or may have arrived, is not said once more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.letters import NEW_BUBBLES, TOPIC, Deed, Letter
from storage import Due, Line


@dataclass(frozen=True, slots=True)
class Found:
    """A letter ready to go: `reply` is the message it answers, `thread` the topic it goes into.

    `emptied` are the lines whose messages it takes away; `vain`: there is nothing to ask Telegram for.
    """

    letter: Letter
    reply: int | None = None
    thread: int | None = None
    emptied: tuple[int, ...] = ()
    vain: bool = False


def resolved(due: Due, letter: Letter, known: Sequence[Line]) -> Found:
    """The letter with its lines found among those of its conversation."""
    if not letter.refers:
        return Found(letter)
    lying = lying_in(letter.chat, known, own=due.lane == due.conversation)
    thread = lying.pop(TOPIC, None)
    match letter.deed:
        case Deed.CLOSE_TOPIC:
            ours = letter.target[0] if letter.target else thread
            return Found(letter, thread=ours, emptied=(*lying, TOPIC), vain=ours is None)
        case Deed.DELETE if letter.every:
            return _taken(letter, _older(lying, known, letter.before))
        case Deed.DELETE if not letter.target:
            return _taken(letter, _about(letter, lying))
        case _:
            return _addressed(letter, lying, thread, own=due.lane == due.conversation)


def lying_in(chat: int, known: Sequence[Line], *, own: bool) -> dict[int, int]:
    """The message id of each line that lies in this chat; `own`: it is the person's private chat."""
    places = ((line.number, (chat, line.person) if own and line.person else line.room) for line in known)
    return {number: place[1] for number, place in places if place is not None and place[0] == chat}


def _addressed(letter: Letter, lying: Mapping[int, int], thread: int | None, *, own: bool) -> Found:
    target = letter.target
    if letter.deed not in NEW_BUBBLES and not target:
        target = tuple(_about(letter, lying).values())
    anew = letter.deed is Deed.EDIT and letter.text and not target and not own
    deed = Deed.SEND if anew else letter.deed
    vain = deed not in NEW_BUBBLES and letter.line is not None and not target
    reply = None if letter.reply is None else lying.get(letter.reply)
    return Found(replace(letter, deed=deed, target=target), reply, thread, vain=vain)


def _taken(letter: Letter, lying: Mapping[int, int]) -> Found:
    target = tuple(dict.fromkeys((*letter.target, *lying.values())))
    return Found(replace(letter, target=target), emptied=tuple(lying), vain=not target)


def _about(letter: Letter, lying: Mapping[int, int]) -> dict[int, int]:
    return {number: message for number, message in lying.items() if number == letter.line}


def _older(lying: Mapping[int, int], known: Sequence[Line], before: int | None) -> dict[int, int]:
    young = set() if before is None else {line.number for line in known if line.at >= before}
    return {number: message for number, message in lying.items() if number not in young}
