"""The only encoders of the house: one module for each format, none of which knows what a forum is.

calendar (iCalendar), spreadsheet (XLSX), delimited (CSV), schedule (frab XML, JSON v1 and v2),
typeset (PDF) and canonical (our own JSON).  The same input gives the same bytes, always.
"""
