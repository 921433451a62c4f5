"""Runners that are wrong about SIGINT, where it matters that Python interrupts code between any two instructions."""

import asyncio
import signal


class Immediate(asyncio.Runner):
    """Raises KeyboardInterrupt at the first SIGINT wherever main is."""

    def _on_sigint(self, signum, frame, main_task):
        raise KeyboardInterrupt()


class Late(asyncio.Runner):
    """Cancels main in the next turn of the loop."""

    def _on_sigint(self, signum, frame, main_task):
        self._interrupt_count += 1
        if self._interrupt_count > 1:
            raise KeyboardInterrupt()
        self._loop.call_soon_threadsafe(main_task.cancel)


class Patient(asyncio.Runner):
    """Only cancels main again at the second SIGINT."""

    def _on_sigint(self, signum, frame, main_task):
        self._interrupt_count += 1
        main_task.cancel()
        self._loop.call_soon_threadsafe(lambda: None)


class Forgiving(asyncio.Runner):
    """Takes the next SIGINT for the first one when main has called uncancel()."""

    def _on_sigint(self, signum, frame, main_task):
        if main_task.cancelling() == 0:
            self._interrupt_count = 0
        super()._on_sigint(signum, frame, main_task)


class HidesErrors(asyncio.Runner):
    """Raises KeyboardInterrupt instead of an error main raises before it hears of the SIGINT."""

    def _on_sigint(self, signum, frame, main_task):
        self._main_task = main_task
        super()._on_sigint(signum, frame, main_task)

    def run(self, coro, *, context=None):
        self._main_task = None
        try:
            return super().run(coro, context=context)
        except Exception:
            if self._main_task is not None and self._main_task._must_cancel:
                raise KeyboardInterrupt() from None
            raise


class DeafBetweenRuns(asyncio.Runner):
    """Ignores SIGINT between two runs."""

    def run(self, coro, *, context=None):
        self._listen()
        try:
            return super().run(coro, context=context)
        finally:
            if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
                signal.signal(signal.SIGINT, _ignore)

    def close(self):
        self._listen()
        super().close()

    def _listen(self):
        if signal.getsignal(signal.SIGINT) is _ignore:
            signal.signal(signal.SIGINT, signal.default_int_handler)


def _ignore(signum, frame):
    pass


def _run_with(runner_class):
    def run(main, *, debug=None, loop_factory=None):
        if asyncio._get_running_loop() is not None:
            raise RuntimeError("asyncio.run() cannot be called from a running event loop")
        with runner_class(debug=debug, loop_factory=loop_factory) as runner:
            return runner.run(main)

    return run


run_immediate = _run_with(Immediate)
run_late = _run_with(Late)
run_patient = _run_with(Patient)
run_hides_errors = _run_with(HidesErrors)
run_forgiving = _run_with(Forgiving)
