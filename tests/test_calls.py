"""The toolkit from Python in one call each, and `import toolkit` that does nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import toolkit
from toolkit.errors import InputError, ModelMissing, UsageError

ROOT = Path(__file__).parents[1]


def test_a_changed_amount_is_found():
    verdict = toolkit.check("It cost $4m.", "비용은 500만 달러였다.", "ko")
    assert [finding.code for finding in verdict.findings] == ["money/mistranslation"]
    assert toolkit.check("It cost $4m.", "Це коштувало 4 млн дол.", "uk").findings == ()


def test_an_article_is_translated_with_the_settings_of_the_folder(monkeypatch):
    monkeypatch.chdir(ROOT)
    article = min((ROOT / "samples" / "articles").iterdir())
    result = toolkit.translate(article, "ko", "uk")
    assert [made.lang for made in result.translations] == ["ko", "uk"]
    assert all(made.text for made in result.translations)


def test_an_article_is_summarised_in_two_languages(monkeypatch):
    monkeypatch.chdir(ROOT)
    article = min((ROOT / "samples" / "articles").iterdir())
    result = toolkit.summarize(str(article), "ko", sentences=2)
    assert result.summary is not None
    assert len(result.summary.sentences) == 2
    assert result.translations[0].summary is not None


def test_what_is_missing_is_said(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TOOLKIT_STORE", str(tmp_path / "models"))
    (tmp_path / "a.txt").write_text("The ship left Kyiv on Monday with 10 people on board.")
    with pytest.raises(ModelMissing, match="is needed") as raised:
        toolkit.translate("a.txt", "uk")
    assert "download=True" in str(raised.value.hint)
    with pytest.raises(InputError):
        toolkit.summarize("none.txt")
    with pytest.raises(UsageError):
        toolkit.translate("a.txt", "klingon")


def test_importing_does_nothing():
    code = "import sys, toolkit; print(sorted(m for m in sys.modules if m.startswith('toolkit')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['toolkit']"


def test_no_other_name_is_there():
    with pytest.raises(AttributeError, match="no attribute 'translatee'"):
        toolkit.translatee  # noqa: B018
