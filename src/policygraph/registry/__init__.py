"""What is known of places and bodies before any notice is read: ``data/organisations/`` with quick look-ups.

佳木斯市 is a place, 发展改革委 a kind of body at each level, 国土资源部 a predecessor of 自然资源部. Every entry says
its source and grade. Files are read when first asked for, and looked up in dictionaries.
"""

from policygraph.registry.central import named as central_body
from policygraph.registry.endings import Ending, ending_of
from policygraph.registry.kinds import Kind, composition, department, every_kind, kind, kind_of, kinds_of, with_function
from policygraph.registry.places import (
    Place,
    children,
    every_place,
    lies_in,
    place,
    places_meant,
    places_named,
    places_opening,
)
from policygraph.registry.prefixes import Issuer, issuers, places_by_character
from policygraph.registry.succession import Attestation, Succession, attested, predecessors, successors

__all__ = [
    "Attestation",
    "Ending",
    "Issuer",
    "Kind",
    "Place",
    "Succession",
    "attested",
    "central_body",
    "children",
    "composition",
    "department",
    "ending_of",
    "every_kind",
    "every_place",
    "issuers",
    "kind",
    "kind_of",
    "kinds_of",
    "lies_in",
    "place",
    "places_by_character",
    "places_meant",
    "places_named",
    "places_opening",
    "predecessors",
    "successors",
    "with_function",
]
