"""Which sentences of two whole texts stand for each other."""
