"""A group and what its people do with it: invite the bot, give it rights, upgrade, throw it out.

Law: everything the bot would be told of reaches it as Telegram would bring it.
It will not: do what only the bot does (topics are opened with createForumTopic).
"""

from bot.sandbox.bubbles import Bubble, bubble
from bot.sandbox.chats import PRESENT, Group, Member, Right, Standing
from bot.sandbox.delivery import deliver, deliver_standing, member_json
from bot.sandbox.ledger import Ledger
from bot.sandbox.messages import Content
from bot.sandbox.person import Person
from bot.sandbox.shapes import ChatKind, Json, Kind

ALL_RIGHTS = frozenset(Right)


class Meeting:
    """One group, under whatever id it has today; what `Person.says(text, where)` takes."""

    def __init__(self, ledger: Ledger, chat: Group, creator: Person) -> None:
        self._ledger = ledger
        self._creator = creator
        self.chat = chat
        chat.members[creator.id] = Member(creator.who, Standing.CREATOR)

    @property
    def id(self) -> int:
        """The number of the chat, negative."""
        return self.chat.id

    def welcomes(self, person: Person, standing: Standing = Standing.MEMBER, *, anonymous: bool = False) -> None:
        """Somebody joins, leaves or changes their standing."""
        old = self.chat.members.get(person.id) or Member(person.who, Standing.LEFT)
        rights = ALL_RIGHTS if standing is Standing.ADMINISTRATOR else frozenset()
        new = Member(person.who, standing, rights, anonymous)
        self.chat.members[person.id] = new
        self._say_who_came(old, new)
        self._ledger.queue.add("chat_member", self._change(old, new))

    def takes_bot(self, standing: Standing = Standing.ADMINISTRATOR, rights: frozenset[Right] = ALL_RIGHTS) -> None:
        """The bot is added, promoted, demoted or thrown out."""
        bot = self._ledger.bot
        old = self.chat.members.get(bot.id) or Member(bot, Standing.LEFT)
        new = Member(bot, standing, rights if standing is Standing.ADMINISTRATOR else frozenset())
        self.chat.members[bot.id] = new
        deliver_standing(self._ledger, self.chat, self._creator.who, member_json(old), member_json(new))
        self._say_who_came(old, new)

    def upgrades(self) -> int:
        """The small group becomes a supergroup: a new chat with a new id, which is returned."""
        old = self.chat
        new = self._ledger.new_group(old.title, ChatKind.SUPERGROUP)
        new.members = dict(old.members)
        self._announce(old, Kind.MIGRATED_TO, new.id)
        old.upgraded_to = new.id
        self.chat = new
        self._announce(new, Kind.MIGRATED_FROM, old.id)
        return new.id

    def becomes_forum(self) -> None:
        """Topics are switched on. Raises ValueError in a small group, which must upgrade first."""
        if self.chat.kind is not ChatKind.SUPERGROUP:
            raise ValueError("only a supergroup can have topics: call upgrades() first")
        self.chat.is_forum = True
        self.chat.touch()

    def loses_topic(self, thread_id: int) -> None:
        """Somebody deletes a topic with all that is in it; the bot is not told."""
        self.chat.drop_topic(thread_id)

    def sees(self, thread: int | None = None) -> list[Bubble]:
        """What lies in the group, or in one topic, oldest first."""
        lying = self.chat.messages.values()
        return [
            bubble(self._ledger, message, None) for message in lying if thread is None or message.thread_id == thread
        ]

    def _say_who_came(self, old: Member, new: Member) -> None:
        was, is_there = old.standing in PRESENT, new.standing in PRESENT
        if not was and is_there:
            self._announce(self.chat, Kind.JOINED, [new.who.to_json()])
        elif was and not is_there:
            self._announce(self.chat, Kind.LEFT, new.who.to_json())

    def _announce(self, chat: Group, kind: Kind, thing: object) -> None:
        message = self._ledger.post(chat, self._creator.who, Content(kind, thing=thing))
        deliver(self._ledger, chat, message)

    def _change(self, old: Member, new: Member) -> Json:
        return {
            "chat": self.chat.to_json(),
            "from": self._creator.who.to_json(),
            "date": int(self._ledger.clock.now()),
            "old_chat_member": member_json(old),
            "new_chat_member": member_json(new),
        }
