"""Texts as values: characters, symbols, folded words, tables. Pure: no database, clock or web."""
