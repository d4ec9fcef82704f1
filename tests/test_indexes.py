"""Every index that a model says it has is there once the database is migrated, and no other."""

import re
from collections.abc import Iterable

import pytest
from tortoise import Tortoise
from tortoise.connection import get_connection
from tortoise.indexes import Index
from tortoise.migrations.constraints import UniqueConstraint
from tortoise.models import Model

pytestmark = pytest.mark.anyio
Found = set[tuple[str, tuple[str, ...], bool]]  # table, columns, whether it is unique
# Partial ones, of which a model says nothing: at most one that counts now (UniqueWhere), and the
# log without what an import brought.
BY_SQL: Found = {
    ("entry", ("n",), False),
    ("accreditation", ("person_id",), True), ("position", ("question_id", "delegation_id"), True),
    ("presence", ("meeting", "delegation_id"), True), ("seat", ("body_id", "delegation_id"), True),
    ("view", ("question_id", "delegation_id"), True), ("competence", ("body_id", "matter"), True),
}  # fmt: skip
POSTGRES = """
SELECT t.relname AS "table", i.indisunique AS "unique",
       array_to_string(ARRAY(
           SELECT pg_get_indexdef(i.indexrelid, n, true) FROM generate_series(1, i.indnatts) n
       ), ',') AS "columns"
FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
JOIN pg_namespace s ON s.oid = t.relnamespace
WHERE s.nspname = current_schema() AND NOT i.indisprimary
"""
SQLITE = """
SELECT m.name AS "table", l."unique" AS "unique",
       (SELECT group_concat(name) FROM (
           SELECT name FROM pragma_index_info(l.name) ORDER BY seqno
       )) AS "columns"
FROM sqlite_master m JOIN pragma_index_list(m.name) l
WHERE m.type = 'table' AND l.origin <> 'pk'
"""


async def test_a_migrated_database_has_the_indexes_of_its_models(
    db: str, database_kind: str
) -> None:
    rows = await get_connection("default").execute_query_dict(
        POSTGRES if database_kind == "postgres" else SQLITE
    )
    there = {
        (row["table"], tuple(re.sub('"', "", row["columns"]).split(",")), bool(row["unique"]))
        for row in rows
    }
    models = Tortoise.apps["plenary"].values()  # type: ignore[index]
    tables = {model._meta.db_table for model in models}
    said = {each for model in models for each in _said(model)}
    assert len(said) > 60
    assert said - there == set()
    assert {index for index in there if index[0] in tables} - said == BY_SQL


def _said(model: type[Model]) -> Iterable[tuple[str, tuple[str, ...], bool]]:
    meta, found = model._meta, Found()
    columns = meta.fields_db_projection

    def named(fields: Iterable[str]) -> tuple[str, ...]:
        keys = [meta.fields_map[name].source_field or name for name in fields]
        return tuple(columns.get(key, key) for key in keys)

    for name, column in columns.items():
        field = meta.fields_map[name]
        if field.unique and not field.pk:
            found.add((meta.db_table, (column,), True))
        elif field.index and not field.pk:
            found.add((meta.db_table, (column,), False))
    for index in meta.indexes:
        fields = index.fields if isinstance(index, Index) else index
        found.add((meta.db_table, named(fields), False))
    for fields in meta.unique_together:
        found.add((meta.db_table, named(fields), True))
    for constraint in meta.constraints:
        if isinstance(constraint, UniqueConstraint):
            found.add((meta.db_table, named(constraint.fields), True))
    return found
