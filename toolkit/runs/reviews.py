"""What people decided in a run: an append-only journal beside the run's own, and its effect.

A line is the checksum of what follows and one `Review` as canonical JSON: the whole standing
of one unit in one language, so that the last line about a unit is what holds. A review is for
the very source text it was made on; where the source became another one, it says nothing.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, Self

from toolkit import checks, pipeline, translation
from toolkit.errors import InputError, RunError
from toolkit.formats import layout
from toolkit.memory import Prop, Unit, Variant
from toolkit.runs.journal import checksum, locked
from toolkit.schema import (
    Finding,
    Result,
    State,
    Summary,
    Translation,
    TranslationUnit,
    canonical_json,
    decode,
)
from toolkit.terms import Termbase

__all__ = [
    "NAME",
    "Accepted",
    "Review",
    "Reviews",
    "Standing",
    "as_unit",
    "held_unit",
    "reviewable",
    "reviewed",
    "tidy",
]

NAME = "reviews.jsonl"
ORIGIN = "review"
# What ends a line for some reader of lines: a segment is part of a line.
_LINE_ENDS = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Accepted:
    """A finding that somebody let stand, and why; another number is another finding."""

    code: str
    expected: str | None
    found: str | None
    reason: str
    by: str = ""
    at: str = ""

    def fits(self, finding: Finding) -> bool:
        return (self.code, self.expected, self.found) == (
            finding.code,
            finding.expected,
            finding.found,
        )


@dataclass(frozen=True, slots=True)
class Review:
    """How one unit stands after its `version`-th change; 0 is as the run made it.

    `target` holds once the state is `reviewed`. `at` is UTC, `2025-01-12T09:30:00Z`.
    """

    article_id: str
    lang: str
    unit_id: str
    version: int
    source: str
    target: str
    state: State
    by: str
    at: str
    accepted: tuple[Accepted, ...] = ()


Standing = Mapping[tuple[str, str], Review]


class Reviews:
    """The reviews of one run directory; whoever writes holds the file alone.

    A torn last line is a crash and is left out (a writer cuts it off); any other damage is
    a RunError. Without a file there are no reviews.
    """

    def __init__(self, directory: Path, *, writable: bool = False) -> None:
        self._path = directory / NAME
        self._open = ExitStack()
        self._file: BinaryIO | None = None
        self._standing: dict[str, dict[tuple[str, str], Review]] = {}
        self._texts: dict[tuple[str, str, str], set[str]] = {}
        self.last = ""
        try:
            if writable:
                self._file = self._open.enter_context(
                    locked(
                        self._path,
                        RunError(
                            f"{self._path}: another process is writing reviews of this run",
                            hint="open the page that it serves, or end it first",
                        ),
                    )
                )
            elif self._path.exists():
                self._file = self._open.enter_context(self._path.open("rb"))
            if self._file is not None:
                self._read(self._file, writable=writable)
        except OSError as exc:
            self.close()
            raise _unusable(self._path, exc) from exc
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self.close()

    def close(self) -> None:
        self._open.close()

    def __iter__(self) -> Iterator[Review]:
        """The review that holds of each unit."""
        for units in self._standing.values():
            yield from units.values()

    def of(self, article_id: str) -> Standing:
        """The reviews of one article, by language and unit."""
        return self._standing.get(article_id, {})

    def texts(self, article_id: str, lang: str, unit_id: str) -> AbstractSet[str]:
        """Every text that a unit has had by review."""
        return self._texts.get((article_id, lang, unit_id), frozenset())

    def now(self) -> str:
        """UTC, later than any review before it: of two, the memory takes the newer."""
        now = datetime.now(UTC).replace(microsecond=0)
        if self.last:
            now = max(now, datetime.fromisoformat(self.last) + timedelta(seconds=1))
        return now.strftime("%Y-%m-%dT%H:%M:%SZ")

    def append(self, *reviews: Review) -> None:
        """Write reviews so that they survive whatever happens next."""
        if self._file is None:
            raise AssertionError("the reviews are open for reading only")
        place = self._file.seek(0, os.SEEK_END)
        bodies = [canonical_json(review).encode() for review in reviews]
        try:
            self._file.writelines(checksum(body) + b" " + body + b"\n" for body in bodies)
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as exc:
            # Half a line may have reached the disk; without it the file is sound.
            with suppress(OSError):
                self._file.truncate(place)
            raise _unusable(self._path, exc) from exc
        for review in reviews:
            self._note(review)

    def _note(self, review: Review) -> None:
        units = self._standing.setdefault(review.article_id, {})
        units[review.lang, review.unit_id] = review
        key = (review.article_id, review.lang, review.unit_id)
        self._texts.setdefault(key, set()).add(review.target)
        self.last = max(self.last, review.at)

    def _read(self, file: BinaryIO, *, writable: bool) -> None:
        file.seek(0)
        place = 0
        for number, line in enumerate(file, start=1):
            found, _, body = line.rstrip(b"\n").partition(b" ")
            if not line.endswith(b"\n") or found != checksum(body):
                if file.read(1):
                    raise RunError(
                        f"{self._path}: line {number} is damaged (expected checksum "
                        f"{checksum(body).decode()}, found {found[:40]!r})",
                        hint="restore the file, or delete that line: its review is forgotten",
                    )
                if writable:
                    file.truncate(place)
                return
            self._note(decode(Review, json.loads(body), where=f"{self._path}: line {number}"))
            place += len(line)


def tidy(text: str) -> str:
    """The text as a segment may be: NFC, in one line, with something in it."""
    text = unicodedata.normalize("NFC", _LINE_ENDS.sub(" ", text)).strip()
    if not text:
        raise InputError("a reviewed segment needs a text", hint="write its translation")
    if bad := _FORBIDDEN.search(text):
        raise InputError(f"the text holds a character that cannot be kept: {bad[0]!r}")
    return text


def as_unit(review: Review, source_lang: str) -> Unit:
    """What the translation memory keeps of a reviewed unit."""
    props = [Prop("x-article", review.article_id)]
    if review.by:
        props.append(Prop("x-reviewer", review.by))
    return Unit(
        (Variant(source_lang, review.source), Variant(review.lang, review.target)),
        origin=ORIGIN,
        created=review.at,
        changed=review.at,
        props=tuple(props),
    )


def reviewable(result: Result, standing: Standing) -> tuple[Translation, ...]:
    """What there is to review of a result: its translations, and a summary an engine wrote.

    The summary is a translation into the article's own language: of the sentences it is from.
    """
    own = _own_summary(result, standing)
    made = (one for one in result.translations if not layout.is_copy(result, one))
    return (*made, own) if own else tuple(made)


def reviewed(result: Result, standing: Standing, termbase: Termbase | None) -> Result:
    """The result as people left it: their texts, checked again, without accepted findings."""
    if not standing:
        return result
    rewritten: dict[str, str] = {}
    if own := _own_summary(result, {}):
        left = _reviewed(result, own, standing, termbase)
        result = replace(result, summary=left.summary, findings=left.findings)
        both = zip(own.units, left.units, strict=True)
        rewritten = {new.id: new.target for old, new in both if new.target != old.target}
    return replace(
        result,
        translations=tuple(
            _reviewed(result, made, standing, termbase, rewritten) for made in result.translations
        ),
    )


def _own_summary(result: Result, standing: Standing) -> Translation | None:
    if result.summary is None or result.summary.method != "abstractive":
        return None
    lang = result.article.lang
    texts = {segment.id: segment.text for segment in result.segments}
    units = (
        TranslationUnit(
            pipeline.summary_id(number),
            " ".join(texts[one] for one in sentence.segments if one in texts) or sentence.text,
            sentence.text,
            lang,
            lang,
            "translated",
            result.summary.method,
            sentence.paragraph,
            sentence.remedies,
        )
        for number, sentence in enumerate(result.summary.sentences, 1)
    )
    held = tuple(held_unit(unit, standing.get((lang, unit.id))) for unit in units)
    return Translation(lang, "", held, None, result.summary, result.findings)


def _reviewed(
    result: Result,
    made: Translation,
    standing: Standing,
    termbase: Termbase | None,
    rewritten: Mapping[str, str] = MappingProxyType({}),
) -> Translation:
    """The translation with what holds of it; of a summary that was `rewritten`, of that."""
    held = {unit: review for (lang, unit), review in standing.items() if lang == made.lang}
    if not held and not rewritten:
        return made
    sources = (replace(one, source=rewritten.get(one.id, one.source)) for one in made.units)
    units = tuple(held_unit(unit, held.get(unit.id)) for unit in sources)
    if units != made.units:
        made = with_units(result, made, units, termbase)
    kept = tuple(f for f in made.findings if accepted(f, held.get(f.unit_id or "")) is None)
    return replace(made, findings=kept)


def held_unit(unit: TranslationUnit, review: Review | None) -> TranslationUnit:
    """The unit as its review has it."""
    if review is None or review.state != "reviewed" or review.source != unit.source:
        return unit
    if unit.target == review.target:
        return replace(unit, state="reviewed")
    return replace(unit, target=review.target, state="reviewed", origin=ORIGIN, remedies=())


def accepted(finding: Finding, review: Review | None) -> Accepted | None:
    """Who let this finding stand, and why; None if nobody did."""
    return next((one for one in review.accepted if one.fits(finding)), None) if review else None


def with_units(
    result: Result, made: Translation, units: Sequence[TranslationUnit], termbase: Termbase | None
) -> Translation:
    """The translation with other units: its text, title, summary and findings follow."""
    units = tuple(units)
    changed = {new.id for new, old in zip(units, made.units, strict=True) if new != old}
    targets = {unit.id: unit.target for unit in units}
    if made.summary and made.summary is result.summary:
        return _in_other_words(result, made, units, changed, termbase)
    verdict = pipeline.verdict_of(units, termbase)
    return replace(
        made,
        units=units,
        text=translation.splice(result.article, result.segments, units) if made.text else "",
        title=targets.get(translation.TITLE, made.title),
        summary=made.summary and pipeline.in_lang(made.summary, made.lang, targets),
        findings=(*verdict.findings, *_others(made, changed, termbase)),
        agreements=verdict.agreements,
    )


def _in_other_words(
    result: Result,
    made: Translation,
    units: tuple[TranslationUnit, ...],
    changed: Collection[str],
    termbase: Termbase | None,
) -> Translation:
    """The article's own summary in other words, held against the article where it changed."""
    old = result.summary.sentences if result.summary else ()
    sentences = tuple(
        replace(sentence, text=unit.target, remedies=unit.remedies)
        for sentence, unit in zip(old, units, strict=True)
    )
    summary = Summary(made.lang, "abstractive", sentences)
    found = checks.check_summary(summary, result.article, termbase).findings
    kept = (f for f in made.findings if (f.unit_id or "") not in changed)
    new = (f for f in found if f.unit_id in changed)
    return replace(made, units=units, summary=summary, findings=(*kept, *new))


def _others(
    made: Translation, changed: Collection[str], termbase: Termbase | None
) -> tuple[Finding, ...]:
    """What was found by other means than comparing the units, of units that stayed."""
    if not made.findings:
        return ()
    known = set(pipeline.verdict_of(made.units, termbase).findings)
    return tuple(f for f in made.findings if f not in known and (f.unit_id or "") not in changed)


def _unusable(path: Path, exc: OSError) -> RunError:
    return RunError(
        f"{path}: cannot be used: {exc.strerror or exc}",
        hint="what was saved is safe; make room or set its rights, then start again",
    )
