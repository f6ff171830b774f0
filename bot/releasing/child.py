"""The process in which a release is made (`bot.releasing.apart` starts it); nothing else imports this.

Law: it leaves no core dump, says nothing but its answer, and of an error only the type and the place. So it is
hard before it loads or reads anything else.
"""

import json
import os
import sys
from typing import BinaryIO

from bot.hardening import harden


def main() -> None:
    """Read a job, answer it, end. Whatever libraries print goes nowhere."""
    harden()
    with os.fdopen(os.dup(1), "wb") as out:
        os.dup2(2, 1)
        answer(sys.stdin.buffer, out)


def answer(job: BinaryIO, out: BinaryIO) -> None:
    """Do the job that is read, and write what came of it."""
    from bot.logs import place_of
    from bot.releasing.apart import EXPOSED, FAILED, MADE
    from bot.releasing.job import Job, done
    from bot.statistics.attack import Exposed

    content = b""
    try:
        from bot.statistics.forms.all import files

        made = done(Job.from_json(job.read()), files)
        said, content = {MADE: made.shelved.to_json()}, made.content
    except Exposed as reason:
        said = {EXPOSED: str(reason)}
    except Exception as error:  # noqa: BLE001 — its text may hold numbers; its type and place do not
        said = {FAILED: f"{type(error).__name__} at {place_of(error)}"}
    out.write(json.dumps(said).encode() + b"\n" + content)


if __name__ == "__main__":
    main()
