"""A database from before comments on drafts waited for their authors: from now on they do."""

from pathlib import Path

import pytest
from tortoise import connections

from plenary.db.config import MIGRATIONS, connect, disconnect
from plenary.db.migrate import migrate, pending
from plenary.proposals.comments import KEPT
from plenary.proposals.models import Comment, Proposal
from plenary.record.models import Entry
from plenary.settings import MODELS

THIS = "0015_comments_on_drafts"
AT = "'2019-02-01 10:00:00+00:00'"
BODY = """INSERT INTO body (id, "key", symbol, names, organisation, sample, mandate, zone, place,
source, as_of)
VALUES (1, 'monitoring', 'WGM', '{}', '{}', false, '{}', 'UTC', '{}', '', '{}')"""
FACTS = "id, year, number, symbol, theme, title, sense, original, stage, body_id, author"


def proposal(id: int, tabled: str) -> str:
    """With two comments; 1 was tabled, 2 is a draft, 3 a draft that was withdrawn."""
    return f"""INSERT INTO proposal ({FACTS}, newest, "keys", comments_made, sample, tabled, at,
    changed) VALUES ({id}, 2019, {id}, 'KP/2019/P.{id}', '', '{{}}', '{{}}', 'en', 'draft', 1,
    'secretariat', 1, '[]', 2, false, {tabled}, {AT}, {AT})"""


def comment(proposal: int, number: int) -> tuple[str, str]:
    """With its entry: ten times the proposal's number, and its own."""
    n = 10 * proposal + number
    columns = "proposal_id, number, version, clause, by, text, language, at, entry"
    return (
        f"""INSERT INTO comment ({columns}) VALUES
        ({proposal}, {number}, 1, '', 'secretariat', 'Figs.', 'en', {AT}, {n})""",
        entry(n, "comment.made", f"KP/2019/P.{proposal}"),
    )


def entry(n: int, kind: str, topic: str) -> str:
    return f"""INSERT INTO entry (n, written, leaf, type, topic, actor, at, payload, veil)
    VALUES ({n}, '{{}}', '', '{kind}', '{topic}', 'secretariat', {AT}, '', 'draft:{topic}')"""


def removal(n: int, order: int) -> str:
    return f"""INSERT INTO redaction (entry, commitment, "order", mark)
    VALUES ({n}, 'sha256:{n}', {order}, 'mark')"""


def before(this: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The migrations that came before one, as a package."""
    name = f"before_{folder.name}"
    (folder / name).mkdir()
    (folder / name / "__init__.py").touch()
    steps = sorted(
        path.stem for path in (Path(__file__).parents[2] / "plenary/migrations").glob("0*")
    )
    for step in steps[: steps.index(this)]:
        found = f"import_module('{MIGRATIONS}.{step}').Migration"
        source = f"from importlib import import_module\nMigration = {found}\n"
        (folder / name / f"{step}.py").write_text(source)
    monkeypatch.syspath_prepend(folder)
    return name


async def test_comments_on_drafts_wait_for_their_authors_and_all_others_stay_public(
    empty_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = empty_database_url
    await migrate(url, MODELS, migrations=before(THIS, tmp_path, monkeypatch))
    rows = [BODY, proposal(1, AT), proposal(2, "NULL"), proposal(3, "NULL")]
    rows += [sql for which in (1, 2, 3) for number in (1, 2) for sql in comment(which, number)]
    for n, order in ((11, 90), (21, 91)):
        rows += [removal(n, order), entry(order, "payload.redacted", f"KP/2019/P.{n // 10}")]
    rows.append(entry(92, "version.issued", "KP/2019/P.2"))
    await connect(url, MODELS)
    try:
        for sql in rows:
            await connections.get("default").execute_query(sql)
    finally:
        await disconnect()
    assert THIS in await pending(url, MODELS)
    await migrate(url, MODELS)
    await connect(url, MODELS)
    try:
        await judge()
    finally:
        await disconnect()


async def judge() -> None:
    found = await Comment.all().order_by("id").values_list("proposal_id", "number", "readers")
    assert found == [
        (1, 1, ""), (1, 2, ""), (2, None, "monitoring"), (2, None, "monitoring"),
        (3, None, "monitoring"), (3, None, "monitoring"),
    ]  # fmt: skip
    assert await Comment.filter(KEPT).count() == 4
    made = await Proposal.all().order_by("id").values_list("comments_made", flat=True)
    assert list(made) == [2, 0, 0]
    veils = {entry.n: entry.veil for entry in await Entry.all()}
    assert veils == {
        11: "draft:KP/2019/P.1", 12: "draft:KP/2019/P.1", 21: "comment:21", 22: "comment:22",
        31: "comment:31", 32: "comment:32", 90: "draft:KP/2019/P.1", 91: "comment:21",
        92: "draft:KP/2019/P.2",
    }  # fmt: skip
    for change in ({"readers": ""}, {"language": "fr"}):
        with pytest.raises(Exception, match=r"append-only"):
            await Comment.filter(entry=21).update(**change)
    with pytest.raises(Exception, match=r"append-only"):
        await Entry.filter(n=21).update(veil="")
    await Comment.filter(entry=21).update(number=1)
