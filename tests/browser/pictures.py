"""The pictures of the consultant's guide, from the real sandbox: `.venv/bin/python -m tests.browser.pictures`.

Two consultants and two people act in each language; what their phones show is kept in docs/desk/pictures. Run it in
opening hours (see dialogs/book/desk.yaml), with a font that has emoji, and look at the pictures afterwards. The
picture of the numbers is of a made-up house: name its folder (`gza demo-data FOLDER`), and that one alone is taken.
"""

import asyncio
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from aiohttp import ClientSession
from PIL import Image
from playwright.async_api import async_playwright

HERE = Path(__file__).parent
PICTURES = HERE.parents[1] / "docs" / "desk" / "pictures"
WIDTH = 390
"""Pixels of a usual phone."""
TALL, EDGE = 2600, 10
COLOURS = 128
"""Enough for bubbles, and small."""
PATIENCE = 30.0
PAUSE = 1.2  # seconds in which nothing happens: the bot is done
ANSWERS = ("adult", "want", "poland", "build", "pay", "work")
"""What the person chooses in the self-check where it is on offer; else the first answer."""
ONLY_THE_TALK = (
    ".banner, .people, .composer, .toast { display: none !important } .phone { box-shadow: none !important }"
)
SCENES = {
    "ka": {
        "language": "ქართული",
        "names": ("მაია", "დავითი", "ნინო", "სალომე", "გიორგი"),
        "kept": "პასპორტს ჩამომართმევენ? რა ვუთხრა?",
        "hello": "გამარჯობა, დავითი ვარ, კონსულტანტი. თქვენი პასუხები წავიკითხე. ახლა წერა მოსახერხებელია?",
        "yes": "კი. აი, რა გამომიგზავნეს.",
        "advice": "მადლობა. პასპორტი თქვენთან უნდა დარჩეს. რა გიპასუხეს, როცა ხელშეკრულება სთხოვეთ?",
        "note": "// სააგენტოს სახელი ჯერ არ ვიცით",
        "back": "ისევ აქ ვარ. ხელშეკრულება არ მომცეს.",
        "which": "ხელმოწერამდე არაფერი გადაიხადოთ.",
    },
    "ru": {
        "language": "Русский",
        "names": ("Майя", "Давид", "Нино", "Саломе", "Георгий"),
        "kept": "У меня заберут паспорт? Что им сказать?",
        "hello": "Здравствуйте, это Давид, консультант. Ваши ответы уже передо мной. Вам удобно писать?",
        "yes": "Да. Вот что мне прислали.",
        "advice": "Спасибо. Паспорт должен оставаться у вас. Что вам ответили про договор?",
        "note": "// название агентства пока неизвестно",
        "back": "Я снова здесь. Договор мне не дали.",
        "which": "До подписания ничего не платите.",
    },
    "en": {
        "language": "English",
        "names": ("Maia", "Davit", "Nino", "Salome", "Giorgi"),
        "kept": "Will they take my passport? What do I tell them?",
        "hello": "Hello, I am Davit, a consultant. I have read your answers. Is it a good time to write?",
        "yes": "Yes. This is what they sent me.",
        "advice": "Thank you. Your passport should stay with you. What did they say about a contract?",
        "note": "// we do not know the agency's name yet",
        "back": "I am back. They gave me no contract.",
        "which": "Please pay nothing before you sign.",
    },
}


class Sandbox:
    """The program itself, with its data in a folder that goes afterwards; `house`: what it finds there."""

    def __init__(self, house=None):
        self._house = house

    async def __aenter__(self):
        self._home = tempfile.TemporaryDirectory()
        if self._house is not None:
            shutil.copytree(self._house, f"{self._home.name}/data")
        places = {"DATA_DIR": f"{self._home.name}/data", "KEYRING_DIR": f"{self._home.name}/keyring"}
        environment = {name: value for name, value in os.environ.items() if name != "BOT_TOKEN"} | places
        self._process = await asyncio.create_subprocess_exec(
            *(Path(sys.executable).with_name("gza"), "sandbox", "--port", "0"),
            cwd=self._home.name,
            env=environment | {"PYTHONUNBUFFERED": "1"},
            stdout=asyncio.subprocess.PIPE,
        )
        self.address = await self._printed(rb"http://[\d.:]+")
        self.way_in = await self._printed(rb"/start \S+")
        self._rest = asyncio.create_task(self._process.stdout.read())
        self._http = ClientSession(self.address)
        return self

    async def __aexit__(self, *_):
        await self._http.close()
        self._process.terminate()
        await self._process.wait()
        await self._rest
        self._home.cleanup()

    async def _printed(self, pattern):
        async for line in self._process.stdout:
            if found := re.search(pattern, line):
                return found.group().decode()
        raise RuntimeError("the sandbox did not start")

    async def ask(self, path):
        async with self._http.get(path) as answer:
            return await answer.json()

    async def tell(self, path, **body):
        async with self._http.post(path, json=body, raise_for_status=True) as answer:
            return await answer.json()

    async def person(self, name, language):
        return Person(self, (await self.tell("/sim/people", name=name, language_code=language))["id"])


class Person:
    """Somebody with a phone."""

    def __init__(self, sandbox, number):
        self._sandbox, self.number = sandbox, number

    async def sees(self):
        """All bubbles, once the bot has come to rest."""
        seen, before = await self._chat(), None
        while seen["version"] != before:
            before = seen["version"]
            await asyncio.sleep(PAUSE)
            seen = await self._chat()
        return seen["messages"]

    async def says(self, *texts):
        for text in texts:
            await self._sandbox.tell(f"/sim/chats/{self.number}/say", text=text)
            await self.sees()

    async def sends(self, kind, caption=""):
        await self._sandbox.tell(f"/sim/chats/{self.number}/send", kind=kind, caption=caption)
        await self.sees()

    async def taps(self, *choices):
        """Press the newest button of each of these verbs or with this label, one after the other."""
        for choice in choices:
            async with asyncio.timeout(PATIENCE):
                while not (found := _button(await self.sees(), choice)):
                    pass
            await self._sandbox.tell(f"/sim/chats/{self.number}/tap", message_id=found[0], data=found[1])

    async def checks_an_offer(self):
        """The whole self-check, with a few answers that worry."""
        await self.says("/check")
        await self.taps("offer", "begin")
        while answers := [
            verb for verb in _verbs((await self.sees())[-1]) if verb not in ("human", "sos", "back", "menu")
        ]:
            if "unknown" not in answers:
                return
            await self.taps(next((verb for verb in answers if verb in ANSWERS), answers[0]))

    def _chat(self):
        return self._sandbox.ask(f"/sim/chats/{self.number}")


def _verbs(said):
    return [key["data"].partition(":")[0] for row in said["keyboard"] for key in row if key["data"]]


def _button(seen, choice):
    for said in reversed(seen):
        for key in (key for row in said["keyboard"] for key in row if key["data"]):
            if choice in (key["text"], key["data"].partition(":")[0]):
                return said["message_id"], key["data"]
    return None


class Camera:
    """Takes pictures of what stands on somebody's phone, from a bubble on."""

    def __init__(self, browser, sandbox, folder):
        self._browser, self._sandbox, self._folder = browser, sandbox, folder
        folder.mkdir(parents=True, exist_ok=True)

    async def takes(self, name, person, last):
        """The last so many bubbles."""
        shown = [said["message_id"] for said in (await person.sees())[-last:]]
        page = await self._browser.new_page(
            viewport={"width": WIDTH, "height": TALL}, timezone_id="Asia/Tbilisi", bypass_csp=True
        )
        await page.goto(f"{self._sandbox.address}/#{person.number}")
        await page.locator(f'.turn[data-id="{shown[-1]}"]').wait_for()
        others = "".join(f':not([data-id="{number}"])' for number in shown)
        await page.add_style_tag(content=f"{ONLY_THE_TALK} .turn{others} {{ display: none !important }}")
        boxes = [await page.locator(f'.turn[data-id="{number}"]').bounding_box() for number in shown]
        top, bottom = boxes[0]["y"] - EDGE, boxes[-1]["y"] + boxes[-1]["height"] + EDGE
        clip = {"x": 0, "y": top, "width": WIDTH, "height": bottom - top}
        png = Image.open(io.BytesIO(await page.screenshot(clip=clip)))
        png.convert("RGB").quantize(COLOURS).save(self._folder / f"{name}.png", optimize=True)
        await page.close()


async def _joins(person, language, way_in):
    await person.says(way_in)
    await person.taps(language)
    await person.sees()


async def _invited(manager):
    await manager.says("/invite")
    await manager.taps("invite_consultant")
    said = next(said["text"] for said in reversed(await manager.sees()) if "start=" in said["text"])
    return f"/start {said.partition('start=')[2].split()[0]}"


async def _asks(person, language):
    await person.says("/start")
    await person.taps(language)
    await person.sees()


async def play(browser, language, scene):
    """The same day in each language: from the invitation to the first closed case."""
    async with Sandbox() as sandbox:
        maia, davit, nino, salome, giorgi = [await sandbox.person(name, language) for name in scene["names"]]
        camera = Camera(browser, sandbox, PICTURES / language)
        await _joins(maia, scene["language"], sandbox.way_in)
        await _joins(nino, scene["language"], await _invited(maia))
        invitation = await _invited(maia)
        await camera.takes("invite", maia, 2)
        await _joins(davit, scene["language"], invitation)
        await camera.takes("join", davit, 2)
        await _asks(salome, scene["language"])
        await salome.checks_an_offer()
        await salome.says("/human")
        await salome.taps("write")
        await salome.says(scene["kept"])
        await davit.says("/queue")
        await camera.takes("queue", davit, 3)
        await davit.taps("claim")
        await davit.sees()
        await davit.says(scene["hello"])
        await salome.sees()
        await camera.takes("case", davit, 3)
        await salome.says(scene["yes"])
        await salome.sends("photo")
        await davit.says(scene["advice"], scene["note"])
        await davit.says("/reply")
        await davit.taps("say_ask")
        await camera.takes("replies", davit, 2)
        await _asks(giorgi, scene["language"])
        await giorgi.says("/human")
        await giorgi.taps("write")
        await davit.says("/queue")
        await davit.taps("claim")
        await davit.sees()
        await salome.says(scene["back"])
        await davit.says(scene["which"])
        await camera.takes("send_to", davit, 3)
        await davit.taps("send")
        await davit.says("/close")
        await davit.taps("out_answered", "cat_offer", "cat_documents")
        await camera.takes("close", davit, 1)


async def ask_for_numbers(browser, language, scene, house):
    """A manager of the made-up house sees its figures and its reports."""
    async with Sandbox(house) as sandbox:
        maia = await sandbox.person(scene["names"][0], language)
        await _joins(maia, scene["language"], sandbox.way_in)
        await maia.says("/stats")
        await Camera(browser, sandbox, PICTURES / language).takes("stats", maia, 1)


async def main(chromium, *house):
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        acts = ask_for_numbers if house else play
        await asyncio.gather(*(acts(browser, language, scene, *house) for language, scene in SCENES.items()))
        await browser.close()


if __name__ == "__main__":
    found = subprocess.run([HERE / "chromium.sh", "find"], capture_output=True, text=True, check=True)
    asyncio.run(main(found.stdout.strip(), *sys.argv[1:2]))
