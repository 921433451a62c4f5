"""trio_asyncio.run, which runs a function of trio's; asyncio's coroutines need an adapter of its own inside."""

import trio_asyncio


def run(main):
    async def call():
        return await trio_asyncio.aio_as_trio(wait)()

    async def wait():
        return await main

    return trio_asyncio.run(call)
