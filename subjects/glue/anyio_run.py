"""anyio.run, which wants the options of asyncio.run in a dictionary."""

import anyio


def run(function, **options):
    given = {name: value for name, value in options.items() if value is not None}
    return anyio.run(function, backend_options=given)
