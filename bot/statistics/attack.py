"""The attack on a release before anybody else makes it: what can be worked out from everything that is published.

Law: it reads a release and nothing that was not published, and it knows the method.
"""

from collections.abc import Sequence

from bot.errors import GzaError
from bot.statistics.published import Release


class Exposed(GzaError):
    """A number that is not shown could be worked out: nothing is published, nothing is lost. Says what to do."""


def verify(release: Release, past: Sequence[Release]) -> None:
    """Attack a finished release together with all earlier ones. Raises Exposed."""
    raise NotImplementedError
