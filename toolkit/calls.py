"""The toolkit from Python in one call each: `toolkit.translate("a.html", "ko")`.

What the command line does with the settings of the folder you are in, these do as well. For
many articles, or to keep an engine open between calls, use the modules below.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit import config, formats, models, pipeline
from toolkit.checks import Verdict, check_pair
from toolkit.errors import ModelMissing
from toolkit.schema import Length, Plan, Result

if TYPE_CHECKING:
    from toolkit.models import FetchPlan, Store

__all__ = ["check", "summarize", "translate"]


def translate(
    source: str | Path,
    *langs: str,
    source_lang: str | None = None,
    engine: str | None = None,
    terms: str | Path | None = None,
    download: bool = False,
) -> Result:
    """The article of a file in each of these languages, with what the check found.

    `result.translations[0].text` is the text, `.findings` what is wrong in it. `engine` is a
    name as in `--engine`; `terms` a termbase. A model that is needed and not here is fetched
    only with `download`. Raises ModelMissing, InputError, UsageError as the commands do.
    """
    return _made(source, Plan(_codes(langs), None), source_lang, engine, terms, download)


def summarize(
    source: str | Path,
    *langs: str,
    sentences: int = 3,
    source_lang: str | None = None,
    engine: str | None = None,
    terms: str | Path | None = None,
    download: bool = False,
) -> Result:
    """The summary of a file's article: `result.summary`, and one in each of these languages.

    Its sentences are the article's own. Those in other languages are in
    `result.translations[0].summary`. The rest is as in `translate`.
    """
    plan = Plan(_codes(langs), Length(sentences), translate=False)
    return _made(source, plan, source_lang, engine, terms, download)


def check(
    source: str,
    target: str,
    target_lang: str,
    source_lang: str = "en",
    terms: str | Path | None = None,
) -> Verdict:
    """What two texts do not share: `.findings`, and what they do: `.agreements`.

    Both are texts, not files: a sentence or a paragraph and its translation.
    """
    termbase = config.open_terms(config.Settings(), [Path(terms)] if terms else [])
    langs = config.language(source_lang), config.language(target_lang)
    return check_pair(source, target, *langs, termbase)


def _codes(langs: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(config.language(lang) for lang in langs)


def _made(
    source: str | Path,
    plan: Plan,
    source_lang: str | None,
    engine: str | None,
    terms: str | Path | None,
    download: bool,
) -> Result:
    settings = config.load_settings(Path.cwd())
    settings = replace(
        settings,
        engine=engine or settings.engine,
        terms=(*([Path(terms)] if terms else []), *settings.terms),
    )
    article = formats.read_one(source, lang=source_lang and config.language(source_lang))
    with config.open_engine(settings, models.fetch if download else _refuse) as opened:
        return pipeline.process(article, plan, opened, config.open_terms(settings))


def _refuse(plan: FetchPlan, store: Store) -> Path:
    entry, size = plan.entry, models.megabytes(plan.size or None)
    raise ModelMissing(
        f"the model {entry.id!r} ({size}, {entry.licence}) is needed and not in {store.root}",
        hint=f"toolkit models fetch {entry.id}\nor call with download=True",
    )
