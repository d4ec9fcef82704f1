"""The paragraphs of a draft communiqué: written, moved, dropped, tied to their facts anew."""

from collections.abc import Awaitable, Callable

from plenary.bodies.models import Words
from plenary.meetings.actions.communique import Say, tie
from plenary.meetings.communique import seal, tidied
from plenary.meetings.communique_sheet import NumberedParagraph, Sheet, after, load_sheet, veil
from plenary.meetings.models import Communique, Paragraph
from plenary.record.act import Record, act, door, its_nothing, once
from plenary.record.entry import instant
from plenary.refusal import Fault, Invalid, Refused

STANDS_ELSEWHERE = ("moved", "dropped", "restored")  # of these the words stay as they were opened


@once(its_nothing)
async def add_paragraph(by: str, slug: str, text: Words, *, key: str = "") -> None:
    """A paragraph that reports no fact, before the closing one; moved from there."""

    async def add(record: Record, sheet: Sheet) -> NumberedParagraph:
        last = sheet.lines[-1].row if sheet.lines else None
        place = (last.place if last else 0) + 1
        if last is not None and last.kind == "closing":
            place = last.place
            await Paragraph.filter(id=last.id).update(place=last.place + 1)
        row = Paragraph(
            communique=sheet.communique,
            place=place,
            kind="free",
            edited=True,
            text=_tidy(text),
            changed=record.now,
        )
        return NumberedParagraph(row, place, None, flagged=False)

    await _change(by, slug, "added", add)


@door
async def edit_paragraph(by: str, slug: str, id: int, text: Words, *, changed: str) -> None:
    """Put other words in a paragraph. `changed`: the paragraph's own, as it was opened at.

    The same words sent twice are one act, since they are there the second time.
    """

    async def edit(record: Record, sheet: Sheet) -> NumberedParagraph | None:
        line = sheet.line(id)
        if line.row.text == _tidy(text):
            return None
        if instant(line.row.changed) != changed:
            raise Refused("paragraph_changed")
        line.row.text, line.row.edited = _tidy(text), True
        return line

    await _change(by, slug, "edited", edit)


@once(its_nothing)
async def move_paragraph(by: str, slug: str, id: int, way: str, *, key: str = "") -> None:
    """One place up or down; the first does not go up, nor the last down."""

    async def move(record: Record, sheet: Sheet) -> NumberedParagraph | None:
        line = sheet.line(id)
        place = sheet.lines.index(line) + (-1 if way == "up" else 1)
        if place not in range(len(sheet.lines)):
            return None
        other = sheet.lines[place].row
        line.row.place, other.place = other.place, line.row.place
        await Paragraph.filter(id=other.id).update(place=other.place)
        return line

    await _change(by, slug, "moved", move)


@once(its_nothing)
async def drop_paragraph(by: str, slug: str, id: int, dropped: bool, *, key: str = "") -> None:
    """Leave a paragraph out, or take it in again; its words and its fact stay with it."""

    async def drop(record: Record, sheet: Sheet) -> NumberedParagraph | None:
        line = sheet.line(id)
        if line.row.dropped == dropped:
            return None
        line.row.dropped = dropped
        return line

    await _change(by, slug, "dropped" if dropped else "restored", drop)


@once(its_nothing)
async def tie_paragraph(
    by: str, slug: str, id: int, *, take: bool, seen: str, say: Say, key: str = ""
) -> None:
    """Look at a fact that moved: take the sentence it has now, or keep the words that stand.

    `seen`: the seal of the fact that was shown; another one has to be looked at first.
    """

    async def look(record: Record, sheet: Sheet) -> NumberedParagraph | None:
        line = sheet.line(id)
        if line.now is None or not line.flagged:
            return None
        if seal(line.now.data) != seen:
            raise Refused("fact_moved")
        tie(line.row, line.now)
        line.row.edited = not take
        if take:
            line.row.text = say(line.now.data)
        return line

    await _change(by, slug, "taken" if take else "kept", look)


async def _change(
    by: str,
    slug: str,
    value: str,
    change: Callable[[Record, Sheet], Awaitable[NumberedParagraph | None]],
) -> None:
    """One change of a draft, under the lock and on the record; nothing, where nothing changes."""
    async with act(by=by) as record:
        sheet = await load_sheet(slug, record.now)
        if sheet.issued:
            raise Refused("communique_issued")
        if line := await change(record, sheet):
            await _keep(record, sheet, line, value)


async def _keep(record: Record, sheet: Sheet, line: NumberedParagraph, value: str) -> None:
    row, meeting = line.row, sheet.meeting
    if value not in STANDS_ELSEWHERE:
        row.changed = after(record.now, row.changed)
    await row.save()
    entry = record.append(
        "communique.edited",
        meeting.body.key,
        meeting=meeting.slug,
        value=value,
        paragraph=row.place,
        veil=veil(meeting.id),
        payload={"text": row.text},
    )
    changed = after(record.now, sheet.communique.changed)
    await Communique.filter(id=sheet.communique.id).update(changed=changed)
    path = f"/meetings/{meeting.slug}/communique"
    await record.receipt(entry, topic=meeting.body.key, path=path)


def _tidy(text: Words) -> Words:
    """Without the languages that nobody wrote in yet; words in one of them there must be."""
    found = {language: tidied(words) for language, words in text.items() if words.strip()}
    if not found:
        raise Invalid({"text_en": Fault("needed")})
    return found
