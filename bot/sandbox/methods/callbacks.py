"""answerCallbackQuery: the little grey note after a tap."""

from aiogram.methods import AnswerCallbackQuery

from bot.sandbox.chats import PrivateChat
from bot.sandbox.ledger import Ledger
from bot.sandbox.methods.registry import answers
from bot.sandbox.refusals import bad_request
from bot.sandbox.taps import MAX_ANSWER


@answers(AnswerCallbackQuery)
def answer_tap(ledger: Ledger, request: AnswerCallbackQuery) -> bool:
    """Stop the clock on the button, perhaps with a note of up to 200 characters."""
    if request.text is not None and len(request.text) > MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    tap = ledger.taps.answer(request.callback_query_id)
    chat = ledger.chats.get(tap.person_id)
    if isinstance(chat, PrivateChat):
        chat.show(request.text or None)
    return True
