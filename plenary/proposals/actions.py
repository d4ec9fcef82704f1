"""Table, revise, translate, refer, withdraw, comment: what people do with a text."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from plenary.bodies.actions import numbering_year, root
from plenary.bodies.models import Body, Delegation, Words
from plenary.db.prepared import Prepared
from plenary.proposals import clauses, rules
from plenary.proposals.cycles import cycle_of
from plenary.proposals.models import (
    ClauseText,
    Comment,
    Proposal,
    Sponsor,
    Translation,
    Version,
)
from plenary.proposals.rules import Stage
from plenary.record.act import Record, act, door
from plenary.record.models import Receipt
from plenary.refusal import Fault, Invalid, Missing, Refused, refuse


@dataclass(frozen=True)
class Tabled:
    """A proposal as it is handed in."""

    title: Words
    sense: Words
    theme: str
    body: str
    language: str
    text: str
    sponsors: tuple[str, ...] = ()
    sample: bool = False
    key: str = ""
    note: Words = field(default_factory=dict)


@door
async def propose(by: str, one: Tabled, *, draft: bool) -> Proposal:
    """Open a proposal with its first version: a delegation's is a draft until it is tabled."""
    async with act(by=by) as record:
        if again := await record.already(one.key):
            return await Proposal.get(symbol=again.topic)
        return await enter_proposal(record, one, draft=draft)


async def enter_proposal(record: Record, one: Tabled, *, draft: bool) -> Proposal:
    body = await Body.get_or_none(key=one.body)
    if body is None:
        raise Missing("unknown_body", body=one.body)
    year = await numbering_year(record.now)
    number = 1 + await Proposal.filter(year=year).count()
    proposal = await Proposal.create(
        year=year, number=number, symbol=f"{(await root()).symbol}/{year}/P.{number}",
        theme=one.theme,
        title=one.title, sense=one.sense, original=one.language, body=body, author=record.by,
        cycle=await cycle_of(year),
        stage=Stage.DRAFT if draft else rules.stage_before(one.body),
        sample=one.sample or (await root()).sample,
        tabled=None if draft else record.now, at=record.now, changed=record.now,
    )  # fmt: skip
    entry = record.append(
        "proposal.drafted" if draft else "proposal.tabled", proposal.symbol, body=one.body,
        language=one.language, veil=_draft_veil(proposal),
        payload={"title": one.title, "sense": one.sense, "theme": one.theme},
    )  # fmt: skip
    path = f"/proposals/{year}/{number}"
    await record.receipt(entry, topic=proposal.symbol, path=path, key=one.key)
    await _issue(record, proposal, one.text, note=one.note)
    codes = [*one.sponsors]
    if record.by.startswith("delegation:"):
        codes.insert(0, record.by.removeprefix("delegation:"))
    for code in dict.fromkeys(codes):
        await _sponsor(record, proposal, code)
    return proposal


@door
async def table(by: str, year: int, number: int) -> Proposal:
    """A draft goes on the table: from now on everyone can read it."""
    async with act(by=by) as record:
        proposal = await load(year, number)
        refuse(_bar_to_act(by, proposal))
        refuse(rules.bar_to_table(Stage(proposal.stage)))
        proposal.tabled = record.now
        await Proposal.filter(id=proposal.id).update(tabled=record.now)
        await _move(record, proposal, rules.stage_before(proposal.body.key))
        record.append(
            "proposal.tabled", proposal.symbol, body=proposal.body.key,
            language=proposal.original, version=proposal.newest,
            payload={"title": proposal.title, "sense": proposal.sense, "theme": proposal.theme},
        )  # fmt: skip
        return proposal


@door
async def revise(
    by: str, year: int, number: int, *, text: str, language: str, base: int, note: Words,
    title: str = "", sense: str = "", authentic: bool = False,
) -> Version:  # fmt: skip
    """Issue a new version in the original language, or a translation of the newest version."""
    async with act(by=by) as record:
        proposal = await load(year, number)
        refuse(_bar_to_act(by, proposal))
        if language != proposal.original:
            refuse(rules.bar_to_translate(Stage(proposal.stage), base, proposal.newest))
            if proposal.held and (authentic or await _is_authentic(proposal, language)):
                raise Refused("text_held", latest=proposal.newest)
            return await translate(
                record, proposal, text, language, title=title, sense=sense, authentic=authentic
            )
        refuse(
            rules.bar_to_revise(Stage(proposal.stage), base, proposal.newest, held=proposal.held)
        )
        return await issue(record, proposal, text, note=note)


async def issue(record: Record, proposal: Proposal, text: str, *, note: Words) -> Version:
    """A new version inside an act that is already open."""
    version = await _issue(record, proposal, text, note=note)
    await _move(record, proposal, Stage(proposal.stage))
    return version


async def translate(
    record: Record, proposal: Proposal, text: str, language: str, *, title: str, sense: str,
    authentic: bool = False,
) -> Version:  # fmt: skip
    """Translate the newest version clause by clause, its title and its sense too."""
    version = await Version.get(proposal=proposal, number=proposal.newest)
    original = await clauses_of(version)
    paired = clauses.aligned(original, clauses.parse(_sound(text)))
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
    titles = proposal.title | ({language: title} if title else {})
    senses = proposal.sense | ({language: sense} if sense else {})
    if (titles, senses) == (proposal.title, proposal.sense):
        return
    record.append(
        "proposal.named", proposal.symbol, language=language, veil=_draft_veil(proposal),
        payload={"title": titles, "sense": senses},
    )  # fmt: skip
    proposal.title, proposal.sense = titles, senses
    await Proposal.filter(id=proposal.id).update(title=titles, sense=senses)


async def enter_translation(
    record: Record, proposal: Proposal, version: Version, language: str,
    words: Mapping[str, str], *, authentic: bool = False,
) -> None:  # fmt: skip
    """Translations of clauses by their keys; those left out lag behind and say so."""
    status = {"status": "authentic"} if authentic else {}
    entry = record.append(
        "translation.issued", proposal.symbol, version=version.number, language=language, **status,
        veil=_draft_veil(proposal), payload={"clauses": dict(words)},
    )  # fmt: skip
    await Translation.bulk_create(
        [
            Translation(version=version, key=key, language=language, text=text, by=record.by,
                        authentic=authentic, at=record.now, entry=entry)
            for key, text in words.items()
        ]
    )  # fmt: skip
    await _move(record, proposal, Stage(proposal.stage))


@door
async def refer(by: str, year: int, number: int, *, body: str) -> Proposal:
    """Send a proposal to another body: to a working group, or on to the Plenary."""
    async with act(by=by) as record:
        proposal = await load(year, number)
        refuse(rules.bar_to_preside(by, proposal.body.key))
        refuse(rules.bar_to_refer(Stage(proposal.stage)))
        target = await Body.get_or_none(key=body)
        if target is None:
            raise Missing("unknown_body", body=body)
        await Proposal.filter(id=proposal.id).update(body_id=target.id)
        await _move(record, proposal, rules.stage_before(body))
        record.append("proposal.referred", proposal.symbol, body=body)
        return proposal


@door
async def withdraw(by: str, year: int, number: int, *, reason: str, language: str) -> Proposal:
    """Its author, a sponsor or the Chair withdraws a proposal; the page stays, with the reason."""
    async with act(by=by) as record:
        proposal = await load(year, number)
        refuse(_bar_to_act(by, proposal))
        refuse(rules.bar_to_withdraw(Stage(proposal.stage)))
        await _move(record, proposal, Stage.WITHDRAWN)
        record.append(
            "proposal.withdrawn", proposal.symbol, veil=_draft_veil(proposal),
            payload={"reason": reason, "language": language},
        )  # fmt: skip
        return proposal


@dataclass(frozen=True)
class Remark:
    """A comment as it is handed in: on one clause, or on the whole."""

    text: str
    language: str
    clause: str = ""
    key: str = ""
    version: int = field(default=0)  # 0: the newest


@door
async def comment(by: str, year: int, number: int, remark: Remark) -> Receipt:
    """A comment gets its number and its receipt at once."""
    async with act(by=by) as record:
        remark = replace(remark, key=remark.key and f"{year}/{number}/comment {remark.key}")
        if again := await record.already(remark.key):
            return again
        proposal = await load(year, number)
        return await enter_comment(record, proposal, remark)


async def enter_comment(record: Record, proposal: Proposal, remark: Remark) -> Receipt:
    refuse(rules.bar_to_comment(Stage(proposal.stage)))
    version = await Version.get(proposal=proposal, number=remark.version or proposal.newest)
    keys = {clause.key for clause in await clauses_of(version)}
    if remark.clause and remark.clause not in keys:
        raise Missing("unknown_clause", clause=remark.clause, version=version.number)
    code = record.by.removeprefix("delegation:") if record.by.startswith("delegation:") else ""
    made = proposal.comments_made + 1
    entry = record.append(
        "comment.made", proposal.symbol, version=version.number, clause=remark.clause,
        comment=made, veil=_draft_veil(proposal),
        payload={"text": remark.text, "language": remark.language},
    )  # fmt: skip
    await Comment.create(
        proposal=proposal, number=made, version=version.number, clause=remark.clause,
        delegation=await Delegation.get(code=code) if code else None, by=record.by,
        text=remark.text, language=remark.language, at=record.now, entry=entry,
    )  # fmt: skip
    proposal.comments_made = made
    await Proposal.filter(id=proposal.id).update(comments_made=made, changed=record.now)
    return await record.receipt(
        entry, topic=proposal.symbol, key=remark.key,
        path=f"/proposals/{proposal.year}/{proposal.number}/comments#c{made}",
    )  # fmt: skip


@door
async def sponsor(by: str, year: int, number: int) -> Proposal:
    """A Participant puts its name to a proposal that is on the table."""
    async with act(by=by) as record:
        proposal = await load(year, number)
        code = by.removeprefix("delegation:")
        refuse(rules.bar_to_sponsor(Stage(proposal.stage), code, await sponsors_of(proposal)))
        await _sponsor(record, proposal, code)
        return proposal


async def load(year: int, number: int) -> Proposal:
    """The proposal, locked for this act by the head that the door has locked."""
    proposal = await _PROPOSAL.first(year, number)
    if proposal is None:
        raise Missing("unknown_proposal", year=year, number=number)
    return proposal


_PROPOSAL = Prepared(
    lambda year, number: Proposal.filter(year=year, number=number).select_related("body")
)
_VERSION = Prepared(lambda proposal, number: Version.filter(proposal_id=proposal, number=number))


async def version_numbered(proposal: Proposal, number: int) -> Version:
    """A version of a proposal by its number, or Missing."""
    version = await _VERSION.first(proposal.id, number)
    if version is None:
        raise Missing("unknown_version", version=number, latest=proposal.newest)
    return version


def _bar_to_act(by: str, proposal: Proposal) -> Refused | None:
    return rules.bar_to_act_for(by, proposal.author, proposal.body.key)


async def sponsors_of(proposal: Proposal) -> frozenset[str]:
    rows = await Sponsor.filter(proposal=proposal).values_list("delegation__code", flat=True)
    return frozenset(str(code) for code in rows)


async def clauses_of(version: Version) -> tuple[clauses.Clause, ...]:
    """The clauses of a version in reading order."""
    rows = await ClauseText.filter(version=version).order_by("place")
    return tuple(
        clauses.Clause(row.key, row.kind, row.number, row.text)  # type: ignore[arg-type]
        for row in rows
    )


async def _issue(record: Record, proposal: Proposal, text: str, *, note: Words) -> Version:
    drafts = clauses.parse(_sound(text))
    if proposal.newest:
        before = await clauses_of(await Version.get(proposal=proposal, number=proposal.newest))
        numbered = clauses.carry(before, drafts, proposal.keys)
        if [(c.kind, c.text) for c in numbered] == [(c.kind, c.text) for c in before]:
            raise Invalid({"text": Fault("unchanged", version=proposal.newest)})
    else:
        numbered = clauses.number_first(drafts)
    plain = clauses.plain(numbered)
    print_of_it = clauses.fingerprint(plain)
    entry = record.append(
        "version.issued", proposal.symbol, version=proposal.newest + 1,
        text=f"sha256:{print_of_it}", language=proposal.original,
        veil=_draft_veil(proposal),
        payload={"clauses": [[c.key, c.kind, c.number, c.text] for c in numbered], "note": note},
    )  # fmt: skip
    version = await Version.create(
        proposal=proposal, number=proposal.newest + 1, issued_by=record.by, note=note,
        fingerprint=print_of_it, brackets=len(clauses.brackets(numbered)), at=record.now,
        entry=entry,
    )  # fmt: skip
    await ClauseText.bulk_create(
        [
            ClauseText(version=version, key=c.key, kind=c.kind, number=c.number, place=place,
                       text=c.text)
            for place, c in enumerate(numbered)
        ]
    )  # fmt: skip
    proposal.newest += 1
    proposal.keys = sorted({*proposal.keys, *(c.key for c in numbered)})
    await Proposal.filter(id=proposal.id).update(newest=proposal.newest, keys=proposal.keys)
    return version


async def _sponsor(record: Record, proposal: Proposal, code: str) -> None:
    delegation = await Delegation.get_or_none(code=code)
    if delegation is None:
        raise Missing("unknown_delegation", code=code)
    entry = record.append(
        "proposal.sponsored", proposal.symbol, delegation=code,
        veil=_draft_veil(proposal),
    )  # fmt: skip
    await Sponsor.create(proposal=proposal, delegation=delegation, entry=entry)


async def _move(record: Record, proposal: Proposal, stage: Stage) -> None:
    proposal.stage = stage
    await Proposal.filter(id=proposal.id).update(stage=stage, changed=record.now)


def _draft_veil(proposal: Proposal) -> str:
    """Entries about a draft are read by delegations only, until it is tabled."""
    return "" if proposal.tabled else f"draft:{proposal.symbol}"


def _sound(text: str) -> str:
    """The text, or Invalid with the first thing that is wrong with it."""
    for problem in clauses.problems(text):
        raise Invalid({"text": Fault(problem.name, **problem.facts)})
    return text
