"""Every way policygraph refuses, in one tree.

::

    PolicygraphError
    ├── SourceError            a source cannot become a page
    │   ├── EmptySource
    │   ├── UnknownFormat
    │   └── UndecodableText
    ├── NotANotice             a page that is not an official notice
    ├── StoreError             a store cannot be opened or does not hold what was asked
    │   ├── UnknownId
    │   └── LimitExceeded
    ├── QuestionError          a question cannot be put
    │   ├── UnknownQuestion
    │   ├── BadParameter
    │   └── UnknownOrganisation
    ├── ExportError            the graph cannot be written in a format
    ├── WatchError             the watch cannot be set up, or another run holds it
    │   └── FetchError         an address cannot be fetched, now or ever
    ├── JudgementError         a judgement cannot be read, made or taken back
    ├── PlotError              a picture cannot be drawn: matplotlib or a font with Chinese is missing
    └── GoldError              a gold file that does not follow the guide

A message is one line, ``<source>[@offset]: <what is wrong, lower case> (<what to do>)``. Where the work can
go on, nothing is raised: an :class:`policygraph.models.Issue` is reported instead.
"""

from __future__ import annotations


class PolicygraphError(Exception):
    """Anything that policygraph refuses to do; ``str()`` is the one line a user sees."""

    def __init__(self, source: str, what: str, remedy: str, *, offset: int | None = None) -> None:
        self.source = source
        self.what = what
        self.remedy = remedy
        self.offset = offset
        place = source if offset is None else f"{source}@{offset}"
        super().__init__(f"{place}: {what} ({remedy})")


class SourceError(PolicygraphError):
    """The bytes of a source cannot be read as a page."""


class EmptySource(SourceError):
    """The source holds no characters."""


class UnknownFormat(SourceError):
    """No reader knows the format of the source."""


class UndecodableText(SourceError):
    """The bytes are text in no encoding that a notice is published in."""


class NotANotice(PolicygraphError):
    """The page was read, but nothing on it is an official Chinese notice."""


class StoreError(PolicygraphError):
    """A store cannot be opened, read or written."""


class UnknownId(StoreError):
    """The store holds no such notice or task."""


class LimitExceeded(StoreError):
    """An answer takes longer, or has more rows, than who asks allows."""


class QuestionError(PolicygraphError):
    """A question cannot be put as it stands."""


class UnknownQuestion(QuestionError):
    """No question has this name."""


class BadParameter(QuestionError):
    """A question's parameter is missing, unknown or not of its type."""


class UnknownOrganisation(QuestionError):
    """No organisation in the graph goes by this name; the remedy suggests near ones."""


class ExportError(PolicygraphError):
    """The graph cannot be written in a format, or not there."""


class WatchError(PolicygraphError):
    """What is watched cannot be told, or another run is at it."""


class FetchError(WatchError):
    """An address cannot be fetched."""


class JudgementError(PolicygraphError):
    """A line of judgements cannot be read, or a judgement cannot be made or taken back."""


class PlotError(PolicygraphError):
    """A picture cannot be drawn here."""


class GoldError(PolicygraphError):
    """A gold file does not follow the annotation guide."""
