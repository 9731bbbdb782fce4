"""How good what we make is, against what else there is: `python bench/quality.py --help`.

Reads evaluation data that is not part of this repository (`../shared/eval`, or `--data`).
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import injections
import pairs
import remedies
import whole_texts
from evaluation import EVAL, stop

from toolkit import labels, segmentation, summaries
from toolkit.lang import pack
from toolkit.schema import Article, Block, Length, Segment, Span

NEWS = EVAL / "summaries" / "news_dev.jsonl"

# Prefixes of the ids of a set, its measure, and the budget its references suggest.
SETS: dict[str, tuple[tuple[str, ...], int]] = {
    "cnndm": (("summeval", "realsumm", "zhang23", "cnndmtrain"), 60),
    "bbc": (("bbc",), 150),
    "xsum": (("xsum",), 28),
    "kr50": (("kr50",), 0),  # as many characters as the reference has
}
# How far the last sentence may go over, for the peers as for ours (see `summaries.extractive`).
TOLERANCE = 0.15


# --- summaries -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """One article with its references, cut once by our own rules for everybody."""

    set_name: str
    article: Article
    segments: tuple[Segment, ...]
    references: tuple[str, ...]
    marked: frozenset[int]  # characters of the article that an extractive reference holds
    length: Length


Method = Callable[[Row], list[Segment]]


def read_rows(path: Path, limit: int | None) -> list[Row]:
    if not path.exists():
        stop(f"{path}: not there; give the file of articles and references with --data")
    rows: list[Row] = []
    seen: dict[str, int] = {}
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            data = json.loads(line)
            prefix = data["id"].partition(":")[0]
            name = next((n for n, (prefixes, _) in SETS.items() if prefix in prefixes), None)
            if name is None or (limit and seen.get(name, 0) >= limit):
                continue
            seen[name] = seen.get(name, 0) + 1
            rows.append(_row(name, data))
    return rows


def _row(name: str, data: dict[str, Any]) -> Row:
    article = as_article(data["id"], data["lang"], data["article"])
    segments = segmentation.segment(article, labels.find(article))
    references = tuple(data.get("references") or [data["reference"]])
    marked: set[int] = set()
    for i in data.get("summary_idx", ()):
        start = article.text.find(data["sentences"][i])
        marked.update(range(start, start + len(data["sentences"][i])) if start >= 0 else ())
    budget = SETS[name][1]
    length = Length(budget, "words") if budget else Length(len(data["reference"]), "characters")
    return Row(name, article, segments, references, frozenset(marked), length)


def as_article(id_: str, lang: str, text: str) -> Article:
    """A plain text as an article: each line that is not empty is a paragraph."""
    lines = (Span(*match.span()) for match in re.finditer(r"[^\s][^\n]*", text))
    return Article(id_, lang, text, tuple(Block("paragraph", span) for span in lines))


def ours(row: Row) -> list[Segment]:
    found = labels.find(row.article)
    summary = summaries.summarize(row.article, found, row.segments, row.length)
    chosen = {id_ for sentence in summary.sentences for id_ in sentence.segments}
    return [segment for segment in row.segments if segment.id in chosen]


def lead(row: Row) -> list[Segment]:
    return _fill(row, row.segments, skip=False)


def lead_filled(row: Row) -> list[Segment]:
    """The first sentences that fit, passing over those that do not: as long as ours."""
    return _fill(row, row.segments)


def _cost(row: Row, segment: Segment) -> int:
    return len(segment.text.split()) if row.length.measure == "words" else len(segment.text)


def _fill(row: Row, ranked: Iterable[Segment], *, skip: bool = True) -> list[Segment]:
    """The best sentences that fit; the first one always does."""
    chosen: list[Segment] = []
    spent = 0
    for segment in ranked:
        cost = _cost(row, segment)
        if chosen and spent + cost > row.length.count * (1 + TOLERANCE):
            if not skip:
                break
            continue
        chosen.append(segment)
        spent += cost
    return chosen


def sumy_methods(names: Sequence[str]) -> dict[str, Method]:
    """The named methods of sumy, each fed our sentences, our words and its own stop words."""
    try:
        from sumy.nlp.stemmers import Stemmer, null_stemmer
        from sumy.summarizers.kl import KLSummarizer
        from sumy.summarizers.lex_rank import LexRankSummarizer
        from sumy.summarizers.lsa import LsaSummarizer
        from sumy.summarizers.luhn import LuhnSummarizer
        from sumy.summarizers.reduction import ReductionSummarizer
        from sumy.summarizers.sum_basic import SumBasicSummarizer
        from sumy.summarizers.text_rank import TextRankSummarizer
        from sumy.utils import get_stop_words
    except ImportError as exc:
        stop(f"{exc}: the peer is missing; install it with: pip install sumy")
    classes = {
        "lexrank": LexRankSummarizer,
        "textrank": TextRankSummarizer,
        "lsa": LsaSummarizer,
        "luhn": LuhnSummarizer,
        "sumbasic": SumBasicSummarizer,
        "kl": KLSummarizer,
        "reduction": ReductionSummarizer,
    }

    def method(name: str) -> Method:
        made = {}
        for lang in ("en", "ko"):
            english = lang == "en"
            summarizer = classes[name](Stemmer("english") if english else null_stemmer)
            stop_words = get_stop_words("english") if english else frozenset()
            if hasattr(summarizer, "stop_words"):
                summarizer.stop_words = stop_words
            made[lang] = summarizer

        def run(row: Row) -> list[Segment]:
            document, by_sentence = sumy_document(row.segments, row.article.lang)
            chosen: list[Segment] = []

            def within_budget(infos: Sequence[Any]) -> Sequence[Any]:
                ranked = (by_sentence[info.sentence] for info in infos)
                chosen.extend(_fill(row, ranked))
                return []

            made[row.article.lang](document, within_budget)
            return sorted(chosen, key=lambda segment: segment.span)

        return run

    return {f"sumy {name}": method(name) for name in names}


def sumy_document(segments: Sequence[Segment], lang: str) -> tuple[Any, dict[Any, Segment]]:
    """A document of sumy's with our sentences; sumy's own splitter needs a download."""
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence

    tokenizer = _Words(lang)
    by_sentence = {Sentence(segment.text, tokenizer): segment for segment in reversed(segments)}
    sentences = [Sentence(segment.text, tokenizer) for segment in segments]
    return ObjectDocumentModel([Paragraph(sentences)]), by_sentence


class _Words:
    """What sumy wants of a tokenizer; Korean words as the pairs of letters we use ourselves."""

    def __init__(self, lang: str) -> None:
        self.pairs = pack(lang).summaries.bigrams

    def to_words(self, text: str) -> tuple[str, ...]:
        words = re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text)
        if not self.pairs:
            return tuple(words)
        return tuple(w[i : i + 2] for w in words for i in range(max(1, len(w) - 1)))


# Written apart from the rules of the product, so that they can be wrong about each other.
_OPENER = re.compile(
    r"(He|She|They|It|His|Her|Their|Its|This|These|Those|The others?|The latter|The pair)\b"
    r"(?! (week|month|year|morning|afternoon|evening|season|summer|winter|spring)\b)"
)
_QUOTE = re.compile(r"""(?P<open>“|(?:^|(?<=[\s(]))")|[”"]""")


def dangling(row: Row, chosen: Sequence[Segment]) -> int:
    """How many chosen sentences lean on the one before, which was not chosen."""
    picked = {segment.id for segment in chosen}
    count = 0
    for before, segment in zip(row.segments, row.segments[1:], strict=False):
        if segment.id not in picked or before.id in picked:
            continue
        start = row.article.blocks[segment.paragraph - 1].span.start
        lead_in = row.article.text[start : segment.span.start]
        marks = list(_QUOTE.finditer(lead_in))
        count += bool((marks and marks[-1]["open"]) or _OPENER.match(segment.text))
    return count


def measure_summaries(arguments: argparse.Namespace) -> dict[str, Any]:
    """ROUGE of ours, Lead and sumy at equal length, by set."""
    try:
        from rouge_score.rouge_scorer import RougeScorer
    except ImportError as exc:
        stop(f"{exc}: the measure is missing; install it with: pip install rouge-score")
    rows = read_rows(arguments.data, arguments.limit)
    names = ["lexrank", "textrank", "lsa", "luhn", "sumbasic", "reduction"]
    methods: dict[str, Method] = {"ours": ours, "lead": lead, "lead, filled": lead_filled}
    if not arguments.no_sumy:
        methods |= sumy_methods([*names, "kl"] if arguments.kl else names)
    scorer = RougeScorer(["rouge1", "rouge2", "rougeL"], use_stemmer=True)
    table: dict[str, dict[str, dict[str, float]]] = {}
    for set_name in SETS:
        mine = [row for row in rows if row.set_name == set_name]
        for name, method in methods.items() if mine else ():
            table.setdefault(set_name, {})[name] = _score(mine, method, scorer)
    return {"tolerance_of_peers": TOLERANCE, "summaries": table}


def _score(rows: Sequence[Row], method: Method, scorer: Any) -> dict[str, float]:
    totals = {"R1": 0.0, "R2": 0.0, "RL": 0.0, "chars F1": 0.0}
    sentences = leaning = words = 0
    for row in rows:
        chosen = method(row)
        sentences += len(chosen)
        leaning += dangling(row, chosen)
        text = " ".join(segment.text for segment in chosen)
        words += len(text.split())
        if row.marked:
            mine = {i for segment in chosen for i in range(*segment.span)}
            shared = len(mine & row.marked)
            totals["chars F1"] += 200 * shared / (len(mine) + len(row.marked))
            continue
        for reference in row.references:
            found = scorer.score(reference, text)
            for short, key in (("R1", "rouge1"), ("R2", "rouge2"), ("RL", "rougeL")):
                totals[short] += 100 * found[key].fmeasure / len(row.references)
    means = {key: round(value / len(rows), 2) for key, value in totals.items() if value}
    return means | {
        "words": round(words / len(rows), 1),
        "dangling %": round(100 * leaning / max(1, sentences), 1),
        "rows": len(rows),
    }


def show_summaries(result: dict[str, Any]) -> None:
    for set_name, methods in result["summaries"].items():
        columns = list(next(iter(methods.values())))
        print(f"\n{set_name:<16}" + "".join(f"{column:>11}" for column in columns))
        for name, values in methods.items():
            print(f"{name:<16}" + "".join(f"{values.get(column, 0):>11g}" for column in columns))
    if "cnndm" in result["summaries"]:
        print("\n" + verdict(result["summaries"]["cnndm"]))


def verdict(cnndm: dict[str, dict[str, float]]) -> str:
    mine, leads = cnndm["ours"], (cnndm["lead"], cnndm["lead, filled"])
    parts = [f"{k} {mine[k] - max(first[k] for first in leads):+.2f}" for k in ("R1", "R2", "RL")]
    peers = {name: values["R2"] for name, values in cnndm.items() if name.startswith("sumy")}
    text = f"cnndm: ours against the better lead: {', '.join(parts)}"
    if peers:
        best = max(peers, key=peers.__getitem__)
        text += f"; against the best of sumy ({best}): R2 {mine['R2'] - peers[best]:+.2f}"
    return text


def _summary_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, default=NEWS, help="default: %(default)s")
    parser.add_argument("--limit", type=int, help="only so many rows of each set")
    parser.add_argument("--no-sumy", action="store_true", help="ours and Lead only")
    parser.add_argument("--kl", action="store_true", help="sumy's KL too (slow)")


# --- command line --------------------------------------------------------------------

Command = tuple[
    Callable[[argparse.ArgumentParser], None],
    Callable[[argparse.Namespace], dict[str, Any]],
    Callable[[dict[str, Any]], None],
]
# A further measurement is one entry: its options, what it measures, how that is shown.
COMMANDS: dict[str, Command] = {
    "repairs": (remedies.repair_options, remedies.measure_repairs, remedies.show_repairs),
    "summaries": (_summary_options, measure_summaries, show_summaries),
    "facts": (pairs.facts_options, pairs.measure_facts, pairs.show_facts),
    "injections": (
        injections.injection_options,
        injections.measure_injections,
        injections.show_injections,
    ),
    "documents": (
        whole_texts.document_options,
        whole_texts.measure_documents,
        whole_texts.show_documents,
    ),
    "summary-facts": (
        whole_texts.summary_options,
        whole_texts.measure_summary_facts,
        whole_texts.show_summary_facts,
    ),
}


def main(table: Mapping[str, Command], about: str) -> None:
    """One of the measurements of a script: measured, shown, and written if asked."""
    parser = argparse.ArgumentParser(description=about.partition("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    for name, (options, measure, _) in table.items():
        command = commands.add_parser(name, help=(measure.__doc__ or "").partition("\n")[0])
        options(command)
        command.add_argument("--json", type=Path, metavar="FILE", help="write the numbers there")
    arguments = parser.parse_args()
    _, measure, show = table[arguments.command]
    result = measure(arguments)
    show(result)
    if arguments.json:
        result.pop("examples", None)
        text = json.dumps(_when_and_where() | result, ensure_ascii=False, indent=1)
        # A share on one line: [335, 337].
        text = re.sub(r"\[\s+(\d+),\s+(\d+)\s+\]", r"[\1, \2]", text)
        arguments.json.parent.mkdir(parents=True, exist_ok=True)
        arguments.json.write_text(text + "\n", encoding="utf-8")


def _when_and_where() -> dict[str, str]:
    shown = [word for word in sys.argv[1:] if not word.endswith(".json") and word != "--json"]
    return {
        "command": " ".join(("python", "bench/" + Path(sys.argv[0]).name, *shown)),
        "date": datetime.now(tz=UTC).date().isoformat(),
        "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}",
    }


if __name__ == "__main__":
    main(COMMANDS, __doc__ or "")
