"""Each form of the site filled in rightly: who may send it, on what, and with what."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from plenary.app import PAGES
from plenary.bodies.powers import Role
from plenary.bodies.rules import MATTERS
from tests.web.house import House

# See House: handed in for another, two authors and who asks, a comment on its draft, a recorded
# vote, a silence procedure, no question yet, a draft, with a question.
P11, P10, P9, P8, P7, P6, P3, P1 = 11, 10, 9, 8, 7, 6, 3, 1
LATER = f"{datetime.now(UTC) + timedelta(days=30):%Y-%m-%dT%H:%M}"
TODAY = "the day on which it is sent"  # a night may pass while the tests run
# Of a procedure that is adopted: what is left to the Chair, and what ends it at once.
FLAGS = (
    "choose_base_cast", "choose_base_present", "choose_base_roll", "party",
    "broken_by_objection", "broken_by_amendment",
    *(f"matter_{matter}" for matter in MATTERS if matter != "rules"),
)  # fmt: skip
# Beside the words on all of it, an answer has some on each paragraph.
OF_EACH = {
    f"{name}.{key}": ""
    for name in ("explanation", "would_join")
    for key in ("pp1", "pp2", "p1", "p2")
}


@dataclass
class Form:
    """A form filled in rightly: who may send it, on which proposal, and with what."""

    role: Role
    given: dict[str, str] = field(default_factory=dict)
    number: int = P1
    path: str = ""  # of the page it stands on, where that is not the route's own

    @property
    def fields(self) -> dict[str, str]:
        today = f"{datetime.now(UTC):%Y-%m-%d}"
        return {name: today if text == TODAY else text for name, text in self.given.items()}


TEXT = "1. Decides that stones are sealed.\n2. Asks for a report.\n3. Thanks the host.\n"
DRAFT = "/meetings/autumn/communique"
FORMS: dict[str, Form] = {
    "propose": Form(Role.HEAD, {
        "title": "Seals", "sense": "Stones are sealed.", "theme": "trade", "matter": "text",
        "party": "", "body": "plenary", "language": "en", "text": TEXT, "key": "k",
    }, path="/proposals/new"),
    "tabling": Form(Role.HEAD, {"version": "1"}, P3, path="/proposals/2019/3"),
    "draft_readers": Form(Role.HEAD, {"reader": "delegation:BEL", "key": "k"}, P3),
    "draft_readers_end": Form(
        Role.HEAD, {"reader": "secretariat", "key": "k"}, P3, path="/proposals/2019/3/readers"
    ),
    "sponsorship": Form(
        Role.HEAD, {"version": "1", "role": "sponsor", "key": "k", "confirmed": "1"}, P9,
        path="/proposals/2019/9/sponsors",
    ),
    "sponsorship_before": Form(Role.HEAD, path="/proposals/2019/1/sponsors"),
    "sponsor_acceptance": Form(Role.HEAD, {"key": "k"}, P10, path="/proposals/2019/10/sponsors"),
    "sponsor_refusal": Form(Role.HEAD, {"key": "k"}, P10, path="/proposals/2019/10/sponsors"),
    "sponsor_confirmation": Form(
        Role.HEAD, {"version": "2", "key": "k"}, P10, path="/proposals/2019/10/sponsors"
    ),
    "text_countersignature": Form(
        Role.HEAD, {"version": "1", "key": "k"}, P11, path="/proposals/2019/11/sponsors"
    ),
    "text_disowning": Form(
        Role.HEAD, {"reason": "We sent nothing.", "key": "k", "confirmed": "1"}, P11
    ),
    "sponsor_departure": Form(
        Role.HEAD, {"reason": "Our capital asks us to.", "key": "k", "confirmed": "1"}, P10
    ),
    "cycles": Form(Role.SECRETARIAT, {
        "name_en": "Reform", "name_fr": "Réforme", "begins": "2030", "ends": "2032", "key": "k",
    }),
    "revise": Form(Role.HEAD, {
        "text": TEXT, "language": "en", "note": "Shorter.", "base": "1",
    }, P6),
    "referral": Form(
        Role.CHAIR, {"body": "monitoring", "version": "1", "before": "plenary"}, P6
    ),
    "withdrawal": Form(Role.HEAD, {
        "reason": "Overtaken.", "version": "1", "confirmed": "1",
    }, P6),
    "secretariat_procedures_end": Form(Role.SECRETARIAT, {
        "body": "plenary", "procedure": "double", "decision": "2019/1", "seen": "1", "key": "k",
        "confirmed": "1",
    }, path="/secretariat/procedures/end?body=plenary&procedure=double"),
    "comment": Form(Role.OBSERVER, {
        "clause": "p1", "text": "Why?", "language": "en", "version": "1", "key": "k",
    }),
    "comment_publication": Form(Role.HEAD, {"key": "k", "confirmed": "1"}, P9),
    "question": Form(Role.CHAIR, {
        "version": "1", "procedure": "consensus", "publication": "now", "closes": "",
        "zone": "UTC", "min_support": "", "threshold": "", "base": "", "allowed": "",
        "without": "", "confirmed": "1",
    }, P6),
    "time": Form(Role.HEAD, {"reason": "Our capital is asleep.", "version": "2"}),
    "extension": Form(Role.CHAIR, {
        "closes": LATER, "zone": "UTC", "reason": "A delegation is on its way.",
        "seen": "", "confirmed": "1",
    }, P7),
    "question_end": Form(
        Role.CHAIR, {"seen": "1", "confirmed": "1"}, P8, path="/proposals/2019/8/declaration"
    ),
    "secretariat_procedures": Form(Role.SECRETARIAT, {
        "body": "plenary", "procedure": "two_thirds", "kind": "vote", "name_en": "Two thirds",
        "name_fr": "Deux tiers", "decision": "2019/1", "quorum": "1/2", "min_support": "",
        "matter_rules": "1", "choose_min_support": "", "choose_threshold": "1/2, 2/3, 3/4",
        "choose_allowed": "", "follows": "",
        "threshold": "2/3", "base": "present", "allowed": "", "terms": "", "closing": "chair",
        "text": "fixed", "least": "2", "least_unit": "days", "usual": "3", "usual_unit": "days",
        "extend": "1", "late_swing": "", "outage_longer_than": "15", "outage_within": "6",
        "outage_by": "24", "notice_sitting": "2", "notice_outside": "48",
        "after": "consensus", "then": "", "key": "k", "seen": "1", "confirmed": "1",
    } | dict.fromkeys(FLAGS, "")),
    "position": Form(Role.HEAD, {
        "stance": "object", "version": "2", "clause": "p1", "explanation": "We cannot.",
        "would_join": "Without it.", "language": "en", "ad_referendum": "1", "key": "k",
        "confirmed": "1",
    } | OF_EACH),
    "from_the_room": Form(Role.SECRETARIAT, {
        "delegation": "ALD", "stance": "object", "version": "2", "clause": "p1",
        "explanation": "It cannot.", "would_join": "Without it.", "language": "en",
        "changed": "", "seen": "0", "key": "k", "confirmed": "1",
    } | OF_EACH),
    "countersignature": Form(Role.HEAD, {"entry": "1"}, P8),
    "bloc_stated": Form(Role.HEAD, {
        "for-BEL": "1", "for-COR": "", "name": "The Group", "stance": "object", "version": "2",
        "clause": "p1", "explanation": "We cannot.", "would_join": "Without it.",
        "language": "en", "key": "k", "confirmed": "1",
    } | OF_EACH),
    "bloc_answer": Form(Role.HEAD, {"answer": "confirm"}, P8),
    "declaration": Form(Role.CHAIR, {
        "outcome": "no_consensus", "symbol": "KP/X", "note": "Noted.", "amends": "",
        "supersedes": "", "repeals": "",
    }),
    "statement": Form(Role.HEAD, {
        "kind": "interpretative", "clause": "p1", "text": "As we read it.", "language": "en",
        "key": "k",
    }),
    "statement_translation": Form(Role.SECRETARIAT, {
        "language": "fr", "text": "Comme nous le lisons.", "key": "k",
    }),
    "correction": Form(Role.HEAD, {
        "matter": "position", "stance": "object", "text": "We meant to.", "language": "en",
        "key": "k",
    }),
    "follow_up_added": Form(Role.SECRETARIAT, {
        "kind": "action", "text_en": "Report.", "text_fr": "Rendre compte.", "clause": "p1",
        "owner": "delegation:BEL", "due": "2030-01-01", "key": "k",
    }),
    "imported_follow_up_added": Form(Role.SECRETARIAT, {
        "kind": "action", "text_en": "Report.", "text_fr": "Rendre compte.", "clause": "p1",
        "owner": "delegation:BEL", "due": "2030-01-01", "key": "k",
    }),
    "progress": Form(Role.HEAD, {
        "status": "done", "note": "Sent to all.", "language": "en", "key": "k",
    }),
    "verify_copy": Form(Role.PUBLIC, {"text": "abc", "fingerprint": "a" * 64}),
    "sign_in_asked": Form(Role.PUBLIC, {"email": "head.ald@example.org", "next": "/desk"}),
    "sign_in_sample": Form(
        Role.PUBLIC, {"email": "head.ald@example.org", "next": "/desk"}, path="/sign-in"
    ),
    "sign_in_link_used": Form(Role.PUBLIC, {"next": "/desk"}),
    "signed_out": Form(Role.HEAD),
    "desk_sessions": Form(Role.HEAD, path="/desk"),
    "desk_session": Form(Role.HEAD, path="/desk"),
    "secretariat_delegations": Form(Role.SECRETARIAT, {
        "kind": "observer", "name_en": "Elvaria", "name_fr": "Elvarie", "represents": "1",
        "constituency": "industry", "slug": "elvaria", "code": "ELV", "since": "2019-01-01",
        "decision": "2019/1", "key": "k", "confirmed": "1",
    }),
    "secretariat_standings": Form(Role.SECRETARIAT, {
        "code": "COR", "standing": "suspended", "since": "2030-01-01", "until": "2031-01-01",
        "decision": "2019/1", "ground": "Not in line.", "key": "k", "confirmed": "1",
    }),
    "secretariat_powers": Form(Role.SECRETARIAT, {
        "body": "monitoring", "matter": "text", "change": "given", "decision": "2019/1",
        "key": "k", "confirmed": "1",
    }),
    "secretariat_seats": Form(Role.SECRETARIAT, {
        "body": "monitoring", "code": "COR", "kind": "member", "since": "2019-02-01",
        "until": "2031-01-01", "decision": "2019/1", "ground": "It asked.", "key": "k",
        "confirmed": "1",
    }),
    "secretariat_seats_end": Form(
        Role.SECRETARIAT, {
            "body": "monitoring", "code": "BEL", "decision": "2019/1", "key": "k", "confirmed": "1",
        }, path="/secretariat/seats",
    ),
    "access_report": Form(Role.SECRETARIAT, {
        "delegation": "DEL", "what": "badge", "office": "host", "day": TODAY, "ground": "Too late.",
        "language": "en", "body": "plenary", "meeting": "autumn", "key": "k", "confirmed": "1",
    }),
    "seat_leaving": Form(Role.HEAD, {"key": "k", "confirmed": "1"}),
    "measure_appeal": Form(Role.OBSERVER, {
        "text": "We asked in May.", "language": "en", "key": "k", "confirmed": "1",
    }),
    "measure_answer": Form(Role.SECRETARIAT, {
        "text": "It was late.", "language": "en", "decision": "2019/1", "key": "k",
        "confirmed": "1",
    }),
    "secretariat_officers": Form(Role.SECRETARIAT, {
        "body": "monitoring", "office": "vice_chair", "code": "BEL", "email": "v@example.org",
        "name": "Vice", "since": "2019-02-01", "key": "k",
    }),
    "secretariat_officers_end": Form(
        Role.SECRETARIAT, {"id": "3", "key": "k"}, path="/secretariat/officers"
    ),
    "secretariat_accreditations": Form(Role.SECRETARIAT, {
        "delegation": "COR", "email": "new@example.org", "name": "New", "role": "adviser",
        "from": "2019-02-01", "to": "2031-01-01", "key": "k",
    }),
    "secretariat_accreditations_end": Form(
        Role.SECRETARIAT, {"id": "2", "key": "k"}, path="/secretariat/accreditations"
    ),
    "removal": Form(Role.SECRETARIAT, {
        "office": "chair", "body": "plenary", "decision": "", "ground": "personal",
        "reason": "A number.", "day": TODAY, "confirmed": "1", "key": "k",
    }),
    "secretariat_sessions": Form(Role.SECRETARIAT, {
        "id": "1", "reason": "A telephone was lost.", "confirmed": "1", "key": "k",
    }),
    "secretariat_bodies": Form(Role.SECRETARIAT, {
        "name_en": "Experts", "name_fr": "Experts", "slug": "experts", "symbol": "WGDE",
        "parent": "plenary", "mandate_en": "To advise.", "mandate_fr": "Conseiller.", "key": "k",
    }),
    "meeting_arrivals": Form(Role.SECRETARIAT, {"d-ALD": "1", "d-COR": "", "key": "k"}),
    "meeting_departures": Form(Role.SECRETARIAT, {"d-BEL": "1", "d-DEL": "", "key": "k"}),
    "meeting_closure": Form(
        Role.SECRETARIAT, {"key": "k"}, path="/meetings/autumn/departures"
    ),
    "meeting_credentials": Form(Role.SECRETARIAT, {
        "code": "BEL", "status": "refused", "note": "Unsigned.", "decision": "2019/1",
        "until": "2031-01-01", "key": "k", "confirmed": "1",
    }),
    "communique_drafting": Form(Role.SECRETARIAT, {"key": "k"}, path=f"{DRAFT}/edit"),
    "communique_issue": Form(Role.SECRETARIAT, {"changed": "2019-11-20T10:00:00.000Z"}),
    "communique_paragraphs": Form(Role.SECRETARIAT, {
        "text_en": "The host was thanked.", "text_fr": "L’hôte a été remercié.", "key": "k",
    }, path=f"{DRAFT}/edit?paragraph=new"),
    "communique_paragraph": Form(Role.SECRETARIAT, {
        "text_en": "It met.", "text_fr": "Réunie.", "changed": "2019-11-20T10:00:00.000Z",
    }, path=f"{DRAFT}/edit?paragraph=1"),
    "communique_place": Form(
        Role.SECRETARIAT, {"way": "down", "key": "k"}, path=f"{DRAFT}/edit"
    ),
    "communique_dropping": Form(
        Role.SECRETARIAT, {"dropped": "1", "key": "k"}, path=f"{DRAFT}/edit"
    ),
    "communique_fact": Form(
        Role.SECRETARIAT, {"choice": "keep", "seen": "0", "key": "k"}, path=f"{DRAFT}/edit"
    ),
    "letters_again": Form(Role.SECRETARIAT, {"id": "1"}, path="/secretariat/letters"),
    "secretariat_holidays": Form(Role.SECRETARIAT, {
        "body": "plenary", "days": "2030-12-25 Christmas Day | Noël", "key": "k",
    }),
    "secretariat_holidays_end": Form(
        Role.SECRETARIAT, {"body": "plenary", "day": "2030-05-01", "key": "k"},
        path="/secretariat/holidays",
    ),
    "secretariat_meetings": Form(Role.SECRETARIAT, {
        "name_en": "Spring", "name_fr": "Printemps", "place_en": "Geneva", "place_fr": "Genève",
        "slug": "spring", "body": "plenary", "zone": "Europe/Zurich",
        "begins": "2030-04-01T09:30", "ends": "2030-04-03T18:00",
        "agenda": "1 | Opening", "key": "k",
    }),
}  # fmt: skip


PRESSED = {"confirmed", "seen", "version"}  # of the second press: they stand on the check page


def address(house: House, name: str) -> tuple[str, str]:
    """Where a form is sent, and the page it stands on."""
    form = FORMS[name]
    route = next(r for r in PAGES if r.name == name and "POST" in (r.methods or ()))
    path = house.path(route, form.number)
    return path, form.path or path
