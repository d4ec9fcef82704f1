"""What is done with a question: put, answered, for others, from the room, extended, ended."""

from plenary.bodies.powers import Power
from plenary.questions.pages import blocs, extension, from_the_room, position, question, time
from plenary.web.routing import Address, form, page, post

ONE = "/proposals/{year:int}/{number:int}"

routes: list[Address] = [
    form(f"{ONE}/position", position.state, Power.STATE_POSITION, Power.BE_HEARD, name="position"),
    form(f"{ONE}/from-the-room", from_the_room.enter, Power.ENTER_FOR_OTHERS, name="from_the_room"),
    form(
        f"{ONE}/countersignature",
        from_the_room.sign,
        Power.STATE_POSITION,
        Power.BE_HEARD,
        name="countersignature",
    ),
    page(f"{ONE}/on-behalf", blocs.index, Power.READ, name="blocs"),
    post(f"{ONE}/on-behalf", blocs.state, Power.STATE_POSITION, name="bloc_stated"),
    page(f"{ONE}/on-behalf/{{id:int}}", blocs.show, Power.READ, name="bloc"),
    post(f"{ONE}/on-behalf/{{id:int}}", blocs.answer, Power.STATE_POSITION, name="bloc_answer"),
    form(f"{ONE}/time", time.ask, Power.STATE_POSITION, name="time"),
    form(f"{ONE}/question", question.put, Power.PUT_QUESTION, name="question"),
    form(f"{ONE}/question/extension", extension.extend, Power.PUT_QUESTION, name="extension"),
    post(f"{ONE}/question/end", extension.end, Power.PUT_QUESTION, name="question_end"),
]
