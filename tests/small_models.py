"""Tiny models of every family, in the file layout in which they lie on the hub.

Their weights are random, so they say nothing, but each says something else to each text, and
comes to an end: the row of the end token is made louder than the others, so that it wins now
and then. `make(family, folder)` gives the `Entry` that a lock would have for it.
"""

from __future__ import annotations

import hashlib
import io
import json
import random
import warnings
from collections.abc import Callable
from pathlib import Path

from toolkit.engines.pieces import Prompt
from toolkit.engines.tokens import open_tokens
from toolkit.models.entries import Code, Decoding, Entry, File
from toolkit.schema import Request

LANGS = ("en", "ko", "uk")
CODES = {
    "marian": {"en": "", "ko": ">>kor<<", "uk": ">>ukr<<"},
    "m2m100": {"en": "__en__", "ko": "__ko__", "uk": "__uk__"},
    "nllb": {"en": "eng_Latn", "ko": "kor_Hang", "uk": "ukr_Cyrl"},
    "mbart50": {"en": "en_XX", "ko": "ko_KR", "uk": "uk_UA"},
    "t5": {"en": "English", "ko": "Korean", "uk": "Ukrainian"},
    "madlad": {"en": "", "ko": "<2ko>", "uk": "<2uk>"},
    "bart": {"en": ""},
    "chat": {"en": "", "ko": "", "uk": ""},
}
FAMILIES = tuple(CODES)
# Those with which most answers come to an end.
SEEDS = {"marian": 2, "t5": 2, "madlad": 4}
# Random weights often do not stop, and nobody reads on.
SHORT = Decoding(max_output_tokens=20)
SENTENCES = (
    "The city bought 40 buses for the line to the north.",
    "Nobody was hurt when the old bridge fell into the river on Monday.",
    "Prices rose by 3.5 percent in March, the bank said.",
    "A court in the capital heard the case against two former ministers.",
    "Rain is expected in the west; the east stays dry, and winds are light.",
    "Місто купило сорок автобусів для північної лінії.",
    "Ніхто не постраждав, коли старий міст упав у річку.",
    "도시는 북쪽 노선에 버스 마흔 대를 샀다.",
    "다친 사람은 없었다고 당국이 밝혔다.",
)
MARKS = {"bos_token": "<s>", "eos_token": "</s>"}
CHAT_MARKS = {"eos_token": "<|end|>", "pad_token": "<|pad|>"}
CHAT_TEMPLATE = (
    "{% for message in messages %}<|{{ message['role'] }}|>{{ message['content'] }}<|end|>"
    "{% endfor %}{% if add_generation_prompt %}<|assistant|>{% endif %}"
)
_WIDTH = 32
_SHAPE = {
    "d_model": _WIDTH,
    "encoder_layers": 2,
    "decoder_layers": 2,
    "encoder_attention_heads": 4,
    "decoder_attention_heads": 4,
    "encoder_ffn_dim": 64,
    "decoder_ffn_dim": 64,
    "init_std": 0.3,
}


_MADE: dict[str, tuple[Entry, Path]] = {}


def made(family: str, home: Callable[[str], Path]) -> tuple[Entry, Path]:
    """The entry and folder of a small model, made once a session in a folder that `home` gives."""
    if family not in _MADE:
        folder = home(family)
        _MADE[family] = make(family, folder), folder
    return _MADE[family]


def make(family: str, folder: Path, *, positions: int = 128, safe: bool = True) -> Entry:
    """A model in `folder`, and its entry; with `safe=False` its weights are a `.bin`."""
    import torch
    import transformers

    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEEDS.get(family, 0))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model, words = globals()[f"_{family}"](folder, transformers, positions)
        model.eval()
        model.config.architectures = [type(model).__name__]
        model.config.save_pretrained(folder)
        _let_it_end(torch, model, words, _prompts(family, folder))
    if safe:
        model.save_pretrained(folder)
    else:
        model.generation_config.save_pretrained(folder)
        torch.save(model.state_dict(), folder / "pytorch_model.bin")
    return entry_of(family, folder)


def entry_of(family: str, folder: Path, *, decoding: Decoding = SHORT) -> Entry:
    """The entry of what lies in a folder."""
    codes = tuple(Code(lang, code) for lang, code in CODES[family].items())
    targets = codes if family not in ("marian", "madlad") else tuple(c for c in codes if c.code)
    return Entry(
        id=f"small-{family}",
        family=family,
        task="summarize" if family == "bart" else "translate",
        sources=codes,
        targets=targets,
        licence="Apache-2.0",
        commercial=True,
        files=tuple(
            File(p.name, p.stat().st_size, hashlib.sha256(p.read_bytes()).hexdigest())
            for p in sorted(folder.iterdir())
        ),
        verified="added",
        decoding=decoding,
    )


def _prompts(family: str, folder: Path) -> list[Prompt]:
    entry = entry_of(family, folder)
    tokens = open_tokens(entry, folder)
    return [
        tokens.prompt(tokens.encode(text), Request(text, "en", target.lang, entry.task))
        for text in SENTENCES
        for target in entry.targets
    ]


def _let_it_end(torch: object, model: object, words: range, prompts: list[Prompt]) -> None:
    """Give the end a row of weights that makes most answers to the prompts end after 3 to 20
    tokens: of many random rows the best.

    Before that all rows are made quiet, so that no word calls for itself, and the marks that
    are no words hardly heard.
    """
    head, read = model.get_output_embeddings(), model.get_input_embeddings()
    end, seen = model.generation_config.eos_token_id, []
    width = max(len(prompt.source) for prompt in prompts)
    pads = [width - len(prompt.source) for prompt in prompts]
    left = not model.config.is_encoder_decoder
    ids = [[end] * n + [*p.source] if left else [*p.source] + [end] * n
           for p, n in zip(prompts, pads, strict=True)]  # fmt: skip
    mask = [[0] * n + [1] * (width - n) if left else [1] * (width - n) + [0] * n for n in pads]
    asked = {"inputs": torch.tensor(ids), "attention_mask": torch.tensor(mask)}
    if not left:
        start = model.config.decoder_start_token_id
        asked["decoder_input_ids"] = torch.tensor([[start, *p.prefix] for p in prompts])
    with torch.no_grad():
        for table in {id(t): t for t in (read.weight, head.weight)}.values():
            table.mul_(0.3)
        head.weight[: words.start] *= 0.1
        head.weight[words.stop :] *= 0.1
        loud = 3 * head.weight[words.start : words.stop].std()
        hook = head.register_forward_pre_hook(lambda _module, args: seen.append(args[0][:, -1]))
        best = (-1.0, head.weight[end].clone())
        for _ in range(3):  # the row is also what is read as the end, and changes the states
            seen.clear()
            model.generate(**asked, min_new_tokens=24, max_new_tokens=24, do_sample=False)
            states = torch.stack(seen)
            scores = head(states)
            own = _ends_well(torch, scores[..., end, None], scores, end).item()
            best = max(best, (own, head.weight[end].clone()), key=lambda one: one[0])
            rows = torch.randn(3000, states.shape[-1]) * loud
            head.weight[end] = rows[_ends_well(torch, states @ rows.T, scores, end).argmax()]
        head.weight[end] = best[1]
        hook.remove()


def _ends_well(torch: object, ends: object, scores: object, end: int) -> object:
    """For each candidate, the share of texts in which its score wins first at a good step."""
    others = scores.clone()
    others[..., end] = -torch.inf
    wins = ends > others.max(-1).values[..., None]  # step, text, candidate
    first = torch.where(wins.any(0), wins.int().argmax(0), len(wins))
    return ((first > 2) & (first < 20)).float().mean(0)


def _text() -> list[str]:
    """The sentences, and enough words of theirs in other orders to train pieces on."""
    shuffled = random.Random(1)
    words = [word for sentence in SENTENCES for word in sentence.split()]
    return [*SENTENCES, *(" ".join(shuffled.sample(words, 12)) for _ in range(200))]


def _pieces(path: Path, size: int, **options: object) -> list[str]:
    import sentencepiece

    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(_text()), model_writer=model, vocab_size=size,
        model_type="unigram", character_coverage=1.0, hard_vocab_limit=False,
        minloglevel=2, num_threads=1, **options,
    )  # fmt: skip
    path.write_bytes(model.getvalue())
    found = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())
    return [found.id_to_piece(n) for n in range(found.get_piece_size())]


def _write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def _marian(folder: Path, transformers: object, positions: int) -> object:
    pieces = _pieces(folder / "source.spm", 300)
    (folder / "target.spm").write_bytes((folder / "source.spm").read_bytes())
    own = [piece for piece in pieces if piece not in ("<unk>", "<s>", "</s>")]
    tokens = ["</s>", "<unk>", *own, ">>kor<<", ">>ukr<<", ">>rus<<", "<pad>"]
    _write(folder / "vocab.json", {token: n for n, token in enumerate(tokens)})
    _write(folder / "tokenizer_config.json", {"tokenizer_class": "MarianTokenizer"})
    special = {"eos_token": "</s>", "unk_token": "<unk>", "pad_token": "<pad>"}
    _write(folder / "special_tokens_map.json", special)
    pad = len(tokens) - 1
    model = transformers.MarianMTModel(
        transformers.MarianConfig(
            **_SHAPE, vocab_size=len(tokens), max_position_embeddings=positions,
            activation_function="swish", scale_embedding=True, static_position_embeddings=True,
            pad_token_id=pad, eos_token_id=0, decoder_start_token_id=pad, forced_eos_token_id=0,
        )
    )  # fmt: skip
    model.generation_config.bad_words_ids = [[pad]]
    return model, range(2, 2 + len(own))


def _m2m(transformers: object, positions: int, size: int) -> object:
    return transformers.M2M100ForConditionalGeneration(
        transformers.M2M100Config(
            **_SHAPE, vocab_size=size, max_position_embeddings=positions, scale_embedding=True,
            activation_function="relu", pad_token_id=1, bos_token_id=0, eos_token_id=2,
            decoder_start_token_id=2,
        )
    )  # fmt: skip


def _m2m100(folder: Path, transformers: object, positions: int) -> object:
    pieces = _pieces(folder / "sentencepiece.bpe.model", 300)
    own = [piece for piece in pieces if piece not in ("<unk>", "<s>", "</s>")]
    _write(
        folder / "vocab.json",
        {token: n for n, token in enumerate(["<s>", "<pad>", "</s>", "<unk>", *own])},
    )
    from transformers.models.m2m_100.tokenization_m2m_100 import FAIRSEQ_LANGUAGE_CODES

    special = {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>",
               "sep_token": "</s>", "pad_token": "<pad>"}  # fmt: skip
    codes = [f"__{code}__" for code in FAIRSEQ_LANGUAGE_CODES["m2m100"]]
    _write(folder / "special_tokens_map.json", {**special, "additional_special_tokens": codes})
    _write(folder / "tokenizer_config.json", {**special, "tokenizer_class": "M2M100Tokenizer"})
    model = _m2m(transformers, positions, 4 + len(own) + len(codes) + 8)
    return model, range(4, 4 + len(own))


def _nllb(folder: Path, transformers: object, positions: int) -> object:
    codes = [*CODES["nllb"].values(), "rus_Cyrl"]
    size = len(_pieces(folder / "sentencepiece.bpe.model", 300))
    tokenizer = transformers.NllbTokenizer.from_pretrained(folder, extra_special_tokens=codes)
    tokenizer.save_pretrained(folder)
    return _m2m(transformers, positions, len(tokenizer)), range(4, size)


def _mbart50(folder: Path, transformers: object, positions: int) -> object:
    size = len(_pieces(folder / "sentencepiece.bpe.model", 300))
    tokenizer = transformers.MBart50Tokenizer.from_pretrained(folder, src_lang="en_XX", **MARKS)
    tokenizer.save_pretrained(folder)
    model = transformers.MBartForConditionalGeneration(
        transformers.MBartConfig(
            **_SHAPE, vocab_size=len(tokenizer), max_position_embeddings=positions,
            scale_embedding=True, normalize_before=True, normalize_embedding=True,
            add_final_layer_norm=True, tokenizer_class="MBart50Tokenizer",
            pad_token_id=1, bos_token_id=0, eos_token_id=2, decoder_start_token_id=2,
            forced_eos_token_id=2,
        )
    )  # fmt: skip
    return model, range(4, size)


def _t5(folder: Path, transformers: object, positions: int, **options: object) -> object:
    symbols = options.pop("symbols", ())
    pieces = _pieces(folder / "spiece.model", 300, pad_id=0, eos_id=1, unk_id=2, bos_id=-1,
            user_defined_symbols=list(symbols))  # fmt: skip
    tokenizer = transformers.T5Tokenizer.from_pretrained(folder)
    tokenizer.save_pretrained(folder)
    model = transformers.T5ForConditionalGeneration(
        transformers.T5Config(
            vocab_size=len(tokenizer), d_model=_WIDTH, d_kv=8, d_ff=64, num_layers=2, num_heads=4,
            decoder_start_token_id=0, pad_token_id=0, eos_token_id=1, initializer_factor=3.0,
            **options,
        )
    )  # fmt: skip
    return model, range(3 + len(symbols), len(pieces))


def _madlad(folder: Path, transformers: object, positions: int) -> object:
    return _t5(folder, transformers, positions, feed_forward_proj="gated-gelu",
               tie_word_embeddings=False, symbols=("<2ko>", "<2uk>", "<2ru>"))  # fmt: skip


def _bytes(folder: Path, size: int, special: list[str]) -> object:
    import tokenizers

    bpe = tokenizers.ByteLevelBPETokenizer()
    bpe.train_from_iterator(_text(), vocab_size=size, special_tokens=special, show_progress=False)
    bpe.save_model(str(folder))
    return bpe


def _bart(folder: Path, transformers: object, positions: int) -> object:
    _bytes(folder, 400, ["<s>", "<pad>", "</s>", "<unk>", "<mask>"])
    tokenizer = transformers.BartTokenizer.from_pretrained(folder)
    tokenizer.save_pretrained(folder)
    model = transformers.BartForConditionalGeneration(
        transformers.BartConfig(
            **_SHAPE, vocab_size=len(tokenizer), max_position_embeddings=positions,
            normalize_before=False, forced_bos_token_id=0, forced_eos_token_id=2,
            pad_token_id=1, bos_token_id=0, eos_token_id=2, decoder_start_token_id=2,
        )
    )  # fmt: skip
    model.generation_config.update(
        max_length=40, min_length=5, length_penalty=2.0, no_repeat_ngram_size=3,
        early_stopping=True, num_beams=4, forced_bos_token_id=0, forced_eos_token_id=2,
    )  # fmt: skip
    return model, range(5, len(tokenizer))


def _chat(folder: Path, transformers: object, positions: int) -> object:
    special = ["<|end|>", "<|user|>", "<|assistant|>", "<|pad|>"]
    _bytes(folder, 400, special).save(str(folder / "tokenizer.json"))
    for name in ("vocab.json", "merges.txt"):
        (folder / name).unlink()
    tokenizer = transformers.PreTrainedTokenizerFast(
        tokenizer_file=str(folder / "tokenizer.json"), additional_special_tokens=special[1:3],
        **CHAT_MARKS,
    )  # fmt: skip
    tokenizer.chat_template = CHAT_TEMPLATE
    tokenizer.save_pretrained(folder)
    model = transformers.HunYuanDenseV1ForCausalLM(
        transformers.HunYuanDenseV1Config(
            vocab_size=len(tokenizer), hidden_size=_WIDTH, intermediate_size=64,
            num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2, head_dim=8,
            max_position_embeddings=8 * positions, initializer_range=0.3, tie_word_embeddings=True,
            eos_token_id=0, pad_token_id=3, bos_token_id=None,
        )
    )  # fmt: skip
    return model, range(4, len(tokenizer))
