"""Returns main's value although a warning of the shutdown was made an error."""

import asyncio


class Runner(asyncio.Runner):
    def close(self):
        try:
            super().close()
        except RuntimeWarning:
            pass


def run(main, *, debug=None, loop_factory=None):
    if asyncio._get_running_loop() is not None:
        raise RuntimeError("asyncio.run() cannot be called from a running event loop")
    with Runner(debug=debug, loop_factory=loop_factory) as runner:
        return runner.run(main)
