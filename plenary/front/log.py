"""The entries that the log lists, newest first."""

from tortoise.connection import get_connection

from plenary.db.config import CONNECTION
from plenary.record import acts
from plenary.record.models import Entry

# In the words of the index of them (migration 0021): no database knows a type that is an argument.
LISTED = " AND ".join(f"type <> '{name}'" for name in acts.unlisted())
NEWEST = f"SELECT n FROM entry WHERE {LISTED} AND n < $1 ORDER BY n DESC LIMIT $2"
SINCE = f"SELECT n FROM entry WHERE {LISTED} AND n >= $1 ORDER BY n DESC LIMIT $2"
LAST = 2**31 - 1


async def entries_of(topic: str, before: int | None, most: int) -> list[Entry]:
    """The newest of one matter; of all of them by an index that holds nothing that is not listed:
    a search through the decisions of an import would go past a hundred thousand."""
    if topic:
        query = Entry.exclude(type__in=acts.unlisted()).filter(topic=topic)
        if before is not None:
            query = query.filter(n__lt=before)
        return await query.order_by("-n").limit(most)
    return await _found(NEWEST, LAST if before is None else before, most)


async def entries_since(first: int, most: int) -> list[Entry]:
    """The newest of all, from one on."""
    return await _found(SINCE, first, most)


async def _found(query: str, place: int, most: int) -> list[Entry]:
    rows = await get_connection(CONNECTION).execute_query_dict(query, [place, most])
    return await Entry.filter(n__in=[row["n"] for row in rows] or [-1]).order_by("-n")
