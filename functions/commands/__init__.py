"""The command `laksa`, a module a command, and what several of them need."""
