"""Has a debug mode that does not look at the calling thread."""

import asyncio


class Runner(asyncio.Runner):
    def get_loop(self):
        loop = super().get_loop()
        loop._check_thread = lambda: None
        return loop

    def run(self, coro, *, context=None):
        if asyncio._get_running_loop() is None:
            self.get_loop()
        return super().run(coro, context=context)


def run(main, *, debug=None, loop_factory=None):
    if asyncio._get_running_loop() is not None:
        raise RuntimeError("asyncio.run() cannot be called from a running event loop")
    with Runner(debug=debug, loop_factory=loop_factory) as runner:
        return runner.run(main)
