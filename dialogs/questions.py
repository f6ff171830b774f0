"""What the organisation must still decide or confirm: the model of `dialogs/book/open.yaml`.

A question leaves the file when it is answered. It says what the bot does until then, so that nobody has to guess.
"""

from dialogs.model import Name, Part


class Question(Part):
    """One open point: what is asked, who decides, which facts hang on it, and what the bot does until then.

    `facts` may be hidden or shown: a number can be confirmed while its hours are not.
    """

    question: str
    owner: str
    facts: tuple[Name, ...] = ()
    until: str


class OpenList(Part):
    """All open points, in the order people read them."""

    questions: dict[Name, Question]
