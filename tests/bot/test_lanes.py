"""When the courier must look again: nothing that time alone brings is forgotten."""

from bot.telegram.lanes import Lanes

ANNA, CHAT = b"anna", 1


def test_an_alarm_that_rings_while_a_look_is_under_way_is_overdue_and_not_forgotten():
    lanes = Lanes()
    lanes.remind(10.0)
    lanes.occupied(9.9)

    assert lanes.next_look() == 10.0

    lanes.occupied(10.1)
    assert lanes.next_look() is None


def test_a_held_lane_is_looked_at_when_its_chat_may_be_spoken_to():
    lanes = Lanes()
    lanes.hold(ANNA, CHAT, 10.5, 10.0)

    assert lanes.occupied(10.4) == {ANNA}
    assert lanes.next_look() == 10.5
    assert lanes.occupied(10.5) == set()


def test_a_lane_is_held_while_another_lane_leads_to_the_same_chat():
    lanes = Lanes()
    lanes.depart(b"the group's old number", CHAT)
    lanes.hold(ANNA, CHAT, 10.0, 10.0)

    assert ANNA in lanes.occupied(11.0)
    assert lanes.next_look() is None

    lanes.land(CHAT)
    assert ANNA not in lanes.occupied(11.0)
