"""A case moves from one room to another: nothing of it stays in the first, however long its emptying has to wait."""

from bot.desk.staff import Role
from bot.sandbox.faults import Fault, FaultKind
from tests.fakes.office import office, said


async def moved_while_emptying_waits(here, refused):
    """Nino has the case and offers it to Dato; what takes it out of Nino's room is put off until Dato has it."""
    nino, dato = await here.hires("Nino", Role.MANAGER), await here.hires("Dato")
    anna = await here.asks()
    await here.does(lambda: anna.says("before anybody came"), lambda: nino.taps(here_key(nino, "claim")))
    await here.does(lambda: nino.says("/transfer"), lambda: nino.taps(here_key(nino, "to_")))
    here.telegram.faults.expect(Fault(FaultKind.REFUSE, refused, code=429, retry_after=1, chat_id=nino.id))
    await here.does(lambda: dato.taps(here_key(dato, "accept")))
    return nino, dato


def here_key(person, verb):
    keys = [key.data for bubble in person.sees()[::-1] for row in bubble.keyboard for key in row]
    return next(data for data in keys if data.startswith(verb))


async def test_a_room_whose_emptying_has_to_wait_is_emptied_all_the_same(tmp_path):
    async with office(tmp_path) as here:
        nino, dato = await moved_while_emptying_waits(here, "deleteMessages")
        assert any("before anybody came" in text for text in said(nino))
        await here.later(seconds=5)

        assert any("before anybody came" in text for text in said(dato))
        assert not any("before anybody came" in text for text in said(nino))
        assert not any("You have this case now" in text for text in said(nino))
