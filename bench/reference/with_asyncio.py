"""The rows with asyncio, or with uvloop: with_asyncio.py [--uvloop] ROW COUNT. Prints what program.ts prints."""

import asyncio
import gc
import json
import os
import sys
import time

TIMERS_AT_ONCE = 1000


async def task_switch(count):
    for _ in range(count):
        await asyncio.sleep(0)


async def spawn_join(count):
    for _ in range(count):
        await asyncio.create_task(nothing())


async def future_wake_up(count):
    loop = asyncio.get_running_loop()
    ping, pong = loop.create_future(), loop.create_future()

    async def partner():
        nonlocal ping
        for i in range(count // 2):
            await ping
            ping = loop.create_future()
            pong.set_result(i)

    task = asyncio.create_task(partner())
    for i in range(count // 2):
        answer = pong
        ping.set_result(i)
        await answer
        pong = loop.create_future()
    await task


async def timer_churn(count):
    loop = asyncio.get_running_loop()
    for _ in range(0, count, TIMERS_AT_ONCE):
        timers = [loop.call_later(60 + i, tick) for i in range(TIMERS_AT_ONCE)]
        for timer in timers:
            timer.cancel()
        await asyncio.sleep(0)


def start_to_end(count):
    for _ in range(count):
        run(nothing())


async def idle_task(count, look):
    tasks = [asyncio.create_task(wait_forever()) for _ in range(count)]
    await asyncio.sleep(0)
    look()
    for task in tasks:
        task.cancel()


async def nothing():
    pass


async def wait_forever():
    await asyncio.get_running_loop().create_future()


def tick():
    raise AssertionError("no timer is ever due")


def play(row, count):
    program = globals()[row.replace("-", "_")]
    if row == "start-to-end":
        program(count)
    else:
        run(program(count))


def seconds_of(row, count):
    play(row, max(count // 10, TIMERS_AT_ONCE))
    gc.collect()
    wall, cpu = time.perf_counter(), time.process_time()
    play(row, count)
    return {
        "cpu": (time.process_time() - cpu) / count,
        "wall": (time.perf_counter() - wall) / count,
    }


def bytes_of(count):
    """What twice as many tasks need more."""
    occupied = []

    def look():
        gc.collect()
        occupied.append(resident_bytes())

    for tasks in (count, 2 * count):
        run(idle_task(tasks, look))
    once, twice = occupied
    return {"bytes": (twice - once) / count}


def resident_bytes():
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


run = asyncio.run
*flags, row, count = sys.argv[1:]
if flags == ["--uvloop"]:
    import uvloop

    run = uvloop.run

print(json.dumps(bytes_of(int(count)) if row == "idle-task" else seconds_of(row, int(count))))
