"""No update can hurt intake: each is read alone, and what cannot be read is condemned without a word of it."""

import pytest

from bot.arrivals import Arrival, Barrier, Condemned, Unneeded
from bot.telegram.updates import incoming
from dialogs.events import Chose, Sent, Started, Wrote

NINO = {"id": 7_000_000_001, "is_bot": False, "first_name": "Nino"}
CHAT = {"id": 7_000_000_001, "type": "private", "first_name": "Nino"}
GROUP = {"id": -1001, "type": "supergroup", "title": "desk"}


def message(**fields):
    return {"update_id": 5, "message": {"message_id": 9, "date": 1_795_000_000, "chat": CHAT, "from": NINO, **fields}}


def test_text_is_what_the_person_wrote():
    arrival = incoming(message(text="გამარჯობა"))

    assert arrival.event == Wrote("გამარჯობა")
    assert (arrival.update, arrival.person, arrival.below) == (5, 7_000_000_001, 9)


def test_start_with_and_without_payload_is_a_start():
    assert incoming(message(text="/start")).event == Started()
    assert incoming(message(text="/start c_spring")).event == Started("c_spring")
    assert incoming(message(text="/start c_spring and more")).event == Started("c_spring")
    assert incoming(message(text="/starting")).event == Wrote("/starting")


@pytest.mark.parametrize("word", ["ა", "a.b", "x" * 65, "i_code;"])
def test_what_no_link_could_have_brought_is_no_payload(word):
    assert incoming(message(text=f"/start {word}")).event == Started()


def test_an_invitation_shows_in_no_repr():
    assert "i_secret" not in repr(incoming(message(text="/start i_secret")))


def test_what_is_not_text_is_named_by_its_kind():
    voice = {"file_id": "x", "file_unique_id": "y", "duration": 1}

    assert incoming(message(voice=voice)).event == Sent("voice")


def test_a_tap_carries_choice_and_nonce_and_nothing_else_is_believed():
    query = {"id": "77", "from": NINO, "chat_instance": "1", "message": message()["message"]}

    good = incoming({"update_id": 6, "callback_query": {**query, "data": "ninety:41"}})
    forged = incoming({"update_id": 6, "callback_query": {**query, "data": "; DROP TABLE"}})

    assert good.event == Chose("ninety", 41)
    assert (good.callback, good.tapped) == ("77", 9)
    assert forged.event == Chose("", -1)


def test_blocking_and_unblocking_are_barriers():
    bot = {"id": 1, "is_bot": True, "first_name": "Gza"}
    was, now = {"user": bot, "status": "member"}, {"user": bot, "status": "kicked", "until_date": 0}
    change = {"chat": CHAT, "from": NINO, "date": 1_795_000_000}

    blocked = incoming({"update_id": 1, "my_chat_member": {**change, "old_chat_member": was, "new_chat_member": now}})
    back = incoming({"update_id": 2, "my_chat_member": {**change, "old_chat_member": now, "new_chat_member": was}})

    assert blocked == Barrier(1, 7_000_000_001, blocked=True)
    assert back == Barrier(2, 7_000_000_001, blocked=False)


def test_channels_bots_and_unknown_kinds_are_not_for_us():
    channel = {"id": -1002, "type": "channel", "title": "news"}
    bot = {"id": 9, "is_bot": True, "first_name": "Other"}

    assert incoming(message(text="hi", chat=channel)) == Unneeded(5)
    assert incoming(message(text="hi", chat=GROUP, sender_chat=channel, **{"from": bot})) == Unneeded(5)
    assert incoming(message(text="hi", **{"from": bot})) == Unneeded(5)
    assert incoming({"update_id": 5}) == Unneeded(5)
    assert incoming({"update_id": 5, "kind_of_2031": {"a": 1}}) == Unneeded(5)


def test_an_update_that_does_not_parse_is_condemned_and_its_person_known():
    broken = message(text="secret words")
    broken["message"]["date"] = {"not": "a date"}

    condemned = incoming(broken)

    assert isinstance(condemned, Condemned)
    assert (condemned.kind, condemned.person) == ("message", 7_000_000_001)
    assert "secret" not in repr(condemned)


def test_who_tapped_in_a_group_is_not_written_to_in_private_because_it_could_not_be_read():
    tap = {"id": 77, "from": NINO, "chat_instance": "1", "message": {**message()["message"], "chat": GROUP}}

    assert incoming({"update_id": 6, "callback_query": tap}).person is None
    assert incoming({"update_id": 6, "callback_query": {**tap, "message": None}}).person == NINO["id"]


def test_an_update_without_a_number_is_no_update():
    assert incoming({"message": {}}) is None
    assert incoming({"update_id": "5"}) is None


def test_a_tap_without_its_bubble_is_still_a_tap():
    arrival = incoming(
        {"update_id": 6, "callback_query": {"id": "1", "from": NINO, "chat_instance": "1", "data": "a:1"}}
    )

    assert isinstance(arrival, Arrival)
    assert arrival.tapped is None
