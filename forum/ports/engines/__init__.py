"""Machine translation by a service that the office controls: one port, whichever service stands behind it.

Nothing here is called from a request, and without a configured address nothing ever leaves the house.
"""
