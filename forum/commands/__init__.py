"""The command line: what ``forum`` can be told to do, one module for each group of commands."""
