"""tornado's way to run one coroutine."""

from tornado.ioloop import IOLoop


def run(main):
    loop = IOLoop(make_current=False)
    try:
        return loop.run_sync(lambda: main)
    finally:
        loop.close(all_fds=True)
