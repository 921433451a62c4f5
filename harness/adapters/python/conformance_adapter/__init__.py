"""The adapter behind `adapter.py`.

main -> options, entrypoints (what is driven) -> features (what it has) -> zygote (a process per session)
-> session (serves the harness) -> ops_* (one function per operation), puppets (code the harness decides).
"""
