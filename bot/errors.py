"""What can go wrong, and whose it is to mend.

    GzaError                 one sentence for the operator, with what to do; the program stops, nothing is lost
      + SettingsError        an environment variable is missing or wrong
      + AlreadyRunning       another `gza run` holds this DATA_DIR
      + Unreachable          the Bot API does not answer at the start
      + TokenRefused         the Bot API does not know the token
      + RestoreUnchecked     a backup was put back and nobody has looked at it
    storage.StorageError     the keyring or the database: see storage/errors.py
    dialogs.BookBroken       a script, fact or catalogue: file, line, what is wrong
    telegram.DeliveryError   one letter: see bot/telegram/failures.py; never stops the program

No text of an error carries a person's words, ids, tokens or keys.
"""


class GzaError(Exception):
    """One sentence for the operator, with what to do."""


class SettingsError(GzaError):
    """An environment variable is missing or wrong."""


class AlreadyRunning(GzaError):
    """Another `gza run` works on the same DATA_DIR."""


class Unreachable(GzaError):
    """The Bot API does not answer."""


class TokenRefused(GzaError):
    """The Bot API does not know the token."""


class RestoreUnchecked(GzaError):
    """A backup was put back, and `gza doctor` has not found it in order yet."""
