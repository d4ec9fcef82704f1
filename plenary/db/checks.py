"""What must hold at the end of each migration on SQLite, before it is committed.

There foreign keys are off meanwhile, append-only triggers list columns, and a trigger that names a
column that is gone is accepted and fails only when it fires.
"""

from tortoise.backends.base.client import TransactionalDBClient
from tortoise.exceptions import OperationalError

from plenary.db.editors import MigrationRefused


async def check(transaction: TransactionalDBClient) -> None:
    """Raise MigrationRefused, with the names, when something would be left broken."""
    if transaction.capabilities.dialect == "sqlite":
        await _foreign_keys(transaction)
        await _append_only(transaction)
        await _triggers(transaction)


async def _foreign_keys(transaction: TransactionalDBClient) -> None:
    broken = await transaction.execute_query_dict(
        'SELECT DISTINCT "table", parent FROM pragma_foreign_key_check'
    )
    if broken:
        names = [f"{row['table']} -> {row['parent']}" for row in broken]
        raise MigrationRefused("foreign_keys_broken", tables=names)


async def _append_only(transaction: TransactionalDBClient) -> None:
    """Every column of an append-only table is either guarded or said to be exempt."""
    unguarded = await transaction.execute_query_dict(
        "SELECT t.tbl_name, c.name FROM sqlite_master t, pragma_table_info(t.tbl_name) c "
        "WHERE t.type = 'trigger' AND t.name = t.tbl_name || '_append_only_update' "
        "AND t.sql LIKE '%may change:%' AND instr(t.sql, '\"' || c.name || '\"') = 0"
    )
    if unguarded:
        names = [f"{row['tbl_name']}.{row['name']}" for row in unguarded]
        raise MigrationRefused("column_not_append_only", columns=names)


async def _triggers(transaction: TransactionalDBClient) -> None:
    """Compile what would fire them; EXPLAIN QUERY PLAN runs nothing.

    Plain EXPLAIN crashes SQLite 3.40 where the plan of a trigger is read after ADD COLUMN.
    """
    tables = await transaction.execute_query_dict(
        "SELECT DISTINCT t.tbl_name AS name FROM sqlite_master t JOIN sqlite_master o "
        "ON o.name = t.tbl_name AND o.type = 'table' WHERE t.type = 'trigger'"
    )
    for table in (row["name"] for row in tables):
        query = "SELECT name FROM pragma_table_info(?)"
        columns = await transaction.execute_query_dict(query, [table])
        same = ", ".join(f'"{row["name"]}" = "{row["name"]}"' for row in columns)
        for statement in (
            f'INSERT INTO "{table}" DEFAULT VALUES',
            f'UPDATE "{table}" SET {same}',
            f'DELETE FROM "{table}"',
        ):
            try:
                await transaction.execute_query(f"EXPLAIN QUERY PLAN {statement}")
            except OperationalError as error:
                raise MigrationRefused("trigger_broken", table=table, because=str(error)) from error
