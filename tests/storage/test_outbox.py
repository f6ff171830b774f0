from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from storage import Due, Outcome, Outgoing, Settled, Store

ANA, BEKA = 11, 12
SOS, DIALOGUE = 0, 1


async def post(store: Store, now: datetime, *letters: tuple[int, str, int], scripted: bool = True) -> None:
    """Letters as (person, body, urgency), in this order, committed."""
    async with store.transaction() as work:
        found = await work.conversations({person for person, _, _ in letters})
        await work.save(found.values(), now)
        await work.post([Outgoing(found[person], urgency, body, scripted) for person, body, urgency in letters])


async def due(store: Store, now: datetime, limit: int = 30, busy: Sequence[bytes] = ()) -> list[Due]:
    async with store.transaction() as work:
        return await work.due(now, limit, busy)


async def bodies(store: Store, now: datetime) -> list[str | None]:
    return [letter.body for letter in await due(store, now)]


async def take(store: Store, now: datetime) -> list[Due]:
    """What the courier does in one round."""
    async with store.transaction() as work:
        letters = await work.due(now, 30, [])
        await work.mark_sending([letter.id for letter in letters])
    return letters


async def settle(store: Store, now: datetime, *outcomes: Outcome) -> None:
    async with store.transaction() as work:
        await work.settle(outcomes, now)


async def test_of_each_conversation_only_the_first_letter_is_due(store: Store, now: datetime) -> None:
    await post(store, now, (ANA, "a1", DIALOGUE), (ANA, "a2", DIALOGUE), (BEKA, "b1", DIALOGUE))
    assert await bodies(store, now) == ["a1", "b1"]


async def test_urgency_chooses_the_chat_and_never_overtakes_inside_one(store: Store, now: datetime) -> None:
    await post(store, now, (ANA, "a1", DIALOGUE), (ANA, "a2", SOS), (BEKA, "b1", SOS))
    assert await bodies(store, now) == ["b1", "a1"]


async def test_a_busy_chat_is_passed_over_and_the_limit_kept(store: Store, now: datetime) -> None:
    await post(store, now, (ANA, "a1", DIALOGUE), (BEKA, "b1", DIALOGUE))
    first, second = await due(store, now)
    assert [letter.body for letter in await due(store, now, busy=[first.conversation])] == ["b1"]
    assert await due(store, now, busy=[first.conversation, second.conversation]) == []
    assert len(await due(store, now, limit=1)) == 1


async def test_a_letter_in_flight_holds_up_its_lane(store: Store, now: datetime) -> None:
    await post(store, now, (ANA, "a1", DIALOGUE), (ANA, "a2", DIALOGUE))
    (flying,) = await take(store, now)
    assert await due(store, now) == []
    await settle(store, now, Outcome(flying.id, Settled.DELIVERED))
    assert await bodies(store, now) == ["a2"]


async def test_later_waits_for_its_time_and_counts_the_attempt(store: Store, now: datetime) -> None:
    await post(store, now, (ANA, "a1", DIALOGUE), (ANA, "a2", DIALOGUE))
    (flying,) = await take(store, now)
    then = now + timedelta(seconds=30)
    await settle(store, now, Outcome(flying.id, Settled.LATER, not_before=then))
    assert await due(store, now) == []
    (letter,) = await due(store, then)
    assert (letter.body, letter.attempts) == ("a1", 1)


async def test_an_uncertain_letter_stays_and_the_lane_goes_on_behind_it(store: Store, now: datetime) -> None:
    await post(store, now, (ANA, "a1", DIALOGUE), (ANA, "a2", DIALOGUE))
    (flying,) = await take(store, now)
    await settle(store, now, Outcome(flying.id, Settled.UNCERTAIN))
    assert await bodies(store, now) == ["a2"]
    async with store.transaction() as work:
        assert await work.waiting() == 2


async def test_a_dropped_letter_is_gone(store: Store, now: datetime) -> None:
    await post(store, now, (ANA, "a1", DIALOGUE))
    (flying,) = await take(store, now)
    await settle(store, now, Outcome(flying.id, Settled.DROPPED))
    async with store.transaction() as work:
        assert await work.waiting() == 0


async def test_a_refusal_drops_its_letter_and_leaves_what_was_posted_for_one_who_came_back(
    store: Store, now: datetime
) -> None:
    await post(store, now, (ANA, "a1", DIALOGUE), (ANA, "a2", DIALOGUE), (BEKA, "b1", DIALOGUE))
    flying, _ = await take(store, now)
    await settle(store, now, Outcome(flying.id, Settled.BLOCKED))
    async with store.transaction() as work:
        found = await work.conversations([ANA, BEKA])
        assert (found[ANA].blocked, found[BEKA].blocked) == (True, False)
        assert await work.waiting() == 2


async def test_a_delivered_message_joins_the_footprint(store: Store, now: datetime) -> None:
    await post(store, now, (ANA, "a1", DIALOGUE), (BEKA, "b1", DIALOGUE))
    flying = await take(store, now)
    outcomes = [Outcome(letter.id, Settled.DELIVERED, message=100 + at) for at, letter in enumerate(flying)]
    await settle(store, now, *outcomes)
    async with store.transaction() as work:
        found = await work.conversations([ANA, BEKA])
    hour = int(now.timestamp()) // 3600
    assert (found[ANA].footprint.ids, found[BEKA].footprint.ids) == (((100, hour),), ((101, hour),))


async def test_superseding_voids_waiting_scripted_letters_only(store: Store, now: datetime) -> None:
    await post(store, now, (ANA, "in flight", DIALOGUE), (BEKA, "other chat", DIALOGUE))
    await take(store, now)
    await post(store, now, (ANA, "void", DIALOGUE))
    await post(store, now, (ANA, "a person's own", DIALOGUE), scripted=False)
    async with store.transaction() as work:
        found = await work.conversations([ANA])
        await work.supersede(found.values())
        assert await work.waiting() == 3


async def test_after_a_crash_scripted_letters_go_again_and_others_are_uncertain(store: Store, now: datetime) -> None:
    await post(store, now, (ANA, "scripted", DIALOGUE))
    await post(store, now, (BEKA, "a consultant's", DIALOGUE), scripted=False)
    await take(store, now)
    async with store.transaction() as work:
        left = await work.unfinished()
    assert left.count == 2
    assert [letter.body for letter in left.uncertain] == ["a consultant's"]
    assert await bodies(store, now) == ["scripted"]


async def test_the_number_of_a_letter_is_never_used_again(store: Store, now: datetime) -> None:
    await post(store, now, (ANA, "a1", DIALOGUE))
    (first,) = await take(store, now)
    await settle(store, now, Outcome(first.id, Settled.DROPPED))
    await post(store, now, (ANA, "a2", DIALOGUE))
    (second,) = await due(store, now)
    assert second.id > first.id


async def test_an_outcome_for_a_letter_that_is_gone_changes_nothing(store: Store, now: datetime) -> None:
    await post(store, now, (ANA, "a1", DIALOGUE))
    gone = 10**6
    await settle(store, now, *(Outcome(gone + result, result, message=5) for result in Settled))
    assert await bodies(store, now) == ["a1"]


async def test_a_letter_says_whether_it_is_scripted(store: Store, now: datetime) -> None:
    await post(store, now, (ANA, "a1", DIALOGUE), scripted=False)
    (letter,) = await due(store, now)
    assert not letter.scripted


async def test_an_outgoing_letter_needs_no_second_save(store: Store, now: datetime) -> None:
    await post(store, now, (ANA, "a1", DIALOGUE))
    async with store.transaction() as work:
        ana = (await work.conversations([ANA]))[ANA]
        await work.post([replace(Outgoing(ana, SOS, "გზა"), urgency=SOS)])
    (flying,) = await take(store, now)
    await settle(store, now, Outcome(flying.id, Settled.DELIVERED))
    assert await bodies(store, now) == ["გზა"]
