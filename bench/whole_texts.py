"""Whole articles and summaries: what the checks say when nobody cut the texts into pairs."""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evaluation import EVAL, LANGS, Row, Share, dice, reach, read_jsonl, said

from toolkit import checks
from toolkit.schema import Article, Block, Finding, Severity, Span, Summary, SummarySentence

# --- articles of the rows of one document -----------------------------------------------

# How the translation is laid out; the original always has paragraphs, cut elsewhere. In
# `joined` not even headlines stand by themselves.
LAYOUTS = ("paragraphs", "lines", "joined")
_ENDS = re.compile(r"""[.!?…:;]["'”’»)\]]*$""")


@dataclass(slots=True)
class Text:
    """An article under construction, and where each row's sentence lies in it."""

    lang: str
    text: str = ""
    blocks: list[Block] = field(default_factory=list)
    places: dict[str, Span] = field(default_factory=dict)

    def article(self) -> Article:
        return Article("a", self.lang, self.text, tuple(self.blocks))


Sentence = tuple[str, str, bool]  # the row's id, its text, whether it is a headline


def compose(lang: str, sentences: Sequence[Sentence], layout: str, name: str) -> Text:
    """Sentences with their row ids as an article, in paragraphs of three to five or in lines."""
    made = Text(lang)
    chance = dice(layout, name)
    room = 0
    for id_, sentence, headline in sentences:
        alone = layout == "lines" or (headline and layout != "joined")
        if alone or not room:
            made.text += "\n\n" if made.text else ""
            made.blocks.append(Block("paragraph", Span(len(made.text), len(made.text))))
            room = 0 if alone else chance.randint(3, 5)
        else:
            made.text += " "
        room = max(0, room - 1)
        made.places[id_] = Span(len(made.text), len(made.text) + len(sentence))
        made.text += sentence
        block = made.blocks.pop()
        made.blocks.append(Block(block.kind, Span(block.span.start, len(made.text))))
    return made


def _headline(row: Row) -> bool:
    return not _ENDS.search(row["source"])


def documents(data: Path, lang: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in read_jsonl(data / f"clean_dev.{lang}.jsonl"):
        if row.get("doc"):
            found[row["doc"]].append(row)
    return found


def touched(found: Iterable[Finding], source: Text, target: Text) -> set[str]:
    """The rows that findings point at: in the source, or in the target where it has none."""
    rows: set[str] = set()
    for finding in found:
        span, places = finding.source_span, source.places
        if span is None:
            span, places = finding.target_span, target.places
        if span is not None:
            rows |= {id_ for id_, place in places.items() if _overlap(span, place)}
    return rows


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


# --- measure -----------------------------------------------------------------------------


@dataclass(slots=True)
class Tally:
    counts: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    notes: list[str] = field(default_factory=list)

    def share(self, name: str, of: str) -> Share:
        return self.counts[name], self.counts[of]


def measure_documents(arguments: argparse.Namespace) -> dict[str, Any]:
    """False flags on whole articles, and sentences dropped from and added to them."""
    table: dict[str, dict[str, Any]] = {}
    notes: list[str] = []
    for lang in LANGS:
        docs = documents(arguments.data, lang)
        if arguments.sample:
            chosen = dice("sample").sample(sorted(docs), min(arguments.sample, len(docs)))
            docs = {name: docs[name] for name in chosen}
        for layout in LAYOUTS:
            tally = Tally()
            for name, rows in docs.items():
                _document(tally, name, rows, layout, docs, arguments.edits)
            table[f"{lang} {layout}"] = {
                "false flags, error": tally.share("error", "rows"),
                "false flags, warning": tally.share("warning", "rows"),
                "dropped, with facts": tally.share("dropped found, facts", "dropped, facts"),
                "dropped, any": tally.share("dropped found", "dropped"),
                "… as a sentence": tally.share("dropped said", "dropped"),
                "… and nothing else": tally.share("dropped alone", "dropped"),
                "added": tally.share("added found", "added"),
                "added: nothing else": tally.share("added alone", "added"),
                "sentences a second": round(tally.counts["sentences"] / tally.seconds),
                "codes of false flags": dict(tally.codes.most_common()),
            }
            notes += [f"{lang} {layout}: {note}" for note in tally.notes]
    return {"documents": table, "examples": notes[: arguments.show]}


def _document(
    tally: Tally,
    name: str,
    rows: list[Row],
    layout: str,
    docs: dict[str, list[Row]],
    edits: int,
) -> None:
    lang = rows[0]["lang"]
    wrong = {row["id"] for row in rows if row.get("reference_error")}
    original = [(r["id"], r["source"], _headline(r)) for r in rows]
    ours = compose("en", original, "joined" if layout == "joined" else "paragraphs", name + "/1")
    sentences = [(r["id"], r["target"], _headline(r)) for r in rows]

    def judge(made: list[Sentence]) -> tuple[Text, list[Finding]]:
        theirs = compose(lang, made, layout, name + "/2")
        start = time.process_time()
        verdict = checks.check_texts(ours.article(), theirs.article())
        tally.seconds += time.process_time() - start
        tally.counts["sentences"] += len(rows)
        return theirs, [f for f in verdict.findings if reach([f], "warning")]

    theirs, base = judge(sentences)
    tally.counts["rows"] += len(rows) - len(wrong)
    for level in ("error", "warning"):
        flagged = [f for f in base if reach([f], level)]  # type: ignore[arg-type]
        tally.counts[level] += len(touched(flagged, ours, theirs) - wrong)
    for finding in base:
        if not touched([finding], ours, theirs) <= wrong:
            tally.codes[f"{finding.code} {finding.severity}"] += 1
            tally.notes.append(f"{name} {finding}")
    before = touched(base, ours, theirs)
    chance = dice("documents", name)
    for row in chance.sample(rows, min(edits, len(rows))):
        made, found = judge([s for s in sentences if s[0] != row["id"]])
        spot = ours.places[row["id"]]
        here = [f for f in found if f.source_span and _overlap(f.source_span, spot)]
        whole = any(f.code == "sentence/omission" for f in here)
        alone = touched(found, ours, made) <= before | {row["id"]}
        facts = bool(row["has_facts"])
        tally.counts.update(
            {
                "dropped": 1,
                "dropped, facts": facts,
                "dropped found": bool(here),
                "dropped found, facts": bool(here) and facts,
                "dropped said": whole,
                "dropped alone": alone,
            }
        )
        if not here or not alone:
            why = "not found" if not here else "other findings"
            tally.notes.append(f"{name} dropped {row['id']} {why}: {row['source']} {found}")
    for _ in range(edits):
        other = chance.choice([doc for doc in docs if doc != name])
        stranger = chance.choice(docs[other])
        at = chance.randint(0, len(sentences))
        more = ("added", stranger["target"], _headline(stranger))
        made, found = judge([*sentences[:at], more, *sentences[at:]])
        spot = made.places["added"]
        here = [f for f in found if f.target_span and _overlap(f.target_span, spot)]
        alone = touched(found, ours, made) <= before | {"added"}
        tally.counts.update({"added": 1, "added found": bool(here), "added alone": alone})
        if not here or not alone:
            why = "not found" if not here else "other findings"
            tally.notes.append(f"{name} added {why}: {stranger['target']} {found}")


def show_documents(result: dict[str, Any]) -> None:
    for note in result["examples"]:
        print(note)
    for name, row in result["documents"].items():
        print(f"\n{name}")
        for key, value in row.items():
            print(f"  {key:<24}{said(value) if isinstance(value, tuple) else value}")


def document_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, default=EVAL, help="default: %(default)s")
    parser.add_argument("--sample", type=int, metavar="N", help="only so many texts")
    parser.add_argument("--edits", type=int, default=5, help="sentences dropped from each text")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="so many faults")


# --- summaries ---------------------------------------------------------------------------

SUMMARY_FACTS = EVAL / "summaries" / "facts_dev.jsonl"
_WORDS = (
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|first|second|third|fourth|fifth|"
    r"sixth|half|year|month|week|century|decade|dozen|hundred|thousand|million|spring|summer|"
    r"autumn|winter)s?\b"
)
_CALENDAR = (
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|\b(?:January|February|March|April|June|July|"
    r"August|September|October|November|December)\b"
)
# Which marked spans ought to be found, and the harder half of them.
_HOLDS = {
    "numbers and dates": re.compile(rf"\d|{_CALENDAR}|{_WORDS}", re.IGNORECASE),
    "numbers and dates, in digits or calendar names": re.compile(rf"\d|{_CALENDAR}"),
    "names": re.compile(rf"(?!{_CALENDAR})[A-Z][a-z]+"),
}
NUMERIC = frozenset(("number", "quantity", "money", "percent", "date", "time"))
# A name that the article does not have is told, and no fault: people know more than articles.
_LEVELS: dict[str, Severity] = {"name": "info"}


def measure_summary_facts(arguments: argparse.Namespace) -> dict[str, Any]:
    """What is said of summaries by other systems whose errors people have marked."""
    rows = read_jsonl(arguments.data)
    found = {row["id"]: _summary_findings(row) for row in rows}
    table: dict[str, Any] = {}
    notes: list[str] = []
    # Consistent summaries: every finding is a false flag, as far as the people were right.
    for name in dict.fromkeys(row["id"].partition(":")[0] for row in rows):
        mine = [r for r in rows if r["id"].startswith(name + ":")]
        for label in ("consistent", "inconsistent"):
            of = [r for r in mine if r["label"] == label]
            if not of:
                continue
            for kind, kinds in (("numbers", NUMERIC), ("names, info", frozenset({"name"}))):
                flagged = [r for r in of if _of(found[r["id"]], kinds)]
                table[f"{name}, {label}: {kind} flagged"] = (len(flagged), len(of))
                if label == "consistent":
                    notes += [_note("false flag", r, found[r["id"]]) for r in flagged]
    marked = [r for r in rows if r["id"].startswith("cliff:") and r["label"] != "disputed"]
    for kind, kinds in (("numbers and dates", NUMERIC), ("names", frozenset({"name"}))):
        right = total = 0
        for row in marked:
            bad = [span for text in row["spans"] for span in _places(row["summary"], text)]
            for finding in _of(found[row["id"]], kinds):
                ok = any(_overlap(finding.target_span or Span(0, 0), span) for span in bad)
                right, total = right + ok, total + 1
                notes += [] if ok else [_note(f"{kind}: not marked", row, [finding])]
        table[f"cliff, {kind}: precision"] = (right, total)
        for name in [n for n in _HOLDS if n.startswith(kind)]:
            hit = spans = 0
            for row in marked:
                for text in _wanted(row, name):
                    places = _places(row["summary"], text)
                    caught = any(
                        _overlap(f.target_span or Span(0, 0), place)
                        for f in _of(found[row["id"]], kinds)
                        for place in places
                    )
                    spans, hit = spans + 1, hit + caught
                    if not caught and name == kind:
                        notes.append(_note(f"{kind}: missed {text!r}", row, found[row["id"]]))
            table[f"cliff, {name}: recall"] = (hit, spans)
    flagged = [row for row in marked if _of(found[row["id"]], NUMERIC)]
    wanted = [r for r in marked if {"number", "date"} & set(r["span_kinds"])]
    wrong = sum(row["label"] == "inconsistent" for row in flagged)
    table["cliff, rows flagged for numbers that are wrong"] = (wrong, len(flagged))
    table["cliff, rows with a number marked that are flagged"] = (
        sum(bool(_of(found[row["id"]], NUMERIC)) for row in wanted),
        len(wanted),
    )
    return {"summary facts": table, "examples": notes[: arguments.show]}


def _of(found: Iterable[Finding], kinds: Collection[str]) -> list[Finding]:
    return [f for f in found if f.kind in kinds and reach([f], _LEVELS.get(f.kind, "warning"))]


def _summary_findings(row: Row) -> tuple[Finding, ...]:
    text, article = row["summary"], row["article"]
    lines, at = [], 0
    for line in article.split("\n"):
        if line.strip():
            lines.append(Block("paragraph", Span(at, at + len(line))))
        at += len(line) + 1
    whole = Article(row["id"], "en", article, tuple(lines))
    sentence = SummarySentence(text, (), 1, Span(0, 0))
    return checks.check_summary(Summary("en", "other", (sentence,)), whole).findings


def _places(text: str, part: str) -> list[Span]:
    """Where a marked span stands; the marks have spaces of their own."""
    pattern = r"\s*".join(map(re.escape, re.findall(r"\w+|[^\w\s]", part)))
    return [Span(*match.span()) for match in re.finditer(pattern, text)] if pattern else []


def _wanted(row: Row, kind: str) -> list[str]:
    """The marked spans that say something of a kind, by words of our own."""
    return [text for text in row["spans"] if _HOLDS[kind].search(text)]


def _note(why: str, row: Row, found: Iterable[Finding]) -> str:
    flagged = [f for f in found if reach([f], "warning")]
    said_ = "; ".join(f"{f.code} {f.severity} {f.expected!r} → {f.found!r}" for f in flagged)
    return f"{why} {row['id']} [{said_}]\n      {row['summary']}"


def show_summary_facts(result: dict[str, Any]) -> None:
    for note in result["examples"]:
        print(note)
    for name, share in result["summary facts"].items():
        print(f"  {name:<60}{said(share)}")


def summary_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, default=SUMMARY_FACTS, help="default: %(default)s")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="so many rows")
