"""A run on the desk of an editor: what stands there, and what becomes of an edit.

All of it belongs to one thread (`app` keeps one for it), so that two edits never meet inside:
the one that comes second is told that its version is no longer the newest.
"""

from __future__ import annotations

import re
from collections import OrderedDict, defaultdict, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b
from itertools import dropwhile, islice
from pathlib import Path
from typing import Self

from toolkit import runs
from toolkit.errors import InputError, RunError, ToolkitError
from toolkit.formats import layout
from toolkit.memory import Memory, open_memory
from toolkit.runs import reviews
from toolkit.schema import (
    Agreement,
    Finding,
    Result,
    Segment,
    Severity,
    Translation,
    TranslationUnit,
)
from toolkit.terms import Termbase

__all__ = ["Desk", "Entry", "Into", "Part", "Stale", "Unknown", "View"]

_FORBIDDEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_KEPT = 64  # articles with their reviews, as last looked at
LONGEST_REASON = 500
LONGEST_NAME = 80


class Unknown(ToolkitError):
    """There is no such article, language or unit in this run."""


class Stale(ToolkitError):
    """An edit of a version that is no longer the newest; `now` is what stands there."""

    def __init__(self, now: reviews.Review) -> None:
        super().__init__(f"expected an edit of version {now.version}, found one of an older")
        self.now = now


@dataclass(frozen=True, slots=True)
class Into:
    """One language of an article: how much there is, and how far it is."""

    lang: str
    units: int
    reviewed: int
    verified: int
    accepted: int
    counts: tuple[tuple[Severity, int], ...]

    @property
    def open(self) -> int:
        """Errors and warnings that nobody has dealt with."""
        return sum(n for severity, n in self.counts if severity != "info")


@dataclass(frozen=True, slots=True)
class Entry:
    """One article of the run; `ref` names it in addresses, whatever its id looks like."""

    ref: str
    article_id: str
    lang: str
    title: str
    label: str
    into: tuple[Into, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """All that is shown of one unit: equal parts look the same. Findings are in order."""

    unit: TranslationUnit
    findings: tuple[Finding, ...]
    facts: tuple[Agreement, ...]
    accepted: tuple[tuple[Finding, reviews.Accepted], ...]
    review: reviews.Review | None

    @property
    def version(self) -> int:
        return self.review.version if self.review else 0


@dataclass(frozen=True)
class View:
    """An article and one of its translations as they stand, reviews included.

    `accepted` are findings that somebody let stand: they are not among the translation's.
    """

    entry: Entry
    result: Result
    translation: Translation
    standing: reviews.Standing
    accepted: tuple[tuple[Finding, reviews.Accepted], ...]

    @property
    def own(self) -> bool:
        """Whether it is the article's own summary, in the article's language."""
        return self.translation.lang == self.entry.lang

    def review(self, unit_id: str) -> reviews.Review | None:
        return self.standing.get((self.translation.lang, unit_id))

    def part(self, unit_id: str) -> Part:
        if unit_id not in self.parts:
            raise Unknown(f"the article has no unit {unit_id!r}")
        return self.parts[unit_id]

    @cached_property
    def parts(self) -> Mapping[str, Part]:
        """Each unit with what belongs to it, in the order of the text."""
        findings, facts, accepted = defaultdict(list), defaultdict(list), defaultdict(list)
        for finding in sorted(self.translation.findings, key=_place):
            findings[finding.unit_id].append(finding)
        for fact in self.translation.agreements:
            facts[fact.unit_id].append(fact)
        for one in self.accepted:
            accepted[one[0].unit_id].append(one)
        return {
            unit.id: Part(
                unit,
                tuple(findings[unit.id]),
                tuple(facts[unit.id]),
                tuple(accepted[unit.id]),
                self.review(unit.id),
            )
            for unit in self.translation.units
        }

    @cached_property
    def segments(self) -> Mapping[str, Segment]:
        return {segment.id: segment for segment in self.result.segments}

    @property
    def findings(self) -> tuple[Finding, ...]:
        """In the order in which one reads: by unit, then by place."""
        known = [finding for part in self.parts.values() for finding in part.findings]
        others = [f for f in self.translation.findings if f.unit_id not in self.parts]
        return (*known, *sorted(others, key=_place))


class Desk:
    """A run directory open for review: reads its journal, writes its reviews and the memory.

    Raises RunError for what is no run, or one that another process holds.
    """

    def __init__(self, directory: Path, memory: Path | None, termbase: Termbase) -> None:
        self.directory = directory
        self.termbase = termbase
        plan = runs.read_plan(directory)
        self.plan = plan
        self._journal = runs.Journal(directory, plan)
        try:
            self._reviews = reviews.Reviews(directory, writable=True)
            self._memory = _writable(memory)
        except BaseException:
            self._journal.close()
            raise
        self._views: OrderedDict[tuple[str, str], View] = OrderedDict()
        self._last: tuple[str, Result] | None = None
        self._ids = {_ref(article_id): article_id for article_id in self._journal.ids()}
        # Of a large run an article is read when it is shown, or when there is time.
        self._entries: dict[str, Entry] = {}
        self._unread = deque(self._ids)
        self.unwritten = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self.close()

    def close(self) -> None:
        """Write the outputs if a review changed them, and let go of the directory."""
        try:
            self.publish()
        finally:
            self._memory.close()
            self._reviews.close()
            self._journal.close()

    def publish(self) -> None:
        """The outputs of the run as the reviews have them, if that is not done yet."""
        if self.unwritten:
            runs.publish(self._journal, self.termbase)
            self.unwritten = False

    # --- what stands there ---------------------------------------------------------------

    def __len__(self) -> int:
        """How many articles there are."""
        return len(self._ids)

    def entries(self, start: int, end: int) -> list[Entry]:
        """The articles from the one place to the other, in the order of the run."""
        return [self.entry(ref) for ref in islice(self._ids, start, end)]

    def known(self) -> list[Entry]:
        """The articles that were read so far, in the order of the run."""
        return [self._entries[ref] for ref in self._ids if ref in self._entries]

    def entry(self, ref: str) -> Entry:
        if ref not in self._ids:
            raise Unknown(f"the run has no article {ref!r}")
        if ref not in self._entries:
            self._entries[ref] = self._entry(self._shown(self._made(ref)))
        return self._entries[ref]

    def after(self, ref: str) -> Entry | None:
        """The next article with something to review."""
        later = islice(dropwhile(lambda one: one != ref, self._ids), 1, None)
        return next((entry for entry in map(self.entry, later) if entry.into), None)

    def read_on(self, count: int) -> bool:
        """Read so many more articles; whether there are still others.

        What a crash kept from the memory is brought there.
        """
        late = []
        for _ in range(min(count, len(self._unread))):
            entry = self.entry(self._unread.popleft())
            late += [
                reviews.as_unit(review, entry.lang)
                for review in self._reviews.of(entry.article_id).values()
                if review.state == "reviewed" and review.lang != entry.lang
            ]
        if late:
            self._memory.add(late)  # what is there already is not added twice
        return bool(self._unread)

    def result(self, ref: str) -> Result:
        """All that was made of an article, reviews included."""
        if self._last is None or self._last[0] != ref:
            self._last = ref, self._shown(self._made(ref))
        return self._last[1]

    def view(self, ref: str, lang: str) -> View:
        """One translation of an article; raises Unknown where there is none to review."""
        if (ref, lang) in self._views:
            self._views.move_to_end((ref, lang))
            return self._views[ref, lang]
        entry = self.entry(ref)
        if all(into.lang != lang for into in entry.into):
            raise Unknown(f"the article has no translation into {lang!r}")
        result = self.result(ref)
        standing = self._reviews.of(entry.article_id)
        view = View(
            entry,
            result,
            _into(result, standing, lang),
            dict(standing),
            tuple(self._accepted(ref, lang, standing)),
        )
        self._views[ref, lang] = view
        if len(self._views) > _KEPT:
            self._views.popitem(last=False)
        return view

    def attempt(self, ref: str, lang: str, unit_id: str, text: str) -> View:
        """The view as it would be with this text in the unit; nothing is saved."""
        view = self.view(ref, lang)
        old = view.part(unit_id).unit
        new = replace(old, target=reviews.tidy(text), state="translated")
        units = tuple(new if unit is old else unit for unit in view.translation.units)
        made = reviews.with_units(view.result, view.translation, units, self.termbase)
        held = view.review(unit_id)
        kept, let = [], []
        for finding in made.findings:
            owner = view.review(finding.unit_id or "") if finding.unit_id != unit_id else held
            reason = reviews.accepted(finding, owner)
            if reason is None:
                kept.append(finding)
            else:
                let.append((finding, reason))
        return replace(view, translation=replace(made, findings=tuple(kept)), accepted=tuple(let))

    # --- what becomes of an edit ---------------------------------------------------------

    def save(
        self, ref: str, lang: str, unit_id: str, text: str, *, version: int, by: str = ""
    ) -> View:
        """The unit with this text, reviewed; it is on disk and in the memory.

        `version` is the one that was edited: raises Stale if it is not the newest.
        """
        view = self.view(ref, lang)
        unit = view.part(unit_id).unit
        held = self._current(view, unit_id, version)
        review = replace(
            held,
            version=version + 1,
            source=unit.source,
            target=reviews.tidy(text),
            state="reviewed",
            by=_name(by),
            at=self._reviews.now(),
        )
        self._write(ref, review)
        if lang != view.entry.lang:
            self._memory.add([reviews.as_unit(review, view.entry.lang)])
        return self.view(ref, lang)

    def accept(
        self,
        ref: str,
        lang: str,
        unit_id: str,
        finding: tuple[str, str | None, str | None],
        reason: str,
        *,
        version: int,
        by: str = "",
    ) -> View:
        """The view without the finding of this code, expected and found, for a reason."""
        view = self.view(ref, lang)
        held = self._current(view, unit_id, version)
        present = {
            (f.code, f.expected, f.found) for f in view.translation.findings if f.unit_id == unit_id
        }
        if finding not in present:
            raise Unknown(f"unit {unit_id!r} has no finding {finding[0]!r} of these texts")
        why = " ".join(reason.split())
        if not why or len(why) > LONGEST_REASON or _FORBIDDEN.search(why):
            raise InputError(f"expected a reason of 1 to {LONGEST_REASON} characters")
        at = self._reviews.now()
        one = reviews.Accepted(*finding, reason=why, by=_name(by), at=at)
        self._write(
            ref,
            replace(held, version=version + 1, by=one.by, at=at, accepted=(*held.accepted, one)),
        )
        return self.view(ref, lang)

    def _current(self, view: View, unit_id: str, version: int) -> reviews.Review:
        """The review that stands, if the edit was made on it."""
        unit = view.part(unit_id).unit
        held = view.review(unit_id) or reviews.Review(
            view.entry.article_id,
            view.translation.lang,
            unit_id,
            0,
            unit.source,
            unit.target,
            unit.state,
            "",
            "",
        )
        if version != held.version:
            raise Stale(held)
        return held

    def _write(self, ref: str, review: reviews.Review) -> None:
        self._reviews.append(review)
        self.unwritten = True
        for key in [key for key in self._views if key[0] == ref]:
            del self._views[key]
        self._last = None
        result = self.result(ref)
        self._entries[ref] = self._entry(result)

    # --- how it is kept ------------------------------------------------------------------

    def _made(self, ref: str) -> Result:
        if ref not in self._ids:
            raise Unknown(f"the run has no article {ref!r}")
        made = self._journal.result(self._ids[ref])
        if made is None:
            raise RunError(f"{self.directory}: the journal no longer has {self._ids[ref]!r}")
        return made

    def _shown(self, made: Result) -> Result:
        return reviews.reviewed(made, self._reviews.of(made.article.id), self.termbase)

    def _accepted(
        self, ref: str, lang: str, standing: reviews.Standing
    ) -> Iterator[tuple[Finding, reviews.Accepted]]:
        """The findings that would be there, had nobody accepted them."""
        if not any(review.accepted for review in standing.values()):
            return
        made = self._made(ref)
        plain = {key: replace(review, accepted=()) for key, review in standing.items()}
        for finding in _into(reviews.reviewed(made, plain, self.termbase), plain, lang).findings:
            if one := reviews.accepted(finding, standing.get((lang, finding.unit_id or ""))):
                yield finding, one

    def _entry(self, shown: Result) -> Entry:
        article = shown.article
        standing = self._reviews.of(article.id)
        return Entry(
            _ref(article.id),
            article.id,
            article.lang,
            layout.title(article) or article.id,
            layout.own_label(article, "en"),
            tuple(
                Into(
                    one.lang,
                    len(one.units),
                    sum(unit.state == "reviewed" for unit in one.units),
                    len(one.agreements),
                    sum(len(r.accepted) for (lang, _), r in standing.items() if lang == one.lang),
                    tuple(
                        (severity, n)
                        for severity in layout.SEVERITIES
                        if (n := sum(f.severity == severity for f in one.findings))
                    ),
                )
                for one in reviews.reviewable(shown, standing)
            ),
        )


def _ref(article_id: str) -> str:
    """A name for addresses."""
    return blake2b(article_id.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _into(result: Result, standing: reviews.Standing, lang: str) -> Translation:
    return next(one for one in reviews.reviewable(result, standing) if one.lang == lang)


def _name(by: str) -> str:
    name = " ".join(_FORBIDDEN.sub("", by).split())
    if len(name) > LONGEST_NAME:
        raise InputError(f"expected a name of at most {LONGEST_NAME} characters")
    return name


def _place(finding: Finding) -> tuple[int, int]:
    span = finding.target_span or finding.source_span
    return (span.start, layout.SEVERITIES.index(finding.severity)) if span else (1 << 30, 0)


def _writable(path: Path | None) -> Memory:
    if path is None:
        raise RunError("no translation memory to keep reviews in", hint="name one: toolkit.toml")
    memory = open_memory(path)
    try:
        memory.add([])
    except ToolkitError as exc:
        memory.close()
        raise RunError(
            f"{path}: reviews go into this memory, but it cannot be written",
            hint="set its rights, or name another `memory` in toolkit.toml",
        ) from exc
    return memory
