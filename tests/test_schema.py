from __future__ import annotations

import pytest

from toolkit.errors import InputError
from toolkit.schema import (
    Agreement,
    Article,
    Block,
    Finding,
    Label,
    Metadata,
    Plan,
    Provenance,
    Result,
    Segment,
    Span,
    Summary,
    SummarySentence,
    Translation,
    TranslationUnit,
    canonical_json,
    decode,
    digest,
    encode,
)

ARTICLE = Article(
    "a", "en", "Hi @x.", (Block("paragraph", Span(0, 6)),), Metadata(outlet="Wire"), "a.txt"
)
RESULT = Result(
    ARTICLE,
    "b2:0",
    (Label("handle", Span(3, 5), "@x"),),
    (Segment("s1", Span(0, 6), "Hi @x.", 1),),
    Summary("en", "lexical", (SummarySentence("Hi @x.", ("s1",), 1, Span(0, 6)),)),
    (
        Translation(
            "ko",
            "안녕 @x.",
            (TranslationUnit("s1", "Hi @x.", "안녕 @x.", "en", "ko", "translated", "memory"),),
            findings=(Finding("number/omission", "warning", "s1", "3", None, Span(0, 1)),),
            agreements=(Agreement("label", "s1", Span(3, 5), Span(3, 5), "equal"),),
        ),
    ),
    Provenance("0.1.0", "memory"),
)


def test_a_record_reads_back_as_it_was_written():
    assert decode(Result, encode(RESULT)) == RESULT
    assert decode(Plan, encode(Plan(("ko", "uk")))) == Plan(("ko", "uk"))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"id": "a", "tilte": "x"}, "unknown key 'tilte'"),
        ({"id": "a"}, "missing key 'blocks', 'lang', 'text'"),
        ({"id": 1, "lang": "en", "text": "", "blocks": []}, "Article.id: expected str, found 1"),
        ({"id": "a", "lang": "en", "text": "", "blocks": [{"kind": "poem", "span": [0, 1]}]},
         "Article.blocks[0].kind: expected one of"),
        ({"id": "a", "lang": "en", "text": "", "blocks": [{"kind": "title", "span": [2, 1]}]},
         "Article.blocks[0].span: expected [start, end], found [2, 1]"),
        ([], "Article: expected dict, found []"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_record_is_named(data, says):
    with pytest.raises(InputError) as caught:
        decode(Article, data)
    assert says in caught.value.message


def test_equal_values_have_equal_digests_and_others_do_not():
    assert digest(ARTICLE, "x") == digest(decode(Article, encode(ARTICLE)), "x")
    assert digest(ARTICLE, "x") != digest(ARTICLE, "y")
    assert digest("a", "b") != digest("ab")
    assert canonical_json(Span(1, 2)) == "[1,2]"


def test_the_kind_of_a_finding_is_the_first_half_of_its_code():
    assert Finding("number/omission", "error").kind == "number"
