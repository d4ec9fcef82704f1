"""What is found of meetings and of the communiqués that were issued."""

from plenary.bodies.models import Credential
from plenary.meetings.models import Meeting, Paragraph
from plenary.texts.searchable import Passage, Source


async def _meetings(_: int) -> list[Passage]:
    return [
        Passage(
            "meeting",
            one.id,
            one.note.get(language) or name,
            f"/meetings/{one.slug}",
            language=language,
            about=one.names,
            at=one.begins,
            also=" ".join([name, *one.place.values(), *_items(one, language)]),
        )
        for one in await Meeting.all().order_by("id")
        for language, name in one.names.items()
    ]


def _items(meeting: Meeting, language: str) -> list[str]:
    return [str(item.get("title", {}).get(language, "")) for item in meeting.agenda]


async def _communiques(_: int) -> list[Passage]:
    """Only as issued: a draft is for those who write it."""
    rows = Paragraph.filter(communique__status="issued", dropped=False).order_by("id")
    return [
        Passage(
            "communique",
            one.id,
            text,
            f"/meetings/{one.communique.meeting.slug}/communique",
            language=language,
            about=one.communique.meeting.names,
            at=one.communique.issued,
        )
        for one in await rows.prefetch_related("communique__meeting")
        for language, text in one.text.items()
    ]


async def _credentials(_: int) -> list[Passage]:
    """Why credentials were refused, or what was noted of them."""
    names = {one.slug: one.names for one in await Meeting.all()}
    rows = Credential.exclude(note="").order_by("id").prefetch_related("delegation")
    return [
        Passage(
            "note",
            one.id,
            one.note,
            f"/meetings/{one.meeting}/roll",
            about=names.get(one.meeting, {}),
            who=one.delegation.names,
            at=one.at,
        )
        for one in await rows
    ]


SOURCES = (
    Source(_meetings, grows=False),
    Source(_communiques, grows=False),
    Source(_credentials, grows=False),
)
