"""What is found of meetings and of the communiqués that were issued."""

from plenary.bodies.models import Credential
from plenary.meetings.models import Meeting, Paragraph
from plenary.texts.searchable import Passage, Source


async def _meetings(_: int) -> list[Passage]:
    return [
        Passage(
            "meeting",
            meeting.id,
            meeting.note.get(language) or name,
            f"/meetings/{meeting.slug}",
            language=language,
            about=meeting.names,
            at=meeting.begins,
            also=" ".join([name, *meeting.place.values(), *_items(meeting, language)]),
        )
        for meeting in await Meeting.all().order_by("id")
        for language, name in meeting.names.items()
    ]


def _items(meeting: Meeting, language: str) -> list[str]:
    return [str(item.get("title", {}).get(language, "")) for item in meeting.agenda]


async def _communiques(_: int) -> list[Passage]:
    """Only as issued: a draft is for those who write it."""
    rows = Paragraph.filter(communique__status="issued", dropped=False).order_by("id")
    return [
        Passage(
            "communique",
            paragraph.id,
            text,
            f"/meetings/{paragraph.communique.meeting.slug}/communique",
            language=language,
            about=paragraph.communique.meeting.names,
            at=paragraph.communique.issued,
        )
        for paragraph in await rows.prefetch_related("communique__meeting")
        for language, text in paragraph.text.items()
    ]


async def _credentials(_: int) -> list[Passage]:
    """Why credentials were refused, or what was noted of them."""
    names = {meeting.slug: meeting.names for meeting in await Meeting.all()}
    rows = Credential.exclude(note="").order_by("id").prefetch_related("delegation")
    return [
        Passage(
            "note",
            credential.id,
            credential.note,
            f"/meetings/{credential.meeting}/roll",
            about=names.get(credential.meeting, {}),
            who=credential.delegation.names,
            at=credential.at,
        )
        for credential in await rows
    ]


SOURCES = (
    Source(_meetings, grows=False),
    Source(_communiques, grows=False),
    Source(_credentials, grows=False),
)
