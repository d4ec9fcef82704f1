"""E-mail addresses: one strict rule, and whatever passes it is one recipient in a header."""

from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plenary.mailbox import address_of, sender_of

GOOD = {
    "ada@example.org": "ada@example.org",
    " Head.ALD@Example.ORG ": "head.ald@example.org",
    "o'neill+kp@mail.gov.ie": "o'neill+kp@mail.gov.ie",
    "info@bücher.example": "info@xn--bcher-kva.example",
    "a@пример.рф": "a@xn--e1afmkfd.xn--p1ai",
}
BAD = (
    "", "@", "a", "a@", "@b.c", "a@b", "a b@c.org", "a@b c.org", "a@b@c.org", "a@b.c,root",
    "&~/@%,_", "a@[127.0.0.1]", "a@127.0.0.1", "a..b@c.org", ".a@c.org", "a.@c.org", '"a b"@c.org',
    "a@b.c;d@e.f", "a@b..c", "a@-b.org", "a@b-.org", "é@c.org", "a@b.org\nBcc: x@y.org",
    "<a@b.org>", "Ada <a@b.org>", "a(comment)@b.org", "x" * 65 + "@b.org",
    "a@" + "b." * 130 + "org",
    "a@" + "b" * 64 + ".org", "a@b.c\x00", "a@\u200b.org", "a@xn--a.\u3002",
)  # fmt: skip


@pytest.mark.parametrize("typed, kept", GOOD.items())
def test_an_address_is_kept_in_one_form(typed: str, kept: str) -> None:
    assert address_of(typed) == kept
    assert address_of(kept) == kept


@pytest.mark.parametrize("typed", BAD)
def test_what_is_no_single_address_is_none(typed: str) -> None:
    assert address_of(typed) == ""


ODD = st.text(st.sampled_from("a1.-_@&~/%,;:<>()[]\"' +é\u3002\u200b\n\0ＡК"), max_size=40)


@settings(max_examples=300)
@given(ODD | st.emails() | st.text(max_size=30))
@example("&~/@%,_")
@example("a@b.c,root")
def test_whatever_is_taken_is_one_recipient_in_the_header_of_a_mail(typed: str) -> None:
    address = address_of(typed)
    if not address:
        return
    mail = EmailMessage()
    mail["To"] = address
    assert mail.as_bytes(policy=SMTP.clone(max_line_length=0)).startswith(
        f"To: {address}\r\n".encode()
    )
    assert [recipient.addr_spec for recipient in mail["To"].addresses] == [address]


def test_a_sender_may_have_a_name() -> None:
    assert sender_of("Plenary <notices@example.org>") == "notices@example.org"
    assert sender_of("notices@example.org") == "notices@example.org"
    for none in (
        "not an address",
        "a@b.org, c@d.org",
        "X <a@b>",
        "X <a@b.org> y",
        "a@b.org\nTo: x@y.z",
    ):
        assert sender_of(none) == "", none
