"""The letters of sign-in: a plain text in every language, the page's own first."""

from starlette.requests import Request

from plenary.web import language
from plenary.web.render import html


def letter(request: Request, template: str, **facts: object) -> tuple[str, str]:
    """Subject and text of a letter in every language; the first line of each is its subject."""
    spoken = language.current()
    order = sorted(language.LANGUAGES, key=lambda code: code != spoken)
    texts = [_in(code, request, template, facts) for code in order]
    language.use(spoken)
    subject = texts[0].partition("\n")[0]
    return subject, "\n\n– – –\n\n".join(text.partition("\n")[2].strip() for text in texts) + "\n"


def _in(code: str, request: Request, template: str, facts: dict[str, object]) -> str:
    language.use(code)
    return html(request, template, **facts).strip()
