"""What a browser may keep, and what it is sent again."""

import re

import pytest

from tests.client import Site
from tests.world import found_world

ONE = "/proposals/2019/1"


async def test_a_page_that_has_not_changed_is_not_sent_again(site: Site) -> None:
    world = await found_world()
    public = await site.browser()
    first = await public.get(ONE)
    tag = first.headers["etag"]
    again = await public.get(ONE, headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["content-security-policy"]
    await world.put()
    changed = await public.get(ONE, headers={"if-none-match": tag})
    assert changed.status_code == 200
    assert changed.headers["etag"] != tag
    french = await public.get(f"/fr{ONE}")
    assert french.headers["etag"] != changed.headers["etag"]


@pytest.mark.parametrize("cookie", ["", "other=1"])
async def test_that_nothing_changed_depends_on_whatever_the_page_depends_on(
    site: Site, cookie: str
) -> None:
    """A cache takes it over for the page that it holds: compressed, it is not for everybody."""
    await found_world()
    public = await site.browser(cookie=cookie) if cookie else await site.browser()
    first = await public.get(ONE, headers={"accept-encoding": "gzip"})
    again = await public.get(
        ONE, headers={"accept-encoding": "gzip", "if-none-match": first.headers["etag"]}
    )
    assert again.status_code == 304
    assert "Accept-Encoding" in first.headers["vary"]
    assert again.headers["vary"] == first.headers["vary"]


async def test_what_someone_signed_in_reads_is_never_marked(site: Site) -> None:
    await found_world()
    delegate = await site.browser("head.ald@example.org")
    tag = (await (await site.browser()).get(ONE)).headers["etag"]
    answer = await delegate.get(ONE, headers={"if-none-match": tag})
    assert answer.status_code == 200
    assert "etag" not in answer.headers
    assert answer.headers["cache-control"] == "no-store, private"


async def test_the_same_page_goes_over_the_wire_small(site: Site) -> None:
    await found_world()
    public = await site.browser()
    small = await public.get(ONE, headers={"accept-encoding": "gzip"})
    plain = await public.get(ONE, headers={"accept-encoding": "identity"})
    assert small.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert small.text == plain.text
    assert "Accept-Encoding" in small.headers["vary"]


async def test_static_files_are_kept_for_ever_under_their_own_address(site: Site) -> None:
    await found_world()
    public = await site.browser()
    page = (await public.get("/")).text
    for address in re.findall(r'(?:href|src)="(/static/[^"]+)"', page):
        answer = await public.get(address)
        assert answer.status_code == 200, address
        assert "immutable" in answer.headers["cache-control"], address
        assert "set-cookie" not in answer.headers
    bare = await public.get("/static/plenary.css")
    assert "immutable" not in bare.headers.get("cache-control", "")
    for outside in (
        "/static/../pyproject.toml",
        "/static/%2e%2e/pyproject.toml",
        "/static/nothing",
    ):
        assert (await public.get(outside)).status_code == 404, outside
