"""asgiref's way to run one coroutine."""

from asgiref.sync import async_to_sync


def run(main):
    async def call():
        return await main

    return async_to_sync(call)()
