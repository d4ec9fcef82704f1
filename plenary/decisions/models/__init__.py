"""Procedures, questions, rolls, the two ledgers, decisions and what stands beside them."""

from plenary.decisions.models.annexes import Correction, FollowUp, Progress, Statement
from plenary.decisions.models.decisions import Decision, Link
from plenary.decisions.models.ledgers import Bloc, BlocMember, Late, Position, View
from plenary.decisions.models.questions import Procedure, Question, RollCall
from plenary.decisions.models.service import Interruption, Pulse

__all__ = [
    "Bloc",
    "BlocMember",
    "Correction",
    "Decision",
    "FollowUp",
    "Interruption",
    "Late",
    "Link",
    "Position",
    "Procedure",
    "Progress",
    "Pulse",
    "Question",
    "RollCall",
    "Statement",
    "View",
]
