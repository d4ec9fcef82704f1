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
from plenary.web.routing import Address, form, page, post

ONE = "/proposals/{year:int}/{number:int}"
DECISION = "/decisions/{year:int}/{number:int}"
IMPORTED = "/decisions/{register}/{source_id:path}"

routes: list[Address] = [
    page(
        f"{ONE}/certificate.json", certificate.show_json, Power.READ, name="newest_certificate_json"
    ),
    page(f"{ONE}/certificate", certificate.show, Power.READ, name="newest_certificate"),
    page(
        f"{ONE}/certificate/{{k:int}}.json",
        certificate.show_json,
        Power.READ,
        name="certificate_json",
    ),
    page(f"{ONE}/certificate/{{k:int}}", certificate.show, Power.READ, name="certificate"),
    form(f"{ONE}/declaration", declaration.declare, Power.DECLARE, name="declaration"),
    page(f"{DECISION}/statements.txt", statements.as_txt, Power.READ, name="statements_txt"),
    page(f"{DECISION}/statements", statements.show, Power.READ, name="statements"),
    post(f"{DECISION}/statements", statements.make, Power.MAKE_STATEMENT, name="statement"),
    form(
        f"{DECISION}/statements/{{k:int}}/translation",
        statements.translate,
        Power.MAKE_STATEMENT,
        Power.ADMINISTER,
        name="statement_translation",
    ),
    page(f"{DECISION}/corrections", corrections.show, Power.READ, name="corrections"),
    post(f"{DECISION}/corrections", corrections.correct, Power.CORRECT_RECORD, name="correction"),
    page("/follow-up.json", follow_ups.show_json, Power.READ, name="follow_ups_json"),
    page("/follow-up.csv", follow_ups.show_csv, Power.READ, name="follow_ups_csv"),
    page("/follow-up", follow_ups.show, Power.READ, name="follow_ups"),
    page("/follow-up/{id:int}", follow_up.show, Power.READ, name="follow_up"),
    post("/follow-up/{id:int}", follow_up.report, Power.REPORT_PROGRESS, name="progress"),
    page(f"{DECISION}/follow-up", follow_up.on_decision, Power.READ, name="decision_follow_up"),
    post(f"{DECISION}/follow-up", follow_up.add, Power.ADMINISTER, name="follow_up_added"),
    page(f"{IMPORTED}/follow-up", follow_up.on_decision, Power.READ, name="imported_follow_up"),
    post(f"{IMPORTED}/follow-up", follow_up.add, Power.ADMINISTER, name="imported_follow_up_added"),
]
