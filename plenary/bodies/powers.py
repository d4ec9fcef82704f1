"""Who may do what: one table. Pure.

The matrix is printed in CONTRIBUTING.md and held to it by a test.
"""

from collections.abc import Iterable
from enum import StrEnum


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
    READ_DRAFTS = "read_drafts"
    COMMENT = "comment"
    PROPOSE = "propose"
    TABLE = "table"
    REVISE = "revise"
    TRANSLATE = "translate"
    REFER = "refer"
    WITHDRAW = "withdraw"
    STATE_POSITION = "state_position"  # a Participant's, which is counted
    BE_HEARD = "be_heard"  # an Observer's, which is not
    PUT_QUESTION = "put_question"
    DECLARE = "declare"
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
    Power.PUT_QUESTION: CHAIRS,
    Power.DECLARE: CHAIRS,
    Power.ADMINISTER: frozenset({Role.SECRETARIAT}),
}


def may(roles: Iterable[Role], power: Power) -> bool:
    """Whether any of these roles holds the power."""
    return not POWERS[power].isdisjoint(roles)


# Every route by its name. One that is missing here stops the start of the server.
# Any one of the powers opens it; what else it takes (being on the roll, being a sponsor) is the
# business of the rules, under the lock.
READ = frozenset({Power.READ})
SIGN_IN = frozenset({Power.SIGN_IN})
ADMINISTER = frozenset({Power.ADMINISTER})
ROUTES: dict[str, frozenset[Power]] = {
    # the table and the texts (proposals, decisions)
    "home": READ,
    "proposals": READ,
    "proposals_of_year": READ,
    "propose": frozenset({Power.PROPOSE}),
    "proposal": READ,
    "proposal_json": READ,
    "tabling": frozenset({Power.TABLE}),
    "version": READ,
    "compare": READ,
    "revise": frozenset({Power.REVISE, Power.TRANSLATE}),
    "cycles": frozenset({Power.ADMINISTER}),
    "sponsorship": frozenset({Power.STATE_POSITION}),
    "referral": frozenset({Power.REFER}),
    "withdrawal": frozenset({Power.WITHDRAW}),
    "comments": READ,
    "comment": frozenset({Power.COMMENT}),
    "history": READ,
    "question": frozenset({Power.PUT_QUESTION}),
    "position": frozenset({Power.STATE_POSITION, Power.BE_HEARD}),
    "positions_on": READ,
    "declaration": frozenset({Power.DECLARE}),
    "matrix": READ,
    "matrix_of_year": READ,
    "matrix_json": READ,
    "matrix_csv": READ,
    # the archive: register, search, changes, record, about, for machines
    "decisions": READ,
    "decisions_json": READ,
    "decisions_csv": READ,
    "decisions_atom": READ,
    "decisions_of_year": READ,
    "decision": READ,
    "decision_json": READ,
    "decision_md": READ,
    "decision_txt": READ,
    "imported": READ,
    "imported_json": READ,
    "search": READ,
    "changes": READ,
    "changes_atom": READ,
    "record": READ,
    "record_json": READ,
    "record_entry": READ,
    "receipt": READ,
    "receipt_txt": READ,
    "verify": READ,
    "verify_copy": READ,
    "how_it_works": READ,
    "data": READ,
    "help": READ,
    "openapi": READ,
    "healthz": READ,
    "readyz": READ,
    "robots": READ,
    "sitemap": READ,
    "security_txt": READ,
    "newest_of_number": READ,
    "guessed_p": READ,
    "guessed_proposal": READ,
    "guessed_decision": READ,
    "guessed_ad": READ,
    "symbol": READ,
    # people and bodies: sign-in, desk, delegations, groups, meetings, secretariat
    "sign_in": SIGN_IN,
    "sign_in_asked": SIGN_IN,
    "sign_in_sample": SIGN_IN,
    "sign_in_link": SIGN_IN,
    "sign_in_link_used": SIGN_IN,
    "sign_out": SIGN_IN,
    "signed_out": SIGN_IN,
    "desk": SIGN_IN,  # whoever is not signed in is led to where they can
    "desk_sessions": frozenset({Power.KEEP_SESSIONS}),
    "desk_session": frozenset({Power.KEEP_SESSIONS}),
    "participants": READ,
    "participants_json": READ,
    "participant": READ,
    "participant_json": READ,
    "observers": READ,
    "observers_json": READ,
    "observer": READ,
    "observer_json": READ,
    "groups": READ,
    "group": READ,
    "meetings": READ,
    "meeting": READ,
    "secretariat": ADMINISTER,
    "secretariat_delegations": ADMINISTER,
    "secretariat_standings": ADMINISTER,
    "secretariat_seats": ADMINISTER,
    "secretariat_seats_end": ADMINISTER,
    "secretariat_officers": ADMINISTER,
    "secretariat_officers_end": ADMINISTER,
    "secretariat_accreditations": ADMINISTER,
    "secretariat_accreditations_end": ADMINISTER,
    "secretariat_bodies": ADMINISTER,
    "secretariat_meetings": ADMINISTER,
}


def matrix() -> str:
    """The whole table as Markdown, role by power."""
    head = "| power | " + " | ".join(role.value for role in Role) + " |"
    rule = "|---|" + "---|" * len(Role)
    rows = [
        f"| {power.value} | " + " | ".join("●" if r in roles else "–" for r in Role) + " |"
        for power, roles in POWERS.items()
    ]
    return "\n".join([head, rule, *rows])
