"""Meetings, their rooms and their communiqués."""

from plenary.bodies.powers import Power
from plenary.meetings.pages import communique_edit as editing
from plenary.meetings.pages.calling import calling
from plenary.meetings.pages.communique import communique, communique_md, communique_txt
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
    Address(
        "/secretariat/meetings",
        calling,
        Power.ADMINISTER,
        methods=BOTH,
        name="secretariat_meetings",
    ),
]
