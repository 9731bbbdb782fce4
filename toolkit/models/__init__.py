"""Models: which there are (`models.lock`), and where their files lie (the store).

    lock = read_lock(user=store.lock_path)
    for entry in lock.candidates("en", "ko"):
        folder = fetch(plan_fetch(entry, store), store)

What is downloaded is compared with the lock before anything can see it, and again when it
is opened (`Store.folder`).
"""

from __future__ import annotations

from toolkit.models.adding import Added, Own, add_folder, complete
from toolkit.models.download import Network, Tell, network, stay_offline
from toolkit.models.entries import Code, Decoding, Entry, Family, File, Score, Task, Verified
from toolkit.models.fetching import FetchPlan, fetch, permit, plan_fetch
from toolkit.models.lock import Lock, drop_entry, read_lock, write_entry
from toolkit.models.registry import ADDRESS as REGISTRY
from toolkit.models.registry import Offer, compare, pin, read_registry
from toolkit.models.routes import route
from toolkit.models.store import Garbage, Store, collect, megabytes, plan_gc

__all__ = [
    "REGISTRY",
    "Added",
    "Code",
    "Decoding",
    "Entry",
    "Family",
    "FetchPlan",
    "File",
    "Garbage",
    "Lock",
    "Network",
    "Offer",
    "Own",
    "Score",
    "Store",
    "Task",
    "Tell",
    "Verified",
    "add_folder",
    "collect",
    "compare",
    "complete",
    "drop_entry",
    "fetch",
    "megabytes",
    "network",
    "permit",
    "pin",
    "plan_fetch",
    "plan_gc",
    "read_lock",
    "read_registry",
    "route",
    "stay_offline",
    "write_entry",
]
