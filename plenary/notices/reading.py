"""The notices to one person: for the desk, newest first."""

from plenary.notices.models import Notice
from plenary.web.paging import Page, fetched


async def notices_to(person: int, page: int, size: int) -> Page[Notice]:
    """A page of the notices to a person, sent or not, each with what it is about."""
    found = Notice.filter(person_id=person).order_by("-due", "-id")
    return await fetched(
        found.prefetch_related("question__proposal", "follow_up__decision"), page, size
    )
