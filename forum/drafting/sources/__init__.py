"""Which texts of other rooms may be drafted, and which of them may leave the house."""

from forum.drafting.sources import cities, programmes

SOURCES = (*programmes.SOURCES, *cities.SOURCES)
