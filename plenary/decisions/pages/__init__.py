"""Where proposals stand: the proposal, the matrix, the position, the question, the declaration."""

from plenary.bodies.powers import Power
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
from plenary.web.routing import BOTH, POST, Address

ONE = "/proposals/{year:int}/{number:int}"
DECISION = "/decisions/{year:int}/{number:int}"
IMPORTED = "/decisions/{register}/{source_id:path}"

routes: list[Address] = [
    Address("/proposals", proposal.index, Power.READ, name="proposals"),
    Address("/proposals/{year:int}", proposal.index, Power.READ, name="proposals_of_year"),
    Address(f"{ONE}.json", proposal.show_json, Power.READ, name="proposal_json"),
    Address(ONE, proposal.show, Power.READ, name="proposal"),
    Address(f"{ONE}/history", proposal.history, Power.READ, name="history"),
    Address(f"{ONE}/positions", proposal.positions, Power.READ, name="positions_on"),
    Address(f"{ONE}/distance.json", distance.show_json, Power.READ, name="distance_json"),
    Address(f"{ONE}/distance", distance.show, Power.READ, name="distance"),
    Address(
        f"{ONE}/certificate.json", certificate.show_json, Power.READ, name="newest_certificate_json"
    ),
    Address(f"{ONE}/certificate", certificate.show, Power.READ, name="newest_certificate"),
    Address(
        f"{ONE}/certificate/{{k:int}}.json",
        certificate.show_json,
        Power.READ,
        name="certificate_json",
    ),
    Address(f"{ONE}/certificate/{{k:int}}", certificate.show, Power.READ, name="certificate"),
    Address(
        f"{ONE}/position",
        position.state,
        Power.STATE_POSITION,
        Power.BE_HEARD,
        methods=BOTH,
        name="position",
    ),
    Address(
        f"{ONE}/from-the-room",
        from_the_room.enter,
        Power.ENTER_FOR_OTHERS,
        methods=BOTH,
        name="from_the_room",
    ),
    Address(
        f"{ONE}/countersignature",
        from_the_room.sign,
        Power.STATE_POSITION,
        Power.BE_HEARD,
        methods=BOTH,
        name="countersignature",
    ),
    Address(f"{ONE}/on-behalf", blocs.index, Power.READ, name="blocs"),
    Address(
        f"{ONE}/on-behalf", blocs.state, Power.STATE_POSITION, methods=POST, name="bloc_stated"
    ),
    Address(f"{ONE}/on-behalf/{{id:int}}", blocs.show, Power.READ, name="bloc"),
    Address(
        f"{ONE}/on-behalf/{{id:int}}",
        blocs.answer,
        Power.STATE_POSITION,
        methods=POST,
        name="bloc_answer",
    ),
    Address(f"{ONE}/question", question.put, Power.PUT_QUESTION, methods=BOTH, name="question"),
    Address(
        f"{ONE}/question/extension",
        extension.extend,
        Power.PUT_QUESTION,
        methods=BOTH,
        name="extension",
    ),
    Address(
        f"{ONE}/question/end", extension.end, Power.PUT_QUESTION, methods=POST, name="question_end"
    ),
    Address(
        f"{ONE}/declaration", declaration.declare, Power.DECLARE, methods=BOTH, name="declaration"
    ),
    Address("/procedures", procedures.index, Power.READ, name="procedures"),
    Address(
        "/procedures/published/{published}",
        procedures.show_published,
        Power.READ,
        name="published_procedure",
    ),
    Address("/procedures/{key}/{procedure}", procedures.show, Power.READ, name="procedure"),
    Address(
        "/secretariat/procedures",
        adoption.adopt,
        Power.ADMINISTER,
        methods=BOTH,
        name="secretariat_procedures",
    ),
    Address(f"{DECISION}/statements.txt", statements.as_txt, Power.READ, name="statements_txt"),
    Address(f"{DECISION}/statements", statements.show, Power.READ, name="statements"),
    Address(
        f"{DECISION}/statements",
        statements.make,
        Power.MAKE_STATEMENT,
        methods=POST,
        name="statement",
    ),
    Address(
        f"{DECISION}/statements/{{k:int}}/translation",
        statements.translate,
        Power.MAKE_STATEMENT,
        Power.ADMINISTER,
        methods=BOTH,
        name="statement_translation",
    ),
    Address(f"{DECISION}/corrections", corrections.show, Power.READ, name="corrections"),
    Address(
        f"{DECISION}/corrections",
        corrections.correct,
        Power.CORRECT_RECORD,
        methods=POST,
        name="correction",
    ),
    Address("/follow-up.json", follow_ups.show_json, Power.READ, name="follow_ups_json"),
    Address("/follow-up.csv", follow_ups.show_csv, Power.READ, name="follow_ups_csv"),
    Address("/follow-up", follow_ups.show, Power.READ, name="follow_ups"),
    Address("/follow-up/{id:int}", follow_up.show, Power.READ, name="follow_up"),
    Address(
        "/follow-up/{id:int}",
        follow_up.report,
        Power.REPORT_PROGRESS,
        methods=POST,
        name="progress",
    ),
    Address(f"{DECISION}/follow-up", follow_up.on_decision, Power.READ, name="decision_follow_up"),
    Address(
        f"{DECISION}/follow-up",
        follow_up.add,
        Power.ADMINISTER,
        methods=POST,
        name="follow_up_added",
    ),
    Address(f"{IMPORTED}/follow-up", follow_up.on_decision, Power.READ, name="imported_follow_up"),
    Address(
        f"{IMPORTED}/follow-up",
        follow_up.add,
        Power.ADMINISTER,
        methods=POST,
        name="imported_follow_up_added",
    ),
    Address("/positions", matrix.show, Power.READ, name="matrix"),
    Address("/positions/{year:int}.json", matrix.show_json, Power.READ, name="matrix_json"),
    Address("/positions/{year:int}.csv", matrix.show_csv, Power.READ, name="matrix_csv"),
    Address("/positions/{year:int}", matrix.show, Power.READ, name="matrix_of_year"),
]
