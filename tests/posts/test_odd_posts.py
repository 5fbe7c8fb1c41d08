"""Posts as odd as those found among 16,000 real ones; each kind of oddity in a small post."""

import codecs
from datetime import UTC, date, datetime

import pytest
from posts_blog import RYE, Blog

LOAF = "A loaf.\n"


def written(front: str, body: str = LOAF) -> str:
    return f"---\n{front}\n---\n{body}"


@pytest.mark.parametrize(
    ("text", "day", "instant"),
    [
        ("2014-06-16 11:20:38 -0400", date(2014, 6, 16), datetime(2014, 6, 16, 15, 20, 38)),
        ("'2014-05-14T11:02:00-04:00'", date(2014, 5, 14), datetime(2014, 5, 14, 15, 2)),
        ("2016-1-29", date(2016, 1, 29), datetime(2016, 1, 29)),
        ("2024-4-09", date(2024, 4, 9), datetime(2024, 4, 9)),
        ("2026-06-03 17:45", date(2026, 6, 3), datetime(2026, 6, 3, 17, 45)),
        ("2013/7/13 20:46:25", date(2013, 7, 13), datetime(2013, 7, 13, 20, 46, 25)),
        ("9999-12-31", date(9999, 12, 31), datetime(9999, 12, 31)),
        ("9999-12-31 23:59:59 -0000", date(9999, 12, 31), datetime(9999, 12, 31, 23, 59, 59)),
    ],
)
@pytest.mark.parametrize("path", ["a.md", RYE])
def test_a_date_in_an_odd_form_is_that_day(
    blog: Blog, path: str, text: str, day: date, instant: datetime
) -> None:
    post = blog.post(path, written(f"title: Rye\ndate: {text}"))

    assert (post.date, post.visible_from) == (day, instant.replace(tzinfo=UTC))


def test_posts_of_one_blog_may_date_in_all_forms_or_not_at_all(blog: Blog) -> None:
    for name, text in (("a", "2024-01-02"), ("b", "'2024-01-02T10:00:00+01:00'"), ("c", "")):
        blog.write(f"{name}.md", written(f"title: {name}\ndate: {text}"))

    days = [getattr(post, "date", "no post") for post in blog.read()]

    assert days == [date(2024, 1, 2), date(2024, 1, 2), None]


def test_a_day_that_no_calendar_has_is_told(blog: Blog) -> None:
    problem = blog.problem("a.md", written("title: Rye\ndate: 2024-02-30"))

    assert problem.message.startswith("date is '2024-02-30'. There is no such day or time.")


@pytest.mark.parametrize(
    ("written_as", "title"),
    [
        ("2019", "2019"),
        ("'Rye&nbsp;---&nbsp;bread'", "Rye --- bread"),
        ("'Rye\xa0bread'", "Rye bread"),
        ("'&ldquo;Rye&rdquo; &#58; S&atilde;o'", "“Rye” : São"),
        ("Rye <em>bread</em><br>today", "Rye bread today"),
        ("Rye <!-- note to self --> bread", "Rye bread"),
        ("The <use> element", "The <use> element"),
        ("10 loaves 🎉", "10 loaves 🎉"),
        ("|\n  Rye bread\n", "Rye bread"),
        (">\n  Rye\n  bread\n", "Rye bread"),
        ("'Issue #1 mended'", "Issue #1 mended"),
        ("Issue #1 mended", "Issue"),
        ("no", "no"),
        ("null", "A"),
        ("", "A"),
    ],
)
def test_a_title_is_what_readers_see(blog: Blog, written_as: str, title: str) -> None:
    assert blog.post("a.md", written(f"title: {written_as}")).title == title


def test_a_long_title_stays_whole(blog: Blog) -> None:
    title = "A very long loaf " * 30

    assert blog.post("a.md", written(f"title: {title}")).title == title.strip()


@pytest.mark.parametrize("key", ["Title", "TITLE", "title"])
def test_plain_keys_may_be_in_any_case(blog: Blog, key: str) -> None:
    assert blog.post("a.md", written(f"{key}: Rye")).title == "Rye"


def test_the_last_of_two_equal_keys_holds(blog: Blog) -> None:
    post = blog.post("a.md", written("title: Rye\ndate: 2024-01-02\ntitle: Oats\ndate: 2024-01-03"))

    assert (post.title, post.date) == ("Oats", date(2024, 1, 3))


AS_WRITTEN = ("no", "on", "2024", "1.10", "012", "12:30")


@pytest.mark.parametrize(
    ("tags", "plain", "jekyll"),
    [
        ("rye bread", ("rye bread",), ("rye", "bread")),
        ("rye, bread", ("rye", "bread"), ("rye,", "bread")),
        ("null", (), ()),
        ("", (), ()),
        ("[BCP, 47]", ("BCP", "47"), ("BCP", "47")),
        ("['rye ', rye, ' rye']", ("rye",), ("rye",)),
        ("[no, on, 2024, 1.10, 012, 12:30, null]", AS_WRITTEN, AS_WRITTEN),
        ("[a, [b, c]]", ("a", "b", "c"), ("a", "b", "c")),
    ],
)  # fmt: skip
def test_tags_in_odd_forms_are_the_words_that_were_written(
    blog: Blog, tags: str, plain: tuple[str, ...], jekyll: tuple[str, ...]
) -> None:
    text = written(f"title: Rye\ntags: {tags}")

    assert blog.post("a.md", text, generator="plain").tags == plain
    assert blog.post(RYE, text, generator="jekyll").tags == jekyll


@pytest.mark.parametrize(
    ("front", "excerpt"),
    [
        ("excerpt:", "A loaf."),
        ("excerpt: null", "A loaf."),
        ("excerpt: <p>Of <a href='/rye'>rye</a>.</p>", "Of rye."),
        ("excerpt: <p>Rye.</p>\n\n<p>It is hard: it is not.</p>", "Rye."),
        ("excerpt: '**Rye** and [oats](/oats)'", "Rye and oats"),
        ("excerpt: '{{ site.title }} of {% if x %}rye{% endif %}'", "of rye"),
        ("excerpt: 'The `{% raw %}` tag'", "The {% raw %} tag"),
        (f"excerpt: {'rye ' * 150}", ("rye " * 150).strip()),
    ],
)
def test_an_excerpt_is_plain_text(blog: Blog, front: str, excerpt: str) -> None:
    assert blog.post("a.md", written(f"title: Rye\n{front}")).excerpt == excerpt


@pytest.mark.parametrize(
    "content",
    [
        codecs.BOM_UTF8 + written("title: Rye\ntags: [oats]").encode(),
        codecs.BOM_UTF16_LE + written("title: Rye\ntags: [oats]").encode("utf-16-le"),
        written("title: Rye\ntags: [oats]").replace("\n", "\r\n").encode(),
        b"---\r\ntitle: Rye\ntags: [oats]\r\n---\n\r\nA loaf.\n",
        b"\n\n---\ntitle: Rye\ntags: [oats]\n---\nA loaf.\n",
        b"--- \ntitle: Rye\ntags: [oats]\n--- \nA loaf.\n",
        b"----\ntitle: Rye\ntags: [oats]\n----\nA loaf.\n",
        b"---\ntitle: Rye\ntags: [oats]\n...\nA loaf.\n\n---\n\nMore.\n",
        b"---\ntitle: Rye\t\ntags:\n- oats\t\t\n---\nA loaf.\n",
        b'+++\ntitle = "Rye"\ntags = ["oats"]\n+++\nA loaf.\n',
        b'{\n"title": "Rye",\n"tags": ["oats"],\n"x":\n{\n}\n}\nA loaf.\n',
    ],
)
def test_front_matter_is_found_however_it_is_saved(blog: Blog, content: bytes) -> None:
    post = blog.post("a.md", content)

    assert (post.title, post.tags, post.excerpt) == ("Rye", ("oats",), "A loaf.")


@pytest.mark.parametrize(
    ("front", "line", "remedy"),
    [
        ("title: Rye: bread", 2, "Put the value in quotes: it holds a colon"),
        ("title: Rye\nauthors:\n\t- me", 4, "Put spaces in the place of the tab"),
        ("title: Rye\ntags: [rye", 4, "quotes"),
    ],
)
def test_broken_front_matter_is_told_with_line_and_remedy(
    blog: Blog, front: str, line: int, remedy: str
) -> None:
    problem = blog.problem("a.md", written(front))

    assert problem.place.endswith(f"a.md:{line}")
    assert remedy in problem.message


def test_a_byte_of_another_encoding_does_not_stop_the_other_posts(blog: Blog) -> None:
    blog.write("b.md", written("title: Oats"))

    problem = blog.problem("a.md", written("title: Brøt").encode("latin-1"))

    assert "is not UTF-8" in problem.message
    assert blog.ids() == ["a.md", "b.md"]


def test_lone_rules_are_no_front_matter(blog: Blog) -> None:
    post = blog.post("a.md", "# Rye\n\n---\n\nA loaf.\n\n---\n\nMore.\n")

    assert (post.title, post.excerpt, post.body) == ("Rye", "A loaf.", "Rye\nA loaf.\nMore.")


def test_a_rule_at_the_beginning_takes_nothing_away(blog: Blog) -> None:
    assert blog.post("a.md", "---\n\nA loaf.\n\n---\n\nMore.\n").body == "A loaf.\nMore."


@pytest.mark.parametrize("key", ["redirect", "redirect_to"])
def test_a_stub_that_leads_on_is_no_post(blog: Blog, key: str) -> None:
    assert blog.left_out("a.md", f"---\n{key}: /rye\n---\n") == "redirect"


def test_twins_of_two_suffixes_are_one_post(blog: Blog) -> None:
    blog.write("_posts/2024-01-02-rye.markdown", written("title: Rye"))

    problem = blog.problem("_posts/2024-01-02-rye.md", written("title: Rye"))

    assert "/2024/01/02/rye.html" in problem.message


def test_a_post_without_a_body_is_found_by_its_title(blog: Blog) -> None:
    post = blog.post("a.md", written("title: Rye", ""))

    assert (post.title, post.excerpt, post.body) == ("Rye", "", "")


TEMPLATES = [
    "{% include rye.html %}", "{%- if rye -%}", "{{ page.title | upcase }}",
    "{% comment %}rye{% endcomment %}", '{{< figure src="a.png" title="t" >}}', "{{% notice %}}",
    "{{</ figure >}}", "{{</* ref */>}}", "{% asset_img a.png rye %}", "{% endblock %}",
    "{# a note #}", "{#- a note -#}", "<% if (rye) { %>", "<%= title %>", "<%- partial('rye') %>",
    "{{{ content }}}", "{{#if rye}}", "{{!-- note --}}", "{/* truncate */}", "{:.lead}",
    "{: .lead #rye}", "[^1]", "<!-- note -->", "<!--more-->", "<!-- truncate -->", "<?php rye() ?>",
    "<Loaf kind='rye' />",
]  # fmt: skip


@pytest.mark.parametrize("template", TEMPLATES)
def test_nothing_of_a_template_language_is_shown(blog: Blog, template: str) -> None:
    plain = blog.post("a.md", f"# Rye {template} bread\n\n{template}\n\nA {template} loaf.\n")
    own = blog.post("b.md", written(f"title: Rye\nexcerpt: |\n  A {template} loaf."))

    assert (plain.title, plain.excerpt) == ("Rye bread", "A loaf.")
    assert own.excerpt == "A loaf."


@pytest.mark.parametrize("line", ["[[toc]]", "[[_TOC_]]", "[TOC]", "@[toc]", "${toc}", "{.lead}"])
def test_what_stands_for_a_table_of_contents_or_a_class_is_not_shown(blog: Blog, line: str) -> None:
    post = blog.post("a.md", f"# Rye\n\n{line}\n\nA loaf.\n")

    assert (post.excerpt, post.body) == ("A loaf.", "Rye\nA loaf.")


@pytest.mark.parametrize("anchor", ["{#rye}", "{#rye .lead}", "{:#rye}", "{: #rye}"])
def test_the_id_of_a_heading_is_not_part_of_the_title(blog: Blog, anchor: str) -> None:
    assert blog.post("a.md", f"# Rye bread {anchor}\n\nA loaf.\n").title == "Rye bread"


@pytest.mark.parametrize("template", [*TEMPLATES, "[[toc]]", "{#rye}", "import Rye from 'rye'"])
def test_code_of_a_template_language_can_be_searched(blog: Blog, template: str) -> None:
    block = blog.post("a.md", written("title: Rye", f"```\n{template}\n```\n"))
    inline = blog.post("b.md", written("title: Rye", f"Write `{template}` there.\n"))

    assert (block.body, inline.body) == (template, f"Write {template} there.")


@pytest.mark.parametrize("shown", ["a < b % c", "an open <% tag", "[^a-z] is a set", "{ #rye }"])
def test_what_only_looks_like_a_template_stays(blog: Blog, shown: str) -> None:
    assert blog.post("a.md", written("title: Rye", f"Take {shown} here.\n")).body == (
        f"Take {shown} here."
    )


def test_imports_of_mdx_are_not_shown(blog: Blog) -> None:
    blog.write("docusaurus.config.js", "module.exports = {presets: [['classic', {blog: {}}]]}")

    post = blog.post(
        "blog/2024-01-02-rye.mdx",
        "import Loaf from './loaf'\n\n# Rye\n\n<Loaf kind={1} />\n\nA {1 + 1} loaf.\n",
    )

    assert (post.title, post.excerpt) == ("Rye", "A loaf.")
