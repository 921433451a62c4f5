"""aiorun runs for ever; its README ends a program by stopping the loop, and so does this."""

import asyncio

import aiorun


def run(main):
    outcome = []

    async def until_done():
        try:
            outcome.append(await main)
        finally:
            if not asyncio.current_task().cancelling():  # Otherwise aiorun is at it already.
                asyncio.get_running_loop().stop()

    aiorun.run(until_done(), stop_on_unhandled_errors=True)
    return outcome[0] if outcome else None
