"""What the disk allows: one row in one transaction, as durable as an act, and nothing else."""

import asyncio
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import asyncpg

from plenary.db.config import postgres_arguments
from plenary.db.sqlite import PRAGMAS

ROW = "x" * 600  # about what a position writes in all


async def commits(url: str, folder: Path, many: int) -> float:
    """Seconds that so many of them take, one after another."""
    if url.startswith("sqlite"):
        return await asyncio.to_thread(_sqlite, folder / "bare.sqlite3", many)
    return await _postgres(url, many)


def _sqlite(path: Path, many: int) -> float:
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        for name, value in PRAGMAS.items():
            database.execute(f"PRAGMA {name}={value}")
        database.execute("CREATE TABLE IF NOT EXISTS bare (row TEXT)")
        begun = time.perf_counter()
        for _ in range(many):
            database.execute("BEGIN IMMEDIATE")
            database.execute("INSERT INTO bare VALUES (?)", (ROW,))
            database.execute("COMMIT")
        return time.perf_counter() - begun


async def _postgres(url: str, many: int) -> float:
    connection = await asyncpg.connect(**postgres_arguments(url))
    try:
        await connection.execute("CREATE TABLE IF NOT EXISTS bare (row TEXT)")
        begun = time.perf_counter()
        for _ in range(many):
            async with connection.transaction():
                await connection.execute("INSERT INTO bare VALUES ($1)", ROW)
        return time.perf_counter() - begun
    finally:
        await connection.close()
