"""From sums to packed files: the same for the same, and sums go through the pipe only."""

import asyncio
import io
import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from zipfile import ZipFile

import pytest

from bot.releasing import apart as parent
from bot.releasing.apart import NotMade, apart, understood
from bot.releasing.child import answer
from bot.releasing.job import Job, done, packed
from bot.statistics.attack import Exposed
from bot.statistics.making import About
from tests.fakes import real
from tests.fakes.publishing import SUMMER, forms


@pytest.fixture
def job(summer):
    sums = tuple(sorted((cell.table, cell.value, number) for cell, number in summer.items()))
    return Job(About(SUMMER, date(2026, 10, 14), "Org", "1.0"), ("radio",), {SUMMER.name: sums}, ())


def test_a_job_goes_through_the_pipe_as_it_is(job):
    made = done(job, forms, book=real.book())
    later = replace(job, past=(made.shelved.release,))
    assert Job.from_json(later.to_json()) == later


def test_what_it_shows_of_itself_holds_no_sum(job):
    assert "language" not in repr(job)
    assert "counts" not in repr(job)


def test_the_same_job_makes_the_same_bytes(job):
    one, other = (done(job, forms, book=real.book()) for _ in "ab")
    assert one.content == other.content
    assert one.shelved == other.shelved


def test_a_pack_tells_nothing_of_when_or_where_it_was_made():
    with ZipFile(io.BytesIO(packed({"b": b"two", "a": b"one"}))) as pack:
        assert pack.namelist() == ["b", "a"]
        assert {entry.date_time for entry in pack.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert pack.read("a") == b"one"


def test_why_there_is_none_comes_back_in_words():
    with pytest.raises(Exposed, match="could be worked out"):
        understood(json.dumps({"exposed": "A number could be worked out."}).encode() + b"\n", 0)
    with pytest.raises(NotMade, match=r"KeyError at tables\.py:7"):
        understood(json.dumps({"failed": "KeyError at tables.py:7"}).encode() + b"\n", 0)
    with pytest.raises(NotMade, match="it was ended"):
        understood(b"", -9)


@pytest.fixture
def answered(job):
    """What a process says that did its job."""
    made = done(job, forms, book=real.book())
    return made, json.dumps({"made": made.shelved.to_json()}).encode() + b"\n" + made.content


def test_an_answer_that_is_whole_is_taken_when_the_process_ended_well(answered):
    made, answer = answered
    assert understood(answer, 0) == made


@pytest.mark.parametrize("code", [1, -9, None])
def test_of_a_process_that_was_ended_even_a_whole_answer_is_none(answered, code):
    _, answer = answered
    with pytest.raises(NotMade, match="it was ended"):
        understood(answer, code)


def test_an_answer_that_was_cut_off_anywhere_is_none(answered):
    _, answer = answered
    for length in (0, 1, *range(2, len(answer), 199), len(answer) - 1):
        with pytest.raises(NotMade, match="not whole"):
            understood(answer[:length], 0)


@pytest.mark.parametrize("line", [b"[]", b"{}", b'{"made": ""}', b'{"made": 7}', b"\xff"])
def test_nor_is_one_that_says_nothing_we_know(line):
    with pytest.raises(NotMade, match="not whole"):
        understood(line + b"\n", 0)


def test_of_an_error_inside_comes_back_its_type_and_place_and_no_text():
    out = io.BytesIO()
    answer(io.BytesIO(b'{"secret": 4711}'), out)
    with pytest.raises(NotMade, match="ValidationError at") as error:
        understood(out.getvalue(), 0)
    assert "4711" not in str(error.value)
    assert "4711" not in out.getvalue().decode()


@pytest.fixture
def started(monkeypatch):
    """The processes that were started; each sleeps until it is ended."""
    found, start = asyncio.Queue(), asyncio.create_subprocess_exec

    async def watched(*_, **pipes):
        process = await start(sys.executable, "-c", "import time; time.sleep(60)", **pipes)
        found.put_nowait(process)
        return process

    monkeypatch.setattr("bot.releasing.apart.asyncio.create_subprocess_exec", watched)
    return found


async def test_whoever_is_cancelled_ends_the_process_too(job, started):
    waiting = asyncio.create_task(apart(job))
    process = await started.get()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert process.returncode == -9


async def test_a_process_that_takes_too_long_is_ended_and_said(job, started, monkeypatch):
    monkeypatch.setattr(parent, "LONGEST", 0.1)
    with pytest.raises(NotMade, match="too long"):
        await apart(job)
    assert started.get_nowait().returncode == -9


async def test_it_gets_no_setting_of_ours_and_takes_none_from_where_we_stand(job, monkeypatch, tmp_path):
    tells = "import json, os; print(json.dumps({'failed': f'{sorted(os.environ)} {os.listdir()} {os.getcwd()}'}))"
    start, commands = asyncio.create_subprocess_exec, []

    async def telling(*command, **given):
        commands.append(command)
        return await start(sys.executable, "-c", tells, **given)

    monkeypatch.setattr("bot.releasing.apart.asyncio.create_subprocess_exec", telling)
    monkeypatch.setenv("BOT_TOKEN", "4242:secret")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "matplotlibrc").write_text("")
    with pytest.raises(NotMade) as told:
        await apart(job)
    for word in ("BOT_TOKEN", "PYTHON", "HOME", "matplotlibrc", str(tmp_path)):
        assert word not in str(told.value)
    assert "'MPLCONFIGDIR'" in str(told.value)
    assert "] [] " in str(told.value), "an empty folder"
    assert "-P" in commands[0]


def loaded_by(module, names):
    code = f"import sys, {module}; print(sorted(set(sys.modules) & set({names})))"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def test_it_is_hard_before_it_loads_anything_else():
    assert loaded_by("bot.releasing.child", ("pydantic", "bot.releasing.job", "bot.hardening")) == "['bot.hardening']"


def test_what_draws_and_what_solves_is_never_loaded_by_the_bot_itself():
    heavy = "matplotlib", "highspy", "xlsxwriter", "numpy"
    assert loaded_by("bot.app, bot.operating.publishing", heavy) == "[]"
