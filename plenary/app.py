"""create_app(settings): routes, middleware, lifespan. The table of contents."""

import asyncio
import functools
import logging
import os
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp
from tortoise.exceptions import ValidationError

import plenary.bodies.pages
import plenary.decisions.pages
import plenary.disclosure.pages
import plenary.front.pages
import plenary.front.pages.home
import plenary.meetings.pages
import plenary.notices.pages
import plenary.people.pages
import plenary.procedures.pages
import plenary.proposals.pages
import plenary.questions.pages
from plenary import logs, notices
from plenary.bodies.powers import Power
from plenary.bodies.viewers import PUBLIC
from plenary.db.patience import patiently
from plenary.db.postgres import STATEMENT
from plenary.decisions.actions.timekeeping import clock_doubt, refuse_doubt
from plenary.front.indexed import Index
from plenary.front.newest import Newest
from plenary.front.pages.prints import Prints
from plenary.hooks import opened
from plenary.people.mail import Pace
from plenary.people.pages.set_aside import marked, to_sign_in, token_for
from plenary.procedures.in_force import rules_before
from plenary.questions.refusals import refusal_for
from plenary.readers import prepare
from plenary.ready import SharedCheck, ready, writing
from plenary.record.bell import rung
from plenary.record.remembered import one_look
from plenary.record.under_way import acts_under_way
from plenary.record.writing import forget
from plenary.refusal import Forbidden, Refused, Unavailable
from plenary.settings import Settings
from plenary.settings import from_environment as settings_from_environment
from plenary.starting import refuse_demo_of_a_real_body, refuse_undurable, warn_of_one_network
from plenary.web import errors
from plenary.web.access import Access
from plenary.web.answers import COMPRESSED, made, sealed
from plenary.web.freshness import off_the_record
from plenary.web.identity import Cookies
from plenary.web.kept_pages import KeptPages
from plenary.web.language import LANGUAGES, LanguageOfPath, prefixed
from plenary.web.render import prepare_refusals
from plenary.web.routing import Address, page, with_powers
from plenary.web.security import (
    SAFE_METHODS,
    BodyLimit,
    SecurityHeaders,
    crosses_origins,
    too_large,
)
from plenary.web.site import UNSET
from plenary.web.static import Static, asset_dir
from plenary.worker import begin, live, stop, work

log = logging.getLogger("plenary")
LOGGED = "PLENARY_LOG"  # "info json": how the process that started the workers wants them to log
ACTS_FIRST = 0.1  # seconds at most that a page which has to be made waits for acts under way
LETTERS = timedelta(seconds=1)  # so old may be what another process knows of letters that left
# What tells of this moment is never kept.
LIVE = frozenset(
    prefixed(path, language) for path in ("/healthz", "/readyz") for language in LANGUAGES
)
Handler = Callable[[Request], Awaitable[Response]]
LARGEST = 2**31 - 1  # of an integer in either database
CONTROL = re.compile(r"[\x00-\x1f\x7f]")

PAGES: list[Address] = [
    page("/", plenary.front.pages.home.show, Power.READ, name="home"),
    *plenary.bodies.pages.first_routes,
    *plenary.front.pages.routes,  # what shows several concepts: register, search, desk, about
    *plenary.disclosure.pages.routes,
    *plenary.proposals.pages.routes,
    *plenary.procedures.pages.routes,
    *plenary.questions.pages.routes,
    *plenary.decisions.pages.routes,
    *plenary.meetings.pages.routes,
    *plenary.bodies.pages.routes,
    *plenary.people.pages.routes,
    *plenary.notices.pages.routes,
    *plenary.front.pages.last_routes,  # a symbol is an address: after every other
]


def from_environment() -> ASGIApp:
    """What uvicorn starts: the application with the settings of its environment."""
    logs.configure(*os.environ.get(LOGGED, "info text").split())
    return create_app(settings_from_environment())


def create_app(settings: Settings) -> ASGIApp:
    """The whole application behind its headers."""
    app = Starlette(
        routes=[Mount("/static", Static(directory=asset_dir("static")), name="static"), *guarded()],
        exception_handlers={
            Unavailable: at_home(errors.unavailable),
            Refused: at_home(errors.refused),
            HTTPException: at_home(errors.http),
            Exception: at_home(errors.broken),
        },
        middleware=[
            Middleware(GZipMiddleware, minimum_size=COMPRESSED),
            Middleware(BodyLimit, most=settings.max_body),
        ],
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False  # the last route does it, and every answer is sealed
    app.state.settings = settings
    app.state.cookies = Cookies(settings.secret_key, secure=settings.secure)
    app.state.mail = notices.mailer(settings.smtp_url, settings.mail_from, settings.contact)
    app.state.pace = Pace()
    app.state.notices_to = notices.notices_to
    app.state.rules_before = rules_before
    app.state.delivery = off_the_record(notices.delivery_of, LETTERS)
    app.state.refusal_for = refusal_for  # what a refusal may tell whom
    app.state.ready = functools.partial(ready, writes=SharedCheck(writing))
    app.state.site, app.state.index, app.state.prints = UNSET, Index(), Prints()
    tokens = tuple({route.path.partition("{token")[0] for route in PAGES if "{token" in route.path})
    pages = KeptPages(
        SecurityHeaders(LanguageOfPath(app), secure=settings.secure),
        newest=Newest(),
        turn=rung,
        settled=functools.partial(acts_under_way.over, ACTS_FIRST),
        most=settings.cache,
        live=LIVE,
    )
    return Access(pages, secret=tokens)


@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    """Open the database, refuse to run where it could lose an acknowledged act, close it."""
    async with opened(app.state.settings.database_url, statement=STATEMENT):
        forget()
        await refuse_undurable()
        await refuse_demo_of_a_real_body(app.state.settings)
        chores = [asyncio.create_task(chore) for chore in await chores_of(app.state.settings)]
        warn_of_one_network(app.state.settings)
        prepare_refusals()
        yield
        await stop(chores)


async def chores_of(settings: Settings) -> list[Coroutine[Any, Any, None]]:
    """What this process does beside answering: signs of life, and the worker's part if told so.

    An interruption since the last sign of life is on the record before the first request.
    """
    if not settings.pulse:
        return []
    await begin()
    return [live(), *([work(*notices.chores(settings))] if settings.worker else [])]


def guarded() -> list[BaseRoute]:
    """Every page behind the powers that open it; a route that says none stops the start."""
    return [behind_its_powers(with_powers(route)) for route in PAGES]


@functools.cache
def behind_its_powers(at: Address) -> Route:
    """Made once, for however many applications a process has."""
    powers = frozenset(map(Power, at.powers))
    return Route(at.path, guard(powers, at.endpoint), methods=at.methods, name=at.name)


def guard(powers: frozenset[Power], handler: Handler) -> Handler:

    @functools.wraps(handler)
    @patiently
    async def endpoint(request: Request) -> Response:
        refuse_unreadable(request)
        if too_large(request.headers, request.app.state.settings.max_body):
            raise HTTPException(413)
        await prepare(request)
        trusted: str = request.app.state.settings.base_url
        if crosses_origins(request.method, request.headers, trusted):
            raise Forbidden("other_site")
        viewer = request.state.viewer
        if not any(viewer.may(power) for power in powers):
            over = not viewer.signed_in and bool(request.app.state.cookies.token(request))
            if over:
                refuse_doubt(await clock_doubt())  # by which the session may be over
            kept = "" if viewer.signed_in else await token_for(request)
            if on := to_sign_in(request, kept):
                return sealed(request, on)
            raise Forbidden(
                "no_power", powers=sorted(powers), signed_in=viewer.signed_in, kept=kept, over=over
            )
        try:
            sure = request.method not in SAFE_METHODS
            with one_look():
                answer = await handler(request)
            return sealed(request, await made(answer, sure=sure))
        except ValidationError as unfit:  # longer than its column: no row can hold it, or will
            raise HTTPException(404 if request.method in SAFE_METHODS else 422) from unfit

    return endpoint


def refuse_unreadable(request: Request) -> None:
    """What no database can look for is not there: a number past its range, a NUL character.

    Nor is anything at an address with a line's end: `$` of a route's pattern would overlook it.
    """
    asked = request.path_params.values()
    past = any(isinstance(value, int) and value > LARGEST for value in asked)
    if past or CONTROL.search(request.scope["path"]):
        raise HTTPException(404)
    if any("\0" in text for pair in request.query_params.multi_items() for text in pair):
        raise HTTPException(400)


def at_home(
    handler: Callable[[Request, Exception], Awaitable[Response]],
) -> Callable[[Request, Exception], Awaitable[Response]]:
    """Error pages are pages of the site too: they know the language, the body and the reader."""

    async def answer(request: Request, exc: Exception) -> Response:
        try:
            if isinstance(exc, Unavailable) and not hasattr(request.state, "viewer"):
                raise exc  # it was asked just now, and nobody is to wait for it twice
            await prepare(request)
        except Exception:  # the database itself may be what failed
            request.state.site, request.state.viewer = request.app.state.site, PUBLIC
        return sealed(request, marked(request, await made(await handler(request, exc), sure=True)))

    return answer
