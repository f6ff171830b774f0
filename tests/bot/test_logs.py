"""Logs say that something happened and of which kind, never what was in it."""

import json
import logging

import pytest

from bot.logs import configure, log, place_of

CANARY = "canary-words-of-a-person"


@pytest.fixture
def lines(capsys):
    configure("DEBUG")
    yield lambda: [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    logging.captureWarnings(capture=False)


def test_a_key_that_is_not_allowed_is_dropped(lines):
    log.info("thing.happened", count=3, text=CANARY)

    (line,) = lines()
    assert line["count"] == 3
    assert CANARY not in str(line)


def test_other_libraries_are_reduced_to_name_level_and_error_type(lines):
    try:
        raise ValueError(CANARY)
    except ValueError:
        logging.getLogger("aiohttp.client").exception("request to %s failed", CANARY)

    (line,) = lines()
    assert line["logger"] == "aiohttp.client"
    assert line["error"] == "ValueError"
    assert CANARY not in str(line)


def test_the_place_of_an_error_is_file_and_line():
    with pytest.raises(ValueError, match=CANARY) as caught:
        raise ValueError(CANARY)

    assert place_of(caught.value).startswith("test_logs.py:")
