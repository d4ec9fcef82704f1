"""Versions and their translations: a text is issued, and is never edited."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from plenary.bodies.models import Words
from plenary.proposals import authorship, rules
from plenary.proposals.actions.shared import (
    bar_to_author,
    check_titles,
    draft_veil,
    move,
    read_by,
    sound,
    stand_over,
)
from plenary.proposals.authorship import Hand, is_office
from plenary.proposals.models import ClauseText, Proposal, Sponsor, Translation, Version
from plenary.proposals.reading import authors_of, clauses_of, load
from plenary.proposals.rules import Stage
from plenary.record.act import Record, act, door
from plenary.refusal import Fault, Invalid, Refused, refuse
from plenary.texts import clauses, parting


@door
async def revise(
    by: str,
    year: int,
    number: int,
    *,
    text: str,
    language: str,
    base: int,
    note: Words,
    title: str = "",
    sense: str = "",
    authentic: bool = False,
    hand: str = "",
) -> Version:
    """Issue a new version in the original language, or a translation of the newest version.

    `hand`: of an office, whether it is a Chair's text (`chair`) or its body's own (`body`).
    """
    async with act(by=by) as record:
        proposal = await load(year, number)
        authors, body = await authors_of(proposal), proposal.body.key
        if language != proposal.original:
            await read_by(by, proposal)
            refuse(authorship.bar_to_put_into_words(by, authors, body))
            refuse(await bar_to_author(record, body))
            refuse(rules.bar_to_translate(Stage(proposal.stage), base, proposal.newest))
            if proposal.held and (authentic or await _is_authentic(proposal, language)):
                raise Refused("text_held", latest=proposal.newest)
            return await translate(
                record, proposal, text, language, title=title, sense=sense, authentic=authentic
            )
        refuse(authorship.bar_to_issue(by, authors, body))
        refuse(await bar_to_author(record, body))
        stage, written = Stage(proposal.stage), authorship.hand_of(by, hand)
        refuse(rules.bar_to_revise(stage, base, proposal.newest, held=proposal.held))
        refuse(authorship.bar_to_rival(written, stage, authors, by))
        return await issue(record, proposal, text, note=note, hand=written)


async def issue(
    record: Record, proposal: Proposal, text: str, *, note: Words, hand: Hand | None = None
) -> Version:
    """A new version inside an act that is already open."""
    version = await write_version(record, proposal, text, note=note, hand=hand)
    await move(record, proposal, Stage(proposal.stage))
    return version


async def translate(
    record: Record,
    proposal: Proposal,
    text: str,
    language: str,
    *,
    title: str,
    sense: str,
    authentic: bool = False,
) -> Version:
    """Translate the newest version clause by clause, its title and its sense too."""
    version = await Version.get(proposal=proposal, number=proposal.newest)
    original = await clauses_of(version)
    paired = clauses.aligned(original, await _read(text))
    if isinstance(paired, clauses.Problem):
        raise Invalid({"text": Fault(paired.name, **paired.facts)})
    if authentic:
        refuse(rules.bar_to_authenticate(record.by, proposal.body.key))
    await enter_translation(record, proposal, version, language, dict(paired), authentic=authentic)
    await _name_in(record, proposal, language, title=title, sense=sense)
    return version


async def _is_authentic(proposal: Proposal, language: str) -> bool:
    """Whether any of it was ever issued as authentic in this language."""
    rows = Translation.filter(version__proposal=proposal, language=language, authentic=True)
    return await rows.exists()


async def _name_in(
    record: Record, proposal: Proposal, language: str, *, title: str, sense: str
) -> None:
    """The title and the sense in a language; what is left empty stays as it was."""
    check_titles({language: title} if title else {})
    titles = proposal.title | ({language: title} if title else {})
    senses = proposal.sense | ({language: sense} if sense else {})
    if (titles, senses) == (proposal.title, proposal.sense):
        return
    record.append(
        "proposal.named",
        proposal.symbol,
        language=language,
        veil=draft_veil(proposal),
        payload={"title": titles, "sense": senses},
    )
    proposal.title, proposal.sense = titles, senses
    await proposal.save(update_fields=("title", "sense"))
    if not _followers:
        raise RuntimeError("nobody was told who follows a name: call plenary.hooks.wire()")
    for follow in _followers[0]:
        await follow(proposal, language)


Follower = Callable[[Proposal, str], Awaitable[None]]
_followers: list[tuple[Follower, ...]] = []  # empty until somebody said who they are


def followed_by(*follow: Follower) -> None:
    """Say what is done, in the same act, when a proposal is named in another language.

    What was decided on it is called as it is: a title that comes later reaches the decision too.
    """
    _followers[:] = [follow]


async def enter_translation(
    record: Record,
    proposal: Proposal,
    version: Version,
    language: str,
    words: Mapping[str, str],
    *,
    authentic: bool = False,
) -> None:
    """Translations of clauses by their keys; those left out lag behind and say so."""
    status = {"status": "authentic"} if authentic else {}
    entry = record.append(
        "translation.issued",
        proposal.symbol,
        version=version.number,
        language=language,
        **status,
        veil=draft_veil(proposal),
        payload={"clauses": dict(words)},
    )
    await Translation.bulk_create(
        [
            Translation(
                version=version,
                key=key,
                language=language,
                text=text,
                by=record.by,
                authentic=authentic,
                at=record.now,
                entry=entry,
            )
            for key, text in words.items()
        ]
    )
    await move(record, proposal, Stage(proposal.stage))


async def _read(text: str) -> tuple[clauses.Draft, ...]:
    """The clauses of a sound text. A long one takes a moment, in which others are answered."""
    return await asyncio.to_thread(lambda: clauses.parse(sound(text)))


async def _stand_over(proposal: Proposal, author: str, version: Version) -> None:
    """Whoever of its authors wrote a version has said it; the others are asked."""
    if not is_office(author):
        code = author.removeprefix("delegation:")
        await stand_over(proposal, code, version.number, version.entry)


async def write_version(
    record: Record, proposal: Proposal, text: str, *, note: Words, hand: Hand | None = None
) -> Version:
    hand = authorship.hand_of(record.by) if hand is None else hand
    drafts, step = await _read(text), dict[str, object]()
    if proposal.newest:
        before = await clauses_of(await Version.get(proposal=proposal, number=proposal.newest))
        numbered = await asyncio.to_thread(clauses.carry, before, drafts, proposal.keys)
        if [(c.kind, c.text) for c in numbered] == [(c.kind, c.text) for c in before]:
            raise Invalid({"text": Fault("unchanged", version=proposal.newest)})
        texts = [{c.key: c.text for c in each} for each in (before, numbered)]
        step = await asyncio.to_thread(parting.step, *texts)
    else:
        numbered = clauses.number_first(drafts)
    plain = clauses.plain(numbered)
    print_of_it = clauses.fingerprint(plain)
    entry = record.append(
        "version.issued",
        proposal.symbol,
        version=proposal.newest + 1,
        text=f"sha256:{print_of_it}",
        language=proposal.original,
        **({"hand": hand.value} if hand else {}),
        veil=draft_veil(proposal),
        payload={"clauses": [[c.key, c.kind, c.number, c.text] for c in numbered], "note": note},
    )
    version = await Version.create(
        proposal=proposal,
        number=proposal.newest + 1,
        issued_by=record.by,
        hand=hand.value,
        note=note,
        fingerprint=print_of_it,
        step=step,
        brackets=len(clauses.brackets(numbered)),
        at=record.now,
        entry=entry,
    )
    await ClauseText.bulk_create(
        [
            ClauseText(
                version=version, key=c.key, kind=c.kind, number=c.number, place=place, text=c.text
            )
            for place, c in enumerate(numbered)
        ]
    )
    if proposal.newest and record.by in await authors_of(proposal):
        await _stand_over(proposal, record.by, version)
    if hand:  # a text beside theirs undoes nothing that its authors agreed to
        agreed = Sponsor.filter(proposal=proposal, agreed=proposal.newest).exclude(agreed=0)
        await agreed.update(agreed=version.number)
    proposal.newest += 1
    proposal.keys = sorted({*proposal.keys, *(c.key for c in numbered)})
    await proposal.save(update_fields=("newest", "keys"))
    return version
