"""Formats in which translators exchange texts: TMX, XLIFF, TBX, and tables in DOCX and XLSX.

Whatever is written is read back the same, or isn't written; whatever is read names its line, unit or cell.
"""
