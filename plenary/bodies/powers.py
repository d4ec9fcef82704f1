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
    ENTER_FOR_OTHERS = "enter_for_others"  # what a delegation says in the room
    PUT_QUESTION = "put_question"
    DECLARE = "declare"
    ATTEND = "attend"  # say that one's own delegation is in the room of a meeting
    KEEP_ROOM = "keep_room"  # record who is there, and whose credentials are in order
    MAKE_STATEMENT = "make_statement"  # attach a statement to a decision
    CORRECT_RECORD = "correct_record"  # put a note beside what was recorded
    REPORT_PROGRESS = "report_progress"  # on a follow-up that one owes, or keeps
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
PRESENCE = frozenset({Power.ATTEND, Power.KEEP_ROOM})
KEEP_ROOM = frozenset({Power.KEEP_ROOM})
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
    "extension": frozenset({Power.PUT_QUESTION}),
    "question_end": frozenset({Power.PUT_QUESTION}),
    "procedures": READ,
    "procedure": READ,
    "published_procedure": READ,
    "position": frozenset({Power.STATE_POSITION, Power.BE_HEARD}),
    "from_the_room": frozenset({Power.ENTER_FOR_OTHERS}),
    "countersignature": frozenset({Power.STATE_POSITION, Power.BE_HEARD}),
    "blocs": READ,
    "bloc_stated": frozenset({Power.STATE_POSITION}),
    "bloc": READ,
    "bloc_answer": frozenset({Power.STATE_POSITION}),
    "positions_on": READ,
    "newest_certificate": READ,
    "newest_certificate_json": READ,
    "certificate": READ,
    "certificate_json": READ,
    "distance": READ,
    "distance_json": READ,
    "declaration": frozenset({Power.DECLARE}),
    "statements": READ,
    "statements_txt": READ,
    "statement": frozenset({Power.MAKE_STATEMENT}),
    "statement_translation": frozenset({Power.MAKE_STATEMENT, Power.ADMINISTER}),
    "corrections": READ,
    "correction": frozenset({Power.CORRECT_RECORD}),
    "follow_ups": READ,
    "follow_ups_json": READ,
    "follow_ups_csv": READ,
    "follow_up": READ,
    "progress": frozenset({Power.REPORT_PROGRESS}),
    "decision_follow_up": READ,
    "follow_up_added": frozenset({Power.ADMINISTER}),
    "imported_follow_up": READ,
    "imported_follow_up_added": frozenset({Power.ADMINISTER}),
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
    "deadlines": READ,
    "deadlines_ics": READ,
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
    "communique": READ,  # a draft only for those who read drafts
    "communique_md": READ,
    "communique_txt": READ,
    "communique_edit": ADMINISTER,
    "communique_drafting": ADMINISTER,
    "communique_issue": ADMINISTER,
    "communique_paragraphs": ADMINISTER,
    "communique_paragraph": ADMINISTER,
    "communique_place": ADMINISTER,
    "communique_dropping": ADMINISTER,
    "communique_fact": ADMINISTER,
    "meeting_roll": READ,
    "meeting_arrivals": PRESENCE,
    "meeting_departures": PRESENCE,
    "meeting_closure": KEEP_ROOM,
    "meeting_credentials": KEEP_ROOM,
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
    "secretariat_holidays": ADMINISTER,
    "secretariat_procedures": ADMINISTER,
    "secretariat_holidays_end": ADMINISTER,
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
