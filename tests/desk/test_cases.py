"""A case goes from phase to phase, and whatever happens in whatever order it stays one case with one owner at most."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.arrivals import Arrival
from bot.desk import asking, cases, ladder, parting, talking
from bot.desk.cases import Case, Phase, Safe
from bot.desk.desk import NOTHING
from bot.desk.people import dismissed, went_off
from bot.desk.staffside import did
from bot.letters import Deed
from dialogs.events import Chose, Wrote
from dialogs.state import Place, State
from tests.fakes.desk import ANNA, BEKA, DATO, MONDAY, NINO, STAFF, VERA, scene, waiting

SECRET = "a word of the person's"
PEOPLE, WORKERS = (ANNA, BEKA), (NINO, VERA, DATO)
TAPS = (
    *("claim", "accept", "return", "close", "shut", "keep", "unmute", "transfer", "history"),
    *(f"to_tag{one}" for one in WORKERS),
    *(f"{verb}_tag{one}" for verb in ("second", "allow", "deny") for one in WORKERS),
    *("out_answered", "cat_work", "remind_hour", "refer_legal_aid", "pick"),
)
COMMANDS = ("/duty", "/release", "/close", "/mute", "/undo", "/queue", "/cases", "hello", "//note")
ASKED = State(nonce=7, language="en", place=Place.parse("menu.top"))

moments = st.datetimes(MONDAY.replace(tzinfo=None), timezones=st.just(MONDAY.tzinfo))
stored = st.builds(
    Case,
    person=st.integers(1, 2**52),
    token=st.integers(0, 2**53 - 1),
    alias=st.text(max_size=20),
    language=st.sampled_from(["ka", "ru", "en"]),
    topic=st.text(max_size=8),
    asked_at=moments,
    since=moments,
    heard_at=moments,
    phase=st.sampled_from(Phase),
    band=st.none() | st.just("red"),
    owner=st.none() | st.integers(1, 2**52),
    answered_at=st.none() | moments,
    unanswered_since=st.none() | moments,
    readers=st.lists(st.integers(1, 9), max_size=2).map(tuple),
    safe=st.sampled_from(Safe),
    categories=st.lists(st.sampled_from(["work", "pay"]), max_size=2).map(tuple),
    referrals=st.lists(st.sampled_from(["consul", "refused"]), max_size=2).map(tuple),
    offered_to=st.none() | st.integers(1, 9),
    remind_at=st.none() | moments,
    told_end=st.booleans(),
)
CLAIMED = (("asks", ANNA), ("taps", NINO, ANNA, "claim"))
BEGINNINGS = (
    (),
    CLAIMED,
    (*CLAIMED, ("owner", ANNA, f"to_tag{VERA}")),
    (*CLAIMED, ("owner", ANNA, f"second_tag{VERA}"), ("taps", DATO, ANNA, f"allow_tag{VERA}")),
    (*CLAIMED, ("writes", ANNA), ("ends", ANNA)),
    (*CLAIMED, ("owner", ANNA, "close"), ("owner", ANNA, "out_answered")),
)
actions = st.one_of(
    st.tuples(st.just("asks"), st.sampled_from(PEOPLE)),
    st.tuples(st.just("writes"), st.sampled_from(PEOPLE)),
    st.tuples(st.just("cancels"), st.sampled_from(PEOPLE)),
    st.tuples(st.just("ends"), st.sampled_from(PEOPLE)),
    st.tuples(st.just("hides"), st.sampled_from(PEOPLE)),
    st.tuples(st.just("taps"), st.sampled_from(WORKERS), st.sampled_from(PEOPLE), st.sampled_from(TAPS)),
    st.tuples(st.just("taps"), st.sampled_from(WORKERS), st.sampled_from(PEOPLE), st.just("claim")),
    st.tuples(st.just("owner"), st.sampled_from(PEOPLE), st.sampled_from(TAPS + COMMANDS)),
    st.tuples(st.just("types"), st.sampled_from(WORKERS), st.sampled_from(COMMANDS)),
    st.tuples(st.just("leaves"), st.sampled_from((NINO, VERA))),
    st.tuples(st.just("blocks"), st.sampled_from(WORKERS)),
    st.tuples(st.just("time"), st.sampled_from((1, 11, 31, 600, 1500))),
)


@settings(max_examples=50, deadline=None)
@given(stored)
def test_a_case_is_stored_whole(case):
    assert Case.from_json(case.to_json()) == case


@pytest.mark.parametrize("text", ["", "{}", "null", '{"person": "one"}'])
def test_what_is_no_case_is_refused(text):
    with pytest.raises(ValueError, match="validation error"):
        Case.from_json(text)


def after(now, action):
    """What somebody did, and the scene afterwards."""
    upshot = _done(now, *action)
    return upshot, replace(now, desk=now.desk.after(upshot))


def _done(now, verb, who, *what):  # noqa: PLR0911
    case, one = now.desk.cases.get(who), now.desk.staff.get(who)
    match verb:
        case "asks":
            return asking.asked(now, who, ASKED)
        case "writes" if case is not None:
            return talking.heard(now, case, Arrival(0, who, Wrote(SECRET), below=5))
        case "cancels" | "ends" if case is not None:
            name = {"cancels": "desk_cancel", "ends": "desk_end"}[verb]
            return talking.heard(now, case, Arrival(0, who, Chose(name, 0), tapped=4))
        case "hides" if case is not None:
            return parting.hidden(now, case)
        case "taps" if one is not None:
            about = now.desk.cases.get(what[0])
            event = Chose(what[1], about.token if about else 0)
            return did(now, one, Arrival(0, who, event, tapped=6, callback="c"))
        case "owner" if case is not None and case.owner in now.desk.staff:
            (verb,) = what
            own = ("types", case.owner, verb) if verb in COMMANDS else ("taps", case.owner, who, verb)
            return _done(now, *own)
        case "types" if one is not None:
            return did(now, one, Arrival(0, who, Wrote(what[0]), below=8))
        case "leaves" if one is not None:
            return dismissed(now, one, DATO)
        case "blocks" if one is not None:
            return went_off(now, one)
    return NOTHING


def passes(now, minutes):
    """Time goes by, and the bot looks round."""
    now = replace(now, now=now.now + timedelta(minutes=minutes))
    for person in sorted(now.desk.cases):
        upshot = ladder.of_case(now, now.desk.cases[person])
        now = replace(now, desk=now.desk.after(upshot))
    return now


def check(case, staff):
    """What is so of every case at every moment."""
    assert (case.owner is not None) == (case.phase in (Phase.HUMAN, Phase.WRAP_UP)) or not case.is_open
    assert case.owner is None or case.owner in staff or not case.is_open
    assert case.owner not in case.readers
    assert case.offered_to is None or case.phase is Phase.HUMAN
    assert not case.readers or case.phase in (Phase.HUMAN, Phase.WRAP_UP)
    assert case.told_end is False or case.phase in (Phase.WRAP_UP, Phase.CLOSED)
    assert (case.outcome is not None) or case.phase is not Phase.CLOSED
    assert case.unanswered_since is None or case.owner is not None


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(BEGINNINGS), st.lists(actions, max_size=25))
def test_no_order_of_events_loses_a_case_or_leaves_two_owners(beginning, story):
    now, asked = scene(), set()
    for action in (*beginning, *story):
        before = now.desk
        if action[0] == "time":
            now = passes(now, action[1])
        else:
            upshot, now = after(now, action)
            asked |= {action[1]} if action[0] == "asks" else set()
            check_secrets(before, now.desk, upshot)
        for person, case in now.desk.cases.items():
            check(case, now.desk.staff)
            assert case.person == person
        gone = {person for person in asked if person not in now.desk.cases}
        assert all(not before.cases[person].is_open for person in gone & before.cases.keys())
        asked -= gone
        assert all(not case.is_open or case.person in asked for case in now.desk.cases.values())


def check_secrets(before, desk, upshot):
    """What a person said is shown only to whoever has the case or reads along, before or after."""
    for post in upshot.posts:
        if SECRET in post.letter.text and post.letter.deed is not Deed.DELETE:
            both = [each.cases[post.about] for each in (before, desk) if post.about in each.cases]
            assert post.letter.chat in {person for case in both for person in (case.owner, *case.readers)}


@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize("worker", WORKERS)
def test_only_a_waiting_case_can_be_claimed(phase, worker):
    owner = None if phase in (Phase.WAITING, Phase.CLOSED) else NINO
    case = waiting(phase=phase, owner=owner, outcome="answered" if phase is Phase.CLOSED else None)
    _upshot, now = after(scene(case), ("taps", worker, ANNA, "claim"))
    assert now.desk.cases[ANNA].owner == (worker if phase is Phase.WAITING else owner)


def test_a_case_back_in_the_queue_keeps_its_place_and_nothing_that_was_asked_of_somebody():
    case = cases.claimed(waiting(), NINO, None, MONDAY)
    case = replace(cases.offered(case, VERA, MONDAY), readers=(DATO,), referral="consul", remind_at=MONDAY)
    back = cases.queued(case, MONDAY + timedelta(hours=1))
    assert (back.phase, back.asked_at, back.answered) == (Phase.WAITING, case.asked_at, True)
    assert (back.owner, back.offered_to, back.readers, back.referral, back.remind_at) == (None, None, (), None, None)


def test_the_turn_of_the_owner_begins_with_the_first_line_and_ends_with_the_answer():
    case = cases.answered(cases.claimed(waiting(), NINO, None, MONDAY), 0, MONDAY)
    assert not case.unanswered
    first, second = (MONDAY + timedelta(minutes=minutes) for minutes in (1, 2))
    case = cases.heard(cases.heard(case, 1, first), 2, second)
    assert (case.unanswered_since, case.heard_at) == (first, second)
    assert not cases.answered(case, 3, second).unanswered


def test_everybody_of_the_stories_is_there():
    assert set(STAFF) == set(WORKERS)
