"""Forum: the bilingual platform through which city-standardization offices work with the world."""

__version__ = "0.1.0"
