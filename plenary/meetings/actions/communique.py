"""Draft the communiqué of a meeting from its facts, and issue it.

The sentences come with the caller (`say`), since only templates hold words.
"""

from collections.abc import Callable, Sequence

from plenary.bodies.models import Words
from plenary.meetings.communique import (
    LANGUAGES,
    Data,
    Fact,
    Tied,
    bars_of,
    fingerprint,
    moved,
    place_for,
    reported,
    unreported,
)
from plenary.meetings.communique_facts import facts_of, tied
from plenary.meetings.communique_sheet import (
    Sheet,
    after,
    load_meeting,
    load_sheet,
    paragraphs_of,
    veil,
)
from plenary.meetings.models import Communique, Meeting, Paragraph
from plenary.record.act import Record, act, door, its_nothing, once
from plenary.record.entry import instant
from plenary.refusal import Refused

Say = Callable[[Data], Words]  # a fact as a sentence, by language


@once(its_nothing)
async def draft_communique(by: str, slug: str, say: Say, *, key: str = "") -> None:
    """Draft the communiqué of a meeting, or take in what is new since it was drafted."""
    async with act(by=by) as record:
        meeting = await load_meeting(slug)
        if entry := await _draft(record, meeting, say):
            path = f"/meetings/{slug}/communique"
            await record.receipt(entry, topic=meeting.body.key, path=path)


async def enter_communique(record: Record, meeting: Meeting, say: Say) -> Communique:
    """The same inside an act that is open; the meeting comes with its body."""
    await _draft(record, meeting, say)
    return await Communique.get(meeting=meeting)


async def _draft(record: Record, meeting: Meeting, say: Say) -> int | None:
    """New facts become paragraphs, sentences that nobody edited follow theirs; the words of a
    person stay. Returns the entry, or nothing where nothing is new."""
    found = await Communique.get_or_none(meeting=meeting)
    if found is not None and found.status == "issued":
        raise Refused("communique_issued")
    rows = await paragraphs_of(found) if found else []
    told = [tied(paragraph) for paragraph in rows]
    facts = await facts_of(meeting, record.now, told)
    stale = _stale(rows, told, facts)
    fresh = [_paragraph(fact, say) for fact in unreported(told, facts)]
    if found and not stale and not fresh:
        return None
    for paragraph, fact in stale:
        paragraph.text, paragraph.changed = say(fact.data), after(record.now, paragraph.changed)
        tie(paragraph, fact)
    entry = record.append(
        "communique.drafted",
        meeting.body.key,
        meeting=meeting.slug,
        added=len(fresh),
        rewritten=len(stale),
        veil=veil(meeting.id),
        payload={"texts": [paragraph.text for paragraph in (*(row for row, _ in stale), *fresh)]},
    )
    await _keep(found or await _begin(record, meeting, entry), rows, fresh, record)
    return entry


def _stale(
    rows: Sequence[Paragraph], told: Sequence[Tied], facts: Sequence[Fact]
) -> list[tuple[Paragraph, Fact]]:
    now = reported(told, facts)
    return [
        (row, now[row.id])
        for row, paragraph in zip(rows, told, strict=True)
        if moved(paragraph, now.get(row.id)) and not (row.edited or row.dropped)
    ]


def _paragraph(fact: Fact, say: Say) -> Paragraph:
    paragraph = Paragraph(text=say(fact.data), place=0)
    tie(paragraph, fact)
    return paragraph


def tie(paragraph: Paragraph, fact: Fact) -> None:
    """From here on the paragraph reports this fact, as it is now."""
    paragraph.kind, paragraph.fact = fact.kind, dict(fact.data)
    paragraph.decision_id = fact.decision or None
    paragraph.proposal = fact.proposal if fact.kind == "pending" else ""


async def _begin(record: Record, meeting: Meeting, entry: int) -> Communique:
    return await Communique.create(meeting=meeting, status="draft", changed=record.now, entry=entry)


async def _keep(
    communique: Communique, rows: Sequence[Paragraph], fresh: Sequence[Paragraph], record: Record
) -> None:
    """Put the new paragraphs among the old ones, and keep them all in their order."""
    order = list(rows)
    for paragraph in fresh:
        paragraph.communique, paragraph.changed = communique, record.now
        order.insert(place_for(Fact(paragraph.kind, {}), [row.kind for row in order]), paragraph)
    for place, paragraph in enumerate(order, 1):
        paragraph.place = place
        await paragraph.save()
    changed = after(record.now, communique.changed)
    await Communique.filter(id=communique.id).update(changed=changed)


# --- issue ---


@door
async def issue_communique(by: str, slug: str, *, changed: str) -> None:
    """Fix the communiqué: from here on it stays as it is, with a fingerprint for each language.

    `changed`: the draft's own, as it was when it was checked. What was not read is not issued;
    what was issued as it was read is not issued twice.
    """
    async with act(by=by) as record:
        sheet = await load_sheet(slug, record.now)
        same = instant(sheet.communique.changed) == changed
        if sheet.issued and same:
            return
        if not same:
            raise Refused("communique_issued" if sheet.issued else "communique_changed")
        _check(sheet)
        entry = await _issue(record, sheet)
        path = f"/meetings/{slug}/communique"
        await record.receipt(entry, topic=sheet.meeting.body.key, path=path)


def _check(sheet: Sheet) -> None:
    bars = bars_of(sheet.printed)
    if not sheet.printed:
        raise Refused("communique_empty")
    if sheet.unreported:
        raise Refused("communique_behind", count=len(sheet.unreported))
    if bars.flagged:
        raise Refused("paragraphs_flagged", numbers=bars.flagged)
    if bars.lacking:
        raise Refused("paragraphs_untranslated", lacking=bars.lacking)


async def _issue(record: Record, sheet: Sheet) -> int:
    texts = {language: sheet.plain(language, draft=False) for language in LANGUAGES}
    prints = {language: fingerprint(text) for language, text in texts.items()}
    entry = record.append(
        "communique.issued",
        sheet.meeting.body.key,
        meeting=sheet.meeting.slug,
        texts=[f"{language} sha256:{mark}" for language, mark in prints.items()],
        payload={"text": texts},
    )
    await Communique.filter(id=sheet.communique.id).update(
        status="issued", issued=record.now, fingerprint=prints
    )
    return entry
