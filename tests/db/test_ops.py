"""What migrations build beside the tables, tried on both databases."""

import pytest
from tortoise.connection import get_connection
from tortoise.exceptions import IntegrityError
from tortoise.migrations.autodetector import MigrationAutodetector
from tortoise.transactions import in_transaction

from plenary.db.config import tortoise_config
from plenary.db.editors import statements
from tests.db.conftest import MODELS
from tests.db.models import Act, Position, Question


async def test_an_append_only_table_refuses_change_and_removal(db: str) -> None:
    act = await Act.create(said="object")
    with pytest.raises(IntegrityError, match="append-only"):
        await Act.filter(n=act.n).update(said="support")
    with pytest.raises(IntegrityError, match="append-only"):
        await Act.all().delete()
    assert (await Act.get()).said == "object"


async def test_an_exempt_column_may_change_but_not_together_with_another(db: str) -> None:
    act = await Act.create(said="object")
    await Act.all().update(hidden=True)
    with pytest.raises(IntegrityError, match="append-only"):
        await Act.all().update(hidden=False, said="support")
    await act.refresh_from_db()
    assert (act.said, act.hidden) == ("object", True)


async def test_an_append_only_table_is_not_replaced_or_truncated(
    db: str, database_kind: str
) -> None:
    act = await Act.create(said="object")
    past = {
        "sqlite": f"INSERT OR REPLACE INTO act (n, said) VALUES ({act.n}, 'support')",
        "postgres": "TRUNCATE act",
    }
    with pytest.raises(IntegrityError, match="append-only"):
        await get_connection("default").execute_query(past[database_kind])
    assert (await Act.get()).said == "object"


async def test_one_position_is_current_and_the_older_ones_stay(db: str) -> None:
    question = await Question.create(title="Scope")
    for stance in ("support", "object"):
        async with in_transaction():
            await Position.filter(question=question, delegation="AO").update(current=False)
            await Position.create(question=question, delegation="AO", stance=stance)
    assert await Position.all().count() == 2
    with pytest.raises(IntegrityError):
        await Position.create(question=question, delegation="AO", stance="support")


async def test_unique_where_holds_only_where(db: str) -> None:
    await Question.create(title="Scope", round=1)
    await Question.create(title="Scope", round=2, status="closed")
    with pytest.raises(IntegrityError):
        await Question.create(title="Scope", round=3)


async def test_checks_declared_on_a_model_are_in_the_database(db: str) -> None:
    """Stock Tortoise leaves them out of a new table on both databases."""
    question = await Question.create(title="Scope")
    with pytest.raises(IntegrityError):
        await Position.create(question=question, delegation="AO", stance="")
    with pytest.raises(IntegrityError):
        await Question.create(title="Other", status="perhaps")


async def test_the_models_say_what_the_migrations_built(db: str) -> None:
    from tortoise.context import require_context

    config = tortoise_config(db, MODELS, migrations="tests.db.second")
    apps = require_context().apps
    assert apps
    writers = await MigrationAutodetector(apps, config["apps"]).changes()
    assert [operation.describe() for writer in writers for operation in writer.operations] == []


def test_a_script_is_cut_only_where_a_statement_ends() -> None:
    trigger = "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT ';'; SELECT 2; END;"
    comment = "CREATE TABLE b (x INT /* one; two */ DEFAULT 'y;z');"
    assert list(statements(f"{trigger}\n{comment}\n;; SELECT 1")) == [trigger, comment, "SELECT 1;"]
    assert list(statements(" \n; ")) == []
