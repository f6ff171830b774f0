"""A job in a process of its own, as it is seen from the bot: started for one release, gone when that is done.

Why: what draws charts stays in memory once it is loaded, and would hold up everybody while it draws. Law: exact sums go
through the pipe and nowhere else; the process knows no setting of ours, and takes none from a file that lies about.
What it gives back counts only when it ended well and all of it came.

    in   the job as JSON
    out  a line of JSON (the release, or why there is none) · all files, packed
"""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Awaitable, Callable
from contextlib import suppress
from hashlib import sha256
from tempfile import TemporaryDirectory

from pydantic import TypeAdapter

from bot.errors import GzaError
from bot.releasing.job import Job, Made
from bot.statistics.attack import Exposed
from bot.statistics.shelved import Shelved

LONGEST = 600.0
"""Seconds that a release may take; it takes about ten."""
MADE, EXPOSED, FAILED = "made", "exposed", "failed"
"""What the process says first: the release, why it would give somebody away, or which error it met."""
CHILD = "bot.releasing.child"
PASSED = ("PATH", "LANG", "LC_ALL", "TMPDIR")
"""The variables that the process gets of ours: no token is among them, and no setting of what it loads."""

Doing = Callable[[Job], Awaitable[Made]]


class NotMade(GzaError):
    """The process that makes releases did not make one."""


async def apart(job: Job) -> Made:
    """Do a job in a process of its own. Raises Exposed, or NotMade; whoever is cancelled ends the process too."""
    with TemporaryDirectory(prefix="gza-") as folder:
        process = await _started(folder)
        try:
            answer, _ = await asyncio.wait_for(process.communicate(job.to_json()), LONGEST)
        except TimeoutError:
            raise NotMade("The release took too long to make: try again with `gza release` at a quiet hour.") from None
        finally:
            await _ended(process)
    return understood(answer, process.returncode)


async def _started(folder: str) -> Process:
    """In an empty folder, where nothing is read that anybody put there, and with the few variables it needs."""
    told = {name: os.environ[name] for name in PASSED if name in os.environ} | {"MPLCONFIGDIR": folder}
    command = (sys.executable, "-P", "-m", CHILD)
    return await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, cwd=folder, env=told)


async def _ended(process: Process) -> None:
    if process.returncode is None:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def understood(answer: bytes, code: int | None) -> Made:
    """What the process said that ended with this code. Raises Exposed or NotMade."""
    line, _, content = answer.partition(b"\n")
    said = _said(line) if code == 0 else {FAILED: "it was ended"}
    if EXPOSED in said:
        raise Exposed(said[EXPOSED])
    made = _made(said.get(MADE, ""), content)
    if made is None:
        reason = said.get(FAILED, "its answer is not whole")
        raise NotMade(f"The release could not be made ({reason}): tell whoever maintains this program.")
    return made


def _said(line: bytes) -> dict[str, str]:
    """Nothing where the line was cut off."""
    try:
        return _LINE.validate_json(line)
    except ValueError:
        return {}


def _made(shelved: str, content: bytes) -> Made | None:
    """What can be read, and has the hash that was written down for it."""
    try:
        made = Made(Shelved.from_json(shelved), content)
    except ValueError:
        return None
    return made if sha256(content).hexdigest() == made.shelved.sha256 else None


_LINE = TypeAdapter(dict[str, str])
