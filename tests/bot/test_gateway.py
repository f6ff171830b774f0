"""The Bot API as the house uses it, against the stand-in."""

import pytest

from bot.letters import Deed, Letter
from bot.sandbox.chats import Member, Standing
from bot.sandbox.shapes import ChatKind
from bot.sandbox.standin import StandIn
from bot.telegram.failures import Never, Reason
from bot.telegram.gateway import Gateway, Me
from bot.telegram.profile import Profile, present


@pytest.fixture
async def telegram():
    async with StandIn() as stand_in:
        yield stand_in


@pytest.fixture
async def gateway(telegram):
    opened = Gateway.open(telegram.token, telegram.url)
    yield opened
    await opened.close()


@pytest.fixture
def anna(telegram):
    person = telegram.world.person("Anna")
    person.says("/start")
    return person


async def test_the_token_says_who_we_are(gateway):
    assert await gateway.me() == Me(4_200_000_001, "gza_sandbox_bot")


async def test_updates_come_raw_and_only_the_kinds_that_are_wanted(gateway, anna):
    (update,) = await gateway.updates(None, 0)

    assert update["message"]["text"] == "/start"
    assert await gateway.updates(update["update_id"] + 1, 0) == []


async def test_a_sent_letter_comes_back_as_the_number_of_its_bubble(gateway, anna):
    letter = Letter(
        Deed.SEND, anna.id, "<b>Hello</b> &amp; welcome", ((("Yes", "y:1"), ("No", "n:1")), (("Menu", "m:1"),))
    )

    number = (await gateway.deliver(letter)).message

    (bubble,) = await anna.hears()
    assert (bubble.message_id, bubble.text) == (number, "Hello & welcome")
    assert [[(key.text, key.data) for key in row] for row in bubble.keyboard] == [list(row) for row in letter.rows]


async def test_links_are_never_previewed_and_nothing_is_silent_that_was_not_asked_to_be(telegram, gateway, anna):
    await gateway.deliver(Letter(Deed.SEND, anna.id, "see https://example.org"))

    (call,) = telegram.calls.of("sendMessage")
    assert '"is_disabled":true' in str(call.parameters["link_preview_options"]).replace(" ", "").lower().replace(
        "'", '"'
    )
    assert "disable_notification" not in call.parameters


async def test_an_edit_changes_the_bubble_and_brings_no_new_one(gateway, anna):
    number = (await gateway.deliver(Letter(Deed.SEND, anna.id, "one", ((("A", "a:1"),),)))).message

    assert (await gateway.deliver(Letter(Deed.EDIT, anna.id, "two", target=(number,)))).message is None
    (bubble,) = await anna.hears()
    assert (bubble.message_id, bubble.text, list(bubble.keyboard)) == (number, "two", [])


async def test_stripping_takes_the_buttons_and_leaves_the_words(gateway, anna):
    number = (await gateway.deliver(Letter(Deed.SEND, anna.id, "one", ((("A", "a:1"),),)))).message
    await gateway.deliver(Letter(Deed.STRIP, anna.id, target=(number,)))

    (bubble,) = await anna.hears()
    assert (bubble.text, list(bubble.keyboard)) == ("one", [])


async def test_an_edit_that_changes_nothing_is_done_already(gateway, anna):
    number = (await gateway.deliver(Letter(Deed.SEND, anna.id, "one"))).message

    assert (await gateway.deliver(Letter(Deed.EDIT, anna.id, "one", target=(number,)))).message is None


async def test_a_deletion_clears_both_sides_and_skips_what_is_gone(gateway, anna):
    ours = (await gateway.deliver(Letter(Deed.SEND, anna.id, "one"))).message
    theirs = anna.says("hide me").message_id

    await gateway.deliver(Letter(Deed.DELETE, anna.id, target=(ours, theirs, 999_999)))

    assert {bubble.message_id for bubble in anna.sees()}.isdisjoint({ours, theirs})


async def test_more_than_a_hundred_messages_are_deleted_as_well(telegram, gateway, anna):
    telegram.limits.enforced = False
    numbers = tuple([(await gateway.deliver(Letter(Deed.SEND, anna.id, "x"))).message for _ in range(101)])

    await gateway.deliver(Letter(Deed.DELETE, anna.id, target=numbers))

    assert [bubble.text for bubble in anna.sees()] == ["/start"]


async def test_a_tap_is_answered(gateway, anna):
    await gateway.deliver(Letter(Deed.SEND, anna.id, "one", ((("A", "a:1"),),)))
    await gateway.answer(anna.taps("A"), "noted")

    assert anna.toast == "noted"


async def test_a_group_that_became_a_supergroup_is_followed(telegram, gateway, anna):
    old = telegram._ledger.new_group("Desk", ChatKind.GROUP)
    new = telegram._ledger.new_group("Desk", ChatKind.SUPERGROUP)
    for group in (old, new):
        group.members[telegram._ledger.bot.id] = Member(telegram._ledger.bot, Standing.MEMBER)
    old.upgraded_to = new.id

    delivered = await gateway.deliver(Letter(Deed.SEND, old.id, "card"))

    assert [(bubble.text, bubble.message_id) for bubble in anna.sees(new)] == [("card", delivered.message)]
    assert delivered.chat == new.id


@pytest.mark.parametrize("deed", [Deed.EDIT, Deed.DELETE, Deed.STRIP, Deed.REACT])
async def test_the_numbers_of_a_group_that_moved_are_not_taken_for_those_of_the_new_one(telegram, gateway, anna, deed):
    group = telegram.world.group("Desk", anna)
    group.takes_bot()
    number = (await gateway.deliver(Letter(Deed.SEND, group.id, "old card"))).message
    old, _new = group.id, group.upgrades()
    while (newest := (await gateway.deliver(Letter(Deed.SEND, group.id, "new card"))).message) < number:
        telegram.limits.enforced = False

    with pytest.raises(Never) as caught:
        await gateway.deliver(Letter(deed, old, "x", target=(number, newest), emoji="👍"))

    assert caught.value.reason is Reason.GONE
    assert {(bubble.text, bubble.reaction) for bubble in group.sees()} == {("", None), ("new card", None)}


async def test_the_profile_is_set_once_and_then_left_alone(telegram, gateway):
    profile = Profile("ka", "გზა", "საინფორმაციო", "კითხვები", (("menu", "მენიუ"), ("help", "დახმარება")))

    assert await present(gateway, profile) == 4
    assert await present(gateway, profile) == 0
    assert len(telegram.calls.of("setMyName")) == 1
