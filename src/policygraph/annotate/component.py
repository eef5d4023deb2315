"""The spaCy pipe ``policygraph``: who must do what, by when and how much, as spans of a ``Doc``.

::

    nlp = spacy.blank("zh")
    nlp.add_pipe("policygraph")
    doc = nlp(text_of_a_notice)
    for span in doc.spans["duties"]:
        print(span.text, span.label_, span._.policygraph["task"])

A span of spaCy begins and ends with tokens. ``spacy.blank("zh")`` takes each character for one, so that spans are just
what was found; where a token is longer (another segmenter, a run of spaces), the span holds the whole token, and
``start`` and ``end`` of its details are the characters. A text that is no notice has no spans.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from policygraph.annotate.marks import GROUPS, of_notice
from policygraph.contract import record
from policygraph.errors import NotANotice
from policygraph.models import Page
from policygraph.pipeline import notice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policygraph.annotate.marks import Mark

NAME = "policygraph"
DISPLACY = {
    "duties": {
        "spans_key": "duties",
        "colors": {
            "lead": "#e4572e",
            "responsible": "#f3a712",
            "support": "#76b041",
            "implement": "#17bebb",
            "supervise": "#a06cd5",
        },
    },
    "targets": {"spans_key": "targets", "colors": {"target": "#f3a712"}},
    "times": {"spans_key": "times"},
    "organisations": {
        "spans_key": "organisations",
        "colors": {"body": "#17bebb", "collective": "#76b041", "unknown": "#cccccc"},
    },
}
"""Options for ``displacy.render(doc, style="span", options=DISPLACY["duties"])``, by group of spans."""
_DETAILS = "policygraph_details"


@Language.factory(NAME, assigns=["doc.spans", "doc._.policygraph"])
def make(nlp: Language, name: str) -> Component:  # noqa: ARG001 - spaCy's signature
    """Return the pipe."""
    return Component()


class Component:
    """A pipe without a state: the same text gives the same spans."""

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc.spans`` and ``doc._.policygraph``, the notice as ``policygraph parse`` writes it or ``None``."""
        try:
            found = notice(Page("doc", "text/plain", "", doc.text))
        except NotANotice:
            annotate(doc, ())
            doc._.policygraph = None
            return doc
        annotate(doc, of_notice(found))
        doc._.policygraph = record(found)
        return doc


def annotate(doc: Doc, marks: Iterable[Mark]) -> None:
    """Set the spans of a doc whose text the marks are of; a span's details are found by its id."""
    groups: dict[str, list[Span]] = {group: [] for group in GROUPS}
    details: dict[str, dict[str, Any]] = {}
    for number, mark in enumerate(marks, 1):
        span = doc.char_span(mark.start, mark.end, label=mark.label, alignment_mode="expand", span_id=f"pg{number}")
        if span is None:
            continue
        details[span.id_] = {"start": mark.start, "end": mark.end, **mark.details}
        groups[mark.group].append(span)
    for group, spans in groups.items():
        doc.spans[group] = SpanGroup(doc, name=group, spans=spans)
    doc.user_data[_DETAILS] = details


def _details(span: Span) -> dict[str, Any] | None:
    known: dict[str, dict[str, Any]] = span.doc.user_data.get(_DETAILS, {})
    return known.get(span.id_)


Doc.set_extension(NAME, default=None, force=True)
Span.set_extension(NAME, getter=_details, force=True)
