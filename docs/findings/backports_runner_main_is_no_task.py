"""backports.asyncio.runner: inside its Runner the current task is no asyncio.Task."""

import asyncio
import sys

from backports.asyncio.runner import Runner


async def main():
    return isinstance(asyncio.current_task(), asyncio.Task)


with Runner() as runner:
    seen = runner.run(main())
print("expected: isinstance(asyncio.current_task(), asyncio.Task) is True, as in asyncio.run()")
print("seen:     %s (and in asyncio.run: %s)" % (seen, asyncio.run(main())))
sys.exit(not seen)
