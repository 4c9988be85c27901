"""Who acts: the person (or the system) behind a change, with the roles that matter for it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Actor:
    """The one who changes something; ``reference`` is what the audit keeps (never a name or an address)."""

    reference: str  # "account:<public id>", "link:<participation>", "system"
    account_id: int | None = None
    language: str = "en"
    roles: frozenset[str] = field(default_factory=frozenset)
    acting_for: str | None = None  # "participation:<public id>", "delegation:<public id>"

    def with_roles(self, *roles: str) -> Actor:
        """Return the same person with more roles."""
        return Actor(self.reference, self.account_id, self.language, self.roles | set(roles), self.acting_for)

    def on_behalf_of(self, reference: str) -> Actor:
        """Return the same person acting for somebody else."""
        return Actor(self.reference, self.account_id, self.language, self.roles, reference)


SYSTEM = Actor("system", roles=frozenset({"system"}))
