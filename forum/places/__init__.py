"""Places: countries and regions, Chinese provinces, cities and organisations, in both languages."""
