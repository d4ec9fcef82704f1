"""The entries that the log lists, newest first."""

from typing import Any

from tortoise.connection import get_connection

from plenary.db.config import CONNECTION
from plenary.record import acts
from plenary.record.models import Entry

# In the words of the index of them (migration 0021): no database knows a type that is an
# argument. Without them a search would go past the hundred thousand decisions of an import.
LISTED = " AND ".join(f"type <> '{name}'" for name in acts.unlisted())
NEWEST = f"SELECT n FROM entry WHERE {LISTED} AND n < $1 ORDER BY n DESC LIMIT $2"
SINCE = f"SELECT n FROM entry WHERE {LISTED} AND n >= $1 ORDER BY n DESC LIMIT $2"
OF_ONE = f"SELECT n FROM entry WHERE {LISTED} AND topic = $1 AND n < $2 ORDER BY n DESC LIMIT $3"
LAST = 2**31 - 1


async def entries_of(topic: str, before: int | None, most: int) -> list[Entry]:
    """The newest of one matter, or of all."""
    until = LAST if before is None else before
    return await (_found(OF_ONE, topic, until, most) if topic else _found(NEWEST, until, most))


async def entries_since(first: int, most: int) -> list[Entry]:
    """The newest of all, from one on."""
    return await _found(SINCE, first, most)


async def _found(query: str, *values: Any) -> list[Entry]:
    rows = await get_connection(CONNECTION).execute_query_dict(query, [*values])
    return await Entry.filter(n__in=[row["n"] for row in rows] or [-1]).order_by("-n")
