"""Somebody who releases and exports on the command line."""

from bot.operating.handing import run_hand_out
from bot.operating.publishing import run_release
from bot.settings import Settings
from storage import Keyring, Store
from tests.fakes.publishing import ORGANISATION, quickly


class Operator:
    """Somebody at the command line, on a day of their own."""

    def __init__(self, home):
        self.settings = Settings(
            _env_file=None, data_dir=home / "data", keyring_dir=home / "keyring", org_name=ORGANISATION
        )
        self.said, self.asked, self.answers, self.doing = [], [], [], quickly

    @property
    def text(self):
        return "\n".join(self.said)

    def sure(self, question):
        self.asked.append(question)
        return self.answers.pop(0) if self.answers else False

    async def releases(self, period=None):
        self.said.clear()
        await run_release(self.settings, self.said.append, self.sure, period, self.doing)
        return self.text

    async def exports(self, folder, period=None):
        self.said.clear()
        await run_hand_out(self.settings, self.said.append, folder, period)
        return self.text

    async def does(self, deed):
        store = await Store.open(self.settings.database, Keyring.load(self.settings.keyring_dir))
        try:
            return await deed(store)
        finally:
            await store.close()
