"""What is done with a question: put, answered, for others, from the room, extended, ended."""

from plenary.bodies.powers import Power
from plenary.questions.pages import blocs, extension, from_the_room, position, question
from plenary.web.routing import BOTH, POST, Address

ONE = "/proposals/{year:int}/{number:int}"

routes: list[Address] = [
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
]
