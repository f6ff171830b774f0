"""getUpdates and the webhook's settings: how the bot hears.

Law: one poller at a time, the newer wins; while a webhook is set nobody polls.
Source: tdlib/telegram-bot-api Client.cpp process_get_updates_query, abort_long_poll, fail_query_conflict.
It will not: post updates to a webhook; it remembers the setting and what follows from it for polling.
"""

from aiogram.methods import DeleteWebhook, GetUpdates, GetWebhookInfo, SetWebhook

from bot.sandbox.clock import Bell, Clock, first_ring
from bot.sandbox.refusals import bad_request, conflict
from bot.sandbox.shapes import Json
from bot.sandbox.updates import UpdateQueue

MOST_AT_ONCE = 100
LONGEST_POLL = 50
TWO_POLLERS = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
SPIN_SECONDS = 0.5


class Polling:
    """Whoever waits for updates now."""

    def __init__(self, clock: Clock, queue: UpdateQueue) -> None:
        self._clock = clock
        self._queue = queue
        self._turn = 0
        self._replaced = Bell()
        self._last: tuple[int, float] | None = None
        self.webhook: SetWebhook | None = None
        self.closing = Bell()
        self.rested = Bell()
        self.rests = 0
        self.closed = False

    async def get_updates(self, request: GetUpdates) -> list[Json]:
        """Answer as soon as there is something, or when the time is over. Raises the 409 refusals."""
        if self.webhook is not None:
            raise conflict(WEBHOOK_ACTIVE)
        offset, limit = request.offset or 0, self._limit(request)
        self._queue.want(request.allowed_updates)
        self._turn += 1
        self._replaced.ring()
        deadline = self._clock.now() + min(max(request.timeout or 0, 0), LONGEST_POLL)
        await self._wait(self._turn, offset, deadline)
        return [update.to_json() for update in self._queue.fetch(offset, limit)]

    async def _wait(self, turn: int, offset: int, deadline: float) -> None:
        bells = (self._queue.arrived, self._replaced, self._clock.moved, self.closing)
        while not self._queue.fetch(offset, 1) and not self.closed:
            remaining = deadline - self._clock.now()
            if remaining <= 0:
                return
            self.rests += 1
            self.rested.ring()
            await first_ring(bells, self._clock.real_seconds(remaining))
            if turn != self._turn:
                raise conflict(TWO_POLLERS)

    def _limit(self, request: GetUpdates) -> int:
        """At most 100; a poller that repeats its offset at once gets one at a time."""
        now, offset = self._clock.now(), request.offset or 0
        spins = self._last is not None and self._last[0] == offset and now - self._last[1] < SPIN_SECONDS
        self._last = (offset, now)
        return 1 if spins else min(max(request.limit or MOST_AT_ONCE, 1), MOST_AT_ONCE)

    def open(self) -> None:
        """Let pollers wait: the server starts."""
        self.closed = False

    def close(self) -> None:
        """Let everybody go who waits: the server stops."""
        self.closed = True
        self.closing.ring()

    def set_webhook(self, request: SetWebhook) -> bool:
        """From now on nobody polls. An empty address removes the webhook. Raises a refusal."""
        if not request.url:
            return self.delete_webhook(DeleteWebhook(drop_pending_updates=request.drop_pending_updates))
        if not request.url.startswith("https://"):
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        self._queue.want(request.allowed_updates)
        self._drop(drop=request.drop_pending_updates)
        self.webhook = request
        self._replaced.ring()
        return True

    def delete_webhook(self, request: DeleteWebhook) -> bool:
        """Poll again."""
        self._drop(drop=request.drop_pending_updates)
        self.webhook = None
        return True

    def _drop(self, *, drop: bool | None) -> None:
        if drop:
            self._queue.forget()

    def webhook_info(self, _request: GetWebhookInfo) -> Json:
        """As `WebhookInfo` on the wire."""
        waiting = len(self._queue)
        info: Json = {"url": "", "has_custom_certificate": False, "pending_update_count": waiting}
        if self.webhook is not None:
            info |= {"url": self.webhook.url, "max_connections": self.webhook.max_connections or 40}
        if self._queue.wanted is not None:
            info["allowed_updates"] = sorted(self._queue.wanted)
        return info
