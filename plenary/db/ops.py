"""Migration operations for what a model cannot say: SQL per dialect, append-only tables."""

from collections.abc import Iterable, Sequence

from tortoise.migrations.operations import TortoiseOperation
from tortoise.migrations.schema_editor.base import BaseSchemaEditor
from tortoise.migrations.schema_generator.state import State

Statements = Sequence[str]

# Compares all columns but the exempt ones (the arguments), so columns added later are covered.
APPEND_ONLY_FUNCTION = """
CREATE OR REPLACE FUNCTION plenary_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_NARGS > 0 THEN
        IF to_jsonb(OLD) - TG_ARGV = to_jsonb(NEW) - TG_ARGV THEN RETURN NEW; END IF;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""


REMOVED_FUNCTION = """
CREATE OR REPLACE FUNCTION plenary_only_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% may only be removed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""


class Sql(TortoiseOperation):
    """One list of statements for each database; each statement stands alone and may hold `;`."""

    reduces_to_sql = True

    def __init__(
        self,
        *,
        sqlite: Statements = (),
        postgres: Statements = (),
        sqlite_down: Statements | None = None,
        postgres_down: Statements | None = None,
    ) -> None:
        self.up = {"sqlite": sqlite, "postgres": postgres}
        self.down = {"sqlite": sqlite_down or (), "postgres": postgres_down or ()}
        self.reversible = sqlite_down is not None and postgres_down is not None

    def describe(self) -> str:
        return f"Run SQL of its own on each database ({type(self).__name__})"

    async def database_forward(
        self,
        app_label: str,
        old_state: State,
        new_state: State,
        state_editor: BaseSchemaEditor | None = None,
    ) -> None:
        if state_editor:
            await self._run(self.up[state_editor.DIALECT], state_editor)

    async def database_backward(
        self,
        app_label: str,
        old_state: State,
        new_state: State,
        state_editor: BaseSchemaEditor | None = None,
    ) -> None:
        if state_editor:
            await self._run(self.down[state_editor.DIALECT], state_editor)

    async def _run(self, statements: Iterable[str], editor: BaseSchemaEditor) -> None:
        for statement in statements:
            if editor.collect_sql:
                await editor._run_sql(statement)
            else:  # the stock editor would split it at `;`
                await editor.client.execute_query(statement)


class UniqueWhere(Sql):
    """At most one row per `columns` among those for which `condition` holds. Database names.

    The same as `Meta.constraints = (UniqueConstraint(fields=…, condition=…, name=…),)`, which the
    migration generator knows about; use this where no model stands behind the table.
    """

    def __init__(self, table: str, columns: Sequence[str], condition: str, name: str) -> None:
        listed = ", ".join(f'"{column}"' for column in columns)
        up = (f'CREATE UNIQUE INDEX "{name}" ON "{table}" ({listed}) WHERE {condition}',)
        down = (f'DROP INDEX "{name}"',)
        super().__init__(sqlite=up, postgres=up, sqlite_down=down, postgres_down=down)


class Removable(Sql):
    """Columns that may change in one way only: words give way to the mark of their removal.

    The exempt columns of an append-only table that free text stands in. `mark` is how a mark
    begins; it is looked for as it is, and as JSON writes it.
    """

    def __init__(self, table: str, *columns: str) -> None:
        names = [f"{table}_{column}_removed_only" for column in columns]
        super().__init__(
            sqlite=[self._sqlite(table, *pair) for pair in zip(columns, names, strict=True)],
            postgres=[
                REMOVED_FUNCTION,
                *(self._postgres(table, *pair) for pair in zip(columns, names, strict=True)),
            ],
        )

    def _sqlite(self, table: str, column: str, name: str) -> str:
        return (
            f'CREATE TRIGGER "{name}" BEFORE UPDATE OF "{column}" ON "{table}" '
            f'WHEN OLD."{column}" IS NOT NEW."{column}" '
            f"AND instr(NEW.\"{column}\", char(57344) || 'removed ') = 0 "
            f"AND instr(NEW.\"{column}\", '\\ue000removed ') = 0 "
            f"BEGIN SELECT RAISE(ABORT, '{table}.{column} may only be removed'); END"
        )

    def _postgres(self, table: str, column: str, name: str) -> str:
        return (
            f'CREATE TRIGGER "{name}" BEFORE UPDATE OF "{column}" ON "{table}" FOR EACH ROW '
            f'WHEN (OLD."{column}"::text IS DISTINCT FROM NEW."{column}"::text '
            f"AND position(chr(57344) || 'removed ' in NEW.\"{column}\"::text) = 0) "
            "EXECUTE FUNCTION plenary_only_removed()"
        )


class AppendOnly(Sql):
    """Rows of this table are never deleted and never changed, but for `except_update` columns.

    Against our own mistakes, not against whoever owns the database. On SQLite the guarded columns
    are listed when this runs: after adding a column to a table with exempt ones, run it again
    (`migrate` refuses to finish without).
    """

    def __init__(self, table: str, *, except_update: Sequence[str] = ()) -> None:
        self.table = table
        self.exempt = tuple(except_update)
        names = [f"{table}_append_only_{act}" for act in ("update", "delete", "truncate")]
        down = [f'DROP TRIGGER IF EXISTS "{name}"' for name in names[:2]]
        super().__init__(
            postgres=(APPEND_ONLY_FUNCTION, *self._postgres()),
            sqlite_down=down,
            postgres_down=[f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"' for name in names],
        )

    def _postgres(self) -> Iterable[str]:
        exempt = ", ".join(f"'{column}'" for column in self.exempt)
        for act, each in (("update", "ROW"), ("delete", "ROW"), ("truncate", "STATEMENT")):
            arguments = exempt if act == "update" else ""
            yield (
                f'CREATE OR REPLACE TRIGGER "{self.table}_append_only_{act}" '
                f'BEFORE {act.upper()} ON "{self.table}" FOR EACH {each} '
                f"EXECUTE FUNCTION plenary_append_only({arguments})"
            )

    async def database_forward(
        self,
        app_label: str,
        old_state: State,
        new_state: State,
        state_editor: BaseSchemaEditor | None = None,
    ) -> None:
        if state_editor and state_editor.DIALECT == "sqlite":
            self.up["sqlite"] = await self._sqlite(state_editor)
        await super().database_forward(app_label, old_state, new_state, state_editor)

    async def _sqlite(self, editor: BaseSchemaEditor) -> Statements:
        changed = ""
        if self.exempt and not editor.collect_sql:
            query = "SELECT name FROM pragma_table_info(?)"
            _, rows = await editor.client.execute_query(query, [self.table])
            guarded = [row["name"] for row in rows if row["name"] not in self.exempt]
            changed = "WHEN " + " OR ".join(f'OLD."{c}" IS NOT NEW."{c}"' for c in guarded)
        free = "".join(f'/* may change: "{column}" */ ' for column in self.exempt)
        raising = f"BEGIN SELECT RAISE(ABORT, '{self.table} is append-only'); END"
        name, on = f"{self.table}_append_only", f'ON "{self.table}"'
        return (
            f'DROP TRIGGER IF EXISTS "{name}_update"',
            f'CREATE TRIGGER "{name}_update" BEFORE UPDATE {on} {free}{changed} {raising}',
            f'DROP TRIGGER IF EXISTS "{name}_delete"',
            f'CREATE TRIGGER "{name}_delete" BEFORE DELETE {on} {raising}',
        )
