"""Why a routing table was not put into force or taken back: the codes that TableNotChanged carries."""

FIRST, GONE, UNUSABLE, SEALED = "first", "gone", "unusable", "sealed"
OVERTAKEN = "overtaken"
ORPHANS, ORPHANS_BEFORE = "orphans", "orphans_before"
