"""The error tree.

OnrecordError
├── ArticleError            one input could not be read or processed; the run goes on without it
│   └── OffsetError         a text does not stand at the offsets that claim it
├── DataError               a data file (gold, training, targets, configuration) is not what it must be
├── ModelError              a model could not be found, loaded or run
│   └── UnknownModelError   no model of that name
├── OutputError             the output could not be written
└── MissingExtraError       an optional dependency is needed and not installed

Every message gives the value, what is allowed, the place (file:line or article id) and the remedy.
"""


class OnrecordError(Exception):
    """Base of every error that onrecord raises on purpose."""


class ArticleError(OnrecordError):
    """One input could not be read or processed.

    Args:
        message: What is wrong and what to do about it.
        place: Where: a path, `path:line`, or an article id.
        stage: The part of the work that failed: `read`, `language`, `parse`, `quotations`, `speakers`, `stance` or
            `write`.
    """

    def __init__(self, message: str, *, place: str, stage: str) -> None:
        super().__init__(f"{place}: {message}")
        self.reason = message
        self.place = place
        self.stage = stage


class OffsetError(ArticleError):
    """A text does not stand at the offsets that claim it."""


class DataError(OnrecordError):
    """A data file is not what it must be."""


class ModelError(OnrecordError):
    """A model could not be found, loaded or run."""


class UnknownModelError(ModelError):
    """No model of that name."""


class OutputError(OnrecordError):
    """The output could not be written."""


class MissingExtraError(OnrecordError):
    """An optional dependency is needed and not installed."""

    def __init__(self, package: str, *, extra: str, purpose: str) -> None:
        super().__init__(f"{purpose} needs the package {package!r}: pip install 'onrecord[{extra}]'")
