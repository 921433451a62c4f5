"""Asks for the textual form of every result."""

import asyncio


class Runner(asyncio.Runner):
    def run(self, coro, *, context=None):
        return _noted(super().run(coro, context=context))


def run(main, **options):
    return _noted(asyncio.run(main, **options))


def _noted(result):
    repr(result)
    return result
