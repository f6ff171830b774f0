"""Step a conversation: what happened to where, in; where now and what to show, out.

Law: pure - no clock, no chance, no input or output - and total: it raises on no event and no state. What it does
not understand it asks again, twice, then offers a human. Whatever it shows leaves a way to the menu, a human and SOS;
before a language is chosen, to the choice of language and SOS. A text is read here and kept nowhere.

Two exceptions are for people in danger: SOS and hide work from any bubble however old and before a language is
chosen; and a cry for help in a language we recognise is answered in it, without settling the person's language.
"""

from dataclasses import dataclass, replace
from typing import Literal, assert_never

from dialogs import checking, counting, hearing, marks, showing, walking
from dialogs.asking import LookedUp, Noted, ReadAd, Unread
from dialogs.book import Book
from dialogs.checking import Answered
from dialogs.effects import Count, Effect, Forget, HandOver, Hide, Show, Strip, Switch
from dialogs.events import Chose, Event, Sent, Started, Wrote
from dialogs.hearing import Begin, Heard
from dialogs.marks import Tick
from dialogs.model import Choice, Deed, Switchable
from dialogs.register import Lookup
from dialogs.showing import Back, Way
from dialogs.state import MAX_STACK, MAX_TRAIL, Place, State
from dialogs.walking import Walk

ASK_AGAIN = 2
"""From so many misses in a row on, a human is offered."""

Miss = Literal["short", "long", "media"]


@dataclass(frozen=True, slots=True)
class Step:
    """The conversation afterwards, and what is asked of the world, in order."""

    state: State
    effects: tuple[Effect, ...]


def step(book: Book, state: State, event: Event) -> Step:
    """One event in one conversation."""
    known = _todays(book, state)
    if not isinstance(event, Chose):
        known = replace(known, tapped=None)  # only a tap right after itself is a double tap
    if isinstance(event, Started):
        known = replace(known, campaign=known.campaign or event.campaign)  # the first one that brought them
    if known.place is None:
        return _first_contact(book, known, event)
    match event:
        case Started():
            return _arrive(book, walking.begin(book, known))
        case Chose():
            return _tapped(book, known, known.place, event)
        case Wrote(text):
            return _wrote(book, known, known.place, text)
        case Sent(caption=caption):
            return _sent(book, known, known.place, caption)
        case _:
            assert_never(event)


def enter(book: Book, state: State, place: Place) -> Step:
    """Stand at a place with no way back, as an editor does who looks at one script."""
    return _arrive(book, walking.walk(book, replace(state, stack=(), trail=()), place))


def resumed(book: Book, state: State) -> Step:
    """Show the question of the place again: a consultant has been talking, and now the bot goes on."""
    known = replace(_todays(book, state), tapped=None, misses=0)
    return _ask_again(book, known, known.place) if known.place else _arrive(book, walking.begin(book, known))


def rested(book: Book, state: State) -> State:
    """The conversation as it is taken up on a later day: at the menu, which says nothing about what was read."""
    return walking.leave(book, replace(state, stack=(), trail=(), misses=0)) if state.place else state


def _todays(book: Book, state: State) -> State:
    """The stored state in terms of today's book. A question that changed under the person is a new question."""
    language = state.language if state.language in book.frame.languages else None
    bounded = replace(state, language=language, stack=state.stack[-MAX_STACK:], trail=state.trail[-MAX_TRAIL:])
    if state.place is None:
        return bounded
    walked = walking.walk(book, bounded, state.place).state
    return walked if walked.place == state.place else replace(walked, nonce=state.nonce + 1)


def _first_contact(book: Book, state: State, event: Event) -> Step:
    """Whatever it is, it is a beginning; only a person in danger is not asked for a language first.

    Whoever was here before, and whose language alone is still known, may begin with any command.
    """
    start = book.start
    match event:
        case Chose(choice, nonce) if choice in hearing.URGENT & book.frame.commands.keys():
            tapped = replace(state, tapped=(choice, nonce))
            return _stripped(_go(book, tapped, start, book.frame.commands[choice]))
        case Wrote(text):
            heard = hearing.hear(book, state, start, text)
            if heard and heard.urgent:
                return _heed(book, state, start, heard)
            if heard and state.language and text.lstrip().startswith("/"):
                return _heed(book, walking.begin(book, state).state, book.home, heard)
    return _arrive(book, walking.begin(book, state))


def _tapped(book: Book, state: State, here: Place, tap: Chose) -> Step:
    if state.tapped == (tap.choice, tap.nonce):
        return Step(state, ())
    fresh = tap.nonce == state.nonce
    way = _tapped_way(book, state, here, tap.choice, fresh=fresh)
    if way is None:
        return _stripped(_ask_again(book, state, here))
    done = _go(book, replace(state, tapped=(tap.choice, tap.nonce)), here, way)
    edits = fresh and (isinstance(way, Tick) or _may_edit(book, here, done))
    return _in_place(done) if edits else _stripped(done)


def _tapped_way(book: Book, state: State, here: Place, choice: str, *, fresh: bool) -> Way | None:
    if fresh and (way := showing.on_offer(book, state, here).get(choice)):
        return way
    return book.frame.commands.get(choice) if choice in hearing.URGENT else None


def _may_edit(book: Book, here: Place, done: Step) -> bool:
    there = done.state.place
    kept = showing.keeps(book, here) or (there is not None and showing.keeps(book, there))
    return sum(not isinstance(effect, Switch | Count) for effect in done.effects) == 1 and not kept


def _in_place(done: Step) -> Step:
    return Step(done.state, tuple(_edited(effect) for effect in done.effects))


def _edited(effect: Effect) -> Effect:
    return replace(effect, in_place=True) if isinstance(effect, Show) else effect


def _stripped(done: Step) -> Step:
    """Take the buttons off what was tapped before saying something new; Hide and Forget take the bubble itself."""
    speaks = any(isinstance(effect, Show) for effect in done.effects)
    return Step(done.state, (Strip(), *done.effects)) if speaks else done


def _wrote(book: Book, state: State, here: Place, text: str) -> Step:
    heard = hearing.hear(book, state, here, text)
    if heard is None:
        return _missed(book, state, here, "long" if hearing.is_long(text) else "short")
    done = _heed(book, state, here, heard)
    return _unrepeated(book, done, here) if showing.keeps(book, here) and _only_answers(book, here, heard) else done


def _sent(book: Book, state: State, here: Place, caption: str) -> Step:
    """A picture speaks by the words under it, where they are understood."""
    heard = hearing.hear(book, state, here, caption) if caption else None
    return _heed(book, state, here, heard) if heard else _missed(book, state, here, "media")


def _only_answers(book: Book, here: Place, heard: Heard) -> bool:
    """Whether a text is answered by one bubble and leads nowhere, as thanks is."""
    call = heard.way.call if isinstance(heard.way, Choice) else None
    node = book.node(book.target(call, here)) if call else None
    return node is not None and node.returns


def _unrepeated(book: Book, done: Step, here: Place) -> Step:
    """What stays in the chat is not said again after a word that only led back to it."""
    match done.effects:
        case (Show() as said, Show()):
            return Step(done.state, (replace(said, always=showing.rows(book, done.state, here)),))
    return done


def _heed(book: Book, state: State, here: Place, heard: Heard) -> Step:
    match heard.way:
        case Begin():
            return _arrive(book, walking.begin(book, state))
        case Noted(stays):
            return _ask_again(book, replace(state, stays=stays, misses=0), here)
        case Unread(unclear):
            return _ask_again(book, state, here, (book.frame.unclear[unclear],))
        case ReadAd() as ad:
            return _read(book, state, here, ad)
        case LookedUp(found):
            return _looked_up(book, state, here, found)
        case way:
            return _go(book, state, here, way, heard.language)


def _read(book: Book, state: State, here: Place, ad: ReadAd) -> Step:
    """What a job ad says is not asked again. Whoever is under 18 is asked nothing, and is led where children are."""
    told = {f"{ad.script}.{name}": answer for name, answer in ad.answers.items()}
    known = replace(checking.filled(book, state, ad.script, ad.answers), ad=(*ad.said.items(), *told.items()))
    if checking.verdict(book, known, ad.script).band == "minor":
        return _arrive(book, walking.on_from(book, known, here, ad.script))
    return _arrive(book, walking.follow(book, known, here, Choice(call=ad.shown)))


def _looked_up(book: Book, state: State, here: Place, found: Lookup) -> Step:
    """Say what the list has; the name that was typed is kept nowhere."""
    again = _ask_again(book, replace(state, misses=0), here)
    return Step(again.state, tuple(replace(show, found=found) for show in again.effects if isinstance(show, Show)))


def _missed(book: Book, state: State, here: Place, miss: Miss) -> Step:
    """Ask again, saying why; from the second miss in a row on, offer a human."""
    misses = min(state.misses + 1, ASK_AGAIN)
    unclear = book.frame.unclear["again" if misses == ASK_AGAIN else miss]
    asked = replace(state, misses=misses)
    if showing.keeps(book, here):
        return Step(asked, (showing.aside(book, asked, here, unclear),))
    return _ask_again(book, asked, here, (unclear,))


def _ask_again(book: Book, state: State, here: Place, before: tuple[str, ...] = ()) -> Step:
    asked = replace(state, nonce=state.nonce + 1)
    return Step(asked, (showing.question(book, asked, here, before),))


def _go(book: Book, state: State, here: Place, way: Way, spoken: str | None = None) -> Step:
    """Take a way. `spoken` is the language of the phrase that named it, for a person who has chosen none."""
    match way:
        case Back():
            walk = walking.back(book, state)
            return _arrive(book, replace(walk, state=checking.undone(walk.state, walk.state.place)))
        case Answered(place, answer):
            answered = checking.noted(state, place.script, {place.node: answer})
            return _arrive(book, walking.on_from(book, answered, here, place.script))
        case Tick():
            # The question stays the same one: a second line can be ticked before the first tick is seen.
            now = replace(marks.ticked(state, way), misses=0)
            return Step(now, (showing.question(book, now, here),))
        case Choice(do="hide" | "forget" | "handover" as deed):
            return _do(book, state, here, deed)
        case Choice(do="vanish" | "discreet" as name):
            return _switched(book, state, here, name)
        case Choice():
            marked = marks.answered(state, here, book.node(here), way)
            return _arrive(book, walking.follow(book, marked, here, way), spoken)
        case _:
            assert_never(way)


def _switched(book: Book, state: State, here: Place, name: Switchable) -> Step:
    """Turn something on, or off again, and show the place as it is now."""
    turned = replace(state, switches=state.switches ^ {name}, misses=0)
    asked = _ask_again(book, turned, here)
    return Step(asked.state, (Switch(name, on=name in turned.switches), *asked.effects))


def _do(book: Book, state: State, here: Place, deed: Deed) -> Step:
    """Ask something of the world; whoever asks for a consultant stands again where they were before."""
    match deed:
        case "hide":
            gone = walking.leave(book, marks.forgotten(state))
            return Step(replace(gone, nonce=gone.nonce + 1, misses=0), (Hide(),))
        case "forget":
            return Step(State(state.nonce + 1, tapped=state.tapped), (Forget(),))
        case "handover":
            left = walking.out_of(book, state, here.script)
            return Step(replace(left, nonce=left.nonce + 1, misses=0), (HandOver(),))
        case _:
            assert_never(deed)


def _arrive(book: Book, walk: Walk, spoken: str | None = None) -> Step:
    """Show the places of a walk under a new nonce; what the statistics have not yet is counted."""
    arrived = replace(walk.state, nonce=walk.state.nonce + 1, misses=0)
    shown = showing.bubbles(book, arrived, walk.places)
    if arrived.language is None and spoken is not None:
        shown = tuple(replace(show, language=spoken) for show in shown)
    counted, counts = counting.counted(book, arrived, walk.places)
    return Step(counted, (*counts, *shown))
