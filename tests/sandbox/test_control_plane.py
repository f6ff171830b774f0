"""What the page and other processes do through /sim/."""

import asyncio

BUTTON = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}


async def test_a_conversation_through_the_control_plane(wire):
    ana = (await wire.sim("people", name="Ana", language_code="ka"))["id"]
    assert await wire.look("people") == [{"id": ana, "name": "Ana", "language_code": "ka"}]
    await wire.sim(f"chats/{ana}/say", text="/start")
    await wire.call("sendMessage", chat_id=ana, text="<b>Hi</b>", parse_mode="HTML", reply_markup=BUTTON)
    chat = await wire.look(f"chats/{ana}")
    said = chat["messages"][-1]
    assert (said["from"], said["html"], said["keyboard"]) == (
        "bot",
        "<b>Hi</b>",
        [[{"text": "Yes", "data": "y"}]],
    )
    tap = await wire.sim(f"chats/{ana}/tap", message_id=said["message_id"], data="y")
    await wire.call("answerCallbackQuery", callback_query_id=tap["id"], text="ok")
    assert (await wire.look(f"chats/{ana}?after={chat['version']}"))["toast"] == "ok"


async def test_a_note_after_a_tap_is_told_once(wire, nino):
    query_id = nino.presses(1, "x")
    await wire.call("answerCallbackQuery", callback_query_id=query_id, text="ok")
    version = (await wire.look(f"chats/{nino.id}"))["version"]
    nino.says("next")
    assert (await wire.look(f"chats/{nino.id}?after={version}"))["toast"] is None


async def test_who_watches_is_told_of_the_next_change(wire, nino):
    version = (await wire.look(f"chats/{nino.id}"))["version"]
    watching = asyncio.create_task(wire.look(f"chats/{nino.id}?after={version}&wait=30"))
    await wire.call("sendMessage", chat_id=nino.id, text="news")
    assert (await watching)["messages"][-1]["text"] == "news"


async def test_the_page_sees_answers_reactions_and_topics(wire, nino, telegram):
    group = telegram.world.group("Room", nino, forum=True)
    group.takes_bot()
    thread = (await wire.call("createForumTopic", chat_id=group.id, name="BLUE HERON")).result["message_thread_id"]
    said = (await wire.sim(f"chats/{group.id}/say", person=nino.id, text="one", thread=thread))["message_id"]
    where = {"person": nino.id, "thread": thread, "reply_to": said}
    await wire.sim(f"chats/{group.id}/send", kind="voice", **where)
    nod = {"type": "emoji", "emoji": "👍"}
    await wire.call("setMessageReaction", chat_id=group.id, message_id=said, reaction=[nod])
    one, voice = (await wire.look(f"chats/{group.id}"))["messages"][-2:]
    assert (one["reaction"], one["reply_to"], one["thread"]) == ("👍", None, thread)
    assert (voice["kind"], voice["reply_to"], voice["thread"]) == ("voice", said, thread)


async def test_an_album_is_several_photos(wire, nino):
    album = await wire.sim(f"chats/{nino.id}/album", captions=["one", "two"])
    shown = (await wire.look(f"chats/{nino.id}"))["messages"][-2:]
    assert [(one["message_id"], one["kind"], one["text"]) for one in shown] == [
        (album["message_ids"][0], "photo", "one"),
        (album["message_ids"][1], "photo", "two"),
    ]


async def test_a_person_can_do_all_an_app_can(wire, nino):
    said = (await wire.sim(f"chats/{nino.id}/say", text="one"))["message_id"]
    await wire.sim(f"chats/{nino.id}/edit", message_id=said, text="two")
    kinds = ("voice", "photo", "sticker", "document", "contact", "location", "video_note")
    for kind in kinds:
        await wire.sim(f"chats/{nino.id}/send", kind=kind, caption="c")
    await wire.sim(f"chats/{nino.id}/block")
    shown = await wire.look(f"chats/{nino.id}")
    assert (shown["blocked"], shown["messages"][1]["edited"]) == (True, True)
    assert [one["kind"] for one in shown["messages"][2:]] == list(kinds)
    await wire.sim(f"chats/{nino.id}/unblock")
    await wire.sim(f"chats/{nino.id}/clear")
    shown = await wire.look(f"chats/{nino.id}")
    assert (shown["blocked"], shown["messages"]) == (False, [])


async def test_a_desk_can_be_played_from_outside(wire, nino):
    group = (await wire.sim("groups", title="Desk", creator=nino.id))["id"]
    await wire.sim(f"chats/{group}/say", text="/desk", person=nino.id)
    assert (await wire.look(f"chats/{group}"))["messages"][-1]["from"] == "Nino"
    upgraded = (await wire.sim(f"groups/{group}/upgrade"))["id"]
    assert [one["id"] for one in await wire.look("groups")] == [upgraded]
    await wire.sim(f"groups/{upgraded}/bot", standing="kicked")
    assert (await wire.call("sendMessage", chat_id=upgraded, text="x")).status == 403


async def test_faults_clock_limits_and_calls_are_at_hand(wire, nino, clock):
    await wire.sim("faults", kind="server_error", method="sendMessage")
    assert (await wire.call("sendMessage", chat_id=nino.id, text="secret")).status == 500
    before = clock.now()
    assert (await wire.sim("clock", advance=60))["now"] == before + 60
    await wire.sim("limits", enforced=False)
    assert {(await wire.call("sendMessage", chat_id=nino.id, text="x")).status for _ in range(9)} == {200}
    calls = await wire.look("calls")
    assert [call["code"] for call in calls] == [500] + [200] * 9
    assert "secret" not in str(calls)


async def test_what_makes_no_sense_is_explained(wire, nino):
    assert (await wire.sim(f"chats/{nino.id}/dance"))["description"].startswith("there is no such deed")
    assert (await wire.sim("chats/1/say", text="x"))["description"] == "there is no such person"
    assert (await wire.sim(f"chats/{nino.id}/say", txt="x"))["description"].startswith("txt: ")
    edited = await wire.sim(f"chats/{nino.id}/edit", message_id=999, text="x")
    assert edited["description"] == "there is no such message in this chat"
