"""A release in a manager's chat: every file of it as it was frozen, for whom it is meant, a tap at a time."""

import pytest
from sqlalchemy import event

from bot.desk.staff import Role
from bot.sandbox.shapes import Kind
from bot.statistics.forms.short import short
from storage import Kind as Records
from tests.fakes.frozen import files, freeze, release
from tests.fakes.office import BOOK, buttons, said, text, told
from tests.fakes.publishing import lose_files
from tests.fakes.telegram import uploaded
from tests.fakes.village import village

Q3 = "2026-Q3"


@pytest.fixture
async def dato(desk):
    """A manager, in a house with a release."""
    await freeze(desk.app.store, "2026-Q2", Q3)
    return await desk.seats("Dato", Role.MANAGER)


def heard(person, since=0):
    """What the bot showed: kind and words, or the name of a document."""
    bubbles = [bubble for bubble in person.sees() if bubble.author == "bot"][since:]
    return [(one.kind, one.document.name if one.document else one.text) for one in bubbles]


async def audited(desk):
    async with desk.app.store.transaction() as work:
        return sorted(record.body for record in await work.records((Records.AUDIT,)))


async def test_a_manager_gets_a_report_as_pictures_with_its_words_and_buttons_under_the_last(desk, dato):
    await desk.does(lambda: dato.says("/stats"), lambda: dato.taps("stats_2026_q3:0"))

    first, last = [bubble for bubble in dato.sees() if bubble.author == "bot"][-2:]
    sent = [uploaded(desk.telegram, bubble.picture) for bubble in (first, last)]
    assert sent == [files()[f"gza-2026-Q3-{unit}-en.png"] for unit in ("talk", "case")]
    assert (first.kind, first.text, first.labels) == (Kind.PHOTO, "", [])
    assert last.text == short(release(), BOOK(), "en")
    assert last.labels == ["Report (HTML)", "Spreadsheet (XLSX)", "CSV", "JSON", "ქართული", "Русский"]
    assert dato.toast == text("staff.now.coming")
    assert any('"release.sent 2026-Q3 png"' in line for line in await audited(desk))


@pytest.mark.parametrize(("form", "name"), [("html", "gza-2026-Q3-ru.html"), ("json", "gza-2026-Q3.json")])
async def test_a_file_comes_byte_by_byte_as_it_was_frozen_in_the_language_that_was_chosen(desk, dato, form, name):
    await desk.does(lambda: dato.says("/stats"), lambda: dato.taps("stats_2026_q3:0"))
    await desk.does(lambda: dato.taps("stats_2026_q3_ru:0"), lambda: dato.taps(f"statsfile_2026_q3_{form}_ru:0"))

    last = dato.sees()[-1]
    assert (last.kind, last.document.name) == (Kind.DOCUMENT, name)
    assert uploaded(desk.telegram, last.document) == files()[name]
    assert any(f'"release.sent 2026-Q3 {form}"' in line for line in await audited(desk))
    assert not any("Dato" in line or str(dato.id) in line for line in await audited(desk))


async def test_of_one_whose_files_are_gone_since_a_restore_the_words_are_left(desk, dato):
    await lose_files(desk.app.store, Q3)
    await desk.does(lambda: dato.says("/stats"), lambda: dato.taps("stats_2026_q3:0"))

    last = dato.sees()[-1]
    assert (last.kind, last.text, last.labels) == (Kind.TEXT, short(release(), BOOK(), "en"), ["ქართული", "Русский"])
    await desk.does(lambda: dato.presses(1, "statsfile_2026_q3_csv_en:0"))
    assert [kind for kind, _ in heard(dato)] == [Kind.TEXT] * len(heard(dato))


async def test_two_taps_at_once_send_a_file_twice_and_no_more(desk, dato):
    dato.presses(1, "statsfile_2026_q3_csv_en:0")
    dato.presses(1, "statsfile_2026_q3_csv_en:0")
    await desk.settle()
    await desk.later(minutes=5)

    assert heard(dato) == [(Kind.DOCUMENT, "gza-2026-Q3-en.csv")] * 2


async def test_an_old_button_of_a_manager_who_was_removed_sends_nothing(desk, dato):
    await desk.seats("Vera", Role.MANAGER)
    await desk.does(lambda: dato.says("/stats"), lambda: dato.taps("stats_2026_q3:0"))
    await desk.app.rounds.attending.dismiss(dato.id, desk.now)
    before = len(heard(dato))

    await desk.does(*(lambda data=data: dato.presses(1, data) for data in buttons(dato)))

    assert not [one for one in heard(dato, before) if one[0] is not Kind.TEXT]
    assert not any("gza-2026" in words for _, words in heard(dato, before))


async def test_a_consultant_is_told_that_the_numbers_are_not_theirs(desk, dato):
    vera = await desk.seats("Vera")
    await desk.does(
        lambda: vera.says("/stats"),
        lambda: vera.presses(1, "stats_2026_q3:0"),
        lambda: vera.presses(1, "statsfile_2026_q3_csv_en:0"),
    )
    assert said(vera) == [text("staff.not_yours")]
    assert vera.toast == text("staff.not_yours")


async def mend(desk, how):
    """Change what lies frozen, as whoever has the file can."""
    async with desk.app.store.transaction() as work:
        found = (await work._connection.exec_driver_sql("SELECT blind_index, body FROM release")).all()
        for index, body in found:
            await work._connection.exec_driver_sql(
                "UPDATE release SET body = ? WHERE blind_index = ?", (how(body), index)
            )


async def test_a_release_that_was_tampered_with_is_said_to_be_and_nothing_else_is_sent(desk, dato, capsys):
    await desk.does(lambda: dato.says("/stats"), lambda: dato.taps("stats_2026_q3:0"))
    before = len(heard(dato))
    await mend(desk, lambda body: body[:-1] + bytes([body[-1] ^ 1]))

    await desk.does(lambda: dato.taps("statsfile_2026_q3_csv_en:0"), lambda: dato.presses(1, "stats_2026_q3:0"))

    (_, file), (_, words) = heard(dato, before)
    assert file == text("staff.now.unsent")
    assert words == f"{text('staff.now.unsent')}\n\n{short(release(), BOOK(), 'en')}"
    logged = "".join(capsys.readouterr())
    assert "error=Tampered" in logged
    assert Q3 not in logged


async def test_a_report_whose_list_of_files_is_gone_is_missed_and_its_button_says_so(desk, dato):
    async with desk.app.store.transaction() as work:
        await work.drop([record for record in await work.records((Records.RELEASE,)) if record.key == Q3])

    await desk.does(lambda: dato.says("/stats"))
    assert text("staff.now.missing") in said(dato)[-1]
    assert [data for data in buttons(dato) if data.startswith("stats_")] == ["stats_2026_q2:0"]

    await desk.does(lambda: dato.presses(1, "stats_2026_q3:0"), lambda: dato.presses(1, "statsfile_2026_q3_csv_en:0"))
    assert told(dato, "staff.now.gone") == 2


async def test_a_file_that_was_asked_for_comes_after_a_restart(desk, dato):
    dato.presses(1, "statsfile_2026_q3_xlsx_ka:0")
    await desk.takes_in()
    await desk.stops()
    await desk.begins()
    await desk.settle()

    assert heard(dato) == [(Kind.DOCUMENT, "gza-2026-Q3-ka.xlsx")]


async def test_another_page_of_reports_stands_in_the_same_bubble(desk):
    dato = await desk.seats("Dato", Role.MANAGER)
    await freeze(desk.app.store, *(f"{year}-Q{quarter}" for year in (2024, 2025) for quarter in (1, 2, 3, 4)), Q3)
    await desk.does(lambda: dato.says("/stats"), lambda: dato.taps("Older"))
    assert len(heard(dato)) == 1
    assert buttons(dato) == ["stats_2024_q1:0", "statsfrom_0:0"]

    await desk.does(lambda: dato.taps("Newer"))
    assert buttons(dato)[0] == "stats_2026_q3:0"


async def test_a_manager_who_walks_the_book_still_gets_a_report_they_tap(desk, dato):
    await desk.does(lambda: dato.says("/stats"), lambda: dato.says("/preview"))
    await desk.does(lambda: dato.taps("stats_2026_q3:0"))
    assert heard(dato)[-1][0] is Kind.PHOTO


async def test_releases_are_looked_up_for_managers_who_ask_for_them_and_for_nobody_else(tmp_path):
    async with village(tmp_path) as here:
        dato, vera = await here.hires("Dato", Role.MANAGER), await here.hires("Vera")
        anna = await here.asks()
        counted = {}
        for name, deed in {
            "a manager's queue": lambda: dato.says("/queue"),
            "a manager's numbers": lambda: dato.says("/stats"),
            "a consultant's queue": lambda: vera.says("/queue"),
            "a consultant's numbers": lambda: vera.says("/stats"),
            "a person's": lambda: anna.says("/stats"),
            "a person's words": lambda: anna.says("/menu"),
        }.items():
            counted[name] = await statements(here, deed())

    assert counted["a manager's numbers"] == counted["a manager's queue"] + 3
    assert counted["a consultant's numbers"] == counted["a consultant's queue"]
    assert counted["a person's"] == counted["a person's words"]


async def statements(here, arrival):
    """How much a batch says to the database."""
    said_, engine = [], here.workers[0].store._engine.sync_engine

    def note(_connection, _cursor, statement, *_):
        said_.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    await here.take(arrival)
    event.remove(engine, "before_cursor_execute", note)
    return len(said_)
