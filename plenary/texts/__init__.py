"""Texts as values: clauses, redline, characters, symbols, folded words, tables. Pure."""
