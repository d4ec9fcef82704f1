"""Meetings, and the pages that gather what a delegation or a body did: its page, its desk."""

from starlette.routing import Route

from plenary.meetings.pages import communique_edit as editing
from plenary.meetings.pages.calling import calling
from plenary.meetings.pages.communique import communique, communique_md, communique_txt
from plenary.meetings.pages.delegation import observer, observer_json, participant, participant_json
from plenary.meetings.pages.desk import desk, notices, receipts, session_ended, sessions_ended
from plenary.meetings.pages.group import group
from plenary.meetings.pages.meetings import meeting, meetings
from plenary.meetings.pages.room import arrivals, closure, credentials, departures, roll

BOTH = ["GET", "POST"]

DRAFT = "/meetings/{slug:str}/communique"
ONE = DRAFT + "/paragraphs/{id:int}"
communiques: list[Route] = [
    Route(DRAFT + ".md", communique_md, name="communique_md"),
    Route(DRAFT + ".txt", communique_txt, name="communique_txt"),
    Route(DRAFT, communique, name="communique"),
    Route(DRAFT + "/edit", editing.edit, name="communique_edit"),
    Route(DRAFT + "/drafting", editing.draft, methods=["POST"], name="communique_drafting"),
    Route(DRAFT + "/issue", editing.issue, methods=["GET", "POST"], name="communique_issue"),
    Route(DRAFT + "/paragraphs", editing.added, methods=["POST"], name="communique_paragraphs"),
    Route(ONE, editing.paragraph, methods=["POST"], name="communique_paragraph"),
    Route(ONE + "/place", editing.moved, methods=["POST"], name="communique_place"),
    Route(ONE + "/dropping", editing.dropped, methods=["POST"], name="communique_dropping"),
    Route(ONE + "/fact", editing.looked_at, methods=["POST"], name="communique_fact"),
]

routes: list[Route] = [
    *communiques,
    Route("/meetings", meetings, name="meetings"),
    Route("/meetings/{slug:str}", meeting, name="meeting"),
    Route("/meetings/{slug:str}/roll", roll, name="meeting_roll"),
    Route("/meetings/{slug:str}/arrivals", arrivals, methods=BOTH, name="meeting_arrivals"),
    Route("/meetings/{slug:str}/departures", departures, methods=BOTH, name="meeting_departures"),
    Route("/meetings/{slug:str}/closure", closure, methods=["POST"], name="meeting_closure"),
    Route(
        "/meetings/{slug:str}/credentials", credentials, methods=BOTH, name="meeting_credentials"
    ),
    Route("/groups/{key:str}", group, name="group"),
    Route("/participants/{slug:str}.json", participant_json, name="participant_json"),
    Route("/participants/{slug:str}", participant, name="participant"),
    Route("/observers/{slug:str}.json", observer_json, name="observer_json"),
    Route("/observers/{slug:str}", observer, name="observer"),
    Route("/desk", desk, name="desk"),
    Route("/desk/receipts", receipts, name="desk_receipts"),
    Route("/desk/notices", notices, name="desk_notices"),
    Route("/desk/sessions/end", sessions_ended, methods=["POST"], name="desk_sessions"),
    Route("/desk/sessions/{id:int}/end", session_ended, methods=["POST"], name="desk_session"),
    Route("/secretariat/meetings", calling, methods=["GET", "POST"], name="secretariat_meetings"),
]
