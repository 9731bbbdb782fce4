"""Feeds saved as files: one article per item, with what the feed says of it."""

from __future__ import annotations

import gzip
import tracemalloc
from pathlib import Path

import pytest

from toolkit import formats
from toolkit.schema import Article, Metadata

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"
 xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>Harbour Post</title><link>https://post.example/</link><language>en-GB</language>
<atom:link href="https://post.example/rss" rel="self"/><image><title>Logo</title></image>
<item><title>Ferry &amp;amp; bus late</title><link>https://post.example/1</link>
 <guid isPermaLink="false">post-1</guid><pubDate>Sun, 02 Mar 2025 08:46:00 +0200</pubDate>
 <dc:creator>Ann Lee</dc:creator><description>Teaser only.</description>
 <media:description>A picture of a ferry</media:description>
 <content:encoded><![CDATA[<p>Some 10,000 people <b>waited</b> at <a href="x">the pier</a>.</p>
 <figure><img src="a"/><figcaption>The pier (Photo: Bo)</figcaption></figure>
 <script>alert(1)</script><p>It left &amp; came back.</p>]]></content:encoded></item>
<item><title>Short</title><link>https://post.example/2</link>
 <description>Only &lt;b&gt;a teaser&lt;/b&gt; here, nothing more.</description>
 <author>desk@post.example (Bo Kim)</author><source url="https://wire.example">Harbour Wire</source>
 <pubDate>some day</pubDate></item>
<item><title>Empty</title><guid>post-3</guid></item>
<item><title>Twin</title><guid>post-1</guid><description>Another text.</description></item>
<item><description>No name and no address at all.</description></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<title>Harbour Post</title><author><name>The desk</name></author>
<link rel="self" href="https://post.example/atom"/>
<entry><id>tag:post.example,2025:1</id><title type="html">Ferry &lt;i&gt;late&lt;/i&gt;</title>
 <link rel="edit" href="https://post.example/edit"/><link href="https://post.example/1"/>
 <published>2025-03-02T08:46:00Z</published><updated>2025-03-04T00:00:00Z</updated>
 <author><name>Ann Lee</name><uri>https://post.example/ann</uri></author>
 <summary>A teaser.</summary>
 <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One <b>ferry</b> &lt; two.</p>
 <p>It left.</p></div></content></entry>
<entry><id>2</id><title>Plain</title><summary type="text">3 &lt; 5 &amp; it rained.</summary>
 <source><title>Harbour Wire</title><id>x</id></source></entry>
</feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://post.example/"><title>Harbour Post</title></channel>
<item rdf:about="https://post.example/1"><title>Ferry late</title>
<link>https://post.example/1</link><dc:date>2025-03-02T08:46+02:00</dc:date>
<description>The ferry left late on Sunday.</description></item></rdf:RDF>"""


def read(tmp_path: Path, text: str, name: str = "news.rss") -> list[Article | formats.Unreadable]:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return list(formats.read([path]))


def test_every_item_of_a_feed_is_an_article_with_what_the_feed_says_of_it(tmp_path):
    first, second, empty, twin, last = read(tmp_path, RSS)
    assert isinstance(first, Article)
    assert (first.id, first.lang, first.source) == ("post-1", "en", "news.rss#post-1")
    assert first.metadata == Metadata(
        "Ferry & bus late", "Harbour Post", "2025-03-02", "Ann Lee", "https://post.example/1"
    )
    shown = [(b.kind, first.text[b.span.start : b.span.end]) for b in first.blocks]
    assert shown == [
        ("paragraph", "Some 10,000 people waited at the pier."),
        ("caption", "The pier (Photo: Bo)"),
        ("paragraph", "It left & came back."),
    ]
    assert isinstance(second, Article)
    assert second.id == "https://post.example/2"
    assert second.text == "Only a teaser here, nothing more."
    assert second.metadata == Metadata(
        "Short", "Harbour Wire", None, "Bo Kim", "https://post.example/2"
    )
    assert isinstance(empty, formats.Unreadable)
    assert "news.rss:18: the item has no text" in empty.error.message
    assert isinstance(twin, formats.Unreadable)
    assert "id 'post-1' is taken by news.rss#post-1" in twin.error.message
    assert isinstance(last, Article)
    assert last.id == "5"


def test_atom_is_read_with_its_kinds_of_text(tmp_path):
    first, second = read(tmp_path, ATOM, "news.atom")
    assert isinstance(first, Article)
    assert first.text == "One ferry < two.\n\nIt left."
    assert first.metadata == Metadata(
        "Ferry late", "Harbour Post", "2025-03-02", "Ann Lee", "https://post.example/1"
    )
    assert isinstance(second, Article)
    assert second.text == "3 < 5 & it rained."
    assert second.metadata.outlet == "Harbour Wire"


def test_rss_1_is_read(tmp_path):
    (item,) = read(tmp_path, RDF, "news.xml")
    assert isinstance(item, Article)
    assert (item.id, item.metadata.date) == ("https://post.example/1", "2025-03-02")


def test_of_a_folder_only_xml_that_is_a_feed_is_taken(tmp_path):
    (tmp_path / "sitemap.xml").write_text("<urlset><url/></urlset>")
    (tmp_path / "news.xml").write_text(RDF)
    (tmp_path / "packed.xml.gz").write_bytes(gzip.compress(RDF.replace("/1<", "/9<").encode()))
    found = list(formats.read([tmp_path]))
    assert [item.source for item in found] == [
        "news.xml#https://post.example/1",
        "packed.xml.gz#https://post.example/9",
    ]


def test_a_feed_comes_from_standard_input_too(tmp_path):
    from tests.commands import toolkit

    done = toolkit("summarize", "-", "--format", "jsonl", cwd=tmp_path, stdin=RDF)
    assert done.returncode == 0, done.stderr
    assert b'"article_id": "https://post.example/1"' in done.stdout


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (RSS[:900], "news.rss: line 12: not well-formed XML"),
        ("<urlset/>", "news.rss: line 1: expected <rss> or <feed> or <RDF>, found <urlset>"),
        ('<!DOCTYPE rss [<!ENTITY a "aaaa">]>' + RSS[39:], "declares an entity"),
        (RSS.replace("Teaser", "&nbsp;").replace("<rss", '<!DOCTYPE rss SYSTEM "x"><rss', 1),
         "&nbsp; is declared elsewhere"),
        ("", "line 1: not well-formed XML"),
    ],
)  # fmt: skip
def test_a_damaged_or_hostile_feed_is_named_with_its_line(tmp_path, text, says):
    found = read(tmp_path, text)
    assert isinstance(found[-1], formats.Unreadable)
    assert says in found[-1].error.message
    assert found[-1].error.message.count("news.rss") == 1


def test_a_long_feed_is_read_in_little_memory(tmp_path):
    item = "<item><title>T</title><description>It rained {} days.</description></item>"
    body = "".join(item.format(n) + " " * 2000 for n in range(2000))
    path = tmp_path / "long.rss"
    path.write_text(f"<rss><channel><language>en</language>{body}</channel></rss>")
    assert path.stat().st_size > 4_000_000
    next(iter(formats.read([path])))  # what is imported and built once
    tracemalloc.start()
    try:
        for count, _ in enumerate(formats.read([path]), 1):
            if count == 300:
                break
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()
