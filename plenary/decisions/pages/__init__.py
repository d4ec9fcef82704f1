"""Where proposals stand: the proposal, the matrix, the position, the question, the declaration."""

from starlette.routing import Route

from plenary.decisions.pages import matrix, position, proposal, question

ONE = "/proposals/{year:int}/{number:int}"

routes: list[Route] = [
    Route("/proposals", proposal.index, name="proposals"),
    Route("/proposals/{year:int}", proposal.index, name="proposals_of_year"),
    Route(f"{ONE}.json", proposal.as_json, name="proposal_json"),
    Route(ONE, proposal.show, name="proposal"),
    Route(f"{ONE}/history", proposal.history, name="history"),
    Route(f"{ONE}/positions", proposal.positions, name="positions_on"),
    Route(f"{ONE}/position", position.state, name="position", methods=["GET", "POST"]),
    Route(f"{ONE}/question", question.put, name="question", methods=["GET", "POST"]),
    Route(f"{ONE}/declaration", question.declare, name="declaration", methods=["GET", "POST"]),
    Route("/positions", matrix.show, name="matrix"),
    Route("/positions/{year:int}.json", matrix.as_json, name="matrix_json"),
    Route("/positions/{year:int}.csv", matrix.as_csv, name="matrix_csv"),
    Route("/positions/{year:int}", matrix.show, name="matrix_of_year"),
]
