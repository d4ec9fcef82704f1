"""plenary: where an intergovernmental body works on texts and decides by consensus, on a record."""

__version__ = "0.1.0"
