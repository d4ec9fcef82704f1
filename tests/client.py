"""A browser over the whole application: its routes, its lifespan, a database of its own.

    async def test_…(site: Site) -> None:
        world = await found_world()
        chair = await site.browser("chair@example.org")
        page = Page(await chair.get(world.path))

`site` opens the database, so a test that takes it does not take `db` as well. Signing in opens a
session directly; the sign-in pages have tests of their own.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
from httpx2._transports import asgi
from starlette.applications import Starlette

from plenary.app import create_app
from plenary.people.actions import open_session
from plenary.people.models import Person
from plenary.record import remembered
from plenary.settings import Settings
from plenary.web.kept_pages import KeptPages
from tests.reading_html import Written, read

BASE = "http://testserver"
SECRET = "only for tests, and long enough for them"
VOID = (
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr", "use", "path", "circle",
)  # fmt: skip
FIELDS = ("input", "select", "textarea", "button", "option")
FORM = "application/x-www-form-urlencoded"

# Stock looks on the disk for another kind of event loop before every request.
asgi.create_event = asyncio.Event

Fields = Mapping[str, str] | Iterable[tuple[str, str]] | bytes


class Browser:
    """One reader. Follows no redirect by itself, and says where its forms come from."""

    def __init__(self, http: httpx2.AsyncClient) -> None:
        self.http = http

    async def get(self, path: str, **more: Any) -> httpx2.Response:
        return await self.http.get(path, **more)

    async def head(self, path: str) -> httpx2.Response:
        return await self.http.head(path)

    async def post(self, path: str, fields: Fields = (), **headers: str) -> httpx2.Response:
        """A form as browsers send it; bytes go as they are."""
        body = (
            fields
            if isinstance(fields, bytes)
            else str(httpx2.QueryParams(_pairs(fields))).encode()
        )
        sent = {"content-type": FORM, "sec-fetch-site": "same-origin"}
        return await self.http.post(
            path, content=body, headers=sent | {k.replace("_", "-"): v for k, v in headers.items()}
        )

    async def page(self, path: str) -> "Page":
        """The page at an address, which must be there."""
        answer = await self.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        return Page(answer)

    async def press(self, page: "Page", action: str = "", **typed: str) -> httpx2.Response:
        """Fill in the form of a page as it stands, and send it; what takes two presses, twice."""
        return await self.confirm(await self.press_once(page, action, **typed))

    async def press_once(self, page: "Page", action: str = "", **typed: str) -> httpx2.Response:
        """The same, and no more: an act that takes two presses answers with its check page."""
        form = page.form(action)
        return await self.post(form.action, form.fields | typed)

    async def twice(self, path: str, fields: Fields = ()) -> httpx2.Response:
        """A form posted, and its check page after it."""
        return await self.confirm(await self.post(path, fields))

    async def confirm(self, answer: httpx2.Response) -> httpx2.Response:
        """The second press, where the answer is the check page of an act that takes two."""
        page = Page(answer) if answer.status_code in (200, 409) else None
        if page is None or page.by_id("check") is None:
            return answer
        form = page.form()
        return await self.post(form.action, form.fields | {"confirmed": "1"})


def _pairs(fields: Any) -> list[tuple[str, str]]:
    return list(fields.items() if isinstance(fields, Mapping) else fields)


class Site:
    """The application that is open, and whoever browses it."""

    def __init__(self, app: Any, stack: AsyncExitStack) -> None:
        self.app, self._stack = app, stack
        self.inner = starlette_of(app)

    async def browser(self, email: str = "", **headers: str) -> Browser:
        """Somebody's browser, signed in where an address is given."""
        transport = httpx2.ASGITransport(self.app, raise_app_exceptions=False)
        base = self.inner.state.settings.base_url
        http = httpx2.AsyncClient(transport=transport, base_url=base, headers=headers)
        browser = Browser(await self._stack.enter_async_context(http))
        if email:
            await self.sign_in(browser, email)
        return browser

    @property
    def keeper(self) -> KeptPages:
        """What keeps pages, before the application."""
        app = self.app
        while not isinstance(app, KeptPages):
            app = app.app
        return app

    def forget(self) -> None:
        """A test has changed the code under the application, or rows behind the door, which nobody
        else can: no page that was made before is true."""
        self.keeper.pages.clear()
        remembered.forget()

    async def sign_in(self, browser: Browser, email: str) -> None:
        cookies = self.inner.state.cookies
        opened = await open_session(await Person.get(email=email), agent="tests")
        browser.http.cookies.set(cookies.session, cookies.signer.sign(opened.token).decode())


def starlette_of(app: Any) -> Starlette:
    """The application behind its headers."""
    while not isinstance(app, Starlette):
        app = app.app
    return app


@asynccontextmanager
async def opened(url: str, folder: Path, **settings: Any) -> AsyncIterator[Site]:
    """The application over a migrated database, from its start to its end."""
    chosen = {"secret_key": SECRET, "base_url": BASE, "data": folder, "pulse": False} | settings
    app = create_app(Settings(database_url=url, **chosen))
    async with AsyncExitStack() as stack:
        inner = starlette_of(app)
        await stack.enter_async_context(inner.router.lifespan_context(inner))
        yield Site(app, stack)


# --- a page as it is read ------------------------------------------------------------------------


class Tag:
    """A tag, and the words of everything inside it."""

    __slots__ = ("_begins", "_ends", "_words", "attrs", "name")

    def __init__(self, name: str, attrs: dict[str, str], words: list[str]) -> None:
        self.name, self.attrs = name, attrs
        self._words, self._begins = words, len(words)  # of the whole page, as far as it was read
        self._ends: int | None = None

    def __getitem__(self, name: str) -> str:
        return self.attrs.get(name, "")

    def __repr__(self) -> str:
        return f"Tag({self.name!r}, {self.attrs!r})"

    def end(self) -> None:
        self._ends = len(self._words)

    @property
    def text(self) -> str:
        return "".join(self._words[self._begins : self._ends])


@dataclass
class FormTag:
    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)  # what a browser would send
    names: set[str] = field(default_factory=set)


class Page:
    """What stands on a page: its tags in order, its words, its forms as a browser sends them."""

    def __init__(self, answer: httpx2.Response | str) -> None:
        self.tags: list[Tag] = []
        self.forms: list[FormTag] = []
        self._open: list[Tag] = []
        self._words: list[str] = []
        self._select: tuple[str, bool] | None = None
        self.source = answer if isinstance(answer, str) else answer.text
        for piece in read(self.source):
            if isinstance(piece, str):
                self._words.append(piece)
            elif piece.ends:
                self._end(piece.name)
            else:
                self._begin(piece)

    def _begin(self, written: Written) -> None:
        element = Tag(written.name, written.attributes, self._words)
        self.tags.append(element)
        if written.alone or element.name in VOID:
            element.end()
        else:
            self._open.append(element)
        if element.name == "form":
            self.forms.append(FormTag(element["action"], element["method"] or "get"))
        elif self.forms and element.name in FIELDS:
            self._field(element.name, element)

    def _end(self, name: str) -> None:
        """Whatever was not ended inside it ends with it; without a beginning it ends nothing."""
        if not self._open or (self._open[-1].name != name and not self._is_open(name)):
            return
        element = self._open.pop()
        while element.name != name:
            element.end()
            element = self._open.pop()
        element.end()
        if name == "textarea" and self.forms:
            self.forms[-1].fields[element["name"]] = element.text.removeprefix("\n")

    def _is_open(self, name: str) -> bool:
        return any(element.name == name for element in self._open)

    def _field(self, tag: str, element: Tag) -> None:
        form, name = self.forms[-1], element["name"]
        if tag == "option" and self._select:
            chosen, settled = self._select
            if "selected" in element.attrs or not settled:
                form.fields[chosen] = element["value"]
                self._select = (chosen, True)
        if not name or tag == "option":
            return
        form.names.add(name)
        if tag == "select":
            self._select = (name, False)
        elif tag == "input" and (
            element["type"] not in ("radio", "checkbox") or "checked" in element.attrs
        ):
            before = form.fields.get(name, "") if element["type"] == "checkbox" else ""
            form.fields[name] = f"{before} {element['value']}".strip()  # one that may be repeated

    def all(self, *names: str) -> list[Tag]:
        return [tag for tag in self.tags if tag.name in names]

    def by_id(self, id: str) -> Tag | None:
        return next((tag for tag in self.tags if tag["id"] == id), None)

    def form(self, action: str = "") -> FormTag:
        """The form whose address ends so; without one the first that posts."""
        found = [
            form
            for form in self.forms
            if form.method == "post"
            and (not action or form.action.partition("#")[0].endswith(action))
        ]
        assert found, f"no form for {action!r}: {[form.action for form in self.forms]}"
        return found[0]

    @property
    def title(self) -> str:
        return squeezed(self.all("title")[0].text)

    @property
    def heading(self) -> str:
        return squeezed(self.all("h1")[0].text)

    @property
    def words(self) -> str:
        """Everything that can be read in the main part."""
        return squeezed(self.all("main")[0].text)

    def links(self) -> list[str]:
        return [tag["href"] for tag in self.all("a") if tag["href"]]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
