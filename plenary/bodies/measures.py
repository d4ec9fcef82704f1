"""What an act on a roll rests on, and for how long an office alone may take one. Pure.

An act that gives, takes or changes a place (a standing, a seat, credentials) rests on an adopted
decision of the register. Without one it is an interim measure: of the office that takes it, on a
ground, until a last day on which it ends by itself. Before the first question is put there is
nothing to cite, and who takes part is entered at the founding.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from plenary.bodies.rules import Authority, Standing, overlap
from plenary.refusal import Fault, Forbidden, Invalid, Refused

INTERIM_DAYS = 30  # of a body that says nothing else
YEAR = timedelta(days=365)
GROUND = 2_000  # characters
MOST_APPEALS = 20  # of what is said beside one measure
STANDING, SEAT, SEAT_ENDED = "standing", "seat", "seat_ended"
CREDENTIALS, ADMISSION = "credentials", "admission"
ACCESS = ("document", "sitting", "floor", "badge", "visa")  # refused, or cut, to an Observer
OF_ACCESS = ("chair", "secretariat", "host", "other")  # by which office: the host country a visa


@dataclass(frozen=True)
class Basis:
    """On what whoever acts says that the act rests: a decision by its symbol or its address, or a
    ground of its own office. Neither is said of what is entered at the founding."""

    decision: str = ""
    ground: str = ""
    language: str = "en"  # of the ground

    @property
    def is_interim(self) -> bool:
        return bool(self.ground.strip()) and not self.decision.strip()


UNSAID = Basis()  # at the founding


@dataclass(frozen=True)
class Footing:
    """On what an act was found to rest, under the lock."""

    decision: str = ""  # its symbol, or its address where it has none
    path: str = ""  # of its page
    office: str = ""  # of an interim measure: chair:plenary, secretariat

    @property
    def facts(self) -> dict[str, str]:
        """For the entry of the act: what is empty is not said, but for the decision."""
        office = {"office": self.office} if self.office else {}
        founding = {"basis": "founding"} if not (self.decision or self.office) else {}
        return {"decision": self.decision, **office, **founding}


@dataclass(frozen=True)
class Absence:
    """Why a Participant is on no roll, from when to when, and by whose act, where it is known."""

    why: str  # as `why_not` names it
    since: date | None = None
    until: date | None = None  # the first day on which it no longer holds
    decision: str = ""  # that the act rests on: its symbol or its address
    path: str = ""  # of that decision's page
    office: str = ""  # whose interim measure it is
    measure: int = -1  # the entry of the act, where it is kept as a measure
    entry: int = -1  # that made it so

    @property
    def by_act(self) -> bool:
        """Whether somebody took it off: who never had a place here was not."""
        return self.why not in ("seat", "not_active") or self.measure >= 0

    def data(self, code: str) -> dict[str, Any]:
        """As a question keeps it, and files say it; `absence_of` reads it back."""
        return {
            "delegation": code, "why": self.why, "since": _day(self.since),
            "until": _day(self.until), "decision": self.decision, "path": self.path,
            "office": self.office, "measure": self.measure if self.measure >= 0 else None,
        }  # fmt: skip


def absence_of(data: Mapping[str, Any]) -> Absence:
    """An absence as a question has kept it."""
    measure = data["measure"]
    return Absence(
        data["why"],
        date.fromisoformat(data["since"]) if data["since"] else None,
        date.fromisoformat(data["until"]) if data["until"] else None,
        data["decision"],
        data["path"],
        data["office"],
        -1 if measure is None else measure,
    )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def footing_of(cited: Authority) -> Footing:
    return Footing(cited.name, cited.path)


def bar_to_office(by: str) -> Refused | None:
    """An interim measure is that of an office, and of no delegation."""
    return None if by == "secretariat" or by.startswith("chair:") else Forbidden("not_an_office")


def fault_of_span(until: date | None) -> Invalid | None:
    """An interim measure names its last day: nothing else would end it."""
    return Invalid({"until": Fault("interim_last_day")}) if until is None else None


def bar_to_interim(
    since: date, until: date, today: date, earlier: Iterable[Standing], most: int
) -> Refused | None:
    """It begins today or later, and with those like it within a year lasts so many days at most.

    `until` is the first day on which it no longer holds; `earlier` are the office's and others'
    interim measures of the same kind on the same delegation, whether or not they ran their time.
    """
    if since < today:
        return Refused("interim_backdated", since=since)
    used = sum(
        (spell.until - spell.since).days
        for spell in earlier
        if spell.until is not None and spell.until > until - YEAR
    )
    if (until - since).days + used <= most:
        return None
    return Refused("interim_too_long", most=most, used=used)


def bar_to_undo(standing: Standing, covered: Iterable[tuple[Standing, bool]]) -> Refused | None:
    """No office gives back, by a measure of its own, what a decision took.

    `covered`: the spells as they are, each with whether a decision made it.
    """
    if standing.name != "active":
        return None
    undone = any(
        spell.name != "active"
        and decided
        and overlap(spell.since, spell.until, standing.since, standing.until)
        for spell, decided in covered
    )
    return Refused("decision_needed") if undone else None


def bar_to_appeal(by: str, code: str) -> Refused | None:
    """Who appeals is the delegation that the measure is about."""
    return None if by == f"delegation:{code}" else Forbidden("appeal_of_another")


def bar_to_answer_appeal(by: str, office: str, body: str) -> Refused | None:
    """The office that took it answers, the chair of the body, the Chair, the secretariat."""
    offices = {"secretariat", "chair:plenary", office, f"chair:{body}"} - {"", "chair:"}
    return None if by in offices else Forbidden("not_an_office")


def bar_to_report_access(by: str, code: str, kind: str) -> Refused | None:
    """The secretariat and the Chair enter what kept an Observer out, and the Observer itself."""
    if kind == "participant":
        return Refused("access_of_a_participant", code=code)
    may = by in ("secretariat", "chair:plenary", f"delegation:{code}")
    return None if may else Forbidden("report_of_another")
