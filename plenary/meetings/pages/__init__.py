"""Meetings, and the pages that gather what a delegation or a body did: its page, its desk."""

from starlette.routing import Route

from plenary.meetings.pages.calling import calling
from plenary.meetings.pages.delegation import observer, observer_json, participant, participant_json
from plenary.meetings.pages.desk import desk, session_ended, sessions_ended
from plenary.meetings.pages.group import group
from plenary.meetings.pages.meetings import meeting, meetings

routes: list[Route] = [
    Route("/meetings", meetings, name="meetings"),
    Route("/meetings/{slug:str}", meeting, name="meeting"),
    Route("/groups/{key:str}", group, name="group"),
    Route("/participants/{slug:str}.json", participant_json, name="participant_json"),
    Route("/participants/{slug:str}", participant, name="participant"),
    Route("/observers/{slug:str}.json", observer_json, name="observer_json"),
    Route("/observers/{slug:str}", observer, name="observer"),
    Route("/desk", desk, name="desk"),
    Route("/desk/sessions/end", sessions_ended, methods=["POST"], name="desk_sessions"),
    Route("/desk/sessions/{id:int}/end", session_ended, methods=["POST"], name="desk_session"),
    Route("/secretariat/meetings", calling, methods=["GET", "POST"], name="secretariat_meetings"),
]
