"""The command line."""

import argparse
import os
import sys

# Emscripten has the function, and all it does is fail.
CAN_FORK = hasattr(os, "fork") and sys.platform != "emscripten"
EDITIONS = ("3.7", "3.8", "3.9", "3.10", "3.11-draft", "3.11", "3.12", "3.13", "3.14", "3.15")


def parse(arguments):
    """The options, checked. Exits with 3 and a sentence when they make no sense."""
    parser = _Parser(prog="adapter.py", description="Drives a Python implementation of the asyncio Runners chapter.")
    add = parser.add_argument
    add("--runner", metavar="MODULE:NAME", type=_name, help="class like asyncio.Runner, or none")
    add("--run", metavar="MODULE:NAME", type=_name, help="function like asyncio.run, or none")
    add("--loop-factory", metavar="MODULE:NAME", type=_name, help="makes the loops asyncio.new_event_loop() gives")
    add("--setup", metavar="MODULE", help="imported before anything else of the subject")
    add("--path", metavar="DIR", action="append", default=[], help="searched first for modules; repeatable")
    add("--editions", metavar="LIST", type=_editions, help="editions to claim, such as 3.11,3.12")
    add("--without", metavar="LIST", type=_words, default=[], help="features it lacks although asyncio has them")
    add("--call-style", choices=("coroutine", "function"), default="coroutine", help="what --run is called with")
    add("--isolation", choices=("fork", "process"), default="fork" if CAN_FORK else "process")
    add("--inherit", help=argparse.SUPPRESS)  # For a session in a fresh interpreter: its descriptors
    add("--features", help=argparse.SUPPRESS)  # and what was found out already.
    options = parser.parse_args(arguments)
    if options.isolation == "fork" and not CAN_FORK:
        parser.error("--isolation fork: this Python cannot fork")
    return options


class _Parser(argparse.ArgumentParser):
    def error(self, message):
        self.exit(3, "adapter.py: %s\n" % message)


def _name(text):
    if text == "none":
        return text
    module, colon, name = text.partition(":")
    if not (module and colon and name):
        raise argparse.ArgumentTypeError("expected MODULE:NAME or none, got %r" % text)
    return text


def _words(text):
    return text.split(",")


def _editions(text):
    claimed = text.split(",")
    for edition in claimed:
        if edition not in EDITIONS:
            raise argparse.ArgumentTypeError("expected editions out of %s, got %r" % (" ".join(EDITIONS), edition))
    return sorted(set(claimed), key=EDITIONS.index)
