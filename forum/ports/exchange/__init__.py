"""Formats in which translators exchange texts: TMX, XLIFF, and tables in DOCX and XLSX.  None knows what a text is of.

Whatever is written is read back the same, or isn't written; whatever is read names its line, unit or cell.
"""
