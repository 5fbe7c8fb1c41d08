"""Feeds: RSS in all its versions, Atom and JSON Feed."""

from datetime import date

import pytest
from cells import shows
from feeds_written import ATOM_RYE, JSON_RYE, RYE, atom, json_feed, one, rdf, read, refused, rss
from posts_blog import Blog

from searchsvc.errors import ContentError
from searchsvc.posts.feeds.opening import MAX_BYTES
from searchsvc.posts.post import Post, Problem


@shows("files", "title", "date", "address", "tags", "excerpt", "language")
def test_an_item_of_rss_is_a_post(blog: Blog) -> None:
    item = (
        "<title>Rye &amp;amp; oat</title><link>https://a.example/rye/</link>"
        '<guid isPermaLink="false">r1</guid><pubDate>Tue, 02 Jan 2024 23:30:00 -0500</pubDate>'
        "<category>Bread</category><category>rye</category><description>Short.</description>"
        "<content:encoded><![CDATA[<h2>How</h2><p>A <b>loaf</b>.</p>]]></content:encoded>"
        "<itunes:keywords>no, tags</itunes:keywords>"
    )

    post = one(blog, rss(item, channel="<language>en-gb</language>"), timezone="Europe/Paris")

    assert post == Post(
        id="r1",
        url="https://a.example/rye/",
        title="Rye & oat",
        excerpt="Short.",
        body="How\nA loaf.",
        tags=("Bread", "rye"),
        date=date(2024, 1, 3),
        lang="en",
    )
    assert post.rules["excerpt"] == "description"
    assert post.rules["lang"] == "feed: language"


@shows("files", "title", "date", "address", "tags", "excerpt", "language")
def test_an_item_of_rss_1_is_a_post(blog: Blog) -> None:
    item = (
        f"{RYE}<dc:date>2024-01-02T10:00:00Z</dc:date><dc:subject>bread</dc:subject>"
        "<description>A loaf.</description><dc:language>de</dc:language>"
    )

    assert one(blog, rdf(item)) == Post(
        id="https://a.example/rye/",
        url="https://a.example/rye/",
        title="Rye",
        excerpt="A loaf.",
        body="A loaf.",
        tags=("bread",),
        date=date(2024, 1, 2),
        lang="de",
    )


@shows("files", "title", "date", "address", "tags", "excerpt", "language")
def test_an_entry_of_atom_is_a_post(blog: Blog) -> None:
    entry = (
        '<title type="html">&lt;b&gt;Rye&lt;/b&gt; &amp;amp; oat</title><id>tag:r</id>'
        '<link rel="self" href="https://a.example/rye.atom"/>'
        '<link rel="alternate" href="https://a.example/rye/"/>'
        "<published>2024-01-02T10:00:00Z</published><updated>2024-05-06T10:00:00Z</updated>"
        '<category term="bread"/><category term="r" label="Rye loaves"/>'
        "<summary>Short &amp; dark.</summary>"
        '<content type="html">&lt;p&gt;A loaf.&lt;/p&gt;</content>'
    )

    assert one(blog, atom(entry, attributes='xml:lang="en"')) == Post(
        id="tag:r",
        url="https://a.example/rye/",
        title="Rye & oat",
        excerpt="Short & dark.",
        body="A loaf.",
        tags=("bread", "Rye loaves"),
        date=date(2024, 1, 2),
        lang="en",
    )


@shows("files", "title", "date", "address", "tags", "excerpt", "language")
def test_an_item_of_a_json_feed_is_a_post(blog: Blog) -> None:
    item = {
        **JSON_RYE,
        "title": "Rye <use>",
        "summary": "Short <b>.",
        "content_html": "<p>A loaf.</p>",
        "date_published": "2024-01-02T10:00:00Z",
        "tags": ["bread", "rye"],
        "_own": {"x": 1},
    }

    assert one(blog, json_feed(item, language="de-AT")) == Post(
        id="r",
        url="https://a.example/rye/",
        title="Rye <use>",
        excerpt="Short <b>.",
        body="A loaf.",
        tags=("bread", "rye"),
        date=date(2024, 1, 2),
        lang="de",
    )


@pytest.mark.parametrize("name", ["feed.rss", "feed.atom", "feed.rdf", "index.xml", "feed.json"])
@shows("files")
def test_what_a_file_is_shows_in_it_and_not_in_its_name(blog: Blog, name: str) -> None:
    for content in (rss(RYE), atom(ATOM_RYE), json_feed(JSON_RYE)):
        blog.write(name, content)

        (post,) = blog.read(name, generator="feed")

        assert isinstance(post, Post)
        assert post.title == "Rye"


@shows("files")
def test_posts_come_by_id_and_the_second_of_an_id_is_told(blog: Blog) -> None:
    items = [f"<title>{t}</title><link>/{t}</link><guid>{g}</guid>" for t, g in ("ab", "ba", "cb")]

    found = read(blog, rss(*items))

    assert [r.id for r in found if isinstance(r, Post)] == ["a", "b"]
    assert str(found[2]) == (
        f"{blog.root}/feed.xml:4: Its id is 'b', as in {blog.root}/feed.xml:2. "
        "Give each post its own id"
    )


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("<![CDATA[Rye &amp; oat]]>", "Rye & oat"),
        ("<![CDATA[The <use> element]]>", "The <use> element"),
        ("&lt;em&gt;Rye&lt;/em&gt; *and* oat", "Rye *and* oat"),
        ("Caf&eacute;&nbsp;noir", "Café noir"),
        (" Rye\n bread ", "Rye bread"),
    ],
)
@shows("title")
def test_titles_of_rss_are_text_or_html(blog: Blog, title: str, shown: str) -> None:
    assert one(blog, rss(f"<title>{title}</title><link>/x</link>")).title == shown


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("<title>A &lt;b&gt; &amp;amp;</title>", "A <b> &amp;"),
        ('<title type="html">A &lt;i&gt;b&lt;/i&gt; &amp;lt;c&amp;gt;</title>', "A b <c>"),
        (
            '<title type="xhtml"><d xmlns="http://www.w3.org/1999/xhtml">A <i>b</i></d></title>',
            "A b",
        ),
    ],
)
@shows("title")
def test_titles_of_atom_are_what_their_type_says(blog: Blog, title: str, shown: str) -> None:
    assert one(blog, atom(f'{title}<link href="/x"/>')).title == shown


@shows("title")
def test_a_post_without_title_is_called_by_its_first_words(blog: Blog) -> None:
    text = "<link>/x</link><description>&lt;p&gt;Baked a loaf today.&lt;/p&gt;</description>"

    assert one(blog, rss(text)).title == "Baked a loaf today."
    (nothing,) = read(blog, rss("<link>/x</link>"))
    assert isinstance(nothing, Problem)
    assert nothing.message == ("The post '/x': It has neither a title nor text. Give it a title")


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("<pubDate>02 Jan 24 10:00 GMT</pubDate>", date(2024, 1, 2)),
        ("<pubDate>Tue, 02 Jan 2024 10:00:00 GMT</pubDate>", date(2024, 1, 2)),
        ("<dc:date>2024-01-02</dc:date>", date(2024, 1, 2)),
        ("<pubDate>Mon, 01 Jan 0001 00:00:00 +0000</pubDate>", None),
        ("<pubDate> </pubDate>", None),
        ("", None),
    ],
)
@shows("date")
def test_dates_are_read_in_all_the_forms_of_feeds(
    blog: Blog, written: str, day: date | None
) -> None:
    assert one(blog, rss(RYE + written)).date == day


@shows("date")
def test_a_post_of_atom_is_as_old_as_its_publication_else_its_last_change(blog: Blog) -> None:
    changed = "<updated>2024-05-06T10:00:00Z</updated>"
    published = "<published>2024-01-02T10:00:00Z</published>"

    assert one(blog, atom(ATOM_RYE + changed + published)).date == date(2024, 1, 2)
    assert one(blog, atom(ATOM_RYE + changed)).date == date(2024, 5, 6)


@shows("date")
def test_a_date_that_is_none_is_told_with_the_line(blog: Blog) -> None:
    (problem,) = read(blog, rss(f"{RYE}<pubDate>soon</pubDate>"))

    assert str(problem) == (
        f"{blog.root}/feed.xml:2: The post 'https://a.example/rye/': pubDate is 'soon'. "
        "Write it as YYYY-MM-DD"
    )


@shows("time zone")
def test_the_day_is_that_of_the_setting_timezone_else_of_utc(blog: Blog) -> None:
    item = f"{RYE}<pubDate>Tue, 02 Jan 2024 23:30:00 GMT</pubDate>"

    assert one(blog, rss(item)).date == date(2024, 1, 2)
    assert one(blog, rss(item), timezone="Asia/Tokyo").date == date(2024, 1, 3)


@pytest.mark.parametrize(
    ("feed", "url"),
    [
        (rss("<title>x</title><guid>https://a.example/g</guid>"), "https://a.example/g"),
        (rss(f"{RYE}<feedburner:origLink>https://b.example/</feedburner:origLink>"),
         "https://b.example/"),
        (rss("<title>x</title><link>/x y/</link>"), "/x%20y/"),
        (rss("<title>x</title><link>x/</link>", channel="<link>https://a.example/b/</link>"),
         "https://a.example/b/x/"),
        (atom('<title>x</title><link href="x/"/>', attributes='xml:base="https://a.example/b/"'),
         "https://a.example/b/x/"),
        (atom('<title>x</title><link href="x/" xml:base="c/"/>',
              attributes='xml:base="https://a.example/b/"'), "https://a.example/b/c/x/"),
        (atom('<title>x</title><link href="/x/"/>', feed='<link href="https://a.example/b/"/>'),
         "https://a.example/x/"),
        (atom('<title>x</title><link type="application/pdf" href="/p"/><link href="/x"/>'), "/x"),
        (json_feed({"id": "https://a.example/i", "title": "x"}), "https://a.example/i"),
        (json_feed({"id": "1", "url": "x", "external_url": "https://b.example/", "title": "x"},
                   home_page_url="https://a.example/"), "https://a.example/x"),
        (rss("<title>x</title><link>http://[x</link>"), "http://[x"),
    ],
)  # fmt: skip
@shows("address")
def test_the_address_is_the_link_as_seen_from_where_it_stands(
    blog: Blog, feed: str, url: str
) -> None:
    assert one(blog, feed).url == url


@shows("address")
def test_a_path_is_below_the_setting_site_url(blog: Blog) -> None:
    feed = rss("<title>x</title><link>/x</link>")

    assert one(blog, feed, site_url="https://a.example/blog").url == "https://a.example/blog/x"


@shows("address")
def test_a_post_that_leads_nowhere_is_told(blog: Blog) -> None:
    other = {"id": "1", "external_url": "https://b.example/", "title": "x"}
    for feed in (rss("<title>x</title><guid isPermaLink='false'>https://a.example/</guid>"),
                 json_feed(other)):  # fmt: skip
        (problem,) = read(blog, feed)

        assert isinstance(problem, Problem)
        assert "It has no link. Give it one" in problem.message


@shows("categories")
def test_feeds_do_not_tell_categories_from_tags(blog: Blog) -> None:
    assert one(blog, rss(f"{RYE}<category>Bread</category>")).categories == ()


@shows("excerpt")
def test_what_is_all_there_is_is_the_body_and_its_first_paragraph_the_excerpt(blog: Blog) -> None:
    whole = "<p>One.</p><p>Two {{ braces }}.</p>"
    as_text = whole.replace("<", "&lt;")

    for feed in (
        rss(f"{RYE}<description>{as_text}</description>"),
        atom(f'{ATOM_RYE}<summary type="html">{as_text}</summary>'),
        atom(f'{ATOM_RYE}<content type="xhtml"><x:div xmlns:x="http://www.w3.org/1999/xhtml">'
             f'{whole.replace("p>", "x:p>")}</x:div></content>'),
        json_feed({**JSON_RYE, "content_html": whole}),
    ):  # fmt: skip
        post = one(blog, feed)

        assert (post.excerpt, post.body) == ("One.", "One.\nTwo {{ braces }}.")


@shows("excerpt")
def test_a_summary_as_long_as_a_post_is_cut(blog: Blog) -> None:
    body = "<content:encoded>x</content:encoded>"
    long = one(blog, rss(f"{RYE}{body}<description>{'rye ' * 200}</description>"))

    assert 490 < len(long.excerpt) <= 500
    assert long.excerpt.endswith("…")


@shows("excerpt")
def test_plain_text_stays_plain(blog: Blog) -> None:
    text = one(blog, json_feed({**JSON_RYE, "content_text": "a <b> c\n\nd"}))
    entry = one(blog, atom(f"{ATOM_RYE}<content>a &lt;b&gt; c\n\nd</content>"))

    assert text.body == entry.body == "a <b> c\nd"


@shows("scheduled")
def test_what_is_in_a_feed_is_seen_at_once_whatever_its_date(blog: Blog) -> None:
    post = one(blog, rss(f"{RYE}<pubDate>Tue, 01 Jan 2999 10:00:00 GMT</pubDate>"))

    assert (post.date, post.visible_from) == (date(2999, 1, 1), None)


@shows("language")
def test_an_entry_may_have_a_language_of_its_own(blog: Blog) -> None:
    entry = f'<entry xml:lang="fr">{ATOM_RYE}</entry>'

    assert one(blog, atom(feed=entry, attributes='xml:lang="en"')).lang == "fr"
    assert one(blog, json_feed({**JSON_RYE, "language": "fr"}, language="en")).lang == "fr"
    assert one(blog, rss(RYE)).lang is None


@shows("site-wide")
def test_what_the_feed_says_holds_for_all_its_posts(blog: Blog) -> None:
    channel = "<link>https://a.example</link><language>sv</language>"

    post = one(blog, rss("<title>x</title><link>/x</link>", channel=channel))

    assert (post.url, post.lang) == ("https://a.example/x", "sv")


@shows("tags")
def test_more_tags_than_anybody_gives_are_told(blog: Blog) -> None:
    (problem,) = read(blog, rss(RYE + "<category>x</category>" * 501))

    assert isinstance(problem, Problem)
    assert "It has 501 tags. Leave 500 at most" in problem.message


# Files that cannot be read as a whole


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("<rss>\n<channel>\n<item></channel></rss>", "feed.xml:3: This is not XML: Opening"),
        (rss(RYE)[:-30], "feed.xml:2: This is not XML"),
        ('{"version": "https://jsonfeed.org/version/1", \n "items": [', "xml:2: This is not J"),
        ("[" * 100_000, "feed.xml:1: This is not XML"),
        ('{"a": ' * 100_000, "too deep, or a huge number"),
        ("", "feed.xml:1: This is not XML"),
        ("<html><body>", "feed.xml:1: This is not XML"),
        ("<opml version='2.0'/>", "feed.xml: this is XML, but no feed: it begins with <opml>"),
        ("<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'/>", "this is a sitemap. N"),
        ('{"posts": []}', "feed.xml: this is JSON, but neither an export of Ghost nor a JSON feed"),
        (b"\xff\xfe<", "feed.xml:1: Byte 0x3c at offset 2 is not UTF-16. Save the file as UTF-8"),
        (b"<?xml version='1.0' encoding='shift_jis'?><rss>\x80</rss>", "It says that it is shift"),
    ],
)  # fmt: skip
@shows("files")
def test_a_file_that_cannot_be_read_stops_the_run(
    blog: Blog, content: str | bytes, message: str
) -> None:
    assert message in refused(blog, content)


@shows("files")
def test_the_generator_must_fit_the_file_and_a_folder_is_none(blog: Blog) -> None:
    assert "the file is of the kind 'feed'" in refused(blog, rss(RYE), generator="ghost")
    with pytest.raises(ContentError, match=r"the generator 'feed' reads a file\. Name that file"):
        blog.read(generator="feed")


def test_a_file_that_is_too_long_is_told(blog: Blog) -> None:
    with blog.write("feed.xml", "<rss>").open("ab") as file:
        file.truncate(MAX_BYTES + 1)

    with pytest.raises(ContentError, match=r"feed\.xml: longer than 100 MB\. Split it"):
        blog.read("feed.xml")


def test_the_generator_of_a_folder_does_not_matter_to_a_feed(blog: Blog) -> None:
    assert one(blog, rss(RYE), generator="jekyll").title == "Rye"
