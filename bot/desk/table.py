"""Every command and button of the staff, with its rule. What is not here cannot be done."""

from bot.desk import closing, groups, handing, pausing, people, preview, replies, resending, work
from bot.desk.relaying import noted_as_command, sent_after_asking
from bot.desk.verbs import ANYWHERE, AT_WORK, Need, Verb, Where

COMMANDS: tuple[Verb, ...] = (
    Verb("start", Need.STAFF, work.helped),
    Verb("help", Need.STAFF, work.helped),
    Verb("queue", Need.STAFF, work.queue, AT_WORK | {Where.DESK}),
    Verb("cases", Need.STAFF, work.mine),
    Verb("duty", Need.STAFF, work.duty),
    Verb("language", Need.STAFF, people.language),
    Verb("preview", Need.STAFF, preview.preview, frozenset({Where.PRIVATE})),
    Verb("room", Need.STAFF, groups.room, ANYWHERE),
    Verb("note", Need.STAFF, noted_as_command),
    Verb("history", Need.OWNER, work.read_back),
    Verb("undo", Need.OWNER, work.undo),
    Verb("reply", Need.OWNER, replies.picker),
    Verb("transfer", Need.OWNER, handing.transfer),
    Verb("second", Need.OWNER, handing.second),
    Verb("mute", Need.OWNER, pausing.mute),
    Verb("remind", Need.OWNER, pausing.remind),
    Verb("refer", Need.OWNER, pausing.refer),
    Verb("release", Need.OWNER, work.hand_back),
    Verb("close", Need.OWNER, closing.close),
    Verb("desk", Need.MANAGER, groups.bind, ANYWHERE),
    Verb("invite", Need.MANAGER, people.invite, frozenset({Where.PRIVATE})),
    Verb("staff", Need.MANAGER, people.staff, frozenset({Where.PRIVATE})),
)
"""What is typed with a slash."""
TAPS: tuple[Verb, ...] = (
    Verb("claim", Need.WAITING, work.claim, AT_WORK | {Where.DESK}),
    Verb("pick", Need.OWNER, work.pick),
    Verb("send", Need.OWNER, sent_after_asking, frozenset({Where.PRIVATE})),
    Verb("duty", Need.STAFF, work.duty),
    Verb("speak", Need.STAFF, people.speak, prefix=True),
    Verb("history", Need.OWNER, work.read_back),
    Verb("replies", Need.OWNER, replies.picker),
    Verb("say", Need.OWNER, replies.shown, prefix=True),
    Verb("saynow", Need.OWNER, replies.sent, prefix=True),
    Verb("transfer", Need.OWNER, handing.transfer),
    Verb("to", Need.OWNER, handing.offer, prefix=True),
    Verb("accept", Need.OFFERED, handing.accept),
    Verb("return", Need.OFFERED, handing.give_back),
    Verb("second", Need.OWNER, handing.ask_second, prefix=True),
    Verb("allow", Need.MANAGER, handing.allow, prefix=True),
    Verb("deny", Need.MANAGER, handing.deny, prefix=True),
    Verb("unmute", Need.OWNER, pausing.unmute),
    Verb("remind", Need.OWNER, pausing.remind_at, prefix=True),
    Verb("refer", Need.OWNER, pausing.refer_to, prefix=True),
    Verb("close", Need.OWNER, closing.close),
    Verb("out", Need.OWNER, closing.outcome, prefix=True),
    Verb("cat", Need.OWNER, closing.category, prefix=True),
    Verb("shut", Need.OWNER, closing.shut),
    Verb("keep", Need.OWNER, closing.keep),
    Verb("again", Need.STAFF, resending.again),
    Verb("arrived", Need.STAFF, resending.arrived),
    Verb("invite", Need.MANAGER, people.invite_as, frozenset({Where.PRIVATE}), prefix=True),
    Verb("remove", Need.MANAGER, people.remove, frozenset({Where.PRIVATE}), prefix=True),
    Verb("removed", Need.MANAGER, people.removed, frozenset({Where.PRIVATE}), prefix=True),
    Verb("stay", Need.MANAGER, people.stay, frozenset({Where.PRIVATE})),
)
"""What is tapped; the number behind it names the case by its token, or a row of the outbox."""
