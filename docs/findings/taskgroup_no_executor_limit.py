"""taskgroup.run, a copy of 3.12's asyncio.run, waits for the default executor without the limit of 3.12."""

import asyncio
import sys

import taskgroup

limits = []


class Loop(asyncio.SelectorEventLoop):
    async def shutdown_default_executor(self, timeout=None):
        limits.append(timeout)
        await super().shutdown_default_executor()


async def main():
    pass


taskgroup.run(main(), loop_factory=Loop)
print("expected: shutdown_default_executor is called with 300")
print("seen:     %s" % limits)
sys.exit(limits != [300])
