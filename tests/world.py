"""A standing cast: a Plenary of three Participants and an Observer, with one proposal on the table.

Aldoria (ALD), Belmark (BEL) and Corvania (COR) decide, Delmonia (DEL) is heard. Aldoria tables.
Everything is built and done through the real actions; `found_world` wants a connected, empty
database (the fixture `db`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from plenary import clock
from plenary.bodies.actions.accreditations import enter_accreditation
from plenary.bodies.actions.admissions import Admission, enter_delegation
from plenary.bodies.actions.chambers import enter_body
from plenary.bodies.actions.offices import enter_officer
from plenary.bodies.actions.seats import enter_seat
from plenary.decisions.actions import declaring
from plenary.decisions.actions.declaring import Declaration
from plenary.decisions.models import Decision
from plenary.procedures.actions import enter_founding, enter_procedure
from plenary.procedures.grounds import Basis, Ground
from plenary.procedures.models import Procedure
from plenary.procedures.terms import KINDS, standard
from plenary.proposals.actions import comments, drafts, moves, sponsors, versions
from plenary.proposals.actions.comments import Remark, publish_comment
from plenary.proposals.actions.moves import Letter, Tabled, propose
from plenary.proposals.models import Proposal, Version
from plenary.proposals.reading import clauses_of, load
from plenary.questions.actions.answering import be_heard, state_position
from plenary.questions.actions.answers import Answer
from plenary.questions.actions.asking import Put, put_question
from plenary.questions.actions.blocs import OnBehalf, state_on_behalf
from plenary.questions.actions.from_the_room import FromTheRoom, enter_from_the_room
from plenary.questions.actions.windows import end_question, extend_question
from plenary.questions.models import Bloc, Question
from plenary.questions.rules import Outcome, Stance
from plenary.record.act import Record, act, door
from plenary.record.models import Receipt
from tests.founded import laid_once

PARTICIPANTS = {"ALD": "Aldoria", "BEL": "Belmark", "COR": "Corvania"}
OBSERVERS = {"DEL": "Delmonia"}
SEAT = "2019-01-01"  # everyone has been here since
CHAIR, SECRETARIAT = "chair:plenary", "secretariat"
TEXT = """The Plenary,

Recalling its mandate,

1. Decides that rough stones are sealed before shipment.
2. Requests the secretariat to report.
"""
BRACKETED = TEXT.replace("before", "[before]")  # nothing adopts it as it stands
# What the Plenary is founded with: the six standard procedures, each for every matter.
WIDE = {
    "consensus_minus": {"matters": [], "choose": {"allowed": {"from": 1, "to": 3}}},
    "written": {"choose": {"min_support": {"from": 1, "to": "1/1"}}},
}
NO_NOTICE = {"sitting": {"hours": 0}, "outside": {"hours": 0}}  # told in tests of their own
RULES = {kind: standard(kind) | {"notice": NO_NOTICE} | WIDE.get(kind, {}) for kind in KINDS}
AMENDED = TEXT.replace("to report", "to report every year")


def head(code: str) -> str:
    """The actor of a delegation: delegation:ALD."""
    return f"delegation:{code}"


ALD, BEL, COR, DEL = (head(code) for code in (*PARTICIPANTS, *OBSERVERS))


@dataclass
class World:
    """The proposal KP/2019/P.1 and whoever acts on it; `at` gives the same hands another one."""

    year: int
    number: int
    chair: str = CHAIR
    secretariat: str = SECRETARIAT

    @property
    def symbol(self) -> str:
        return f"KP/{self.year}/P.{self.number}"

    def at(self, number: int) -> "World":
        return World(self.year, number)

    async def proposal(self) -> Proposal:
        return await load(self.year, self.number)

    async def newest(self) -> int:
        return (await self.proposal()).newest

    async def clause(self, number: int = 1) -> str:
        """The key of the operative clause that the newest version prints with this number."""
        proposal = await self.proposal()
        version = await Version.get(proposal=proposal, number=proposal.newest)
        return next(c.key for c in await clauses_of(version) if c.number == number)

    async def question(self) -> Question:
        """The newest question on the proposal."""
        found = await Question.filter(proposal=await self.proposal()).order_by("-id").first()
        assert found is not None
        return found

    # --- what they do ---

    async def table_proposal(self, text: str = TEXT, *, by: str = ALD, **more: Any) -> "World":
        """Another proposal, on the table (`draft=True`: not yet; `shown` to these actors)."""
        draft, shown = more.pop("draft", False), more.pop("shown", ())
        fields: dict[str, Any] = {
            "title": {"en": "Seals"}, "sense": {"en": "Stones are sealed."}, "theme": "trade",
            "body": "plenary", "language": "en", "text": text,
        }  # fmt: skip
        made = await propose(by, Tabled(**fields | more), draft=draft)
        for reader in shown:
            await self.at(made.number).show(reader, by=by)
        return self.at(made.number)

    async def revise(self, text: str = AMENDED, *, by: str = ALD, **more: Any) -> Version:
        """A new version, on the newest unless `base` says another."""
        base = more.pop("base", None) or await self.newest()
        note, language = more.pop("note", {}), more.pop("language", "en")
        return await versions.revise(
            by, self.year, self.number, text=text, language=language, base=base, note=note, **more
        )

    async def comment(self, code: str = "BEL", text: str = "Which seals?", **more: Any) -> Receipt:
        remark = Remark(**{"text": text, "language": "en"} | more)
        return await comments.comment(head(code), self.year, self.number, remark)

    async def table(self, *, by: str = ALD) -> Proposal:
        return await moves.table(by, self.year, self.number)

    async def publish(self, entry: int, *, by: str, key: str = "") -> Receipt:
        """A comment made on the draft, by the entry that made it."""
        return await publish_comment(by, self.year, self.number, entry, key=key)

    async def withdraw(self, *, by: str = ALD, reason: str = "Overtaken.") -> Proposal:
        return await moves.withdraw(by, self.year, self.number, reason=reason, language="en")

    async def show(self, reader: str, *, by: str = ALD) -> Receipt:
        """A draft is shown to a delegation or an office, by its actor."""
        return await drafts.show_draft(by, self.year, self.number, reader)

    async def hide(self, reader: str, *, by: str = ALD) -> Receipt:
        """It is shown to them no longer."""
        return await drafts.hide_draft(by, self.year, self.number, reader)

    async def hand_in(self, code: str = "BEL", *, by: str = SECRETARIAT, **more: Any) -> "World":
        """The secretariat hands in a text for a delegation, on its letter of 3 March."""
        letter = Letter(code, date(2019, 3, 3), more.pop("reference", "NV 14/2019"))
        return await self.table_proposal(by=by, letter=letter, **more)

    async def countersign(self, code: str = "BEL", *, version: int = 1) -> Receipt:
        where = head(code), self.year, self.number
        return await sponsors.countersign(*where, version=version)

    async def disown(self, code: str = "BEL", *, reason: str = "") -> Receipt:
        said = {"reason": reason, "language": "en"} if reason else {}
        return await sponsors.disown(head(code), self.year, self.number, **said)

    async def ask(self, code: str = "BEL", *, role: str = "sponsor") -> Receipt:
        """A delegation asks to stand under the text as it is now."""
        return await sponsors.ask_to_join(head(code), self.year, self.number, role=role)

    async def join(self, code: str = "BEL", *, by: str = ALD, role: str = "sponsor") -> Receipt:
        """A delegation asks, and an author accepts it."""
        await self.ask(code, role=role)
        return await self.answer_asking(code, by=by)

    async def answer_asking(self, code: str, *, by: str = ALD, accepted: bool = True) -> Receipt:
        return await sponsors.answer_asking(by, self.year, self.number, code, accepted=accepted)

    async def step_back(self, code: str = "BEL", *, reason: str = "") -> Receipt:
        said = {"reason": reason, "language": "en"} if reason else {}
        return await sponsors.step_back(head(code), self.year, self.number, **said)

    async def confirm(self, code: str = "BEL") -> Receipt:
        """A delegation lets its name stand over the newest version."""
        newest = await self.newest()
        return await sponsors.confirm_name(head(code), self.year, self.number, version=newest)

    async def put(
        self,
        publication: str = "now",
        *,
        by: str = CHAIR,
        version: int = 0,
        procedure: str = "consensus",
        hours: float | None = None,
        **more: Any,
    ) -> Question:
        """Put the newest version; `hours` from now it closes."""
        if hours is not None:
            more["closes"] = clock.now() + timedelta(hours=hours)
        put = Put(version or await self.newest(), procedure, publication, **more)
        return await put_question(by, self.year, self.number, put)

    async def extend(
        self, closes: datetime, *, by: str = CHAIR, reason: str = "Later."
    ) -> Question:
        return await extend_question(by, self.year, self.number, closes=closes, reason=reason)

    async def end(self, *, by: str = CHAIR) -> Question:
        """The Chair ends the answering of a recorded vote."""
        return await end_question(by, self.year, self.number)

    async def state(self, code: str, stance: str = "support", **more: Any) -> Receipt:
        """A Participant answers, on the newest version unless `version` says another."""
        answer = await self.answer(stance, **more)
        return await state_position(head(code), self.year, self.number, answer)

    async def object(self, code: str = "COR", **more: Any) -> Receipt:
        return await self.state(code, "object", **more)

    async def from_the_room(
        self,
        code: str,
        stance: str = "support",
        *,
        by: str = SECRETARIAT,
        seen: int = 0,
        changed: bool = False,
        **more: Any,
    ) -> Receipt:
        """An officer enters what a delegation says in the room."""
        said = FromTheRoom(code, await self.answer(stance, **more), seen, changed)
        return await enter_from_the_room(by, self.year, self.number, said)

    async def on_behalf(
        self,
        code: str,
        others: Iterable[str],
        stance: str = "support",
        *,
        name: str = "",
        **more: Any,
    ) -> Bloc:
        """A Participant answers for itself and for others, who have to confirm it."""
        said = OnBehalf(await self.answer(stance, **more), tuple(others), name)
        return await state_on_behalf(head(code), self.year, self.number, said)

    async def hear(self, code: str = "DEL", stance: str = "object", **more: Any) -> Receipt:
        """An Observer is heard."""
        answer = await self.answer(stance, **more)
        return await be_heard(head(code), self.year, self.number, answer)

    async def declare(self, outcome: str = "adopted", *, by: str = CHAIR, **more: Any) -> Decision:
        said = Declaration(Outcome(outcome), **more)
        return await declaring.declare(by, self.year, self.number, said)

    async def answer(self, stance: str, **more: Any) -> Answer:
        """A complete answer: an objection names clause 1 and gives a reason of its own."""
        kind = Stance(stance)
        said: dict[str, Any] = {"stance": kind, "version": await self.newest()}
        if kind in (Stance.OBJECT, Stance.RESERVATION):
            said["explanation"] = "Our capital cannot seal every stone."
        if kind is Stance.OBJECT:
            said |= {"clause": await self.clause(), "would_join": "Without “every”."}
        return Answer(**said | more)


@door
async def adopt(
    key: str,
    data: Mapping[str, Any],
    *,
    body: str = "plenary",
    names: Mapping[str, str] | None = None,
    authority: str = "",
    by: str = SECRETARIAT,
    notice: bool = False,
) -> Procedure:
    """A body has another procedure, or the next number of one, as if it was founded with it.

    It needs no notice, unless it says so, or with `notice` as much as is usual.
    """
    data = ({} if notice else {"notice": NO_NOTICE}) | dict(data)
    called = dict(names or data.get("names") or {"en": key})
    async with act(by=by) as record:
        return await enter_procedure(
            record, body, key, data, names=called, basis=Basis(Ground.FOUNDING, authority=authority)
        )


async def found_world(*, year: int = 2019, text: str = TEXT) -> World:
    """The whole cast, and the first proposal on the table; symbols are numbered under `year`."""

    async def lay() -> World:
        await _found(by="system", year=year)
        return await World(year, 0).table_proposal(text)

    return await laid_once((year, text), lay)


@door
async def _found(*, by: str, year: int) -> None:
    async with act(by=by) as record:
        await enter_body(
            record, "plenary", "KP", {"en": "Plenary", "fr": "Plénière"}, numbering=year
        )
        await enter_founding(record, "plenary", RULES)
        for code, name in PARTICIPANTS.items():
            await _enter(record, code, name, kind="participant")
        for code, name in OBSERVERS.items():
            await _enter(record, code, name, kind="observer", constituency="industry")
        for office in ("chair", "secretariat"):
            email = f"{office}@example.org"
            await enter_officer(
                record, "plenary", office, email=email, name=office.title(), since=_since()
            )


async def _enter(record: Record, code: str, name: str, **kind: str) -> None:
    """A delegation, its seat in the Plenary, and one head who speaks for it."""
    names = {"en": name, "fr": name}
    admission = Admission(code, name.lower(), names=names, since=_since(), **kind)  # type: ignore[arg-type]
    await enter_delegation(record, admission)
    kind_of_seat = "member" if code in PARTICIPANTS else "observer"
    await enter_seat(record, "plenary", code, kind_of_seat, since=_since())
    email = f"head.{code.lower()}@example.org"
    await enter_accreditation(record, code, email, f"Head ({name})", "head", since=_since())


def _since() -> date:
    return date.fromisoformat(SEAT)
