"""Which texts of other rooms may be drafted, and which of them may leave the house."""

from forum.drafting.sources import cases, cities, partnerships, programmes, standards

SOURCES = (
    *programmes.SOURCES,
    *cities.SOURCES,
    *partnerships.SOURCES,
    *standards.SOURCES,
    *cases.SOURCES,
)
