"""Tortoise's schema editors, cured of what they lose without a word.

Stock 1.1.9 drops `Meta.constraints` when it creates a table and the index of a field that it adds
to one (both databases), has no partial unique index on SQLite, splits SQLite statements at every
`;`, and when it rebuilds a SQLite table forgets its indexes, triggers, unique_together and the
highest id ever given. Private methods are overridden here: `tortoise-orm` stays pinned below 1.2,
and `tests/db` fails if a cure stops working.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from tortoise.fields import Field
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint
from tortoise.migrations.schema_editor.asyncpg import AsyncpgSchemaEditor
from tortoise.migrations.schema_editor.base import BaseSchemaEditor
from tortoise.migrations.schema_editor.sqlite import SqliteSchemaEditor

from plenary.refusal import Refused

if TYPE_CHECKING:
    from tortoise.models import Model

Constraint = CheckConstraint | UniqueConstraint
Rows = Sequence[Any]


class MigrationRefused(Refused):
    """A migration would lose or break something; nothing of it has been kept."""

    def __str__(self) -> str:
        return f"{self.reason}: {self.facts}"


class Constrained(BaseSchemaEditor):
    """A new table gets its `Meta.constraints`, and a new field its index."""

    _creating: "type[Model] | None" = None

    def _get_model_sql_data(self, model: "type[Model]") -> Any:
        self._creating = model
        return super()._get_model_sql_data(model)

    def _get_inner_statements(self) -> list[str]:
        checks = [c for c in self._declared() if isinstance(c, CheckConstraint)]
        return super()._get_inner_statements() + [
            self.CHECK_CONSTRAINT_CREATE_TEMPLATE.format(name=c.name, check=c.check) for c in checks
        ]

    async def create_model(self, model: "type[Model]") -> None:
        await super().create_model(model)
        for constraint in self._declared():
            if isinstance(constraint, UniqueConstraint):
                await self.add_constraint(model, constraint)

    async def add_field(self, model: "type[Model]", field_name: str) -> None:
        await super().add_field(model, field_name)
        named = model._meta.fields_map[field_name]
        field = model._meta.fields_map[named.source_field or field_name]  # a relation: its key
        if field.index and not field.pk:
            await self.add_index(model, Index(fields=(_column(field),)))

    def _declared(self) -> Sequence[Constraint]:
        declared: Sequence[Constraint] = self._creating._meta.constraints if self._creating else ()
        return declared


class PostgresEditor(Constrained, AsyncpgSchemaEditor):
    """PostgreSQL alters tables in place; it needs no other cure."""


class SqliteEditor(Constrained, SqliteSchemaEditor):
    """SQLite alters a table by building it anew; everything that hung on the old one is kept."""

    async def _run_sql(self, sql: str) -> None:
        if self.collect_sql:
            await super()._run_sql(sql)
            return
        for statement in statements(sql):
            await self.client.execute_query(statement)

    async def add_constraint(self, model: "type[Model]", constraint: Constraint) -> None:
        if not (isinstance(constraint, UniqueConstraint) and constraint.condition):
            await super().add_constraint(model, constraint)
            return
        columns = self._resolve_fields_to_columns(model, constraint.fields)
        name = self._constraint_name_for_model(model, constraint)
        await self._run_sql(
            f'CREATE UNIQUE INDEX "{name}" ON "{model._meta.db_table}" '
            f"({_quoted(columns)}) WHERE {constraint.condition}"
        )

    async def remove_constraint(self, model: "type[Model]", constraint: Constraint) -> None:
        """Stock rebuilds from the model as it was, so a removed check would stay."""
        if isinstance(constraint, CheckConstraint):
            declared = model._meta.constraints
            model._meta.constraints = tuple(c for c in declared if c != constraint)
            await self._remake_table(model)
            model._meta.constraints = declared
        else:
            await super().remove_constraint(model, constraint)

    async def _remake_table(
        self,
        model: "type[Model]",
        create_field: Field[Any] | None = None,
        delete_field: Field[Any] | None = None,
        alter_fields: list[tuple[Field[Any], Field[Any]]] | None = None,
    ) -> None:
        if self.collect_sql:
            await super()._remake_table(model, create_field, delete_field, alter_fields)
            return
        table = model._meta.db_table
        if (await self._rows("PRAGMA foreign_keys"))[0][0]:
            raise MigrationRefused("rebuild_with_foreign_keys_on", table=table)
        gone = _column(delete_field) if delete_field else ""
        kept = await self._attached(table, gone)
        uniques, count = await self._uniques(table), await self._count(table)
        sequence = await self._rows("SELECT seq FROM sqlite_sequence WHERE name = ?", table)
        for row in kept:
            if row["type"] != "index":  # elsewhere they may name this table and stop the rename
                await self._run_sql(f'DROP {row["type"]} "{row["name"]}"')
        await super()._remake_table(model, create_field, delete_field, alter_fields)
        if await self._count(table) != count:
            raise MigrationRefused("rows_lost", table=table)
        if sequence:
            await self._resume(table, sequence[0][0])
        await self._restore(table, kept)
        for columns in uniques - await self._uniques(table):
            if len(columns) > 1 and gone not in columns:
                name = self._get_unique_constraint_name(model, list(columns))
                await self._run_sql(
                    f'CREATE UNIQUE INDEX "{name}" ON "{table}" ({_quoted(columns)})'
                )
        for old, new in alter_fields or ():
            if old.index and not new.index:
                await self.remove_index(model, Index(fields=(_column(new),)))
            if new.index and not old.index:
                await self.add_index(model, Index(fields=(_column(new),)))

    async def _attached(self, table: str, gone: str) -> list[Any]:
        """The table's indexes, and all triggers and views. An index on a removed column goes too,
        as on PostgreSQL."""
        rows = await self._rows(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND "
            "(type IN ('trigger', 'view') OR (type = 'index' AND tbl_name = ?)) "
            "ORDER BY CASE type WHEN 'index' THEN 0 WHEN 'view' THEN 1 ELSE 2 END, rowid",
            table,
        )
        return [r for r in rows if not gone or gone not in await self._index_columns(r["name"])]

    async def _restore(self, table: str, kept: list[Any]) -> None:
        for row in kept:
            try:
                await self.client.execute_query(row["sql"])
            except Exception as error:
                lost = {row["type"]: row["name"], "because": str(error)}
                raise MigrationRefused("not_restored", table=table, **lost) from error

    async def _resume(self, table: str, highest: int) -> None:
        """Give no id a second time, though the rows that had the highest ones are gone."""
        await self._rows("DELETE FROM sqlite_sequence WHERE name = ?", table)
        await self._rows("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", table, highest)

    async def _uniques(self, table: str) -> set[tuple[str, ...]]:
        rows = await self._rows("SELECT name FROM pragma_index_list(?) WHERE origin = 'u'", table)
        return {await self._index_columns(row["name"]) for row in rows}

    async def _index_columns(self, index: str) -> tuple[str, ...]:
        rows = await self._rows("SELECT name FROM pragma_index_info(?) ORDER BY seqno", index)
        return tuple(row["name"] for row in rows)

    async def _count(self, table: str) -> int:
        return int((await self._rows(f'SELECT count(*) FROM "{table}"'))[0][0])

    async def _rows(self, sql: str, *values: object) -> Rows:
        _, rows = await self.client.execute_query(sql, list(values))
        return rows


def statements(script: str) -> Iterator[str]:
    """Cut a script where SQLite itself sees a statement end, so trigger bodies and strings with
    `;` survive."""
    rest = ""
    for piece in script.split(";"):
        rest += piece + ";"
        if sqlite3.complete_statement(rest):
            if rest.strip(" \n;"):
                yield rest.strip()
            rest = ""
    if rest.strip(" \n;"):
        yield rest.strip()


def _column(field: Field[Any]) -> str:
    return field.source_field or field.model_field_name


def _quoted(columns: Sequence[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)
