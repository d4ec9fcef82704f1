"""Texts: propose, table, revise, compare, translate, refer, withdraw, comment."""

from plenary.bodies.powers import Power
from plenary.proposals.pages import (
    comments,
    cycles,
    moves,
    publications,
    readers,
    sponsors,
    texts,
    versions,
)
from plenary.web.routing import Address, form, page, post

ONE = "/proposals/{year:int}/{number:int}"

routes: list[Address] = [
    form("/secretariat/cycles", cycles.cycles, Power.ADMINISTER, name="cycles"),
    page("/proposals/new", texts.propose, Power.PROPOSE, name="propose"),
    post("/proposals", texts.propose, Power.PROPOSE, name="propose"),
    form(f"{ONE}/versions", versions.revise, Power.REVISE, Power.TRANSLATE, name="revise"),
    page(f"{ONE}/v{{version:int}}", versions.show, Power.READ, name="version"),
    page(f"{ONE}/v{{old:int}}..v{{new:int}}", versions.compare, Power.READ, name="compare"),
    page(f"{ONE}/comments", comments.show, Power.READ, name="comments"),
    post(f"{ONE}/comments", comments.comment, Power.COMMENT, name="comment"),
    # One made on a draft: its readers alone, until its author publishes it.
    page(f"{ONE}/comments/{{entry:int}}", publications.show, Power.READ, name="kept_comment"),
    form(
        f"{ONE}/comments/{{entry:int}}/publication",
        publications.publish,
        Power.COMMENT,
        name="comment_publication",
    ),
    post(f"{ONE}/tabling", moves.table, Power.TABLE, name="tabling"),
    form(f"{ONE}/readers", readers.show_to, Power.TABLE, name="draft_readers"),
    post(f"{ONE}/readers/end", readers.hide_from, Power.TABLE, name="draft_readers_end"),
    page(f"{ONE}/sponsors", sponsors.show, Power.READ, name="sponsors"),
    post(f"{ONE}/sponsors", sponsors.ask, Power.STATE_POSITION, name="sponsorship"),
    post(f"{ONE}/sponsorship", sponsors.before, Power.STATE_POSITION, name="sponsorship_before"),
    post(
        f"{ONE}/sponsors/confirmation",
        sponsors.confirm,
        Power.STATE_POSITION,
        name="sponsor_confirmation",
    ),
    post(
        f"{ONE}/sponsors/countersignature",
        sponsors.countersign,
        Power.STATE_POSITION,
        name="text_countersignature",
    ),
    form(
        f"{ONE}/sponsors/disowning",
        sponsors.disown,
        Power.STATE_POSITION,
        name="text_disowning",
    ),
    form(
        f"{ONE}/sponsors/departure",
        sponsors.step_back,
        Power.STATE_POSITION,
        name="sponsor_departure",
    ),
    post(
        f"{ONE}/sponsors/{{code}}/acceptance",
        sponsors.accept,
        Power.REVISE,
        name="sponsor_acceptance",
    ),
    post(
        f"{ONE}/sponsors/{{code}}/refusal", sponsors.decline, Power.REVISE, name="sponsor_refusal"
    ),
    form(f"{ONE}/referral", moves.refer, Power.REFER, name="referral"),
    form(f"{ONE}/withdrawal", moves.withdraw, Power.WITHDRAW, name="withdrawal"),
]
