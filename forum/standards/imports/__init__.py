"""Reading ISO Open Data: lines with a limit, lists without evaluation, scopes without markup, files in batches."""
