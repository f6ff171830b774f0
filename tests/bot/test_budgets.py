"""How much may be said where, and when."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.letters import Deed, Letter, Urgency
from bot.telegram.budgets import Budgets, Errand, Family

ANNA, NINO, LEVAN, GROUP = 1, 2, 3, -100


def reply(chat, family=Family.SPEAK):
    return Errand(chat, family, Urgency.DIALOGUE)


def news(chat):
    return Errand(chat, Family.SPEAK, Urgency.UNASKED)


def went(budgets, errand, times):
    return [now for now in times if budgets.take(errand, now) is None]


def test_a_private_chat_gets_a_short_burst_and_then_one_a_second():
    budgets = Budgets()

    assert went(budgets, reply(ANNA), [0.0] * 5 + [0.5, 1.0, 1.5, 2.0]) == [0.0, 0.0, 0.0, 1.0, 2.0]


def test_a_refusal_says_when_to_ask_again():
    budgets = Budgets()
    went(budgets, reply(ANNA), [10.0] * 3)

    assert budgets.take(reply(ANNA), 10.25) == 11.0


def test_one_chat_never_waits_for_another():
    budgets = Budgets()
    went(budgets, reply(ANNA), [0.0] * 5)

    assert budgets.take(reply(NINO), 0.0) is None


def test_replies_to_a_thousand_people_go_at_once():
    budgets = Budgets()

    assert all(budgets.take(reply(chat), 0.0) is None for chat in range(1, 1001))


@given(st.lists(st.floats(0, 20), min_size=1, max_size=80))
def test_no_minute_of_a_group_holds_more_than_eighteen(gaps):
    budgets, now, sent = Budgets(), 0.0, []
    for gap in gaps:
        now += gap
        sent += went(budgets, reply(GROUP), [now])

    assert all(len([at for at in sent if start - 60 + 1e-6 < at <= start]) <= 18 for start in sent)


@given(st.lists(st.floats(0, 3), min_size=1, max_size=60))
def test_asking_at_the_time_named_is_enough(gaps):
    budgets, now = Budgets(), 0.0
    for gap in gaps:
        now += gap
        again = budgets.take(reply(GROUP), now)

        assert again is None or (again > now and budgets.take(reply(GROUP), again) is None)
        now = again or now


def test_edits_in_a_group_count_as_sends_do():
    budgets = Budgets()
    letters = [Letter(deed, GROUP, "x", target=(1,)) for deed in (Deed.SEND, Deed.EDIT, Deed.STRIP) for _ in range(6)]
    errands = [Errand.of(letter, Urgency.CARD) for letter in letters]

    assert all(budgets.take(errand, 0.0) is None for errand in errands)
    assert budgets.take(errands[0], 0.0) == 60.0


def test_in_a_group_copies_reactions_and_topics_count_as_sends_do():
    budgets = Budgets()
    deeds = (Deed.COPY, Deed.REACT, Deed.CLOSE_TOPIC)
    errands = [Errand.of(Letter(deed, GROUP), Urgency.DIALOGUE) for deed in deeds for _ in range(6)]

    assert all(budgets.take(errand, 0.0) is None for errand in errands)
    assert budgets.take(errands[0], 0.0) == 60.0


def test_a_topic_made_on_the_way_costs_its_group_one_more():
    budgets = Budgets()
    for number in range(9):
        assert budgets.take(reply(GROUP), float(number)) is None
        budgets.topic_made(reply(GROUP), float(number))

    assert budgets.take(reply(GROUP), 9.0) == 60.0


def test_a_reaction_never_makes_a_person_wait_for_an_answer():
    budgets = Budgets()
    nod = Errand.of(Letter(Deed.REACT, ANNA, target=(1,)), Urgency.DIALOGUE)

    assert went(budgets, nod, [0.0] * 5) == [0.0] * 3
    assert went(budgets, reply(ANNA), [0.0] * 5) == [0.0] * 3


def test_deleting_waits_for_no_speech():
    budgets = Budgets()
    went(budgets, reply(ANNA), [0.0] * 3)

    assert budgets.take(Errand.of(Letter(Deed.DELETE, ANNA, target=(1,)), Urgency.SOS), 0.0) is None


def test_what_nobody_asked_for_goes_at_twenty_five_a_second():
    budgets, now = Budgets(), 0.0
    for chat in range(1, 106):
        again = budgets.take(news(chat), now)
        now = again or now

        assert again is None or budgets.take(news(chat), now) is None

    assert round(now, 6) == 100 / 25


def test_a_busy_chat_eats_nothing_of_the_common_budget():
    budgets = Budgets()
    went(budgets, reply(ANNA), [0.0] * 3)
    for _ in range(100):
        budgets.take(news(ANNA), 0.0)

    assert budgets.take(news(NINO), 0.0) is None


def test_what_did_not_go_is_given_back():
    budgets = Budgets()
    for _ in range(50):
        assert budgets.take(news(ANNA), 0.0) is None
        budgets.put_back(news(ANNA), 0.0)
        assert budgets.take(reply(GROUP), 0.0) is None
        budgets.put_back(reply(GROUP), 0.0)

    assert budgets.take(news(ANNA), 0.0) is None


def test_a_429_parks_its_chat_and_no_other():
    budgets = Budgets()

    assert budgets.refused(ANNA, 7.0, 100.0) is False
    assert budgets.take(reply(ANNA), 100.0) == 107.0
    assert budgets.take(reply(ANNA, Family.DELETE), 100.0) == 107.0
    assert budgets.take(reply(NINO), 100.0) is None
    assert budgets.take(reply(ANNA), 107.0) is None


def test_three_chats_refused_within_five_seconds_pause_the_whole_bot_for_the_shortest_wait():
    budgets = Budgets()
    budgets.refused(ANNA, 3.0, 0.0)
    budgets.refused(NINO, 9.0, 2.0)

    assert budgets.paused_until(2.0) == 2.0
    assert budgets.refused(LEVAN, 4.0, 4.9) is True
    assert budgets.take(reply(GROUP), 5.0) == pytest.approx(budgets.paused_until(5.0)) == 7.9
    assert budgets.take(reply(GROUP), 8.0) is None


def test_after_a_storm_replies_are_careful_for_a_minute_and_help_is_not():
    budgets = Budgets()
    for chat in (ANNA, NINO, LEVAN):
        budgets.refused(chat, 1.0, 0.0)
    went_at_once = [budgets.take(reply(chat), 2.0) is None for chat in range(10, 20)]

    assert went_at_once.count(True) == 5
    assert budgets.take(Errand(20, Family.SPEAK, Urgency.SOS), 2.0) is None
    assert all(budgets.take(reply(chat), 62.0) is None for chat in range(100, 200))


def test_one_chat_refused_three_times_pauses_nobody_else():
    budgets = Budgets()

    assert not any(budgets.refused(ANNA, 3.0, now) for now in (0.0, 1.0, 2.0))
    assert budgets.take(reply(NINO), 2.0) is None


def test_three_chats_refused_over_a_longer_time_pause_nothing():
    budgets = Budgets()

    assert not any(budgets.refused(chat, 3.0, now) for chat, now in ((ANNA, 0.0), (NINO, 3.0), (LEVAN, 6.0)))


def test_forgetting_forgives_nothing():
    budgets = Budgets()
    went(budgets, reply(ANNA), [100.0] * 3)
    went(budgets, reply(GROUP), [100.0] * 18)
    budgets.refused(NINO, 50.0, 100.0)
    budgets.forget(100.0)

    assert budgets.take(reply(ANNA), 100.0) == 101.0
    assert budgets.take(reply(GROUP), 100.0) == 160.0
    assert budgets.take(reply(NINO), 100.0) == 150.0


def test_a_quiet_minute_leaves_no_trace_of_whom_we_wrote_to():
    budgets = Budgets()
    for chat in range(1, 501):
        budgets.take(reply(chat), 0.0)
    budgets.refused(ANNA, 10.0, 0.0)
    budgets.forget(120.0)

    assert not budgets._meters
    assert not budgets._parked
