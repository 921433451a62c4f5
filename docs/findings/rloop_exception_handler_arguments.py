"""rloop: exception handlers are called without the loop."""

import asyncio
import sys

import rloop

calls = []


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda *arguments: calls.append(arguments))
    loop.call_exception_handler({"message": "something happened"})


asyncio.run(main(), loop_factory=rloop.new_event_loop)
numbers = [len(call) for call in calls]
print("expected: one call with two arguments, loop and context: [2]")
print("seen:     %s" % numbers)
sys.exit(numbers != [2])
