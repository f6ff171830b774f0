"""What a manager sees of the numbers: how much there is to do now, and apart from it every release with its files."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import event

from bot.clock import TBILISI
from bot.desk import cases, figures, stats
from bot.desk.staff import Role
from bot.sandbox.shapes import Kind
from bot.statistics.operational import rounded, usual
from bot.statistics.periods import Length, Period
from storage import Kind as Records
from tests.fakes.desk import ANNA, DATO, STAFF, scene, talking, waiting
from tests.fakes.frozen import files, freeze, shelved
from tests.fakes.office import MONDAY, buttons, said, text, told
from tests.fakes.telegram import uploaded
from tests.fakes.village import village

Q3 = "2026-Q3"


@pytest.fixture(autouse=True)
def _words(monkeypatch):
    monkeypatch.setattr("bot.desk.releases.short", lambda release, book, language: f"{release.period} {language}")


MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def many(number, made, first=1):
    """So many cases of a sort."""
    return [made(ANNA + first + each) for each in range(number)]


def coding(person):
    return cases.wrapping_up(talking(person), MONDAY)


def closed(person, at=MONDAY):
    return cases.closed(talking(person), "answered", at)


def shows(*found, **more):
    """What stands in the message."""
    (post,) = stats.stats(scene(*found, **more), STAFF[DATO], None).posts
    return post.letter


@pytest.mark.parametrize(("count", "shown"), [(0, None), (4, None), (5, 5), (7, 5), (8, 10), (12, 10), (13, 15)])
def test_a_figure_of_the_work_is_rounded_to_five_and_below_five_it_is_few(count, shown):
    assert rounded(count) == shown


@pytest.mark.parametrize(
    ("waits", "shown"),
    [
        ([MINUTE] * 4, None),
        ([MINUTE] * 5, 0 * MINUTE),
        ([3 * MINUTE] * 5, 5 * MINUTE),
        ([MINUTE, MINUTE, 12 * MINUTE, HOUR, 9 * HOUR], 10 * MINUTE),
        ([119 * MINUTE] * 6, 120 * MINUTE),
        ([2 * HOUR + MINUTE] * 6, 2 * HOUR),
        ([50 * HOUR + 59 * MINUTE] * 6, 50 * HOUR),
    ],
)
def test_the_first_answer_is_said_to_five_minutes_or_to_whole_hours_and_never_of_few(waits, shown):
    assert usual(waits) == shown


def test_the_figures_say_how_many_cases_are_where_and_nothing_more_exact():
    found = many(6, waiting) + many(13, talking, 100) + many(4, coding, 200) + many(8, closed, 300)
    assert figures.in_words(scene(*found), "en").splitlines() == [
        "<b>Now</b>",
        "Waiting: 5",
        "Talking with a consultant: 15",
        "Talk over, outcome not marked yet: fewer than 5",
        "Closed in the last 24 hours: 10",
        "First answer (median): too few to say",
        text("staff.now.apart"),
    ]


def test_a_case_counts_as_closed_as_long_as_it_can_be_taken_up_again():
    old = many(5, lambda person: closed(person, MONDAY - 25 * HOUR), 50)
    now = figures.now_at_desk(scene(*many(9, closed), *old))
    assert now.closed == 10


def test_what_is_never_kept_after_the_end_is_not_spoken_of():
    words = figures.in_words(scene(*many(9, closed), reopen=timedelta(0)), "en")
    assert "Closed" not in words


@pytest.mark.parametrize(("language", "line"), [("en", "about 35 minutes"), ("ru", "около 35 мин"), ("ka", "35 წუთი")])
def test_the_median_of_the_first_answers_is_said_in_every_language(language, line):
    answered = [replace(one, first_answer_at=one.asked_at + 34 * MINUTE) for one in many(5, talking)]
    assert line in figures.in_words(scene(*answered), language)


def test_nothing_that_is_shown_says_anything_of_anybody():
    one = {"language": "ka", "topic": "trouble", "band": "red", "urgent": True, "minor": True}
    found = [waiting(person, **one) for person in range(1, 40)]
    same = [waiting(person) for person in range(1, 40)]
    assert shows(*found) == shows(*same)
    assert not any(case.alias in shows(*found).text for case in found)


def test_a_case_remembers_its_first_answer_until_it_is_asked_for_anew():
    case = cases.answered(talking(), 1, MONDAY + 3 * MINUTE)
    case = cases.answered(case, 2, MONDAY + 9 * MINUTE)
    assert (case.first_answer_at, case.answered_at) == (MONDAY + 3 * MINUTE, MONDAY + 9 * MINUTE)

    given_back = cases.queued(case, MONDAY + HOUR)
    assert given_back.first_answer_at == case.first_answer_at

    again = cases.asked_anew(cases.closed(case, "answered", MONDAY + HOUR), MONDAY + 2 * HOUR)
    assert (again.asked_at, again.first_answer_at) == (MONDAY + 2 * HOUR, None)


def test_where_there_is_no_report_yet_it_is_said_and_when_the_next_one_comes():
    letter = shows()
    assert text("staff.now.none") in letter.text.replace("<b>", "").replace("</b>", "")
    assert "01.10–31.12.2026. It is made on 14.01.2027." in letter.text
    assert letter.rows == ()


@pytest.mark.parametrize(
    ("day", "named"),
    [(datetime(2026, 10, 14, tzinfo=TBILISI), "2026-Q3"), (datetime(2026, 10, 15, tzinfo=TBILISI), "2026-Q4")],
)
def test_before_the_first_report_the_next_one_is_of_the_period_that_is_not_overdue(day, named):
    assert stats.coming(scene(now=day)).name == named


def test_a_report_that_should_be_there_and_is_not_is_said_to_be_late():
    letter = shows(now=datetime(2027, 2, 1, tzinfo=TBILISI), releases=(shelved(Q3),))
    assert "The report for 01.10–31.12.2026 was due on 14.01.2027 and is not there yet." in letter.text


def test_a_house_with_months_waits_for_the_next_month():
    here = scene(releases=(shelved("2026-10", Length.MONTH),))
    monthly = replace(here, desk=replace(here.desk, length=Length.MONTH))
    assert stats.coming(monthly) == Period(2026, 11, Length.MONTH)


def test_the_newest_eight_reports_come_first_and_the_older_ones_on_the_next_page():
    names = [f"{year}-Q{quarter}" for year in (2024, 2025, 2026) for quarter in (1, 2, 3, 4)][:11]
    here = scene(releases=tuple(map(shelved, names)))
    (first,) = stats.stats(here, STAFF[DATO], None).posts
    *listed, turns = first.letter.rows
    assert [row[0][0].partition(" ")[0] for row in listed] == names[:-9:-1]
    assert turns == (("Older", "statsfrom_8:0"),)


def test_a_demonstration_says_so_and_a_report_that_does_not_open_is_not_passed_over():
    here = scene(releases=(shelved(Q3),), unreadable=True)
    demo = replace(here, desk=replace(here.desk, demo=True))
    assert text("staff.now.demo") in shows_in(demo)
    assert text("staff.now.missing") in shows_in(demo)
    assert text("staff.now.demo") not in shows_in(replace(here, unreadable=False))
    assert text("staff.now.missing") not in shows_in(replace(here, unreadable=False))


def shows_in(here):
    return stats.stats(here, STAFF[DATO], None).posts[0].letter.text


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
    assert words.startswith(f"{text('staff.now.unsent')}\n\n")
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

    assert counted["a manager's numbers"] == counted["a manager's queue"] + 2
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
