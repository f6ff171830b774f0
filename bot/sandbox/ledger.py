"""Everything Telegram would know: accounts, chats, messages, what waits for the bot.

Law: every number (ids, versions, dates) is given out here; rules and people act only through it.
Message ids count through all private chats and small groups of a bot together; a supergroup has its own count.
It will not: judge requests.
"""

from bot.sandbox.chats import Chat, Group, PrivateChat
from bot.sandbox.clock import Clock
from bot.sandbox.files import Files
from bot.sandbox.limits import Limits
from bot.sandbox.messages import Content, Message
from bot.sandbox.people import Someone
from bot.sandbox.profile import Profile
from bot.sandbox.shapes import ChatKind, Json
from bot.sandbox.taps import Taps
from bot.sandbox.updates import UpdateQueue

FIRST_UPDATE = 100_000_001
FIRST_PERSON = 5_000_000_001
FIRST_GROUP = 4_000_001
FIRST_SUPERGROUP = 1_002_000_000_001


class Ledger:
    """The state of one bot's Telegram. `luck` shifts the numbers of people and updates."""

    def __init__(self, clock: Clock, bot: Someone, luck: int = 0) -> None:
        self.clock = clock
        self.bot = bot
        self.queue = UpdateQueue(clock, FIRST_UPDATE + luck)
        self.limits = Limits(clock)
        self.taps = Taps(clock)
        self.files = Files()
        self.profile = Profile(bot.name)
        self.chats: dict[int, Chat] = {}
        self._people = luck
        self._groups = 0
        self._message_id = 0

    def new_person(self, name: str, language: str | None) -> PrivateChat:
        """A new account, and its still empty chat with the bot."""
        person = Someone(FIRST_PERSON + self._people, name, language)
        self._people += 1
        chat = PrivateChat(person.id, ChatKind.PRIVATE, name, person=person)
        self.chats[chat.id] = chat
        return chat

    def new_group(self, title: str, kind: ChatKind, *, is_forum: bool = False) -> Group:
        """A new group with nobody in it."""
        first = FIRST_SUPERGROUP if kind is ChatKind.SUPERGROUP else FIRST_GROUP
        group = Group(-(first + self._groups), kind, title, is_forum=is_forum)
        self._groups += 1
        self.chats[group.id] = group
        return group

    def post(self, chat: Chat, sender: Someone, content: Content) -> Message:
        """Put a message into a chat. The caller adds what else it has, then calls `chat.touch`."""
        message = Message(self._next_id(chat), sender, self.clock.now(), content)
        chat.messages[message.message_id] = message
        chat.touch(message)
        return message

    def new_album(self) -> str:
        """A mark common to the pictures sent as one."""
        self._message_id += 1
        return str(13_000_000_000_000_000 + self._message_id)

    def _next_id(self, chat: Chat) -> int:
        if isinstance(chat, Group) and chat.kind is ChatKind.SUPERGROUP:
            chat.last_message_id += 1
            return chat.last_message_id
        self._message_id += 1
        return self._message_id

    def wire(self, chat: Chat, message: Message) -> Json:
        """The message as JSON, with the one it replies to: in a topic, where none was chosen, what opened it."""
        where = chat.to_json()
        number = message.reply_to if message.reply_to is not None else message.thread_id
        replied = None if number in (None, message.message_id) else chat.messages.get(number)
        return message.to_json(where, reply=None if replied is None else replied.to_json(where))
