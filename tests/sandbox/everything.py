"""Every method of the stand-in called once, by either library; the answers in a list."""

import telegram as ptb
from aiogram import Bot, types

from bot.sandbox.shapes import Kind

HTML = "HTML"


def things(nino):
    """A file id of each kind, from what Nino sent."""
    kinds = (
        Kind.PHOTO,
        Kind.VOICE,
        Kind.DOCUMENT,
        Kind.STICKER,
        Kind.VIDEO,
        Kind.VIDEO_NOTE,
        Kind.AUDIO,
        Kind.ANIMATION,
    )
    sent = {kind.value: nino.sends(kind).content.thing for kind in kinds}
    return {name: (thing[-1] if isinstance(thing, list) else thing)["file_id"] for name, thing in sent.items()}


async def everything_with_ptb(bot: ptb.Bot, nino, room):
    keys = ptb.InlineKeyboardMarkup([[ptb.InlineKeyboardButton("A", callback_data="a")]])
    return [
        *await _talk(bot, nino, keys, ptb.ReplyParameters),
        *await _media(bot, nino, room),
        *await _meet(bot, nino, room),
        *await _introduce(bot, [ptb.BotCommand("start", "Begin")]),
    ]


async def everything_with_aiogram(bot: Bot, nino, room):
    button = types.InlineKeyboardButton(text="A", callback_data="a")
    keys = types.InlineKeyboardMarkup(inline_keyboard=[[button]])
    return [
        *await _talk(bot, nino, keys, types.ReplyParameters),
        *await _media(bot, nino, room),
        *await _meet(bot, nino, room),
        *await _introduce(bot, [types.BotCommand(command="start", description="Begin")]),
    ]


async def _talk(bot, nino, keys, reply):
    said = await bot.send_message(nino.id, "<b>one</b>", parse_mode=HTML, reply_markup=keys)
    number = said.message_id
    query_id = nino.taps("A")
    edited = await bot.edit_message_text(text="two", chat_id=nino.id, message_id=number, reply_markup=keys)
    return [
        said,
        edited,
        await bot.edit_message_reply_markup(chat_id=nino.id, message_id=number),
        await bot.answer_callback_query(query_id, text="ok"),
        await bot.send_message(nino.id, "re", reply_parameters=reply(message_id=number)),
        await bot.send_chat_action(nino.id, "typing"),
        await bot.set_message_reaction(nino.id, number, []),
        await bot.copy_message(nino.id, nino.id, number),
        await bot.copy_messages(nino.id, nino.id, [number]),
        await bot.forward_message(nino.id, nino.id, number),
        await bot.forward_messages(nino.id, nino.id, [number]),
        await bot.delete_message(nino.id, number),
        await bot.delete_messages(nino.id, [number]),
    ]


async def _media(bot, nino, room):
    known = things(nino)
    photo = await bot.send_photo(nino.id, known["photo"], caption="one")
    return [
        photo,
        await bot.edit_message_caption(chat_id=nino.id, message_id=photo.message_id, caption="two"),
        await bot.send_voice(nino.id, known["voice"]),
        await bot.send_document(nino.id, known["document"]),
        await bot.send_sticker(nino.id, known["sticker"]),
        await bot.send_video(nino.id, known["video"]),
        await bot.send_video_note(nino.id, known["video_note"]),
        await bot.send_audio(nino.id, known["audio"]),
        await bot.send_animation(nino.id, known["animation"]),
        await bot.send_contact(nino.id, phone_number="+995", first_name="Ana"),
        await bot.send_location(nino.id, latitude=41.7, longitude=44.8),
        await bot.get_file(known["voice"]),
    ]


async def _meet(bot, nino, room):
    topic = await bot.create_forum_topic(room.id, "BLUE HERON")
    thread = topic.message_thread_id
    card = await bot.send_message(room.id, "card", message_thread_id=thread)
    return [
        topic,
        card,
        await bot.pin_chat_message(room.id, card.message_id),
        await bot.unpin_chat_message(room.id, message_id=card.message_id),
        await bot.edit_forum_topic(room.id, thread, name="RED FOX"),
        await bot.close_forum_topic(room.id, thread),
        await bot.reopen_forum_topic(room.id, thread),
        await bot.delete_forum_topic(room.id, thread),
        await bot.get_chat(room.id),
        await bot.get_chat(nino.id),
        await bot.get_chat_member(room.id, nino.id),
        await bot.get_chat_member(room.id, bot.id),
        await bot.get_chat_administrators(room.id),
        await bot.get_chat_member_count(room.id),
        await bot.leave_chat(room.id),
    ]


async def _introduce(bot, commands):
    return [
        await bot.get_me(),
        await bot.set_my_commands(commands, language_code="ka"),
        await bot.get_my_commands(language_code="ka"),
        await bot.delete_my_commands(),
        await bot.set_my_name(name="Gza"),
        await bot.get_my_name(),
        await bot.set_my_description(description="The road"),
        await bot.get_my_description(),
        await bot.set_my_short_description(short_description="Road"),
        await bot.get_my_short_description(),
    ]
