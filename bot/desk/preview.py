"""A member of staff walks the book as a person would, in their own chat. Nothing is counted, hidden or opened by it."""

from dataclasses import replace

from bot.answering import answer as dialogue
from bot.arrivals import Arrival
from bot.desk.answers import answer
from bot.desk.desk import Post, Scene, Upshot
from bot.desk.staff import Staff
from bot.desk.verbs import Call
from bot.letters import Deed
from dialogs.events import Started
from dialogs.state import State

SHOWN = frozenset({Deed.SEND, Deed.EDIT, Deed.PHOTO, Deed.STRIP})
"""What of an answer is done: nothing is deleted in a colleague's chat because they looked at a button."""
NONCES = 2**40


def preview(scene: Scene, one: Staff, call: Call) -> Upshot:
    """Begin to walk, or stop."""
    if one.preview is not None:
        return Upshot(staff=(replace(one, preview=None),)) + answer(scene, one, "staff.preview.over")
    begun = replace(one, preview=State(scene.chance(NONCES)).to_json())
    start = replace(call.arrival, event=Started(), tapped=None)
    return answer(scene, one, "staff.preview.begun") + previewed(scene, begun, start)


def previewed(scene: Scene, one: Staff, arrival: Arrival) -> Upshot:
    """One step of the walk."""
    walked = replace(scene.known[one.person], state=one.preview)
    taken = dialogue(scene.book, walked, arrival, scene.now.date(), scene.chance(NONCES))
    posts = tuple(Post(one.person, letter) for letter in taken.letters if letter.deed in SHOWN)
    state = taken.conversation.state if not taken.forget else State(scene.chance(NONCES)).to_json()
    done = Upshot(staff=(replace(one, preview=state),), posts=posts)
    return done + answer(scene, one, "staff.preview.case") if taken.hands_over else done
