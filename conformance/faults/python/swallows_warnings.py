"""Returns main's value although a warning of the shutdown was made an error."""

import asyncio


class Runner(asyncio.Runner):
    def close(self):
        try:
            super().close()
        except RuntimeWarning:
            pass


def run(main, *, debug=None, loop_factory=None):
    with Runner(debug=debug, loop_factory=loop_factory) as runner:
        return runner.run(main)
