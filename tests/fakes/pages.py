"""A printed page as a test reads it: its elements in order, each with its tag, attributes and text."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta"}


@dataclass
class Found:
    tag: str
    attributes: dict
    text: str = ""
    inside: list = field(default_factory=list)


class Page(HTMLParser):
    """`found` are all elements in reading order; the text of each holds that of its children."""

    def __init__(self, text):
        super().__init__()
        self.found, self._open = [], []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag, attributes):
        element = Found(tag, dict(attributes))
        for outer in self._open:
            outer.inside.append(element)
        self.found.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag):
        assert self._open.pop().tag == tag

    def handle_data(self, data):
        for element in self._open:
            element.text += data

    def by_id(self, name):
        (element,) = [element for element in self.found if element.attributes.get("id") == name]
        return element

    def of_class(self, name):
        return [element for element in self.found if element.attributes.get("class") == name]
