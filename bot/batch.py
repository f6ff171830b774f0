"""A batch of arrivals, computed: states held in memory, in the order things came. Pure (design §2.4).

Law: arrivals of one person see each other; an exception condemns the arrival that caused it and no other; nothing is
written here. Who answers is the gate's to say (`bot.desk.gate`); here the answers are asked for.
"""

from dataclasses import dataclass, replace

from bot.answering import Answer, answer, deletions, noticed, sorry, state_of, taken_up
from bot.arrivals import Arrival, Barrier, Condemned, Incoming, Joined, Moved
from bot.desk import asking, campaigns, gate, groups, parting, people, staffside, talking
from bot.desk.desk import Post, Upshot
from bot.desk.gate import Way
from bot.discretion import hushed
from bot.gathering import Gathering
from bot.letters import Urgency
from bot.logs import place_of
from dialogs.events import Chose, Started
from dialogs.state import State
from storage import Conversation

UNWRITABLE = "BadData"
"""Logged as the error of arrivals whose person's data the store refused."""


@dataclass(slots=True)
class Batch(Gathering):
    """What the arrivals came to, ready to be written set-wise."""

    def add(self, arrival: Incoming) -> None:
        """Take the next arrival in."""
        match arrival:
            case Arrival() | Barrier() if arrival.person in self.setting.banned:
                self.condemned.append(Condemned(arrival.update, type(arrival).__name__, UNWRITABLE, "storage"))
            case Arrival():
                self._answer(arrival)
            case Barrier():
                self._bar(arrival)
            case Joined():
                self.file(groups.joined(self.scene, arrival))
            case Moved():
                self.file(groups.moved(self.scene, arrival))
            case Condemned():
                self._condemn(arrival)
            case _:
                pass

    def _answer(self, arrival: Arrival) -> None:
        try:
            self._answered(arrival)
        except Exception as error:  # noqa: BLE001 — whatever it is, it condemns this arrival alone
            kind, name = type(arrival.event).__name__, type(error).__name__
            person = None if arrival.chat else arrival.person
            self._condemn(Condemned(arrival.update, kind, name, place_of(error), person))

    def _answered(self, arrival: Arrival) -> None:
        one = self.desk.staff.get(arrival.person)
        if arrival.chat and arrival.anonymous:
            self.file(groups.unseen(self.scene, arrival))
        elif one is not None:
            self._notice(arrival)
            self.file(staffside.did(self.scene, one, arrival))
        elif arrival.chat:
            self.file(groups.overheard(self.scene, arrival))
        elif (joined := self._invited(arrival)) is not None:
            self._notice(arrival)
            self.file(joined)
        else:
            self.file(people.too_late(self.scene, arrival))
            self._person(self._led(arrival))

    def _invited(self, arrival: Arrival) -> Upshot | None:
        event = arrival.event
        return people.used(self.scene, arrival, event.payload) if isinstance(event, Started) and event.payload else None

    def _led(self, arrival: Arrival) -> Arrival:
        """The arrival with the campaign that led here, if it is one of ours."""
        event = arrival.event
        if not isinstance(event, Started) or not event.payload:
            return arrival
        named = campaigns.campaign_in(event.payload, self.desk.campaigns)
        return replace(arrival, event=replace(event, campaign=named))

    def _person(self, arrival: Arrival) -> None:
        setting, person = self.setting, arrival.person
        conversation = self._touched(taken_up(setting.book, self.known[person], arrival, setting.day))
        state = state_of(conversation, 0)
        match gate.way(setting.book, self.desk.cases.get(person), state, arrival):
            case Way.BOOK:
                self._from_book(arrival, self._ask_book(conversation, arrival))
            case Way.FIXED:
                self._fixed(conversation, arrival)
            case Way.DESK:
                self._from_desk(conversation, arrival, state)
            case Way.NOBODY:
                pass

    def _ask_book(self, conversation: Conversation, arrival: Arrival) -> Answer:
        setting = self.setting
        return answer(setting.book, conversation, arrival, setting.today, setting.new_nonce())

    def _from_book(self, arrival: Arrival, answered: Answer) -> None:
        case = self.desk.cases.get(arrival.person)
        if answered.forget:
            if case is not None:
                self.file(parting.forgotten(self.scene, case))
            self.forget(answered)
            return
        if answered.hides and case is not None:
            self.file(parting.hidden(self.scene, case))
        elif case is not None and case.hidden:
            self.file(Upshot(cases=(replace(case, hidden=False),)))
        self.take_over(answered)
        state = state_of(answered.conversation, 0)
        if answered.hands_over:
            self.file(asking.asked(self.scene, arrival.person, state))
        elif case is not None:
            self.file(asking.cried(self.scene, self.desk.cases[arrival.person], state))

    def _fixed(self, conversation: Conversation, arrival: Arrival) -> None:
        """Of the book only what may be shown beside a talk; of a change of language only the language."""
        case, book = self.desk.cases[arrival.person], self.setting.book
        answered = self._ask_book(conversation, arrival)
        before, after = state_of(conversation, 0), state_of(answered.conversation, 0)
        if answered.forget or answered.hides:
            self._from_book(arrival, answered)
            return
        if conversation.footprint.hidden:
            self.file(parting.back(self.scene, case))
            case = self.desk.cases[arrival.person]
        if after.place is not None and gate.lets_through(book, after.place):
            self._from_book(arrival, answered)
            self.file(parting.acted(self.scene, self.desk.cases[arrival.person], after.place.script))
            return
        self.keep(noticed(conversation, arrival))
        if after.language != before.language and after.language is not None:
            self._speak(arrival.person, replace(before, language=after.language, nonce=after.nonce))
            case = replace(case, language=after.language)
        self.file(talking.busy(self.scene, case))

    def _speak(self, person: int, state: State) -> None:
        conversation = self.known[person]
        footprint = replace(conversation.footprint, language=state.language)
        self.keep(replace(conversation, state=state.to_json(), footprint=footprint))

    def _from_desk(self, conversation: Conversation, arrival: Arrival, state: State) -> None:
        hid, person = conversation.footprint.hidden, arrival.person
        self.keep(noticed(conversation, arrival))
        case = self.desk.cases.get(person)
        if isinstance(arrival.event, Chose) and arrival.event.choice == gate.AGAIN:
            self.file(asking.asked(self.scene, person, state))
        elif case is not None:
            if hid:
                self.file(parting.back(self.scene, case))
            self.file(talking.heard(self.scene, self.desk.cases[person], arrival))

    def _bar(self, barrier: Barrier) -> None:
        person = barrier.person
        one, case = self.desk.staff.get(person), self.desk.cases.get(person)
        if person in self.changed or self.known[person].revision:
            self._shut_or_opened(person, barrier, is_staff=one is not None)
        if barrier.blocked and one is not None:
            self.file(people.went_off(self.scene, one))
        elif barrier.blocked and case is not None and case.is_open:
            self.file(parting.blocked(self.scene, case))

    def _shut_or_opened(self, person: int, barrier: Barrier, *, is_staff: bool) -> None:
        """Blocking counts as hiding: what stands in the chat is deleted, of whoever is no staff.

        Nobody has said whether Telegram lets a blocked bot delete. So its numbers are kept, and what it was asked to
        delete then it is asked again once it is let in.
        """
        conversation = self.known[person]
        if conversation.footprint.ids and not is_staff:
            self._supersede(person)
            self.posts += [Post(person, letter, Urgency.SOS) for letter in deletions(conversation)]
            conversation = conversation if barrier.blocked else _emptied(conversation)
        self.keep(_barred(conversation, blocked=barrier.blocked))

    def _notice(self, arrival: Arrival) -> None:
        if not arrival.chat:
            self.keep(self._touched(noticed(self.known[arrival.person], arrival)))

    def _touched(self, conversation: Conversation) -> Conversation:
        """The conversation as one whose person has just done something: it lives as long from now on."""
        return replace(conversation, touched=self.setting.day)

    def _condemn(self, condemned: Condemned) -> None:
        """Note it, and offer a human to whoever it came from: the fault is ours."""
        self.condemned.append(condemned)
        if condemned.person is not None and condemned.person not in self.setting.banned:
            conversation = self._touched(self.known[condemned.person])
            self.keep(conversation)
            letters = hushed(conversation.footprint, [sorry(self.setting.book, conversation, self.setting.today)])
            self.posts += [Post(conversation.person, letter, Urgency.DIALOGUE) for letter in letters]


def _barred(conversation: Conversation, *, blocked: bool) -> Conversation:
    """Blocking counts as hiding; unblocking alone is not yet a word."""
    hidden = conversation.footprint.hidden or blocked
    return replace(conversation, blocked=blocked, footprint=replace(conversation.footprint, hidden=hidden))


def _emptied(conversation: Conversation) -> Conversation:
    return replace(conversation, footprint=replace(conversation.footprint, ids=()))
