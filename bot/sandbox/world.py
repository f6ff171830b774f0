"""The world around the bot, for whoever plays the people in it.

Law: people and groups are made here; each is the same object however often one asks.
"""

from bot.sandbox.group import Meeting
from bot.sandbox.ledger import Ledger
from bot.sandbox.person import Person
from bot.sandbox.shapes import ChatKind


class World:
    """All people and groups of one stand-in."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._people: dict[int, Person] = {}
        self._meetings: list[Meeting] = []

    @property
    def people(self) -> list[Person]:
        """Everybody, oldest account first."""
        return list(self._people.values())

    @property
    def groups(self) -> list[Meeting]:
        """All groups, oldest first."""
        return list(self._meetings)

    def person(self, name: str, language: str | None = "en") -> Person:
        """Somebody new."""
        chat = self._ledger.new_person(name, language)
        person = Person(self._ledger, chat)
        self._people[person.id] = person
        return person

    def group(self, title: str, creator: Person, *, forum: bool = False, supergroup: bool = False) -> Meeting:
        """A new group; the bot is not in it until `takes_bot`. A forum is always a supergroup."""
        kind = ChatKind.SUPERGROUP if forum or supergroup else ChatKind.GROUP
        chat = self._ledger.new_group(title, kind, is_forum=forum)
        meeting = Meeting(self._ledger, chat, creator)
        self._meetings.append(meeting)
        return meeting

    def find_person(self, person_id: int) -> Person:
        """Somebody by id. Raises KeyError."""
        return self._people[person_id]

    def find_group(self, chat_id: int) -> Meeting:
        """A group by its id of today. Raises KeyError."""
        for meeting in self._meetings:
            if meeting.id == chat_id:
                return meeting
        raise KeyError(chat_id)

    def jump_update_ids(self, next_id: int) -> None:
        """Number the next update anew, as Telegram may after a week without updates."""
        self._ledger.queue.jump_to(next_id)
