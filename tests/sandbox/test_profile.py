"""What the bot says about itself, per language."""

import pytest


def command(word="start", description="Begin"):
    return {"command": word, "description": description}


async def test_commands_are_kept_per_language_and_scope(wire):
    await wire.call("setMyCommands", commands=[command("/start", "დაწყება")], language_code="ka")
    ka = (await wire.call("getMyCommands", language_code="ka")).result
    assert ka == [command("start", "დაწყება")]
    assert (await wire.call("getMyCommands")).result == []
    scope = {"type": "all_private_chats"}
    assert (await wire.call("getMyCommands", scope=scope, language_code="ka")).result == []
    await wire.call("deleteMyCommands", language_code="ka")
    assert (await wire.call("getMyCommands", language_code="ka")).result == []


@pytest.mark.parametrize(
    ("commands", "sentence"),
    [
        ([command("Start")], "BOT_COMMAND_INVALID"),
        ([command("x" * 33)], "BOT_COMMAND_INVALID"),
        ([command(description=" ")], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([command(description="x" * 257)], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([command()] * 101, "BOT_COMMANDS_TOO_MUCH"),
    ],
)
async def test_wrong_commands_are_refused(wire, commands, sentence):
    answer = await wire.call("setMyCommands", commands=commands)
    assert (answer.status, answer.error) == (400, f"Bad Request: {sentence}")


@pytest.mark.parametrize(
    ("part", "field", "most"),
    [("Name", "name", 64), ("Description", "description", 512), ("ShortDescription", "short_description", 120)],
)
async def test_texts_of_the_profile_fall_back_to_those_for_everybody(wire, part, field, most):
    assert (await wire.call(f"setMy{part}", **{field: "x" * (most + 1)})).status == 400
    await wire.call(f"setMy{part}", **{field: "for all"})
    await wire.call(f"setMy{part}", **{field: "ყველას"}, language_code="ka")
    answers = [await wire.call(f"getMy{part}", language_code=code) for code in ("ka", "ru")]
    assert [answer.result for answer in answers] == [{field: "ყველას"}, {field: "for all"}]
