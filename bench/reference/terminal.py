"""Types ^C into real pseudo-terminals in which two examples of the reference run, again and again.

    npm run build && python3 bench/reference/terminal.py --times 100

ctrl-c.js gets one ^C: it has to print its clean-up and to die by SIGINT, which a shell shows as 130. tight-loop.js, in
an endless loop, gets two: it has to die by SIGINT as well. A program that has not ended after 15 seconds hangs.
Exit status 0 if nothing else ever happened.
"""

import argparse
import os
import pathlib
import pty
import select
import signal
import statistics
import sys
import time

HANGS_AFTER = 15.0
INTERRUPT_KEY = b"\x03"


class Hang(Exception):
    """The program did not do what it had to do in time."""


class Terminal:
    """A program on a pseudo-terminal of its own, as its controlling terminal."""

    def __init__(self, command):
        self.output = b""
        self.deadline = time.monotonic() + HANGS_AFTER
        self.pid, self.screen = pty.fork()
        if self.pid == 0:
            os.execvp(command[0], command)

    def wait_for(self, text):
        while text not in self.output:
            if not self.read():
                raise Hang(f"ended without printing {text!r}")

    def read(self):
        """Reads something more; false at the end."""
        remaining = self.deadline - time.monotonic()
        if remaining <= 0 or not select.select([self.screen], [], [], remaining)[0]:
            raise Hang("still running")
        try:
            data = os.read(self.screen, 65536)
        except OSError:  # Linux has EIO for "nobody has it open any more"
            data = b""
        self.output += data
        return data != b""

    def type_interrupt(self):
        """Types ^C, and returns once the program has got it: two signals that meet on their way are one."""
        self.output, before = b"", self.output
        os.write(self.screen, INTERRUPT_KEY)
        self.wait_for(b"^C")  # the terminal echoes it when it sends the signal
        self.output = before + self.output
        while self.signal_is_pending():
            time.sleep(0.001)

    def signal_is_pending(self):
        try:
            status = pathlib.Path(f"/proc/{self.pid}/status").read_text()
        except OSError:
            return False
        masks = [line.split()[1] for line in status.splitlines() if line.startswith("ShdPnd:")]
        return any(int(mask, 16) & 1 << (signal.SIGINT - 1) for mask in masks)

    def wait(self):
        """Reads to the end; the exit status in the words of a shell."""
        while self.read():
            pass
        while True:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid != 0:
                self.pid = 0
                return 128 + os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
            if time.monotonic() > self.deadline:
                raise Hang("closed the terminal and is still running")
            time.sleep(0.001)

    def close(self):
        if self.pid != 0:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.screen)


def interrupt(command, prompt, keys, expected):
    """One program, `keys` times ^C after `prompt`. Seconds from the last ^C to the end; raises if it ends differently."""
    terminal = Terminal(command)
    try:
        terminal.wait_for(prompt)
        for _ in range(keys):
            terminal.type_interrupt()
        typed = time.monotonic()
        status = terminal.wait()
        took = time.monotonic() - typed
        if status != 130:
            raise Hang(f"exit status {status} instead of 130")
        if expected not in terminal.output:
            raise Hang(f"ended without printing {expected!r}")
        return took
    except Hang as failure:
        raise Hang(f"{failure}; it printed {terminal.output.decode(errors='replace')!r}") from None
    finally:
        terminal.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=100)
    default = pathlib.Path(__file__).resolve().parents[2] / "dist/examples"
    parser.add_argument("folder", nargs="?", type=pathlib.Path, default=default)
    options = parser.parse_args()

    programs = [
        ("ctrl-c.js", b"press Ctrl-C", 1, b"cleaned up"),
        ("tight-loop.js", b"press Ctrl-C twice", 2, b"KeyboardInterrupt"),
    ]
    failed = False
    for name, prompt, keys, expected in programs:
        command = [os.environ.get("NODE", "node"), str(options.folder / name)]
        times = []
        for attempt in range(1, options.times + 1):
            try:
                times.append(interrupt(command, prompt, keys, expected))
            except Hang as failure:
                failed = True
                print(f"{name}, attempt {attempt}: {failure}", file=sys.stderr)
        middle = f", {statistics.median(times) * 1000:.0f} ms from the last ^C to the end" if times else ""
        print(f"{name:<14} {len(times)} of {options.times} ended as they should, status 130{middle}")
    sys.exit(1 if failed else 0)


main()
