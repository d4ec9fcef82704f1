"""What became of each paragraph stands with the version that changed it, and outlives its words."""

import json
from collections.abc import Iterator
from itertools import pairwise

from tortoise import fields, migrations
from tortoise.migrations import operations as ops
from tortoise.migrations.schema_editor.base import BaseSchemaEditor

from plenary.db.ops import AppendOnly
from plenary.texts.parting import step

VERSIONS = "SELECT id, proposal_id FROM version ORDER BY proposal_id, number"
TEXT = 'SELECT "key", text FROM clause_text WHERE version_id = {} ORDER BY place'


async def fill(_: object, editor: BaseSchemaEditor) -> None:
    """Of the versions that are there, from their words as far as they are left."""
    ask, found = editor.client.execute_query_dict, []
    for old, new in _pairs(await ask(VERSIONS)):
        texts = [{row["key"]: row["text"] for row in await ask(TEXT.format(n))} for n in (old, new)]
        if made := step(*texts):
            found.append([json.dumps(made), new])
    marks = ("?", "?") if editor.DIALECT == "sqlite" else ("$1", "$2")
    update = f"UPDATE version SET step = {marks[0]} WHERE id = {marks[1]}"
    await editor.client.execute_many(update, found)


def _pairs(rows: list[dict[str, int]]) -> Iterator[tuple[int, int]]:
    for old, new in pairwise(rows):
        if old["proposal_id"] == new["proposal_id"]:
            yield old["id"], new["id"]


class Migration(migrations.Migration):
    dependencies = [("plenary", "0019_sites_of_forms")]

    operations = [
        ops.AddField("Version", "step", fields.JSONField(default=dict, db_default="{}")),
        AppendOnly("version", except_update=("note", "step")),
        ops.RunPython(fill, ops.RunPython.noop),
        AppendOnly("version", except_update=("note",)),
    ]
