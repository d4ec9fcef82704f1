"""For newcomers: how the Plenary decides, the data, help."""

from starlette.requests import Request
from starlette.responses import Response

from plenary import clock
from plenary.bodies.days import day_of
from plenary.bodies.models import Body
from plenary.bodies.powers import Power
from plenary.bodies.rolls import roll_today
from plenary.record.models import Head
from plenary.registers.words import glossary
from plenary.web.render import render
from plenary.web.routing import page


async def how_it_works(request: Request) -> Response:
    body = await Body.get_or_none(key="plenary")
    roll = await roll_today(body, await day_of(clock.now())) if body else None
    return render(request, "front/how_it_works.html", terms=glossary(), roll=roll)


async def data(request: Request) -> Response:
    return render(request, "front/data.html", head=await Head.get(id=1))


async def help_(request: Request) -> Response:
    return render(request, "front/help.html")


routes = [
    page("/how-it-works", how_it_works, Power.READ, name="how_it_works"),
    page("/data", data, Power.READ, name="data"),
    page("/help", help_, Power.READ, name="help"),
]
