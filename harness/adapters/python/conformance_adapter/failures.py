"""What a reader needs to know about an exception."""

import math
import os

_OURS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_MOST_FRAMES = 30
_MOST_TEXT = 10000


def describe(exception, number):
    """The wire's form of `exception`, which the session knows by `number`."""
    described = {
        "ref": number,
        "kind": "exception",
        "type": type(exception).__name__,
        "bases": [base.__name__ for base in type(exception).__mro__ if base is not object],
        "message": _message(exception),
        "args": [_scalar(argument) for argument in exception.args],
    }
    traceback = _traceback(exception)
    if traceback:
        described["traceback"] = traceback
    return described


def _message(exception):
    try:
        return str(exception)[:_MOST_TEXT]
    except Exception as error:
        return "<str() of it raised %s>" % type(error).__name__


def _scalar(argument):
    if type(argument) is str:
        return argument[:_MOST_TEXT]
    if type(argument) is float:
        return argument if math.isfinite(argument) else None
    if type(argument) is int:
        return argument if abs(argument) <= 1 << 53 else None
    return argument if type(argument) is bool else None


def _traceback(exception):
    """The frames that are not ours, without source lines: reading files would cost more than everything else."""
    lines = []
    entry = exception.__traceback__
    while entry is not None:
        code = entry.tb_frame.f_code
        if not code.co_filename.startswith(_OURS):
            lines.append('  File "%s", line %s, in %s' % (code.co_filename, entry.tb_lineno, code.co_name))
        entry = entry.tb_next
    return "\n".join(lines[-_MOST_FRAMES:])
