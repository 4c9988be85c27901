"""Reference data in both languages: countries, Chinese provinces, prefectures, cities and organisations."""

from forum.places.reference.catalogue import (
    ATTRIBUTION,
    City,
    Country,
    Organisation,
    Prefecture,
    Province,
    cities,
    countries,
    organisations,
    place,
    prefectures,
    provinces,
)

__all__ = [
    "ATTRIBUTION",
    "City",
    "Country",
    "Organisation",
    "Prefecture",
    "Province",
    "cities",
    "countries",
    "organisations",
    "place",
    "prefectures",
    "provinces",
]
