"""Texts: propose, table, revise, compare, translate, refer, withdraw, comment."""

from plenary.bodies.powers import Power
from plenary.proposals.pages import comments, cycles, moves, publications, texts, versions
from plenary.web.routing import BOTH, POST, Address

ONE = "/proposals/{year:int}/{number:int}"

routes: list[Address] = [
    Address("/secretariat/cycles", cycles.cycles, Power.ADMINISTER, methods=BOTH, name="cycles"),
    Address("/proposals/new", texts.propose, Power.PROPOSE, name="propose"),
    Address("/proposals", texts.propose, Power.PROPOSE, methods=POST, name="propose"),
    Address(
        f"{ONE}/versions",
        versions.revise,
        Power.REVISE,
        Power.TRANSLATE,
        methods=BOTH,
        name="revise",
    ),
    Address(f"{ONE}/v{{version:int}}", versions.show, Power.READ, name="version"),
    Address(f"{ONE}/v{{old:int}}..v{{new:int}}", versions.compare, Power.READ, name="compare"),
    Address(f"{ONE}/comments", comments.show, Power.READ, name="comments"),
    Address(f"{ONE}/comments", comments.comment, Power.COMMENT, methods=POST, name="comment"),
    # One made on a draft: its readers alone, until its author publishes it.
    Address(f"{ONE}/comments/{{entry:int}}", publications.show, Power.READ, name="kept_comment"),
    Address(
        f"{ONE}/comments/{{entry:int}}/publication",
        publications.publish,
        Power.COMMENT,
        methods=BOTH,
        name="comment_publication",
    ),
    Address(f"{ONE}/tabling", moves.table, Power.TABLE, methods=POST, name="tabling"),
    Address(
        f"{ONE}/sponsorship", moves.sponsor, Power.STATE_POSITION, methods=POST, name="sponsorship"
    ),
    Address(f"{ONE}/referral", moves.refer, Power.REFER, methods=BOTH, name="referral"),
    Address(f"{ONE}/withdrawal", moves.withdraw, Power.WITHDRAW, methods=BOTH, name="withdrawal"),
]
