"""Texts: propose, table, revise, compare, translate, refer, withdraw, comment."""

from starlette.routing import Route

from plenary.proposals.pages import comments, cycles, moves, publications, texts, versions

ONE = "/proposals/{year:int}/{number:int}"

routes: list[Route] = [
    Route("/secretariat/cycles", cycles.cycles, name="cycles", methods=["GET", "POST"]),
    Route("/proposals/new", texts.propose, name="propose", methods=["GET"]),
    Route("/proposals", texts.propose, name="propose", methods=["POST"]),
    Route(f"{ONE}/versions", versions.revise, name="revise", methods=["GET", "POST"]),
    Route(f"{ONE}/v{{version:int}}", versions.show, name="version"),
    Route(f"{ONE}/v{{old:int}}..v{{new:int}}", versions.compare, name="compare"),
    Route(f"{ONE}/comments", comments.show, name="comments", methods=["GET"]),
    Route(f"{ONE}/comments", comments.comment, name="comment", methods=["POST"]),
    Route(f"{ONE}/comments/{{entry:int}}", publications.show, name="kept_comment"),
    Route(
        f"{ONE}/comments/{{entry:int}}/publication",
        publications.publish,
        name="comment_publication",
        methods=["GET", "POST"],
    ),
    Route(f"{ONE}/tabling", moves.table, name="tabling", methods=["POST"]),
    Route(f"{ONE}/sponsorship", moves.sponsor, name="sponsorship", methods=["POST"]),
    Route(f"{ONE}/referral", moves.refer, name="referral", methods=["GET", "POST"]),
    Route(f"{ONE}/withdrawal", moves.withdraw, name="withdrawal", methods=["GET", "POST"]),
]
