"""Where things stand on the site. A URL once public never dies, so they are made here only."""

from plenary.bodies import rules
from plenary.bodies.models import Delegation
from plenary.decisions.models import Decision
from plenary.proposals.models import Proposal


def decision_path(decision: Decision) -> str:
    """/decisions/2019/1 of our own, /decisions/kp/2003-04-30-final-extension of an imported one."""
    return decision.path


def delegation_path(delegation: Delegation) -> str:
    return rules.delegation_path(delegation.kind, delegation.slug)


def proposal_path(proposal: Proposal) -> str:
    return f"/proposals/{proposal.year}/{proposal.number}"
