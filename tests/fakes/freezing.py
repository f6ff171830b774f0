"""Releases put into a store and read back, and the store looked at from behind."""

from sqlalchemy import text

from storage import Store

CONTENT = bytes(range(256)) * 4000


async def freeze(store: Store, name: str, content: bytes = CONTENT) -> None:
    async with store.transaction() as work:
        await work.freeze(name, content)


async def frozen(store: Store, name: str) -> bytes | None:
    async with store.transaction() as work:
        return await work.frozen(name)


async def sql(store: Store, query: str, **values: object) -> list[tuple[object, ...]]:
    async with store.transaction() as work:
        found = await work._connection.execute(text(query), values)
        return [tuple(row) for row in found] if found.returns_rows else []
