"""Small registers of past decisions to import."""

from plenary.registers.rules import Register, read_register

HEADER = "date,place,meeting,kind,title,summary,source,procedure,confidence"
SEALS = (
    "2003-04-30,Sealand,Plenary,administrative decision,Seals,Every stone,https://example.org/1,"
    "plenary consensus,confirmed"
)
EPIDEMIC = (
    "2003,,between meetings,deferred,Épidémie: report,,https://example.org/2,not stated,press"
)
AMENDED = (
    "2011-11,Sealand,Plenary,mandate,AD 005-2011: support amended,Who pays,,written procedure,"
    "uncertain"
)
RESOLUTION = (
    "2020-03-03,New York,UN General Assembly,UNGA resolution (external),"
    "A/RES/74/268 Role of diamonds,,https://example.org/4,adopted without a vote,confirmed"
)
ALL = (SEALS, EPIDEMIC, AMENDED, RESOLUTION)
FRENCH = """La Plénière,

Rappelant son mandat,

1. Décide [avant] l’envoi.
2. Demande un rapport.
"""


def csv_of(*rows: str, header: str = HEADER) -> bytes:
    return "\r\n".join([header, *rows, ""]).encode()


def register(*rows: str, header: str = HEADER, file: str = "past.csv") -> Register:
    return read_register(csv_of(*(rows or ALL), header=header), file)
