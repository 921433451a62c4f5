"""Calls the first parameter of Runner.run() main."""

import asyncio


class Runner(asyncio.Runner):
    def run(self, main, *, context=None):
        return super().run(main, context=context)
