"""An Observer is put out: told at once, heard in its appeal, in the access log for ever.

cases/office.md 6: its seat was ended by one press, and the log said that it had left.
"""

from datetime import timedelta

from plenary import clock
from plenary.bodies.days import day_of
from plenary.bodies.models import Seat
from plenary.notices.entries import queue_entries
from tests.client import Page, Site
from tests.notices.post import Box, send
from tests.world import found_world


async def test_an_observer_is_put_out_and_the_record_says_by_whom(site: Site) -> None:
    world = await found_world()
    await world.put()
    secretary = await site.browser("secretariat@example.org")
    delmonia, public = await site.browser("head.del@example.org"), await site.browser()
    until = (await day_of(clock.now()) + timedelta(days=10)).isoformat()

    # One press ends nothing: the form asks on what it rests, and no ground is no ground.
    row = {"body": "plenary", "code": "DEL"}
    asked = Page(await secretary.post("/secretariat/seats/end", row))
    assert "On what it rests" in asked.words
    bare = await secretary.press(asked, "seats/end")
    assert bare.status_code == 409
    endless = await secretary.press(asked, "seats/end", ground="It published a draft.")
    assert endless.status_code == 422
    check = Page(
        await secretary.press_once(asked, "seats/end", ground="It published a draft.", until=until)
    )
    assert "Interim measure of the secretariat" in check.words
    assert "It stands in the public access log." in check.words
    assert await Seat.filter(delegation__code="DEL", until=None).count() == 1
    done = await secretary.press(check, confirmed="1")
    assert done.status_code == 303

    # The log says who did it and why, and never that it left.
    said = "The seat of Delmonia in Plenary was ended by the secretariat"
    for path in ("/changes", "/observers/access", "/observers/delmonia"):
        words = (await public.page(path)).words
        assert said in words, path
        assert "Delmonia left" not in words
    log = await public.page("/observers/access")
    assert "on the ground “It published a draft”" in log.words
    french = (await public.page("/fr/observers/access")).words
    assert "pour le motif « It published a draft »" in french

    # It is told at once, though it has no seat any more, and is not heard through it.
    box = Box()
    await queue_entries()
    await send(box)
    assert box.to("head.del") == ["[DEL] An act about Delmonia / Un acte concernant Delmonia"]
    letter = box.text("head.del")
    assert said in letter
    assert "/measures/" in letter
    proposal = await delmonia.page("/proposals/2019/1")
    assert "is not heard through it" in proposal.words
    form = {"stance": "object", "version": "1", "clause": "p1", "explanation": "No.", "key": "k"}
    assert (await delmonia.post("/proposals/2019/1/position", form)).status_code == 403

    # It appeals; the secretariat answers; both stand beside the act, for everybody.
    desk = await delmonia.page("/desk")
    assert said in desk.words
    [line] = (await public.get("/observers/access.json")).json()["items"]
    path = line["path"]
    appealed = await delmonia.press(await delmonia.page(f"{path}/appeal"), text="It was public.")
    assert appealed.status_code == 303
    await queue_entries()
    await send(box)
    assert "It was public." in box.text("chair")
    await secretary.press(await secretary.page(f"{path}/answer"), text="We were wrong.")
    [line] = (await public.get("/observers/access.json")).json()["items"]
    assert [(said["kind"], said["text"]) for said in line["appeals"]] == [
        ("appeal", "It was public."),
        ("answer", "We were wrong."),
    ]
    assert (line["delegation"], line["what"], line["office"]) == (
        "DEL",
        "seat_ended",
        "secretariat",
    )
    assert "We were wrong." in (await public.page("/observers/access")).words


async def test_an_observer_reports_what_kept_it_out(site: Site) -> None:
    await found_world()
    delmonia, public = await site.browser("head.del@example.org"), await site.browser()
    form = await delmonia.page("/observers/access/report")
    check = Page(await delmonia.press_once(form, what="visa", office="host"))
    assert "A visa was refused: Delmonia" in check.words
    done = await delmonia.press(check, confirmed="1")
    assert done.status_code == 303
    words = (await public.page("/observers/access")).words
    assert "A visa was refused to Delmonia by the host country, with no ground given." in words
    assert "reported by Delmonia" in words
    # Nobody reports for another, and a Participant's place has acts of its own.
    other = {"delegation": "ALD", "what": "visa", "office": "host", "language": "en", "key": "k"}
    assert (await delmonia.post("/observers/access/report", other)).status_code == 422
    head = await site.browser("head.ald@example.org")
    assert (await head.get("/observers/access/report")).status_code == 403
