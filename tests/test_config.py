from __future__ import annotations

import pytest

from toolkit.config import load_settings
from toolkit.errors import UsageError


@pytest.fixture(autouse=True)
def _no_named_file(monkeypatch):
    monkeypatch.delenv("TOOLKIT_CONFIG", raising=False)


def test_the_nearest_file_above_holds_and_its_paths_are_its_own(tmp_path):
    (tmp_path / "toolkit.toml").write_text('inputs = ["in"]\nmemory = "m.sqlite"\n')
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    settings = load_settings(below)
    assert settings.inputs == (tmp_path / "in",)
    assert settings.memory == tmp_path / "m.sqlite"
    assert settings.origin == tmp_path / "toolkit.toml"


def test_a_named_file_comes_before_the_nearest(tmp_path, monkeypatch):
    (tmp_path / "toolkit.toml").write_text('langs = ["ko"]')
    (tmp_path / "other.toml").write_text('langs = ["uk"]')
    monkeypatch.setenv("TOOLKIT_CONFIG", str(tmp_path / "other.toml"))
    assert load_settings(tmp_path).langs == ("uk",)


def test_without_a_file_the_memory_lies_with_the_users_data(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    # The root of the file system: no settings file can lie above it.
    settings = load_settings(type(tmp_path)(tmp_path.anchor))
    assert settings.memory == tmp_path / "toolkit" / "memory.sqlite"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('input = ["x"]', "unknown key 'input'"),
        ('inputs = "x"', "inputs: expected a list of strings, found 'x'"),
        ("langs = [1]", "langs: expected a list of strings, found [1]"),
        ('langs = ["koo"]', "langs: no language 'koo'"),
        ("engine = 1", "engine: expected a string, found 1"),
        ('offline = "no"', "offline: expected true or false, found 'no'"),
        ("chat = 1", "chat: expected a [chat] table, found 1"),
        ('[chat]\nkey = "secret"', "chat: expected a [chat] table"),
        ("inputs = [", "not TOML"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path, text, says):
    (tmp_path / "toolkit.toml").write_text(text)
    with pytest.raises(UsageError) as caught:
        load_settings(tmp_path)
    assert says in caught.value.message


def test_a_chat_server_is_named_without_its_key(tmp_path):
    (tmp_path / "toolkit.toml").write_text(
        'engine = "chat:m"\noffline = true\n[chat]\nurl = "http://x/v1"\nprices = [1, 2]\n'
    )
    settings = load_settings(tmp_path)
    assert settings.chat
    assert (settings.chat.url, settings.chat.prices) == ("http://x/v1", (1, 2))
    assert settings.offline
