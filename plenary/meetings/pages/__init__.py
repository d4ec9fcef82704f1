"""Meetings, and the pages that gather what a delegation or a body did: its page, its desk."""

from plenary.bodies.powers import Power
from plenary.meetings.pages import communique_edit as editing
from plenary.meetings.pages.calling import calling
from plenary.meetings.pages.communique import communique, communique_md, communique_txt
from plenary.meetings.pages.delegation import observer, observer_json, participant, participant_json
from plenary.meetings.pages.desk import desk, notices, receipts, session_ended, sessions_ended
from plenary.meetings.pages.group import group
from plenary.meetings.pages.meetings import meeting, meetings
from plenary.meetings.pages.room import arrivals, closure, credentials, departures, roll
from plenary.web.routing import BOTH, POST, Address

DRAFT = "/meetings/{slug:str}/communique"
ONE = DRAFT + "/paragraphs/{id:int}"
communiques: list[Address] = [  # a draft is for those who read drafts
    Address(DRAFT + ".md", communique_md, Power.READ, name="communique_md"),
    Address(DRAFT + ".txt", communique_txt, Power.READ, name="communique_txt"),
    Address(DRAFT, communique, Power.READ, name="communique"),
    Address(DRAFT + "/edit", editing.edit, Power.ADMINISTER, name="communique_edit"),
    Address(
        DRAFT + "/drafting",
        editing.draft,
        Power.ADMINISTER,
        methods=POST,
        name="communique_drafting",
    ),
    Address(
        DRAFT + "/issue", editing.issue, Power.ADMINISTER, methods=BOTH, name="communique_issue"
    ),
    Address(
        DRAFT + "/paragraphs",
        editing.added,
        Power.ADMINISTER,
        methods=POST,
        name="communique_paragraphs",
    ),
    Address(ONE, editing.paragraph, Power.ADMINISTER, methods=POST, name="communique_paragraph"),
    Address(ONE + "/place", editing.moved, Power.ADMINISTER, methods=POST, name="communique_place"),
    Address(
        ONE + "/dropping",
        editing.dropped,
        Power.ADMINISTER,
        methods=POST,
        name="communique_dropping",
    ),
    Address(
        ONE + "/fact", editing.looked_at, Power.ADMINISTER, methods=POST, name="communique_fact"
    ),
]

routes: list[Address] = [
    *communiques,
    Address("/meetings", meetings, Power.READ, name="meetings"),
    Address("/meetings/{slug:str}", meeting, Power.READ, name="meeting"),
    Address("/meetings/{slug:str}/roll", roll, Power.READ, name="meeting_roll"),
    Address(
        "/meetings/{slug:str}/arrivals",
        arrivals,
        Power.ATTEND,
        Power.KEEP_ROOM,
        methods=BOTH,
        name="meeting_arrivals",
    ),
    Address(
        "/meetings/{slug:str}/departures",
        departures,
        Power.ATTEND,
        Power.KEEP_ROOM,
        methods=BOTH,
        name="meeting_departures",
    ),
    Address(
        "/meetings/{slug:str}/closure",
        closure,
        Power.KEEP_ROOM,
        methods=POST,
        name="meeting_closure",
    ),
    Address(
        "/meetings/{slug:str}/credentials",
        credentials,
        Power.KEEP_ROOM,
        methods=BOTH,
        name="meeting_credentials",
    ),
    Address("/groups/{key:str}", group, Power.READ, name="group"),
    Address("/participants/{slug:str}.json", participant_json, Power.READ, name="participant_json"),
    Address("/participants/{slug:str}", participant, Power.READ, name="participant"),
    Address("/observers/{slug:str}.json", observer_json, Power.READ, name="observer_json"),
    Address("/observers/{slug:str}", observer, Power.READ, name="observer"),
    # Whoever is not signed in is led to where they can.
    Address("/desk", desk, Power.SIGN_IN, name="desk"),
    Address("/desk/receipts", receipts, Power.SIGN_IN, name="desk_receipts"),
    Address("/desk/notices", notices, Power.SIGN_IN, name="desk_notices"),
    Address(
        "/desk/sessions/end",
        sessions_ended,
        Power.KEEP_SESSIONS,
        methods=POST,
        name="desk_sessions",
    ),
    Address(
        "/desk/sessions/{id:int}/end",
        session_ended,
        Power.KEEP_SESSIONS,
        methods=POST,
        name="desk_session",
    ),
    Address(
        "/secretariat/meetings",
        calling,
        Power.ADMINISTER,
        methods=BOTH,
        name="secretariat_meetings",
    ),
]
