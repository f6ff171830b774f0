"""Colleagues: a case is offered and taken or returned; a second reader is asked for and allowed."""

from bot.desk.cases import Phase
from bot.desk.entries import Said
from bot.desk.staff import Role
from storage import Author
from tests.fakes.office import buttons, said, told

PASSPORT = "my boss has my passport"


async def talk(desk):
    """Dato manages, Nino has Anna's case, Vera is her colleague."""
    dato = await desk.seats("Dato", Role.MANAGER)
    nino, vera = await desk.seats("Nino"), await desk.seats("Vera")
    anna = await desk.waits()
    await desk.takes(nino, anna)
    await desk.does(lambda: anna.says(PASSPORT), lambda: nino.says("where are you?"))
    return dato, nino, vera, anna


async def tag(desk, one):
    return (await desk.desk()).staff[one.id].tag


async def offers(desk, nino, vera):
    await desk.does(lambda: nino.says("/transfer"))
    await desk.presses(nino, f"to_{await tag(desk, vera)}")


async def asks_for_reader(desk, nino, vera):
    await desk.does(lambda: nino.says("/second"))
    await desk.presses(nino, f"second_{await tag(desk, vera)}")


async def test_a_case_that_is_offered_stays_until_it_is_taken(desk):
    _, nino, vera, anna = await talk(desk)
    alias = (await desk.case(anna)).alias
    await offers(desk, nino, vera)
    assert (await desk.case(anna)).owner == nino.id
    assert alias in said(vera)[-1]
    assert PASSPORT not in " ".join(said(vera))
    await desk.does(lambda: anna.says("hello?"))
    assert said(nino)[-1].endswith("hello?")


async def test_whoever_accepts_reads_everything_and_the_room_of_the_former_owner_is_empty(desk):
    _, nino, vera, anna = await talk(desk)
    alias = (await desk.case(anna)).alias
    await offers(desk, nino, vera)
    await desk.presses(vera, "accept")
    assert (await desk.case(anna)).owner == vera.id
    assert told(anna, "desk.transferred") == 1
    shown = " ".join(said(vera))
    assert PASSPORT in shown
    assert "where are you?" in shown
    lying = " ".join(bubble.text for bubble in nino.sees())
    assert PASSPORT not in lying
    assert "where are you?" not in lying
    assert told(nino, "staff.transfer.gone", None, alias=alias, name="Vera") == 1


async def test_after_a_transfer_lines_go_between_the_person_and_the_new_owner_alone(desk):
    _, nino, vera, anna = await talk(desk)
    await offers(desk, nino, vera)
    await desk.presses(vera, "accept")
    await desk.does(lambda: anna.says("in Turkey"), lambda: vera.says("I read it"), lambda: nino.says("me too"))
    assert said(vera)[-1].endswith("in Turkey")
    assert "in Turkey" not in " ".join(said(nino))
    assert said(anna)[-1] == "I read it"
    assert told(nino, "staff.no_case") == 1


async def test_an_offer_that_is_not_taken_is_returned_and_the_owner_is_told(desk):
    _, nino, vera, anna = await talk(desk)
    await offers(desk, nino, vera)
    await desk.presses(vera, "return")
    case = await desk.case(anna)
    assert (case.owner, case.offered_to) == (nino.id, None)
    assert told(nino, "staff.transfer.returned") == 1
    assert told(vera, "staff.transfer.not_taken") == 1


async def test_an_offer_that_nobody_answers_is_returned_after_ten_minutes(desk):
    _, nino, vera, anna = await talk(desk)
    await offers(desk, nino, vera)
    (accept,) = [data for data in buttons(vera) if data.startswith("accept")]
    await desk.later(minutes=9)
    assert told(nino, "staff.transfer.returned") == 0
    await desk.later(minutes=2)
    assert told(nino, "staff.transfer.returned") == 1
    await desk.does(lambda: vera.taps(accept))
    assert (await desk.case(anna)).owner == nino.id


async def test_only_whom_it_was_offered_to_can_accept(desk):
    dato, nino, vera, anna = await talk(desk)
    await offers(desk, nino, vera)
    (accept,) = [data for data in buttons(vera) if data.startswith("accept")]
    await desk.does(lambda: dato.presses(1, accept), lambda: nino.presses(1, accept))
    assert (await desk.case(anna)).owner == nino.id


async def test_those_on_duty_who_speak_the_language_are_named_first(desk):
    _, nino, _vera, _anna = await talk(desk)
    eka = await desk.seats("Eka", language="ka")
    zura = await desk.seats("Zura")
    await desk.does(lambda: zura.says("/duty"), lambda: nino.says("/transfer"))
    labels = [label for label in nino.sees()[-1].labels if "·" in label]
    assert [label.split()[1] for label in labels] == ["Dato", "Vera", "Eka", "Zura"]
    assert eka.id in (await desk.desk()).staff


async def test_a_talk_that_is_being_closed_is_not_offered(desk):
    _, nino, vera, anna = await talk(desk)
    await desk.does(lambda: nino.says("/transfer"), lambda: nino.says("/close"))
    await desk.presses(nino, f"to_{await tag(desk, vera)}")
    case = await desk.case(anna)
    assert (case.phase, case.offered_to) == (Phase.WRAP_UP, None)


async def test_a_second_reader_reads_when_a_manager_allows_it_and_not_before(desk):
    dato, nino, vera, anna = await talk(desk)
    await asks_for_reader(desk, nino, vera)
    assert PASSPORT not in " ".join(said(vera) + said(dato))
    await desk.presses(dato, "allow")
    assert PASSPORT in " ".join(said(vera))
    assert told(nino, "staff.reader.joined", None, name="Vera") == 1
    await desk.does(lambda: anna.says("in Turkey"), lambda: nino.says("thank you"))
    assert "in Turkey" in " ".join(said(vera))
    assert "thank you" in said(vera)[-1]


async def test_a_reader_cannot_write_to_the_person_and_can_note(desk):
    dato, nino, vera, anna = await talk(desk)
    await asks_for_reader(desk, nino, vera)
    await desk.presses(dato, "allow")
    before, shown = said(anna), vera.sees()[-1].message_id
    await desk.does(lambda: vera.says("trust me", reply_to=shown), lambda: vera.says("//call 112", reply_to=shown))
    assert said(anna) == before
    notes = [Said.opened(entry.body).text for entry in await desk.transcript(anna) if entry.author is Author.NOTE]
    assert notes == ["call 112"]
    assert "call 112" in said(nino)[-1]
    assert told(vera, "staff.note.kept") == 1


async def test_a_manager_may_refuse_a_reader(desk):
    dato, nino, vera, anna = await talk(desk)
    await asks_for_reader(desk, nino, vera)
    await desk.presses(dato, "deny")
    assert (await desk.case(anna)).readers == ()
    assert PASSPORT not in " ".join(said(vera))
    assert told(nino, "staff.reader.denied") == 1


async def test_at_the_end_a_reader_keeps_nothing(desk):
    dato, nino, vera, _anna = await talk(desk)
    await asks_for_reader(desk, nino, vera)
    await desk.presses(dato, "allow")
    await desk.does(lambda: nino.says("/release"))
    assert PASSPORT not in " ".join(said(vera))


async def test_a_reader_who_takes_the_case_over_reads_it_once_in_the_room(desk):
    dato, nino, vera, anna = await talk(desk)
    await asks_for_reader(desk, nino, vera)
    await desk.presses(dato, "allow")
    await offers(desk, nino, vera)
    await desk.presses(vera, "accept")
    await desk.does(lambda: anna.says("in Turkey"))
    assert [words for words in said(vera) if "in Turkey" in words] == [said(vera)[-1]]
    assert (await desk.case(anna)).readers == ()
    assert not [words for words in said(vera) if words.startswith("👁")]
