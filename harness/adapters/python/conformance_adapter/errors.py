"""Why an operation was not done. Never raised by the subject."""


class AdapterError(Exception):
    """The adapter could not even try; the message is a sentence for the author of a test."""


class Unsupported(Exception):
    """The subject has no such thing; the message says what is missing."""


class StartFailure(Exception):
    """The subject cannot be driven at all; the message says which option is to blame."""


class PrivateBaseException(BaseException):
    """An exception no subject can know, derived from BaseException alone."""
