"""The mail with a sign-in link: a plain text in every language, the page's own first."""

from starlette.requests import Request

from plenary.web import language
from plenary.web.render import html


def letter(request: Request, address: str, *, anywhere: bool = False) -> tuple[str, str]:
    """Subject and text; without an address it says that nobody here has this e-mail address."""
    spoken = language.current()
    order = sorted(language.LANGUAGES, key=lambda one: one != spoken)
    texts = [_in(one, request, address, anywhere) for one in order]
    language.use(spoken)
    subject = texts[0].partition("\n")[0]
    return subject, "\n\n– – –\n\n".join(text.partition("\n")[2].strip() for text in texts) + "\n"


def _in(one: str, request: Request, address: str, anywhere: bool) -> str:
    language.use(one)
    return html(request, "people/letter.txt", address=address, anywhere=anywhere).strip()
