"""What each refusal of the Bot API means for the letter."""

import pytest

from bot.telegram.failures import Blocked, Conflict, Later, Never, Reason, Unknown, WrongToken, failure_of

GONE_FOR_GOOD = {
    "Bad Request: message to edit not found": Reason.GONE,
    "Bad Request: message can't be edited": Reason.GONE,
    "Bad Request: message can't be deleted for everyone": Reason.LOCKED,
    "Bad Request: message can't be deleted": Reason.LOCKED,
    "Bad Request: chat not found": Reason.NOBODY,
    "Bad Request: message to react not found": Reason.GONE,
    "Bad Request: there is no text in the message to edit": Reason.WORDLESS,
    "Bad Request: message to copy not found": Reason.SOURCE,
    "Bad Request: message can't be copied": Reason.SOURCE,
    "Bad Request: message thread not found": Reason.TOPIC,
    "Bad Request: TOPIC_DELETED": Reason.TOPIC,
    "Bad Request: TOPIC_CLOSED": Reason.TOPIC,
    "Bad Request: not enough rights to create a topic": Reason.NO_RIGHTS,
    "Bad Request: not enough rights to send text messages to the chat": Reason.NO_RIGHTS,
    "Bad Request: have no rights to send a message": Reason.NO_RIGHTS,
    "Bad Request: the chat is not a forum": Reason.NO_RIGHTS,
    "Bad Request: the chat is not a supergroup forum": Reason.NO_RIGHTS,
    "Bad Request: REACTION_INVALID": Reason.REFUSED,
    "Bad Request: can't parse entities: Unclosed start tag at byte offset 4": Reason.REFUSED,
    "Bad Request: query is too old and response timeout expired or query ID is invalid": Reason.REFUSED,
}


@pytest.mark.parametrize(("description", "reason"), GONE_FOR_GOOD.items())
def test_a_400_is_refused_for_good_and_says_why(description, reason):
    failure = failure_of(400, description)

    assert isinstance(failure, Never)
    assert failure.reason is reason


def test_a_method_the_server_does_not_have_is_no_wrong_token():
    assert isinstance(failure_of(404, "Not Found: method not found"), Never)


@pytest.mark.parametrize(
    "description",
    [
        "Bad Request: message is not modified: specified new message content and reply markup are exactly the same",
        "Bad Request: message to delete not found",
    ],
)
def test_what_is_already_so_is_success(description):
    assert failure_of(400, description) is None


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, WrongToken), (404, WrongToken), (403, Blocked), (409, Conflict), (413, Never), (500, Unknown),
        (502, Unknown), (302, Unknown),
    ],
)  # fmt: skip
def test_every_other_status_has_one_meaning(status, kind):
    assert isinstance(failure_of(status, ""), kind)


@pytest.mark.parametrize(("named", "waits"), [(7, 7), (10_072, 10_072), (None, 5), (0, 5)])
def test_a_429_waits_as_long_as_it_says_and_never_not_at_all(named, waits):
    failure = failure_of(429, "Too Many Requests: retry after 7", named)

    assert isinstance(failure, Later)
    assert failure.after == waits
