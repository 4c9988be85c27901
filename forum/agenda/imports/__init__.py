"""Programmes published by others: read tolerantly, reported row by row, never fetched from anywhere.

``reading.read`` turns a file into an ``ImportedProgramme``, ``plans.plan`` says what importing it would do,
``preview.as_programme`` shows its conflicts before anything is imported.
"""

from forum.agenda.imports.plans import ImportPlan, plan
from forum.agenda.imports.reading import read
from forum.agenda.imports.values import Finding, FindingLevel, ImportedProgramme, ImportRefused

__all__ = ["Finding", "FindingLevel", "ImportPlan", "ImportRefused", "ImportedProgramme", "plan", "read"]
