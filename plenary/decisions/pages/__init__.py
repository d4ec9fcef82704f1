"""The declaration, and what stands beside a decision."""

from plenary.bodies.powers import Power
from plenary.decisions.pages import (
    certificate,
    corrections,
    declaration,
    follow_up,
    follow_ups,
    statements,
)
from plenary.web.routing import BOTH, POST, Address

ONE = "/proposals/{year:int}/{number:int}"
DECISION = "/decisions/{year:int}/{number:int}"
IMPORTED = "/decisions/{register}/{source_id:path}"

routes: list[Address] = [
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
        f"{ONE}/declaration", declaration.declare, Power.DECLARE, methods=BOTH, name="declaration"
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
]
