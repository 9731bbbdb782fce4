"""Text to token numbers and back, for each family of models.

Hides the tokenizers and how each family is told its languages. The tags are put in by number:
a tokenizer would read one out of the article too, and `</s>` or `>>rus<<` in a text must be
text. Tokenizers accept language codes that the model does not have and turn them into
`<unk>` without a word, so every code of the lock is looked up when a model is opened.

What `Entry.sources` and `Entry.targets` call a language is, by family,
    marian   the target's token `>>ukr<<`; "" if the model has one target
    m2m100   the tokens `__en__` `__uk__`, nllb `eng_Latn` `ukr_Cyrl`, mbart50 `en_XX` `uk_UA`
    madlad   the target's token `<2uk>`
    t5       `German`, as in "translate English to German:"
    chat     the English name; "" for ours
    bart     nothing
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

from toolkit.engines.pieces import BUDGET, Prompt, Settings
from toolkit.errors import ModelError, ModelMismatch, UsageError
from toolkit.lang import pack
from toolkit.models.coverage import check_marian
from toolkit.models.download import stay_offline
from toolkit.models.entries import Entry, Family
from toolkit.package import install
from toolkit.schema import Request

__all__ = [
    "LOADING",
    "Tokens",
    "fingerprint",
    "go_offline",
    "load_hub_tokenizer",
    "open_tokens",
    "read_config",
    "signature",
]

# Models that chat lose the middle of long texts (research: Hy-MT2 beyond 4k tokens); those of
# sentences have `pieces.BUDGET`.
_USUAL_TEXT = 1024
# What a summariser without a word on the matter may write.
_USUAL_SUMMARY = 256
_LEAST = 8
# To be raised whenever the code of `pieces` or this module changes what is answered.
_RECIPE = "2"
# transformers switches torch's default device while it loads a model: two threads at a time end up
# with weights that are not there.
LOADING = threading.Lock()
_TEXT_HERE = "\ue000text\ue000"


def go_offline() -> None:
    """Keep the hub's libraries from the network: to be called before they are imported."""
    stay_offline()
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # else it warns when we fork


def read_config(folder: Path, name: str = "config.json") -> Mapping[str, Any]:
    """A JSON object of a model's folder; empty if there is no such file."""
    try:
        found = json.loads((folder / name).read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as exc:
        raise ModelMismatch(f"{folder / name}: cannot be read: {exc}") from exc
    if not isinstance(found, dict):
        raise ModelMismatch(f"{folder / name}: expected an object, found {type(found).__name__}")
    return found


# --- tokenizers ----------------------------------------------------------------------


class _Marian:
    """SentencePiece and a vocabulary apart from it, as the opus models lie on the hub.

    Gives what `MarianTokenizer` gives, but without transformers, which takes seconds to import,
    and without its look for tags in the text.
    """

    def __init__(self, folder: Path, name: str) -> None:
        import sentencepiece  # here because importing a module of ours loads nothing

        check_marian(folder, name)
        try:
            # Given as bytes: a path in another encoding is not one to sentencepiece.
            self._source, self._target = (
                sentencepiece.SentencePieceProcessor(model_proto=(folder / spm).read_bytes())
                for spm in ("source.spm", "target.spm")
            )
        except (OSError, RuntimeError) as exc:
            raise ModelMismatch(f"{name}: its .spm files cannot be read: {exc}") from exc
        self.vocabulary = dict(read_config(folder, "vocab.json"))
        apart = dict(read_config(folder, "target_vocab.json"))
        self._pieces = {at: piece for piece, at in (apart or self.vocabulary).items()}
        try:
            self.unk, self.eos = self.vocabulary["<unk>"], self.vocabulary["</s>"]
            self.pad = self.vocabulary["<pad>"]
        except KeyError as exc:
            raise ModelMismatch(f"{folder / 'vocab.json'}: has no token {exc}") from exc

    def encode(self, text: str) -> list[int]:
        return [
            self.vocabulary.get(piece, self.unk)
            for piece in self._source.encode(text, out_type=str)
        ]

    def decode(self, ids: Sequence[int]) -> str:
        special = (self.unk, self.eos, self.pad)
        pieces = [self._pieces.get(at, "") for at in ids if at not in special]
        text: str = self._target.decode_pieces(pieces)
        return text.replace("▁", " ").strip()

    def number(self, token: str) -> int | None:
        return self.vocabulary.get(token)

    def names(self, ids: Sequence[int]) -> list[str]:
        return [self._pieces.get(at, "<unk>") for at in ids]

    def numbers(self, names: Sequence[str]) -> list[int]:
        return [self.vocabulary.get(name, self.unk) for name in names]


class _Hub:
    """A tokenizer of transformers."""

    def __init__(self, folder: Path, family: Family) -> None:
        self.tokenizer = load_hub_tokenizer(folder, family)
        self.eos: int = self.tokenizer.eos_token_id
        self.unk: int | None = self.tokenizer.unk_token_id
        self.pad: int | None = self.tokenizer.pad_token_id
        self.bos: int | None = self.tokenizer.bos_token_id
        added = self.tokenizer.get_added_vocab()
        marks = {**added, **{t: self.number(t) for t in self.tokenizer.all_special_tokens}}
        # No text may hold these: ends, beginnings, languages, the roles of a chat.
        self._marks = {at: token for token, at in marks.items() if at not in (None, self.unk)}
        if self.eos is None and family != "chat":
            raise ModelMismatch(f"{folder}: its tokenizer has no end of sentence")

    def encode(self, text: str) -> list[int]:
        ids = self._encode(text)
        if self._marks.keys().isdisjoint(ids):
            return ids
        # Some tokenizers find `</s>` in a text all the same: they are given it as `< /s>`.
        for at in {*ids} & self._marks.keys():
            mark = self._marks[at]
            text = text.replace(mark, f"{mark[:1]} {mark[1:]}")
        return [at for at in self._encode(text) if at not in self._marks]

    def _encode(self, text: str) -> list[int]:
        found: list[int] = self.tokenizer.encode(
            text, add_special_tokens=False, split_special_tokens=True
        )
        return found

    def decode(self, ids: Sequence[int]) -> str:
        text: str = self.tokenizer.decode(
            list(ids), skip_special_tokens=True, clean_up_tokenization_spaces=False
        )
        return text.strip()

    def number(self, token: str) -> int | None:
        found: int | None = self.tokenizer.convert_tokens_to_ids(token)
        return None if found == self.unk else found

    def names(self, ids: Sequence[int]) -> list[str]:
        found: list[str] = self.tokenizer.convert_ids_to_tokens(list(ids))
        return found

    def numbers(self, names: Sequence[str]) -> list[int]:
        found: list[int] = self.tokenizer.convert_tokens_to_ids(list(names))
        return found

    def frame(self, prompt: str) -> tuple[list[int], list[int]]:
        """What stands before and behind a user's text in a chat: the template, in tokens."""
        try:
            text: str = self.tokenizer.apply_chat_template(
                [{"role": "user", "content": _TEXT_HERE}],
                tokenize=False,
                add_generation_prompt=True,
                enable_thinking=False,
            )
        except Exception as exc:  # Jinja's errors, and ValueError where there is no template
            raise ModelMismatch(f"its chat template cannot be used: {exc}") from exc
        before, _, behind = text.partition(_TEXT_HERE)
        own = self.tokenizer.encode(before, add_special_tokens=False)
        return [*own, *self.encode(prompt)], self.tokenizer.encode(behind, add_special_tokens=False)


# Named, as AutoTokenizer takes an NLLB folder without tokenizer_config.json for M2M100.
_TOKENIZERS: Mapping[Family, str] = MappingProxyType(
    {
        "marian": "MarianTokenizer",
        "m2m100": "M2M100Tokenizer",
        "nllb": "NllbTokenizer",
        "mbart50": "MBart50Tokenizer",
        "t5": "T5Tokenizer",
        "madlad": "T5Tokenizer",
        "bart": "BartTokenizer",
        "chat": "AutoTokenizer",
    }
)


def load_hub_tokenizer(folder: Path, family: Family) -> Any:
    """The tokenizer of transformers for a folder; it takes seconds, and Marian goes without."""
    go_offline()
    import transformers
    from transformers.utils import logging

    logging.set_verbosity_error()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return getattr(transformers, _TOKENIZERS[family]).from_pretrained(
                str(folder), local_files_only=True, trust_remote_code=False
            )
    except ImportError as exc:
        raise _missing_protobuf(folder, exc) from exc
    except Exception as exc:  # OSError, ValueError, KeyError, RuntimeError, those of Rust, …
        # Without protobuf the tokenizer is taken for one of tiktoken, and that is asked for.
        if "tiktoken" in str(exc) or "protobuf" in str(exc):
            raise _missing_protobuf(folder, exc) from exc
        raise ModelMismatch(f"{folder}: its tokenizer cannot be loaded: {exc}") from exc


def _missing_protobuf(folder: Path, exc: Exception) -> ModelError:
    return ModelError(
        f"{folder}: its tokenizer needs protobuf ({str(exc).strip().splitlines()[0]:.80})",
        hint=install("hf"),
    )


# --- families ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Frame:
    """Tokens around a text, and those with which its answer begins."""

    before: tuple[int, ...] = ()
    behind: tuple[int, ...] = ()
    prefix: tuple[int, ...] = ()


class Tokens:
    """A model's tokenizer, its languages and its limits: a `pieces.Model`."""

    def __init__(self, entry: Entry, folder: Path, *, beam: int | None = None) -> None:
        self.entry = entry
        self._own = _own_decoding(folder)
        if beam is not None and beam < 1:
            raise UsageError(f"beam: expected 1 or more, found {beam}")
        self.beam = beam if beam is not None else max(1, entry.decoding.beam)
        self._config = read_config(folder)
        self.tokenizer: _Marian | _Hub = (
            _Marian(folder, entry.id) if entry.family == "marian" else _Hub(folder, entry.family)
        )
        self._frames: dict[tuple[str, str], _Frame] = {}
        _check_codes(entry, folder, self)

    @property
    def whole_texts(self) -> bool:
        """A sentence by itself cannot be summarised, and a model that chats can take several."""
        return self.entry.family == "chat" or self.entry.task == "summarize"

    def knows(self, request: Request) -> bool:
        return (
            request.task == self.entry.task
            and self.entry.source_code(request.source_lang) is not None
            and self.entry.target_code(request.target_lang) is not None
        )

    @cached_property
    def positions(self) -> int | None:
        """How many tokens the model can count; None if there is no such limit."""
        if self.entry.family in ("t5", "madlad"):
            return None
        found = self._config.get("max_position_embeddings")
        return found if isinstance(found, int) and found > 0 else None

    def budget(self, request: Request) -> int:
        frame = self._frame(request)
        if self.entry.family == "chat":
            usual = _USUAL_TEXT
            room = (self.positions or 4096) // 3  # prompt, text, and an answer half as long again
        else:
            usual = (self.positions or _USUAL_TEXT) if self.whole_texts else BUDGET
            room = self.positions or _USUAL_TEXT
        wanted = self.entry.decoding.max_input_tokens or usual
        return max(_LEAST, min(wanted, room - len(frame.before) - len(frame.behind)))

    def room(self, request: Request, tokens: int) -> int:
        if request.task == "summarize" and request.words:
            wanted = 3 * request.words + 32  # a word has one or two tokens, and may be one of many
        elif request.task == "summarize":
            wanted = int(self._own.get("max_length") or _USUAL_SUMMARY)
        else:
            wanted = 2 * tokens + 32
        wanted = min(wanted, self.entry.decoding.max_output_tokens or wanted)
        # Two places go to the start and the language.
        return min(wanted, self.positions - 2) if self.positions else wanted

    def settings(self, request: Request) -> Settings:
        """Those of the lock at first, then what leads elsewhere: more beams, no repeating."""
        chosen = Settings(self.beam)
        if self.entry.task == "summarize":  # tuned for it by whoever trained the model
            chosen = Settings(
                self.beam,
                int(self._own.get("no_repeat_ngram_size") or 0),
                1.0,
                float(self._own.get("length_penalty") or 1.0),
                request.words or int(self._own.get("min_length") or 0),
            )
        if request.attempt == 0:
            return chosen
        beam, ngram, penalty = (4, 4, 1.1) if request.attempt == 1 else (6, 3, 1.2)
        return Settings(
            max(chosen.beam, beam), ngram, penalty, chosen.length_penalty, chosen.min_tokens
        )

    def encode(self, text: str) -> list[int]:
        return self.tokenizer.encode(text)

    def decode(self, ids: Sequence[int]) -> str:
        return self.tokenizer.decode(ids)

    def spells(self, text: str) -> bool:
        ids = self.encode(text)
        return self.tokenizer.unk not in ids and self.decode(ids) == text

    def prompt(self, ids: Sequence[int], request: Request) -> Prompt:
        frame = self._frame(request)
        return Prompt((*frame.before, *ids, *frame.behind), frame.prefix)

    def _frame(self, request: Request) -> _Frame:
        if self.entry.family == "chat":
            before, behind = _chat_frame(self, request)
            return _Frame(before, behind)
        pair = (request.source_lang, request.target_lang)
        if pair not in self._frames:
            self._frames[pair] = _FRAMES[self.entry.family](self, *self.codes(*pair))
        return self._frames[pair]

    def codes(self, source_lang: str, target_lang: str) -> tuple[str, str]:
        """What the model calls two languages that it knows."""
        return (
            self.entry.source_code(source_lang) or "",
            self.entry.target_code(target_lang) or "",
        )

    def tag(self, token: str) -> int:
        """The number of a token that must be one."""
        number = self.tokenizer.number(token)
        if number is None:
            raise ModelMismatch(
                f"{self.entry.id}: the model has no language {token!r}",
                hint="correct the language codes of this model in models.lock",
            )
        return number

    @property
    def forced_first(self) -> int | None:
        """The token with which answers must begin, as the model's own settings say."""
        found = self._own.get("forced_bos_token_id")
        return found if isinstance(found, int) else None


def open_tokens(entry: Entry, folder: Path, *, beam: int | None = None) -> Tokens:
    """The tokens of a verified model; ModelMismatch if its files do not do what the entry says."""
    return Tokens(entry, folder, beam=beam)


def signature(runtime: str, tokens: Tokens, folder: Path, precision: str) -> str:
    """What the answers depend on: who runs which files, how they decode, in which precision."""
    decoding = tokens.entry.decoding
    return (
        f"{runtime}:{tokens.entry.id}:{fingerprint(tokens.entry, folder)}"
        f":beam={tokens.beam},in={decoding.max_input_tokens},out={decoding.max_output_tokens}"
        f":{precision}:{_RECIPE}"
    )


def fingerprint(entry: Entry, folder: Path) -> str:
    """16 hex digits of the model's files; where the entry has no hashes they are made here."""
    if entry.complete:
        return entry.key
    whole = hashlib.sha256()
    for file in sorted(path for path in folder.iterdir() if path.is_file()):
        with file.open("rb") as stream:
            whole.update(
                f"{file.name} {hashlib.file_digest(stream, 'sha256').hexdigest()}\n".encode()
            )
    return whole.hexdigest()[:16]


def _own_decoding(folder: Path) -> Mapping[str, Any]:
    """What the model's makers set for decoding; older ones wrote it into config.json."""
    return {**read_config(folder), **read_config(folder, "generation_config.json")}


def _marian_frame(tokens: Tokens, _source: str, target: str) -> _Frame:
    return _Frame((tokens.tag(target),) if target else (), (tokens.tokenizer.eos,))


def _tagged_frame(tokens: Tokens, source: str, target: str) -> _Frame:
    return _Frame((tokens.tag(source),), (tokens.tokenizer.eos,), (tokens.tag(target),))


def _t5_frame(tokens: Tokens, source: str, target: str) -> _Frame:
    task = f"translate {source} to {target}:" if target else ""
    if tokens.entry.task == "summarize":
        task = "summarize:"
    return _Frame(tuple(tokens.encode(task)) if task else (), (tokens.tokenizer.eos,))


def _madlad_frame(tokens: Tokens, _source: str, target: str) -> _Frame:
    return _Frame((tokens.tag(target),), (tokens.tokenizer.eos,))


def _bart_frame(tokens: Tokens, _source: str, _target: str) -> _Frame:
    bos = getattr(tokens.tokenizer, "bos", None)
    first = tokens.forced_first
    return _Frame(
        (bos,) if bos is not None else (),
        (tokens.tokenizer.eos,),
        (first,) if first is not None else (),
    )


_FRAMES: Mapping[Family, Callable[[Tokens, str, str], _Frame]] = MappingProxyType(
    {
        "marian": _marian_frame,
        "m2m100": _tagged_frame,
        "nllb": _tagged_frame,
        "mbart50": _tagged_frame,
        "t5": _t5_frame,
        "madlad": _madlad_frame,
        "bart": _bart_frame,
    }
)


def _chat_frame(tokens: Tokens, request: Request) -> tuple[tuple[int, ...], tuple[int, ...]]:
    # Other instruct models follow the wording that Hy-MT2 was trained on as well. Neighbours are
    # not given: small models translate them too.
    if not isinstance(tokens.tokenizer, _Hub):
        raise TypeError("a chat model has a tokenizer of the hub")
    name = tokens.entry.target_code(request.target_lang) or pack(request.target_lang).name
    if request.task == "summarize":
        size = f"about {request.words} words" if request.words else "at most three sentences"
        wish = f"Summarize the following text in {name}, in {size}."
        rule = "Only state what the text says, and output only the summary:"
    else:
        wish = f"Translate the following text into {name}."
        rule = (
            "Note that you should only output the translated result "
            "without any additional explanation:"
        )
    terms = "".join(f"{source} translates to {target}\n" for source, target in request.terms)
    known = f"Reference the following translations:\n{terms}\n" if terms else ""
    before, behind = tokens.tokenizer.frame(f"{known}{wish} {rule}\n\n")
    return tuple(before), tuple(behind)


def _check_codes(entry: Entry, folder: Path, tokens: Tokens) -> None:
    if entry.family == "firefox":
        raise UsageError(f"{entry.id}: is a model for the engine 'firefox'")
    if not entry.sources or not entry.targets:
        raise ModelMismatch(f"{entry.id}: models.lock names no languages for it")
    first, last = entry.sources[0].lang, entry.targets[-1].lang
    pairs = [(source.lang, last) for source in entry.sources]
    for source_lang, target_lang in (*pairs, *((first, target.lang) for target in entry.targets)):
        tokens.budget(Request("", source_lang, target_lang, entry.task))  # looks the codes up
    if not isinstance(tokens.tokenizer, _Marian):
        return
    tags = sorted(token for token in tokens.tokenizer.vocabulary if token.startswith(">>"))
    untagged = [code.lang for code in entry.targets if not code.code]
    if len(tags) > 1 and untagged:
        # Without a tag such a model answers in a language of its own choice.
        raise ModelMismatch(
            f"{folder}: the model has {len(tags)} target languages ({', '.join(tags[:4])}, …), "
            f"and models.lock does not say which is {untagged[0]!r}",
            hint='give the code in models.lock, as in: uk = "ukr"',
        )
