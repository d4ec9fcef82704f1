"""What a Chair may put, end and declare, and what a delegation may answer. Pure.

A bar is a refusal by its name, or nothing.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from plenary.bodies.rules import Roll
from plenary.procedures.bounds import within
from plenary.procedures.terms import Terms
from plenary.proposals.rules import ON_THE_TABLE, Stage
from plenary.questions.rules import (
    CARRIED,
    DECLARABLE,
    FAILED,
    OF_A_GROUP,
    PUT_OFF,
    UNDECLARED,
    Blocked,
    Carries,
    Ended,
    NoQuorum,
    Outcome,
    Positions,
    Short,
    Stance,
    Standing,
)
from plenary.refusal import Fault, Forbidden, Refused, Whose

LEAVING_OUT = frozenset({"standing", "other"})  # matters in which a party may be left out


def allowed(
    terms: Terms,
    standing: Standing,
    *,
    decides: bool = True,
    running: bool = False,
    ended: str = "",
    bar: Refused | None = None,
    disputed: bool = False,
) -> tuple[Outcome, ...]:
    """The outcomes that the rule lets a Chair declare. Adoption and failure exclude each other.

    While a window runs that the clock will close, there is nothing to declare; and a silence that
    was broken is not adopted, whatever is said afterwards. `bar` is to any adoption, besides the
    rule; `disputed`: something is open, so that a failure may be declared though nobody objects.
    `decides`: whether the body does; one that does not has outcomes of its own.
    """
    if terms.by_clock and running:
        return ()
    own = DECLARABLE if decides else OF_A_GROUP
    if isinstance(standing, NoQuorum):
        return tuple(outcome for outcome in PUT_OFF if outcome in own)
    carries = isinstance(standing, Carries) and ended != Ended.BROKEN
    barred = set(FAILED) if carries and not disputed else set[Outcome]()
    if not carries or bar:
        barred |= CARRIED
    if not terms.seeks_consensus:
        barred.add(Outcome.NO_CONSENSUS)
    return tuple(outcome for outcome in own if outcome not in barred)


def bar_by_body(outcome: Outcome, *, decides: bool) -> Refused | None:
    """A body below the Plenary agrees, recommends or reports; to adopt a proposal, to reject it
    or to take note of it is its parent's."""
    if outcome in (DECLARABLE if decides else OF_A_GROUP):
        return None
    name = "outcome_of_a_group" if decides else "outcome_of_the_parent"
    return Refused(name, outcome=outcome)


def bar_to_put(stage: Stage, version: int, newest: int) -> Refused | None:
    """A question is put on the newest version of what is on the table; there is one at a time."""
    if stage is Stage.QUESTION_PUT:
        return Refused("question_open")
    if stage not in ON_THE_TABLE:
        return Refused("proposal_not_on_the_table", stage=stage)
    return None if version == newest else Refused("version_overtaken", base=version, latest=newest)


def bar_to_open(terms: Terms, brackets: int) -> Refused | None:
    """A text that the clock may adopt has no open brackets when it is put."""
    return Refused("brackets_open", brackets=brackets) if terms.by_clock and brackets else None


def bar_to_silence(terms: Terms, said: Positions) -> Refused | None:
    """Nobody is asked to keep silent over an objection that stands on the text already."""
    objectors = [code for code, position in said.items() if position.stance is Stance.OBJECT]
    if objectors and terms.breaks("objection"):
        return Refused("objected_already", objectors=Whose(objectors))
    return None


def failed(ended: str, outcome: str) -> bool:
    """Whether a question failed: declared so, or over without an outcome and another may follow."""
    return outcome in FAILED if outcome else ended in UNDECLARED


def bar_by_ladder(terms: Terms, tried: Iterable[str]) -> Refused | None:
    """On a ladder a procedure is open once the one below it failed on a proposal."""
    below = not terms.after or terms.after in tried
    return None if below else Refused("ladder", after=terms.after)


def bar_by_matter(terms: Terms, matter: str, ways: Mapping[str, Terms]) -> Refused | None:
    """A procedure decides its own matters; `ways` are those in force, by key."""
    if terms.decides(matter):
        return None
    may = [other.data["names"] for other in ways.values() if other.decides(matter)]
    return Refused("matter_not_decided_here", matter=matter, procedures=may)


def bar_by_bounds(terms: Terms, roll: Roll) -> Refused | None:
    """What is left to the Chair is left within bounds, whether the Chair chose it or not."""
    for name, bound in terms.bounds.items():
        if name == "allowed" and terms.rule.without:
            continue  # of all but the party concerned, none may object
        value = terms.value(name)
        if not within(name, value, bound, len(roll)):
            return Refused("past_its_bound", term=name, value=str(value), bound=dict(bound))
    return None


def bar_to_leave_out(terms: Terms, matter: str, party: str) -> Refused | None:
    """Only the party concerned is left out: the delegation that the proposal itself has named, in
    a matter of standing or another, and where the procedure says so."""
    for code in sorted(terms.rule.without):
        if not (terms.party and matter in LEAVING_OUT and code == party):
            return Refused("not_the_party_concerned", code=code, matter=matter, party=party)
    return None


def faults_of_choice(terms: Terms, roll: Roll) -> dict[str, Fault]:
    """What the Chair chose has to fit the roll: its party is on it, its supports can be had."""
    faults = {}
    party, supports = terms.data.get("without", ""), terms.data.get("min_support", 0)
    if party and party not in roll.participating:
        faults["without"] = Fault("unknown_choice", value=party)
    if isinstance(supports, int) and supports > len(roll):
        faults["min_support"] = Fault("support_past_the_roll", most=len(roll))
    return faults


def bar_to_end(terms: Terms, *, open: bool, closes: datetime | None) -> Refused | None:
    """The Chair ends the answering of what the Chair declares, where the text is fixed: a vote."""
    if not open:
        return Refused("question_closed")
    if terms.by_clock:
        return Refused("window_open", closes=closes)
    return Refused("declared_only") if terms.text_moves else None


def awaits_outcome(stage: Stage, *, open: bool, ended: str, outcome: str) -> bool:
    """Whether a question is the Chair's to declare: open, or ended and still on the table.

    A silence that was broken, a window that ran out, an answering that was ended: none of them is
    an outcome.
    """
    return open or (not outcome and ended in UNDECLARED and stage in ON_THE_TABLE)


def bar_to_declare(
    outcome: Outcome,
    terms: Terms,
    standing: Standing,
    *,
    decides: bool = True,
    running: bool = False,
    ended: str = "",
    closes: datetime | None = None,
    bar: Refused | None = None,
    disputed: bool = False,
) -> Refused | None:
    """The server refuses an outcome that the rule does not allow, whoever asks."""
    may = allowed(
        terms, standing, decides=decides, running=running, ended=ended, bar=bar, disputed=disputed
    )
    if outcome in may:
        return None
    if elsewhere := bar_by_body(outcome, decides=decides):
        return elsewhere
    if terms.by_clock and running:
        return Refused("window_open", closes=closes)
    if isinstance(standing, Blocked):
        return Refused("objection_stands", objectors=Whose(standing.objectors))
    if ended == Ended.BROKEN and outcome in CARRIED:
        return Refused("silence_broken")
    if isinstance(standing, NoQuorum):
        return Refused("no_quorum", present=standing.present, needed=standing.needed)
    if isinstance(standing, Short) and outcome in CARRIED:
        return Refused("short", by=standing.by, needed=standing.needed, have=standing.have)
    if outcome in CARRIED and bar:
        return bar
    if outcome is Outcome.NO_CONSENSUS and not terms.seeks_consensus:
        return Refused("no_consensus_sought")
    return Refused("nobody_objects", outcome=outcome)


def bar_to_enter_for(by: str, put_by: str) -> Refused | None:
    """The office that put the question, the Chair of the Plenary and the secretariat may enter
    what a delegation says in the room."""
    may = by in ("secretariat", "chair:plenary", put_by)
    return None if may else Forbidden("not_for_others")


def bar_to_ask_for_time(*, open: bool, here: bool, already: bool) -> Refused | None:
    """Whoever is in the room of an open question asks once for each text."""
    if not open:
        return Refused("question_closed")
    if not here:
        return Refused("not_in_the_room")
    return Refused("time_asked_already") if already else None


def bar_to_answer(
    *,
    open: bool,
    asked: int,
    version: int,
    entitled: bool,
    latest: int,
    stance: Stance,
    answers: tuple[str, ...],
) -> Refused | None:
    """A position is taken on the version that the question is on, while it is open.

    Shared by both ledgers; `entitled` is being on the roll, or being an Observer.
    """
    if not open:
        return Refused("question_closed")
    if not entitled:
        return Forbidden("not_on_the_roll")
    if version not in range(1, latest + 1):
        return Refused("unknown_version", version=version, latest=latest)
    if version != asked:
        return Refused("version_moved", version=version, asked=asked)
    return None if stance in answers else Refused("answer_not_asked", answers=list(answers))
