"""One letter's way through the gateway, into a forum topic that may have to be made first.

Law: a topic made on the way is known even if the letter fails afterwards, so that no second one is made for it; a
topic that is gone is made anew once, and the words follow into it.
"""

from dataclasses import dataclass

from bot.letters import NEW_BUBBLES
from bot.telegram.calls import Spot
from bot.telegram.failures import Never, Reason
from bot.telegram.gateway import Delivered, Gateway
from bot.telegram.resolving import Found


@dataclass(slots=True)
class Journey:
    """`made` is the topic that was made on the way."""

    found: Found
    made: int | None = None

    async def run(self, gateway: Gateway) -> Delivered:
        """Deliver the letter. Raises a DeliveryError."""
        letter, thread = self.found.letter, self.found.thread
        into_topic = letter.topic != "" and letter.deed in NEW_BUBBLES
        if not into_topic:
            return await gateway.deliver(letter, Spot(self.found.reply, thread))
        if thread is not None:
            try:
                return await gateway.deliver(letter, Spot(self.found.reply, thread))
            except Never as refusal:
                if refusal.reason is not Reason.TOPIC:
                    raise
        self.made = await gateway.open_topic(letter.chat, letter.topic)
        return await gateway.deliver(letter, Spot(self.found.reply, self.made))
