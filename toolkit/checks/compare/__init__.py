"""The passes, one matter a file: `passes` says which run, and in which order."""
