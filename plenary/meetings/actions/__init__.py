"""Call a meeting; draft, edit and issue its communiqué. Each is on the record.

A door opens the record for one act; its `enter_…` twin does the same inside an act that is open.
"""
