"""What lies in a city's data folder: a name for each, and whether a backup holds it."""

STORE, STORE_LOG, STORE_INDEX = "laksa.db", "laksa.db-wal", "laksa.db-shm"
KEYS, CLOCK, LEDGER = "secrets.json", "clock.json", "erasures.jsonl"
PHOTOS, MAIL = "photos", "mail"
HOST_LOCK, COPY_LOCK = "laksa.lock", "copy.lock"
RESTORING, ASIDE, STAGED = "restoring", "before-restore-", ".restore.part"
"""A restore: the mark while it exchanges, the beginning of the folder for what was there, what is to come."""
EMULATORS_FILE = "emulators.json"

FILES = (KEYS, CLOCK, LEDGER)
FOLDERS = (PHOTOS, MAIL)
IN_BACKUP = (STORE, *FILES, *FOLDERS)
"""A city is whole with these; the store comes first."""
NOT_IN_BACKUP = (STORE_LOG, STORE_INDEX, HOST_LOCK, COPY_LOCK, RESTORING, ASIDE, STAGED, EMULATORS_FILE)
"""Of a running process, or of a restore; the store's log is in the copy of the store."""
