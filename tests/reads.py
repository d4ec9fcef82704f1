"""What is asked of the database while something is read: how many queries, how many rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tortoise.connection import get_connection

from plenary.db.config import CONNECTION


@dataclass
class Reads:
    """Each query with the number of rows that it gave."""

    asked: list[tuple[str, int]] = field(default_factory=list)

    @property
    def queries(self) -> int:
        """But for the head: how often that is asked, the time that has passed decides."""
        return sum('FROM "head"' not in query for query, _ in self.asked)

    @property
    def rows(self) -> int:
        return sum(rows for _, rows in self.asked)

    def of(self, table: str) -> int:
        """Rows that queries for this table gave."""
        return sum(rows for query, rows in self.asked if f'FROM "{table}"' in query)


@contextmanager
def reads() -> Iterator[Reads]:
    """Counted outside transactions, on either database."""
    client: Any = get_connection(CONNECTION)
    told, execute = Reads(), client.execute_query

    async def counted(query: str, values: Any = None) -> Any:
        answer = await execute(query, values)
        told.asked.append((query, len(answer[1])))
        return answer

    client.execute_query = counted
    try:
        yield told
    finally:
        del client.execute_query
