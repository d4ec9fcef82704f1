"""The body or the delegation that an act names, or Missing."""

from plenary.bodies.models import Body, Delegation
from plenary.refusal import Missing


async def body_of(key: str) -> Body:
    body = await Body.get_or_none(key=key)
    if body is None:
        raise Missing("unknown_body", body=key)
    return body


async def delegation_of(code: str) -> Delegation:
    delegation = await Delegation.get_or_none(code=code)
    if delegation is None:
        raise Missing("unknown_delegation", code=code)
    return delegation
