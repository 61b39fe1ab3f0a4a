"""The modes of everything that holds a city: for its owner, and for nobody else."""

OWNER_ONLY, OWNERS_FOLDER = 0o600, 0o700
