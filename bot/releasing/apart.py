"""A job in a process of its own, as it is seen from the bot: started for one release, gone when that is done.

Why: what draws charts stays in memory once it is loaded, and would hold up everybody while it draws. Law: exact sums go
through the pipe and nowhere else.

    in   the job as JSON
    out  a line of JSON (the release, or why there is none) · all files, packed
"""

import asyncio
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Awaitable, Callable
from contextlib import suppress

from bot.errors import GzaError
from bot.releasing.job import Job, Made
from bot.statistics.attack import Exposed
from bot.statistics.shelved import Shelved

LONGEST = 600.0
"""Seconds that a release may take; it takes about ten."""
MADE, EXPOSED, FAILED = "made", "exposed", "failed"
"""What the process says first: the release, why it would give somebody away, or which error it met."""
CHILD = "bot.releasing.child"

Doing = Callable[[Job], Awaitable[Made]]


class NotMade(GzaError):
    """The process that makes releases did not make one."""


async def apart(job: Job) -> Made:
    """Do a job in a process of its own. Raises Exposed, or NotMade; whoever is cancelled ends the process too."""
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", CHILD, stdin=PIPE, stdout=PIPE, stderr=DEVNULL)
    try:
        answer, _ = await asyncio.wait_for(process.communicate(job.to_json()), LONGEST)
    except TimeoutError:
        raise NotMade("The release took too long to make: try again with `gza release` at a quiet hour.") from None
    finally:
        await _ended(process)
    return understood(answer)


async def _ended(process: Process) -> None:
    if process.returncode is None:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def understood(answer: bytes) -> Made:
    """What the process said. Raises Exposed or NotMade."""
    line, _, content = answer.partition(b"\n")
    said = json.loads(line) if line else {FAILED: "it was ended"}
    if EXPOSED in said:
        raise Exposed(said[EXPOSED])
    if FAILED in said:
        raise NotMade(f"The release could not be made ({said[FAILED]}): tell whoever maintains this program.")
    return Made(Shelved.from_json(said[MADE]), content)
