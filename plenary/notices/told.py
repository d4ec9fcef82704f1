"""What one person has been told: for the desk, newest first."""

from plenary.notices.models import Notice

NEWEST = 10


async def told(person: int) -> list[Notice]:
    """The newest notices to a person, sent or not, each with what it is about."""
    found = Notice.filter(person_id=person).order_by("-due", "-id").limit(NEWEST)
    return await found.prefetch_related("question__proposal", "follow_up__decision")
