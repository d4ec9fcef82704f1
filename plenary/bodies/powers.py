"""Who may do what: one table. Pure.

Which power opens an address stands on its route, in each concept's `pages`. The matrix, and what
each power opens, are printed in CONTRIBUTING.md and held to it by a test.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from textwrap import fill

from plenary.refusal import Forbidden, Refused


class Role(StrEnum):
    PUBLIC = "public"
    OBSERVER = "observer"  # speaks for an Observer
    DELEGATE = "delegate"  # delegate or adviser of a Participant
    HEAD = "head"  # head or alternate of a Participant's delegation
    GROUP_CHAIR = "group_chair"  # chairs a body below the Plenary, whoever holds that office
    CHAIR = "chair"
    SECRETARIAT = "secretariat"


class Power(StrEnum):
    READ = "read"  # what is public
    SIGN_IN = "sign_in"
    KEEP_SESSIONS = "keep_sessions"  # list and end one's own sessions, see one's desk
    READ_DRAFTS = "read_drafts"  # of communiqués; a text's is for whom its authors show it to
    COMMENT = "comment"
    PROPOSE = "propose"
    TABLE = "table"
    REVISE = "revise"
    TRANSLATE = "translate"
    REFER = "refer"
    WITHDRAW = "withdraw"
    STATE_POSITION = "state_position"  # a Participant's, which is counted
    BE_HEARD = "be_heard"  # an Observer's, which is not
    ENTER_FOR_OTHERS = "enter_for_others"  # what a delegation says in the room
    PUT_QUESTION = "put_question"
    DECLARE = "declare"
    ATTEND = "attend"  # say that one's own delegation is in the room of a meeting
    KEEP_ROOM = "keep_room"  # record who is there, and whose credentials are in order
    MAKE_STATEMENT = "make_statement"  # attach a statement to a decision
    CORRECT_RECORD = "correct_record"  # put a note beside what was recorded
    REPORT_PROGRESS = "report_progress"  # on a follow-up that one owes, or keeps
    TAKE_MEASURES = "take_measures"  # change a standing or a seat: by a decision, or for a time
    REPORT_ACCESS = "report_access"  # that a document, sitting, badge or visa was refused
    GIVE_UP_SEAT = "give_up_seat"  # of one's own delegation
    APPEAL = "appeal"  # against what was done about one's own delegation
    ANSWER_APPEAL = "answer_appeal"
    ADMINISTER = "administer"  # admit, seat, accredit, suspend, form bodies


ALL = frozenset(Role)
SIGNED_IN = ALL - {Role.PUBLIC}
PARTICIPANT = frozenset({Role.DELEGATE, Role.HEAD})
CHAIRS = frozenset({Role.CHAIR, Role.GROUP_CHAIR})
BUREAU = CHAIRS | {Role.SECRETARIAT}

POWERS: dict[Power, frozenset[Role]] = {
    Power.READ: ALL,
    Power.SIGN_IN: ALL,
    Power.KEEP_SESSIONS: SIGNED_IN,
    Power.READ_DRAFTS: PARTICIPANT | BUREAU,
    Power.COMMENT: SIGNED_IN,
    Power.PROPOSE: frozenset({Role.HEAD}) | BUREAU,
    Power.TABLE: frozenset({Role.HEAD}) | BUREAU,
    Power.REVISE: frozenset({Role.HEAD}) | BUREAU,
    Power.TRANSLATE: frozenset({Role.HEAD}) | BUREAU,
    Power.REFER: BUREAU,
    Power.WITHDRAW: frozenset({Role.HEAD}) | BUREAU,
    Power.STATE_POSITION: frozenset({Role.HEAD}),
    Power.BE_HEARD: frozenset({Role.OBSERVER}),
    Power.ENTER_FOR_OTHERS: BUREAU,
    Power.PUT_QUESTION: CHAIRS,
    Power.DECLARE: CHAIRS,
    Power.ATTEND: PARTICIPANT | {Role.OBSERVER},
    Power.KEEP_ROOM: BUREAU,
    Power.MAKE_STATEMENT: frozenset({Role.HEAD, Role.OBSERVER}),
    Power.CORRECT_RECORD: frozenset({Role.HEAD, Role.OBSERVER}) | BUREAU,
    Power.REPORT_PROGRESS: frozenset({Role.HEAD, Role.OBSERVER}) | BUREAU,
    Power.TAKE_MEASURES: frozenset({Role.CHAIR, Role.SECRETARIAT}),
    Power.REPORT_ACCESS: frozenset({Role.OBSERVER, Role.CHAIR, Role.SECRETARIAT}),
    Power.GIVE_UP_SEAT: frozenset({Role.HEAD, Role.OBSERVER}),
    Power.APPEAL: frozenset({Role.HEAD, Role.OBSERVER}),
    Power.ANSWER_APPEAL: BUREAU,
    Power.ADMINISTER: frozenset({Role.SECRETARIAT}),
}


def may(roles: Iterable[Role], power: Power) -> bool:
    """Whether any of these roles holds the power."""
    return not POWERS[power].isdisjoint(roles)


@dataclass(frozen=True)
class Capacity:
    """In whose name somebody acts on a text: an office, or a delegation as it stands that day."""

    actor: str  # delegation:BW, chair:monitoring, secretariat
    kind: str = ""  # of the delegation: participant, observer, applicant, guest
    standing: str = ""  # of the delegation: active, provisional, suspended, none


def bar_to_author(who: Capacity, body: str) -> Refused | None:
    """Who drafts, tables, sponsors, revises and translates before a body.

    The Chair and the secretariat before every one, a group's chair before its group alone, and of
    delegations the active Participants: an Observer does not, whatever it chairs elsewhere.
    """
    if not who.actor.startswith("delegation:"):
        everywhere = who.actor in ("secretariat", "chair:plenary", "system")
        here = everywhere or who.actor == f"chair:{body}"
        return None if here else Forbidden("not_the_chair", body=body)
    if who.kind != "participant":
        return Forbidden("authors_are_participants")
    return None if who.standing == "active" else Forbidden("not_in_standing", standing=who.standing)


def matrix() -> str:
    """The whole table as Markdown, role by power."""
    head = "| power | " + " | ".join(role.value for role in Role) + " |"
    rule = "|---|" + "---|" * len(Role)
    rows = [
        f"| {power.value} | " + " | ".join("●" if r in roles else "–" for r in Role) + " |"
        for power, roles in POWERS.items()
    ]
    return "\n".join([head, rule, *rows])


def openings(routes: Mapping[str, frozenset[str]]) -> str:
    """What each power opens, from the names of the routes and the powers that each of them says."""
    opened = {power: [name for name, by in routes.items() if power in by] for power in Power}
    return "\n".join(
        fill(
            f"{power.value}: {' '.join(sorted(names)) or '(no address of its own)'}",
            width=100,
            subsequent_indent="    ",
            break_on_hyphens=False,
        )
        for power, names in opened.items()
    )
