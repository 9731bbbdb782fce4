"""Every test starts alike: on any machine, and in any order."""

from __future__ import annotations

import gc
import os
import signal

import hypothesis
import pytest

from toolkit.models import download

# A busy machine is no fault of ours: no test asserts a time.
hypothesis.settings.register_profile("toolkit", deadline=None)
hypothesis.settings.load_profile("toolkit")

OF_THE_USER = ("TOOLKIT_", "HF_", "RAY_ADDRESS", "NO_COLOR", "COLUMNS", "LINES")


def pytest_configure() -> None:
    """A shell starts what runs in the background deaf to Ctrl-C, and all its children with it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_finish() -> None:
    """Rarer walks through all that the tests share: a tenth of the time."""
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session", autouse=True)
def _nothing_of_the_user(tmp_path_factory):
    """No settings, models, memory, servers or proxies but those that a test names itself."""
    with pytest.MonkeyPatch.context() as patch:
        for name in tuple(os.environ):
            if name.startswith(OF_THE_USER) or name.upper().endswith("_PROXY"):
                patch.delenv(name)
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture(autouse=True)
def _online(monkeypatch):
    """Whoever loads a model takes the process offline; that ends with the test."""
    for name in download.OFFLINE:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(download, "_set_here", set())
