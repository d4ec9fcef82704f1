"""Where proposals stand: the proposal, the matrix, the position, the question, the declaration."""

from starlette.routing import Route

from plenary.decisions.pages import (
    adoption,
    blocs,
    certificate,
    corrections,
    declaration,
    distance,
    extension,
    follow_up,
    follow_ups,
    from_the_room,
    matrix,
    position,
    procedures,
    proposal,
    question,
    statements,
)

ONE = "/proposals/{year:int}/{number:int}"
DECISION = "/decisions/{year:int}/{number:int}"
IMPORTED = "/decisions/{register}/{source_id:path}"

routes: list[Route] = [
    Route("/proposals", proposal.index, name="proposals"),
    Route("/proposals/{year:int}", proposal.index, name="proposals_of_year"),
    Route(f"{ONE}.json", proposal.show_json, name="proposal_json"),
    Route(ONE, proposal.show, name="proposal"),
    Route(f"{ONE}/history", proposal.history, name="history"),
    Route(f"{ONE}/positions", proposal.positions, name="positions_on"),
    Route(f"{ONE}/distance.json", distance.show_json, name="distance_json"),
    Route(f"{ONE}/distance", distance.show, name="distance"),
    Route(f"{ONE}/certificate.json", certificate.show_json, name="newest_certificate_json"),
    Route(f"{ONE}/certificate", certificate.show, name="newest_certificate"),
    Route(f"{ONE}/certificate/{{k:int}}.json", certificate.show_json, name="certificate_json"),
    Route(f"{ONE}/certificate/{{k:int}}", certificate.show, name="certificate"),
    Route(f"{ONE}/position", position.state, name="position", methods=["GET", "POST"]),
    Route(
        f"{ONE}/from-the-room", from_the_room.enter, name="from_the_room", methods=["GET", "POST"]
    ),
    Route(
        f"{ONE}/countersignature",
        from_the_room.sign,
        name="countersignature",
        methods=["GET", "POST"],
    ),
    Route(f"{ONE}/on-behalf", blocs.index, name="blocs"),
    Route(f"{ONE}/on-behalf", blocs.state, name="bloc_stated", methods=["POST"]),
    Route(f"{ONE}/on-behalf/{{id:int}}", blocs.show, name="bloc"),
    Route(f"{ONE}/on-behalf/{{id:int}}", blocs.answer, name="bloc_answer", methods=["POST"]),
    Route(f"{ONE}/question", question.put, name="question", methods=["GET", "POST"]),
    Route(f"{ONE}/question/extension", extension.extend, name="extension", methods=["GET", "POST"]),
    Route(f"{ONE}/question/end", extension.end, name="question_end", methods=["POST"]),
    Route(f"{ONE}/declaration", declaration.declare, name="declaration", methods=["GET", "POST"]),
    Route("/procedures", procedures.index, name="procedures"),
    Route(
        "/procedures/published/{published}", procedures.show_published, name="published_procedure"
    ),
    Route("/procedures/{key}/{procedure}", procedures.show, name="procedure"),
    Route(
        "/secretariat/procedures",
        adoption.adopt,
        name="secretariat_procedures",
        methods=["GET", "POST"],
    ),
    Route(f"{DECISION}/statements.txt", statements.as_txt, name="statements_txt"),
    Route(f"{DECISION}/statements", statements.show, name="statements"),
    Route(f"{DECISION}/statements", statements.make, name="statement", methods=["POST"]),
    Route(
        f"{DECISION}/statements/{{k:int}}/translation",
        statements.translate,
        name="statement_translation",
        methods=["GET", "POST"],
    ),
    Route(f"{DECISION}/corrections", corrections.show, name="corrections"),
    Route(f"{DECISION}/corrections", corrections.correct, name="correction", methods=["POST"]),
    Route("/follow-up.json", follow_ups.show_json, name="follow_ups_json"),
    Route("/follow-up.csv", follow_ups.show_csv, name="follow_ups_csv"),
    Route("/follow-up", follow_ups.show, name="follow_ups"),
    Route("/follow-up/{id:int}", follow_up.show, name="follow_up"),
    Route("/follow-up/{id:int}", follow_up.report, name="progress", methods=["POST"]),
    Route(f"{DECISION}/follow-up", follow_up.on_decision, name="decision_follow_up"),
    Route(f"{DECISION}/follow-up", follow_up.add, name="follow_up_added", methods=["POST"]),
    Route(f"{IMPORTED}/follow-up", follow_up.on_decision, name="imported_follow_up"),
    Route(
        f"{IMPORTED}/follow-up", follow_up.add, name="imported_follow_up_added", methods=["POST"]
    ),
    Route("/positions", matrix.show, name="matrix"),
    Route("/positions/{year:int}.json", matrix.show_json, name="matrix_json"),
    Route("/positions/{year:int}.csv", matrix.show_csv, name="matrix_csv"),
    Route("/positions/{year:int}", matrix.show, name="matrix_of_year"),
]
