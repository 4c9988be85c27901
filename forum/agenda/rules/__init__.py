"""The rules of an agenda, as pure functions over ``Programme`` values.

``conflicts`` finds what stands against a release, ``changes`` compares two programmes, ``releases``
carries sequence numbers and tombstones from one release to the next, ``sentences`` says facts in a language.
"""
