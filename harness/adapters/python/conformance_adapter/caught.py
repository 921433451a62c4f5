"""Warnings, every one of them."""

import warnings


def record():
    """From now on no warning is filtered; returns the growing list of {category, message}."""
    seen = []

    def showwarning(message, category, filename, lineno, file=None, line=None):
        seen.append({"category": category.__name__, "message": str(message)})

    warnings.resetwarnings()
    warnings.simplefilter("always")
    warnings.showwarning = showwarning
    return seen
