"""From the command line to the first frame."""

import sys
import traceback

from . import channel, entrypoints, features, session, zygote
from .errors import StartFailure
from .options import parse


def main(script, arguments):
    """Runs the adapter; never returns."""
    options = parse(arguments)
    session.dump_on_request()  # An import may hang.
    fds = channel.take_over() if options.inherit is None else None
    try:
        subject = entrypoints.load(options)
    except StartFailure as failure:
        if failure.__cause__ is not None:
            cause = failure.__cause__
            traceback.print_exception(type(cause), cause, cause.__traceback__)
        sys.stderr.write("%s\n" % " ".join(str(failure).split()))  # One line, whatever the exception says.
        sys.exit(3)
    subject.features = features.probe(subject, options)
    if options.inherit is not None:
        zygote.run_inherited(subject, options)
    elif options.isolation == "fork":
        zygote.serve(subject, options, fds, script, arguments)
    else:
        zygote.serve_once(subject, options, fds)
