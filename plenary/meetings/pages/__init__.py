"""Meetings, their rooms and their communiqués."""

from plenary.bodies.powers import Power
from plenary.meetings.pages import communique_edit as editing
from plenary.meetings.pages.calling import calling
from plenary.meetings.pages.communique import communique, communique_md, communique_txt
from plenary.meetings.pages.credentials import credentials
from plenary.meetings.pages.meetings import meeting, meetings
from plenary.meetings.pages.room import arrivals, closure, departures, roll
from plenary.web.routing import Address, form, page, post

DRAFT = "/meetings/{slug:str}/communique"
ONE = DRAFT + "/paragraphs/{id:int}"
communiques: list[Address] = [  # a draft is for those who read drafts
    page(DRAFT + ".md", communique_md, Power.READ, name="communique_md"),
    page(DRAFT + ".txt", communique_txt, Power.READ, name="communique_txt"),
    page(DRAFT, communique, Power.READ, name="communique"),
    page(DRAFT + "/edit", editing.edit, Power.ADMINISTER, name="communique_edit"),
    post(DRAFT + "/drafting", editing.draft, Power.ADMINISTER, name="communique_drafting"),
    form(DRAFT + "/issue", editing.issue, Power.ADMINISTER, name="communique_issue"),
    post(DRAFT + "/paragraphs", editing.added, Power.ADMINISTER, name="communique_paragraphs"),
    post(ONE, editing.paragraph, Power.ADMINISTER, name="communique_paragraph"),
    post(ONE + "/place", editing.moved, Power.ADMINISTER, name="communique_place"),
    post(ONE + "/dropping", editing.dropped, Power.ADMINISTER, name="communique_dropping"),
    post(ONE + "/fact", editing.looked_at, Power.ADMINISTER, name="communique_fact"),
]

routes: list[Address] = [
    *communiques,
    page("/meetings", meetings, Power.READ, name="meetings"),
    page("/meetings/{slug:str}", meeting, Power.READ, name="meeting"),
    page("/meetings/{slug:str}/roll", roll, Power.READ, name="meeting_roll"),
    form(
        "/meetings/{slug:str}/arrivals",
        arrivals,
        Power.ATTEND,
        Power.KEEP_ROOM,
        name="meeting_arrivals",
    ),
    form(
        "/meetings/{slug:str}/departures",
        departures,
        Power.ATTEND,
        Power.KEEP_ROOM,
        name="meeting_departures",
    ),
    post("/meetings/{slug:str}/closure", closure, Power.KEEP_ROOM, name="meeting_closure"),
    form(
        "/meetings/{slug:str}/credentials", credentials, Power.KEEP_ROOM, name="meeting_credentials"
    ),
    form("/secretariat/meetings", calling, Power.ADMINISTER, name="secretariat_meetings"),
]
