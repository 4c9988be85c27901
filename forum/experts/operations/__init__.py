"""What changes experts and nominations: profiles, nominating, the steps of a nomination, telling those concerned."""
