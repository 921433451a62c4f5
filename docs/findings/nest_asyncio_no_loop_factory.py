"""nest_asyncio: the asyncio.run() it installs refuses loop_factory, which 3.12 added."""

import asyncio
import sys

import nest_asyncio

nest_asyncio.apply()


async def main():
    return "ran"


coroutine = main()
print("expected: ran")
try:
    print("seen:     %s" % asyncio.run(coroutine, loop_factory=asyncio.SelectorEventLoop))
except TypeError as error:
    coroutine.close()
    print("seen:     TypeError: %s" % error)
    sys.exit(1)
