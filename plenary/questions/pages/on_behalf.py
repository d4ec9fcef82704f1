"""What the forms of positions that are said for others have in common."""

from dataclasses import replace

from starlette.requests import Request

from plenary.proposals.models import Proposal
from plenary.proposals.reading import proposal_for
from plenary.questions import bars
from plenary.questions.actions.answers import Answer, check_answer
from plenary.questions.pages.wording import worded
from plenary.questions.rules import Stance
from plenary.questions.stand import Stand, stand_of
from plenary.refusal import Invalid, Refused, refuse
from plenary.web.forms import Form


async def asked(request: Request) -> tuple[Proposal, Stand]:
    """The proposal and its newest question; Refused where none was put."""
    viewer = request.state.viewer
    year, number = request.path_params["year"], request.path_params["number"]
    proposal = await proposal_for(viewer, year, number)
    stand = await stand_of(proposal, viewer)
    if stand is None:
        raise Refused("no_question")
    return proposal, stand


def read_answer(form: Form, stand: Stand) -> Answer:
    """The answer in a form, one of those that the question asks for."""
    stance = form.choice("stance", stand.terms.answers)
    known = Stance(stance) if stance in stand.terms.answers else Stance.SUPPORT
    answer = worded(form, known, form.whole("version", stand.version))
    return replace(answer, ad_referendum=False, follow_publication=False)  # its own to say


async def check(form: Form, proposal: Proposal, stand: Stand, answer: Answer) -> None:
    """The same as under the lock, asked early so that a check page does not mislead."""
    if not stand.open:
        raise Refused("over_for_others")
    refuse(
        bars.bar_to_answer(
            open=True,
            asked=stand.version,
            version=answer.version,
            entitled=True,
            latest=proposal.newest,
            stance=answer.stance,
            answers=stand.terms.answers,
        )
    )
    try:
        await check_answer(proposal, answer)
    except Invalid as invalid:
        form.errors |= invalid.errors
