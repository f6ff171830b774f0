"""What the process gives up at its start, so that its memory lands in no file: core dumps, and others who look in.

Law: where the system does not let us, we go on; `gza doctor` says so.
"""

import ctypes
import resource
from contextlib import suppress

SET_DUMPABLE, GET_DUMPABLE = 4, 3
"""Of prctl(2)."""


def harden() -> bool:
    """No core dump of this process, and no debugger of other users; whether both hold now."""
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _prctl(SET_DUMPABLE, 0)
    return is_hard()


def is_hard() -> bool:
    """Whether this process leaves no core dump."""
    return resource.getrlimit(resource.RLIMIT_CORE)[0] == 0 and _prctl(GET_DUMPABLE) == 0


def _prctl(option: int, value: int = 0) -> int:
    """prctl(2); -1 where there is none."""
    with suppress(OSError, AttributeError):
        return int(ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0))
    return -1
