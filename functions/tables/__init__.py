"""A routing table on its way in or out: files, the check and its report, for the board and the command alike."""
