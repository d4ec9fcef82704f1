"""Every symbol once, however it is typed; and old decisions are found as new ones are."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops
from tortoise.migrations.schema_editor.base import BaseSchemaEditor

from plenary.db.ops import AppendOnly
from plenary.decisions.rules import path_to
from plenary.texts.folding import folded
from plenary.texts.symbols import key_of

PROPOSALS = "SELECT symbol, year, number FROM proposal ORDER BY id"
DECISIONS = (
    "SELECT symbol, register, source_id FROM decision WHERE symbol <> '' "
    "ORDER BY CASE register WHEN 'own' THEN 0 ELSE 1 END, id"
)


async def fill(_: object, editor: BaseSchemaEditor) -> None:
    """Whoever came first has the symbol; a later one keeps its own address under its number."""
    ask = editor.client.execute_query_dict
    found = [
        (row["symbol"], f"/proposals/{row['year']}/{row['number']}") for row in await ask(PROPOSALS)
    ]
    found += [
        (row["symbol"], path_to(row["register"], row["source_id"])) for row in await ask(DECISIONS)
    ]
    taken: dict[str, tuple[str, str]] = {}
    for symbol, path in found:
        taken.setdefault(key_of(symbol), (symbol, path))
    mark = "?, ?, ?" if editor.DIALECT == "sqlite" else "$1, $2, $3"
    insert = f'INSERT INTO symbol ("key", symbol, path) VALUES ({mark})'
    await editor.client.execute_many(insert, [[key, *symbol] for key, symbol in taken.items()])


async def refold(_: object, editor: BaseSchemaEditor) -> None:
    rows = await editor.client.execute_query_dict("SELECT id, words FROM decision")
    marks = ("?", "?") if editor.DIALECT == "sqlite" else ("$1", "$2")
    update = f"UPDATE decision SET words = {marks[0]} WHERE id = {marks[1]}"
    await editor.client.execute_many(update, [[folded(row["words"]), row["id"]] for row in rows])


class Migration(migrations.Migration):
    dependencies = [("plenary", "0006_what_comes_later")]

    operations = [
        ops.CreateModel(
            name="Symbol",
            fields=[
                (
                    "id",
                    fields.IntField(generated=True, primary_key=True, unique=True, db_index=True),
                ),
                ("key", fields.CharField(unique=True, max_length=160)),
                ("symbol", fields.CharField(max_length=120)),
                ("path", fields.CharField(max_length=255)),
            ],
            options={"table": "symbol", "app": "plenary", "pk_attr": "id"},
            bases=["Model"],
        ),
        AppendOnly("symbol"),
        ops.RunPython(fill, ops.RunPython.noop),
        ops.RunPython(refold, ops.RunPython.noop),
    ]
