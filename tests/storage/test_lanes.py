"""Letters to chats that are not the person's own: their order, who may void them, and what they say of the person."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import text

from storage import Due, Keyring, Landed, Outcome, Outgoing, Settled, Store
from storage.vault.ring import Ring

ANA, BEKA = 5_000_000_001, 5_000_000_002
ROOM, DESK = 5_000_000_009, -1_001_234_567_890
DIALOGUE = 1


async def post(store: Store, now: datetime, *letters: tuple[int, str, int | None], **how: bool) -> None:
    """Letters as (about whom, body, chat), in this order, committed."""
    async with store.transaction() as work:
        found = await work.conversations({person for person, _, _ in letters})
        await work.save(found.values(), now)
        await work.post([Outgoing(found[person], DIALOGUE, body, chat=chat, **how) for person, body, chat in letters])


async def due(store: Store, now: datetime, busy: Sequence[bytes] = ()) -> list[Due]:
    async with store.transaction() as work:
        return await work.due(now, 30, busy)


async def bodies(store: Store, now: datetime) -> list[str | None]:
    return [letter.body for letter in await due(store, now)]


async def everything(store: Store, now: datetime) -> list[str | None]:
    """What is still to be sent, lane by lane as the courier would take it; the outbox is empty afterwards."""
    found: list[str | None] = []
    while letters := await take(store, now):
        found += [letter.body for letter in letters]
        await settle(store, now, *(Outcome(letter.id, Settled.DROPPED) for letter in letters))
    return sorted(found, key=str)


async def take(store: Store, now: datetime) -> list[Due]:
    async with store.transaction() as work:
        letters = await work.due(now, 30, [])
        await work.mark_sending([letter.id for letter in letters])
    return letters


async def settle(store: Store, now: datetime, *outcomes: Outcome) -> None:
    async with store.transaction() as work:
        await work.settle(outcomes, now)


async def test_a_chat_keeps_its_order_through_letters_about_several_people(store: Store, now: datetime) -> None:
    await post(store, now, (ANA, "1", ROOM), (BEKA, "2", ROOM), (ANA, "3", ROOM))
    told = []
    while letters := await take(store, now):
        (letter,) = letters
        told.append(letter.body)
        await settle(store, now, Outcome(letter.id, Settled.DELIVERED))
    assert told == ["1", "2", "3"]


async def test_a_letter_about_one_person_in_flight_holds_up_one_about_another_in_the_same_chat(
    store: Store, now: datetime
) -> None:
    await post(store, now, (ANA, "card of Ana", DESK), (BEKA, "card of Beka", DESK))
    await take(store, now)
    assert await bodies(store, now) == []


async def test_lanes_of_different_chats_do_not_wait_for_each_other(store: Store, now: datetime) -> None:
    await post(store, now, (ANA, "to Ana", None), (ANA, "to the room", ROOM), (ANA, "to the desk", DESK))
    assert await bodies(store, now) == ["to Ana", "to the room", "to the desk"]


async def test_a_letter_names_its_lane_and_a_busy_lane_is_passed_over(store: Store, now: datetime) -> None:
    await post(store, now, (ANA, "to Ana", None), (ANA, "a", ROOM), (BEKA, "b", ROOM))
    own, room = await due(store, now)
    assert own.lane == own.conversation == room.conversation
    assert room.lane not in (own.lane, b"")
    assert [letter.body for letter in await due(store, now, busy=[room.lane])] == ["to Ana"]
    assert [letter.body for letter in await due(store, now, busy=[own.lane])] == ["a"]


async def test_superseding_never_voids_a_letter_to_a_room(store: Store, now: datetime) -> None:
    await post(store, now, (ANA, "in flight", ROOM))
    (flying,) = await take(store, now)
    await post(store, now, (ANA, "to Ana", None), (ANA, "to the room", ROOM))
    async with store.transaction() as work:
        await work.supersede((await work.conversations([ANA])).values())
    await settle(store, now, Outcome(flying.id, Settled.LATER))
    assert await everything(store, now) == ["in flight", "to the room"]


async def test_a_newer_card_takes_the_place_of_what_waits_in_its_chat_about_the_same_case(
    store: Store, now: datetime
) -> None:
    await post(store, now, (ANA, "flying card", DESK))
    (flying,) = await take(store, now)
    await post(
        store, now, (ANA, "old card", DESK), (BEKA, "another's card", DESK), (ANA, "room", ROOM), (ANA, "w", None)
    )
    async with store.transaction() as work:
        await work.withdraw((await work.conversations([ANA])).values(), DESK)
    await settle(store, now, Outcome(flying.id, Settled.LATER))
    assert await everything(store, now) == ["another's card", "flying card", "room", "w"]


async def test_withdrawing_leaves_what_was_promised_to_be_deleted(store: Store, now: datetime) -> None:
    await post(store, now, (ANA, "card", DESK))
    await post(store, now, (ANA, "deletion", DESK), binding=True)
    async with store.transaction() as work:
        await work.withdraw((await work.conversations([ANA])).values(), DESK)
    assert await everything(store, now) == ["deletion"]


async def test_cancelling_takes_a_consultant_s_words_too_but_nothing_that_was_promised(
    store: Store, now: datetime
) -> None:
    await post(store, now, (ANA, "flying", None))
    await take(store, now)
    await post(store, now, (ANA, "scripted", None), (BEKA, "to Beka", None), (ANA, "to the room", ROOM))
    await post(store, now, (ANA, "a consultant's", None), scripted=False)
    await post(store, now, (ANA, "promised", None), binding=True)
    async with store.transaction() as work:
        await work.cancel((await work.conversations([ANA])).values(), None)
        await work.unfinished()
    assert await everything(store, now) == ["promised", "to Beka", "to the room"]  # what flew is never sent again


async def test_cancelling_in_a_room_leaves_the_person_s_own_letters(store: Store, now: datetime) -> None:
    await post(store, now, (ANA, "to Ana", None), (ANA, "to the room", ROOM), (BEKA, "of Beka", ROOM))
    await post(store, now, (ANA, "promised", ROOM), binding=True)
    async with store.transaction() as work:
        await work.cancel((await work.conversations([ANA])).values(), ROOM)
    assert await everything(store, now) == ["of Beka", "promised", "to Ana"]


async def test_withdrawing_all_of_a_chat_takes_what_is_about_anybody_but_nothing_that_was_promised(
    store: Store, now: datetime
) -> None:
    await post(store, now, (ANA, "flying", ROOM))
    await take(store, now)
    await post(store, now, (ANA, "of Ana", ROOM), (BEKA, "of Beka", ROOM), (ANA, "to Ana", None), (ANA, "card", DESK))
    await post(store, now, (ANA, "a consultant's", ROOM), scripted=False)
    await post(store, now, (BEKA, "promised", ROOM), binding=True)
    async with store.transaction() as work:
        await work.withdraw_all([ROOM])
        await work.unfinished()
    assert await everything(store, now) == ["card", "promised", "to Ana"]  # what flew is never sent again


async def test_a_consultant_who_blocks_the_bot_does_not_block_the_person(store: Store, now: datetime) -> None:
    await post(store, now, (ANA, "to the room", ROOM), (ANA, "later to the room", ROOM), (ANA, "to Ana", None))
    room, _ = await take(store, now)
    await settle(store, now, Outcome(room.id, Settled.BLOCKED))
    async with store.transaction() as work:
        assert not (await work.conversations([ANA]))[ANA].blocked
        assert await work.waiting() == 2


async def test_a_person_who_blocks_the_bot_leaves_what_is_for_others(store: Store, now: datetime) -> None:
    await post(store, now, (ANA, "to the room", ROOM), (ANA, "to Ana", None))
    _, own = await take(store, now)
    await settle(store, now, Outcome(own.id, Settled.BLOCKED))
    async with store.transaction() as work:
        assert (await work.conversations([ANA]))[ANA].blocked
        await work.unfinished()
    assert await everything(store, now) == ["to the room"]


async def test_a_message_in_a_room_does_not_join_the_footprint(store: Store, now: datetime) -> None:
    await post(store, now, (ANA, "to the room", ROOM), (ANA, "to Ana", None))
    room, own = await take(store, now)
    await settle(
        store, now, Outcome(room.id, Settled.DELIVERED, message=7), Outcome(own.id, Settled.DELIVERED, message=8)
    )
    async with store.transaction() as work:
        ids = (await work.conversations([ANA]))[ANA].footprint.ids
    assert [message for message, _ in ids] == [8]


async def test_letters_about_a_person_go_with_them_from_every_lane(store: Store, now: datetime) -> None:
    await post(store, now, (ANA, "to the room", ROOM), (ANA, "to Ana", None), (BEKA, "of Beka", ROOM))
    async with store.transaction() as work:
        await work.erase((await work.conversations([ANA])).values(), now)
    assert await bodies(store, now) == ["of Beka"]


async def test_after_a_crash_the_uncertain_letters_come_back_open(store: Store, now: datetime) -> None:
    await post(store, now, (ANA, "scripted", ROOM))
    await post(store, now, (BEKA, "a consultant's", None), (ANA, "a person's", DESK), scripted=False)
    flying = await take(store, now)
    async with store.transaction() as work:
        left = await work.unfinished()
        again = await work.unfinished()
    assert left.count == 3
    assert left.uncertain == [letter for letter in flying if not letter.scripted]
    assert (again.count, again.uncertain) == (0, [])


async def test_an_uncertain_letter_is_sent_again_or_given_up(store: Store, now: datetime) -> None:
    await post(store, now, (ANA, "first", None), (BEKA, "second", None), scripted=False)
    first, second = await take(store, now)
    await settle(store, now, Outcome(first.id, Settled.UNCERTAIN), Outcome(second.id, Settled.UNCERTAIN))
    ids = [first.id, second.id]
    async with store.transaction() as work:
        assert await work.uncertain([*ids, 99]) == {first.id: first.conversation, second.id: second.conversation}
        await work.again([first.id])
        await work.give_up([second.id])
        assert await work.uncertain(ids) == {}
    (letter,) = await due(store, now)
    assert (letter.id, letter.body) == (first.id, "first")


async def test_deciding_twice_about_a_letter_changes_nothing(store: Store, now: datetime) -> None:
    """Who taps again late finds it waiting or being sent: it is neither doubled nor lost."""
    await post(store, now, (ANA, "waiting", None), (BEKA, "flying", None), scripted=False)
    letters = await due(store, now)
    async with store.transaction() as work:
        await work.mark_sending([letters[1].id])
        await work.again([letter.id for letter in letters])
        await work.give_up([letter.id for letter in letters])
        assert await work.waiting() == 2
    assert await bodies(store, now) == ["waiting"]


async def lines(store: Store) -> dict[int, tuple[int | None, tuple[int, int] | None]]:
    async with store.transaction() as work:
        ana = (await work.conversations([ANA]))[ANA]
        return {line.number: (line.person, line.room) for line in (await work.lines([ana]))[ana.id]}


async def test_a_line_remembers_where_its_letters_landed(store: Store, now: datetime) -> None:
    await post(store, now, (ANA, "the line", None), (ANA, "its copy", ROOM), (ANA, "a card", DESK))
    own, room, card = await take(store, now)
    await settle(
        store,
        now,
        Outcome(own.id, Settled.DELIVERED, message=41, landed=Landed(3, ANA, 41)),
        Outcome(room.id, Settled.DELIVERED, landed=Landed(3, ROOM, 7)),
        Outcome(card.id, Settled.DELIVERED, landed=Landed(-1, DESK, 9)),
    )
    assert await lines(store) == {-1: (None, (DESK, 9)), 3: (41, (ROOM, 7))}
    async with store.transaction() as work:
        ana = (await work.conversations([ANA]))[ANA]
        found = await work.lines_at([(ANA, 41), (ROOM, 7), (DESK, 9), (DESK, 7), (ROOM, 41)])
    assert found == {(ANA, 41): (ana.id, 3), (ROOM, 7): (ana.id, 3), (DESK, 9): (ana.id, -1)}


async def test_a_line_sent_anew_lies_where_it_landed_last(store: Store, now: datetime) -> None:
    for message in (7, 8):
        await post(store, now, (ANA, "a line", ROOM))
        (letter,) = await take(store, now)
        landed = Landed(3, ROOM, message)
        await settle(store, now, Outcome(letter.id, Settled.DELIVERED, landed=landed, emptied=(3,), emptied_in=ROOM))
    assert await lines(store) == {3: (None, (ROOM, 8))}
    async with store.transaction() as work:
        assert (await work.lines_at([(ROOM, 7), (ROOM, 8)])).keys() == {(ROOM, 8)}


async def test_a_line_whose_messages_are_gone_is_gone(store: Store, now: datetime) -> None:
    await post(store, now, (ANA, "one", ROOM), (BEKA, "of Beka", DESK))
    for_room, for_desk = await take(store, now)
    await settle(
        store,
        now,
        Outcome(for_room.id, Settled.LATER, landed=Landed(1, ROOM, 7)),
        Outcome(for_desk.id, Settled.DELIVERED, landed=Landed(1, DESK, 8)),
    )
    (again,) = await take(store, now)
    await settle(store, now, Outcome(again.id, Settled.DELIVERED, emptied=(1, 2), emptied_in=ROOM))
    assert await lines(store) == {}
    async with store.transaction() as work:
        assert (await work.lines_at([(DESK, 8)])).keys() == {(DESK, 8)}


async def test_a_line_that_lies_in_another_room_by_then_stays(store: Store, now: datetime) -> None:
    await post(store, now, (ANA, "into the new room", ROOM), (ANA, "emptying of the old one", DESK))
    into, emptying = await take(store, now)
    await settle(store, now, Outcome(into.id, Settled.DELIVERED, landed=Landed(1, ROOM, 7)))
    await settle(store, now, Outcome(emptying.id, Settled.DELIVERED, emptied=(1,), emptied_in=DESK))
    assert await lines(store) == {1: (None, (ROOM, 7))}


async def test_a_letter_that_is_gone_moves_no_line(store: Store, now: datetime) -> None:
    await post(store, now, (ANA, "one", ROOM))
    await settle(store, now, Outcome(999, Settled.DELIVERED, landed=Landed(1, ROOM, 7), emptied=(1,), emptied_in=ROOM))
    assert await lines(store) == {}


async def test_a_lane_tells_no_chat(store: Store, keyring: Keyring, now: datetime) -> None:
    await post(store, now, (ANA, "one", ROOM), (BEKA, "two", ROOM), (BEKA, "three", DESK))
    async with store.transaction() as work:
        stored = (await work._connection.execute(text("SELECT lane FROM outbox ORDER BY id"))).scalars()
        lanes = [bytes(lane) for lane in stored]
    ring = Ring.of(keyring)
    assert lanes == [ring.lane(ROOM), ring.lane(ROOM), ring.lane(DESK)]
    assert {len(lane) for lane in lanes} == {16}
