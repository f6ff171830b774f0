"""Publishing: only a clean book, and nobody is left standing on a node that is gone."""

import os

from dialogs.editing.publish import run
from dialogs.review.running import published_path, read_published
from tests.fakes.shelf import Shelf


def publish(shelf):
    said = []
    return run(said.append, shelf.book, shelf.locales), said


def test_publishing_lists_the_places_people_may_stand_on(tmp_path):
    shelf = Shelf(tmp_path).write()

    assert publish(shelf)[0] == 0
    assert published_path(shelf.book).read_text(encoding="utf-8").splitlines() == [
        "human.lines",
        "menu.top",
        "offer.fee",
        "offer.go",
        "offer.none",
        "offer.signs",
        "sos.now",
        "start.languages",
        "trip.more",
        "trip.rules",
    ]


def test_a_book_with_a_finding_is_not_published(tmp_path):
    shelf = Shelf(tmp_path).change("locales", "menu.top: {ka: null}").write()
    code, said = publish(shelf)

    assert code == 1
    assert said[-1] == "Nothing is published."
    assert not published_path(shelf.book).exists()


def test_a_node_cannot_vanish_after_publishing_without_saying_where_its_people_go(tmp_path):
    shelf = Shelf(tmp_path).change(
        "scripts/trip.yaml", "nodes: {visa: {say: [], goto: rules}, rules: {choose: {more: visa}}}"
    )
    shelf.change(
        "scripts/menu.yaml", "nodes: {top: {choose: {more: {goto: trip.more, label: trip.rules.more}}}}"
    ).write()
    assert publish(shelf)[0] == 0

    shelf.change("scripts/trip.yaml", "nodes: {visa: null, rules: {choose: {more: more}}}").write()
    assert publish(shelf)[0] == 1

    shelf.change("scripts/trip.yaml", "moved: {visa: more}").write()
    assert publish(shelf)[0] == 0
    assert "trip.visa" not in read_published(shelf.book)


def test_publishing_an_unchanged_book_still_tells_the_running_bot(tmp_path):
    shelf = Shelf(tmp_path).write()
    publish(shelf)
    path = published_path(shelf.book)
    os.utime(path, (1, 1))
    publish(shelf)

    assert path.stat().st_mtime > 1


def test_no_half_written_file_is_left_behind(tmp_path):
    shelf = Shelf(tmp_path).write()
    publish(shelf)

    assert [path.name for path in shelf.book.iterdir() if path.name.startswith(".")] == []
