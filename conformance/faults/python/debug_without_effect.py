"""Has a debug mode that does not look at the calling thread."""

import asyncio


class Runner(asyncio.Runner):
    def get_loop(self):
        return _blind(super().get_loop())

    def run(self, coro, *, context=None):
        self.get_loop()
        return super().run(coro, context=context)


def _blind(loop):
    loop._check_thread = lambda: None
    return loop


def run(main, *, debug=None, loop_factory=None):
    def factory():
        return _blind((loop_factory or asyncio.new_event_loop)())

    return asyncio.run(main, debug=debug, loop_factory=factory)
