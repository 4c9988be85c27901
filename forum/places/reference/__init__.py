"""Reference data: countries, Chinese provinces and prefectures, cities and organisations in both languages."""

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
