"""The daily work: who waits, whose turn it is, notes, reading back, taking back."""

from bot.desk import work
from bot.desk.cases import Phase
from bot.desk.entries import Said
from bot.desk.staff import Role
from storage import Author
from tests.fakes.desk import ANNA, BEKA, NINO, STAFF, scene, talking, waiting
from tests.fakes.office import MONDAY, buttons, said, told


async def talk(desk, role=Role.MANAGER):
    """Nino has Anna's case."""
    nino = await desk.seats("Nino", role)
    anna = await desk.waits()
    await desk.takes(nino, anna)
    return nino, anna


def listed(upshot) -> list[str]:
    """The aliases on the buttons of a list, in order."""
    return [label.removeprefix("▶ ") for row in upshot.posts[0].letter.rows for label, _ in row]


def test_the_queue_shows_urgent_cases_first_then_the_consultants_own_language_then_who_came_first():
    cases = [
        waiting(1, MONDAY, language="ka"),
        waiting(2, MONDAY.replace(minute=1)),
        waiting(3, MONDAY.replace(minute=2), language="ru", urgent=True),
        waiting(4, MONDAY.replace(minute=3)),
    ]
    shown = listed(work.queue(scene(*cases), STAFF[NINO], None))
    assert shown == ["ALIAS 3", "ALIAS 2", "ALIAS 4", "ALIAS 1"]


def test_the_queue_shows_only_who_waits_since_when_and_how_grave_it_is():
    cases = waiting(ANNA, band="red", topic="offer"), talking(BEKA)
    (post,) = work.queue(scene(*cases), STAFF[NINO], None).posts
    assert f"ALIAS {ANNA}" in post.letter.text
    assert "12:00" in post.letter.text
    assert "■■■" in post.letter.text
    assert f"ALIAS {BEKA}" not in post.letter.text


async def test_an_empty_queue_says_so(desk):
    nino = await desk.seats("Nino")
    await desk.does(lambda: nino.says("/queue"))
    assert told(nino, "staff.queue.empty") == 1


async def test_a_consultant_sees_their_own_cases_and_no_others(desk):
    nino, anna = await talk(desk)
    vera = await desk.seats("Vera")
    beka = await desk.waits("Beka")
    await desk.takes(vera, beka)
    hers, his = (await desk.case(anna)).alias, (await desk.case(beka)).alias
    await desk.does(lambda: nino.says("/cases"))
    assert hers in said(nino)[-1]
    assert his not in said(nino)[-1]


async def test_nobody_finds_a_person_by_a_name_or_a_word(desk):
    nino, anna = await talk(desk)
    vera = await desk.seats("Vera")
    await desk.does(lambda: anna.says("passport"))
    for text in ("/find Anna", "/queue Anna", f"/history {anna.id}", "/cases passport"):
        await desk.does(lambda text=text: vera.says(text))
    assert (await desk.case(anna)).alias not in " ".join(said(vera))
    assert "passport" not in " ".join(said(vera))
    assert "Anna" not in " ".join(said(vera) + said(nino))


async def test_whoever_claims_is_told_so_and_the_person_too(desk):
    nino, anna = await talk(desk)
    assert told(anna, "desk.joined") == 1
    assert (await desk.case(anna)).alias in nino.toast


async def test_what_was_kept_is_shown_when_somebody_comes(desk):
    nino = await desk.seats("Nino")
    anna = await desk.waits()
    await desk.does(lambda: anna.says("my boss has my passport"), lambda: anna.says("please help"))
    await desk.takes(nino, anna)
    assert [words.partition("\n")[2] for words in said(nino)[-2:]] == ["my boss has my passport", "please help"]


async def test_duty_is_changed_by_a_word_or_a_button_and_keeps_the_cases(desk):
    nino, anna = await talk(desk)
    await desk.does(lambda: nino.says("/duty"))
    assert told(nino, "staff.duty.off") == 1
    assert not (await desk.desk()).staff[nino.id].on_duty
    await desk.presses(nino, "duty")
    assert (await desk.desk()).staff[nino.id].on_duty
    assert (await desk.case(anna)).owner == nino.id


async def test_a_case_that_is_given_back_keeps_its_place_and_leaves_nothing_in_the_room(desk):
    nino, anna = await talk(desk)
    await desk.does(lambda: anna.says("my boss has my passport"), lambda: nino.says("I must go"))
    await desk.later(minutes=1)
    await desk.waits("Beka")
    await desk.does(lambda: nino.says("/release"))
    case = await desk.case(anna)
    assert (case.phase, case.owner) == (Phase.WAITING, None)
    assert (await desk.desk()).waiting()[0].person == anna.id
    assert told(anna, "desk.released") == 1
    lying = " ".join(bubble.text for bubble in nino.sees())
    assert "my boss" not in lying
    assert "I must go" not in lying


async def test_whoever_takes_a_case_that_was_given_back_reads_all_of_it(desk):
    nino, anna = await talk(desk)
    vera = await desk.seats("Vera")
    await desk.does(lambda: anna.says("my boss has my passport"), lambda: nino.says("where are you?"))
    await desk.does(lambda: nino.says("/release"))
    await desk.takes(vera, anna)
    shown = " ".join(said(vera))
    assert "my boss has my passport" in shown
    assert "where are you?" in shown


async def test_history_shows_everything_to_the_owner_in_order(desk):
    nino, anna = await talk(desk)
    await desk.does(lambda: anna.says("one"), lambda: nino.says("two"), lambda: nino.says("//three"))
    await desk.does(lambda: nino.says("/history"))
    shown = said(nino)[-1]
    assert shown.index("one") < shown.index("two") < shown.index("three")


async def test_a_note_is_kept_and_never_reaches_the_person(desk):
    nino, anna = await talk(desk)
    before = said(anna)
    await desk.does(lambda: nino.says("//she is afraid"), lambda: nino.says("/note call Beka"))
    assert said(anna) == before
    notes = [Said.opened(entry.body).text for entry in await desk.transcript(anna) if entry.author is Author.NOTE]
    assert notes == ["she is afraid", "call Beka"]
    assert told(nino, "staff.note.kept") == 2


async def test_an_empty_note_says_how_one_is_written(desk):
    nino, _anna = await talk(desk)
    await desk.does(lambda: nino.says("//"), lambda: nino.says("/note"))
    assert told(nino, "staff.note.empty") == 2


async def test_undo_takes_the_last_line_back_at_the_persons_side_and_only_once(desk):
    nino, anna = await talk(desk)
    await desk.does(lambda: nino.says("first"), lambda: nino.says("wrong chat"), lambda: nino.says("/undo"))
    assert "wrong chat" not in said(anna)
    assert "first" in said(anna)
    assert told(nino, "staff.undone") == 1
    await desk.does(lambda: nino.says("/undo"))
    assert told(nino, "staff.undo.nothing") == 1
    assert "first" in said(anna)


async def test_undo_says_when_it_is_too_late(desk):
    nino, anna = await talk(desk)
    await desk.does(lambda: nino.says("first"))
    await desk.later(hours=49)
    await desk.does(lambda: nino.says("/undo"))
    assert "first" in said(anna)
    assert told(nino, "staff.undo.failed") == 1


async def test_undo_for_somebody_who_hid_the_chat_says_that_it_cannot(desk):
    nino, anna = await talk(desk)
    await desk.does(lambda: nino.says("first"), lambda: anna.says("/hide"), lambda: nino.says("/undo"))
    assert told(nino, "staff.undo.failed") == 1


async def test_commands_never_reach_the_person_even_when_they_are_none(desk):
    nino, anna = await talk(desk)
    before = said(anna)
    await desk.does(lambda: nino.says("/clsoe"), lambda: nino.says("/queue"), lambda: nino.says("/cases"))
    assert said(anna) == before
    assert told(nino, "staff.unknown") == 1


async def test_a_button_of_a_case_that_is_gone_says_so(desk):
    nino, anna = await talk(desk)
    vera = await desk.seats("Vera")
    (claim,) = {data for data in buttons(nino) if data.startswith("claim:")}
    await desk.does(lambda: vera.presses(1, claim))
    assert "Nino" in vera.toast
    assert (await desk.case(anna)).owner == nino.id
