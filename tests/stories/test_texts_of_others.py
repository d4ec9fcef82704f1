"""A text in the hands of an office (cases/office.md 5): it stays its authors', whoever tries."""

from plenary.record.models import Entry, Head
from tests.client import Browser, Page, Site
from tests.world import TEXT, found_world

EMPTIED = {"text": "1. Decides nothing at all.", "language": "en", "base": "1"}


async def size() -> int:
    return (await Head.get(id=1)).size


async def refuses(browser: Browser, path: str, fields: dict[str, str], *, status: int) -> str:
    """Nothing is recorded, and the page says why."""
    before = await size()
    answer = await browser.post(path, fields)
    assert (answer.status_code, await size()) == (status, before), Page(answer).words
    return Page(answer).words


async def test_no_office_rewrites_withdraws_tables_or_reads_a_text_of_others(site: Site) -> None:
    world = await found_world()
    aldoria, belmark, corvania = [
        await site.browser(f"head.{code}@example.org") for code in ("ald", "bel", "cor")
    ]
    chair = await site.browser("chair@example.org")
    secretariat = await site.browser("secretariat@example.org")
    public, text = await site.browser(), f"/proposals/{world.year}/{world.number}"

    # Belmark asks to be an author too; Aldoria's desk says so, and Aldoria accepts.
    page = await belmark.page(f"{text}/sponsors")
    await belmark.press(page, "/sponsors", role="author")
    assert "Belmark asks to join it" in (await aldoria.page("/desk")).words
    await aldoria.press(await aldoria.page(f"{text}/sponsors"), "/acceptance")
    assert "Authors Aldoria, Belmark" in (await public.page(text)).words

    # The secretariat would rewrite and withdraw it, the Chair withdraw it: neither can.
    away = {"reason": "Away.", "version": "1", "confirmed": "1"}
    assert "belongs to its authors" in await refuses(
        secretariat, f"{text}/versions", EMPTIED, status=403
    )
    for office in (secretariat, chair):
        said = await refuses(office, f"{text}/withdrawal", away, status=403)
        assert "belongs to its authors" in said

    # A draft is Aldoria's alone: the Chair neither reads it nor tables it, nor does Corvania.
    form = await aldoria.page("/proposals/new")
    made = await aldoria.press(
        form, "/proposals", title="Tags", sense="Stones are tagged.", text="1. Decides on tags."
    )
    draft = made.headers["location"]
    for other in (chair, secretariat, belmark, corvania, public):
        assert (await other.get(draft)).status_code == 404
        assert "Tags" not in (await other.page("/proposals")).words
    await refuses(chair, f"{draft}/tabling", {"version": "1"}, status=404)
    page = await aldoria.page(f"{draft}/readers")
    await aldoria.press(page, "/readers", reader="delegation:COR")
    assert (await corvania.get(draft)).status_code == 200
    await refuses(corvania, f"{draft}/tabling", {"version": "1"}, status=403)

    # The Chair may put a text of its own beside it; nobody's name stands over that.
    page = await chair.page(f"{text}/versions")
    await chair.press(page, "/versions", **EMPTIED)
    words = (await public.page(text)).words
    assert "Chair’s text" in words
    assert "Authors and sponsors of version 1 Aldoria, Belmark" in words

    # Corvania sponsors it, and steps back when it wishes; the authors answer with their text.
    await corvania.press(await corvania.page(f"{text}/sponsors"), "/sponsors")
    page = await aldoria.page(f"{text}/sponsors")
    await aldoria.press(page, "/acceptance")
    page = await corvania.page(f"{text}/sponsors/departure")
    assert (await corvania.press(page, "/departure")).status_code == 303
    assert "Corvania stepped back" in (await public.page(f"{text}/history")).words
    again = {"text": TEXT, "language": "en", "base": "2"}
    assert (await aldoria.post(f"{text}/versions", again)).status_code == 303

    # It is withdrawn when both of its authors have agreed, and not before.
    for author, stage in ((aldoria, "before_plenary"), (belmark, "withdrawn")):
        page = await author.page(f"{text}/withdrawal")
        await author.press(page, "/withdrawal", reason="The host offers more.")
        assert (await public.get(f"{text}.json")).json()["stage"] == stage
    assert await Entry.filter(type="withdrawal.agreed").count() == 1
