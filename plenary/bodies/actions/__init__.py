"""Admit, seat, accredit, suspend; form bodies and fill their offices. Each is on the record.

A door opens the record for one act; its `enter_…` twin does the same inside an act that is open.
The same `key` twice is one act.
"""
