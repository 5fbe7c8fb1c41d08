"""Folders that Obsidian has opened: their links, tags and comments, and what is no note."""

from datetime import date

import pytest
from cells import shows
from posts_blog import Blog

from searchsvc.posts.post import Post


@pytest.fixture
def vault(blog: Blog) -> Blog:
    blog.write(".obsidian/app.json", "{}")
    return blog


@shows("files")
def test_templates_and_what_obsidian_keeps_are_no_notes(vault: Blog) -> None:
    vault.write(".obsidian/templates.json", '{"folder": "meta/forms"}')
    vault.write(".obsidian/plugins/templater-obsidian/data.json", '{"templates_folder": "tp/"}')
    for path in (".obsidian/a.md", ".trash/a.md", "Templates/a.md", "x/templates/a.md",
                 "meta/forms/a.md", "tp/a.md"):  # fmt: skip
        vault.write(path, "Text.")
    vault.write("meta/a.md", "Text.")

    assert vault.ids() == ["meta/a.md"]


@shows("files")
def test_elsewhere_a_folder_may_be_called_templates(blog: Blog) -> None:
    blog.write("templates/a.md", "Text.")

    assert blog.ids() == ["templates/a.md"]


@shows("files", "tags")
def test_a_folder_in_a_vault_is_in_the_vault(vault: Blog) -> None:
    vault.write(".obsidian/templates.json", '{"folder": "notes/forms"}')
    vault.write("notes/rye.md", "A #loaf.")
    vault.write("notes/forms/a.md", "Text.")

    (post,) = vault.read("notes")

    assert isinstance(post, Post)
    assert (post.id, post.tags) == ("rye.md", ("loaf",))


@shows("title")
@pytest.mark.parametrize(
    ("content", "title"),
    [
        ("A loaf.\n\n# Method\n", "Rye bread"),
        ("# Rye of my own\n\nA loaf.\n", "Rye of my own"),
        ("---\ntitle: Key\n---\n# Heading\n", "Key"),
        ("---\naliases: Loaf\n---\n", "Rye bread"),
    ],
)
def test_the_name_is_the_title_unless_a_note_begins_with_another(
    vault: Blog, content: str, title: str
) -> None:
    assert vault.post("Rye bread.md", content).title == title


@shows("date")
def test_a_daily_note_has_the_date_of_its_name(vault: Blog) -> None:
    post = vault.post("daily/2024-01-02.md", "A loaf.")

    assert (post.title, post.date) == ("2024-01-02", date(2024, 1, 2))


@pytest.mark.parametrize(
    ("note", "text"),
    [
        ("A [[Rye]] loaf.", "A Rye loaf."),
        ("A [[bread/Rye.md]] loaf.", "A Rye loaf."),
        ("A [[Rye|dark]] loaf.", "A dark loaf."),
        (r"A [[Rye\|dark]] loaf.", "A dark loaf."),
        ("See [[Rye#Method#Day one]].", "See Rye > Method > Day one."),
        ("See [[#Method]] and [[Rye#^a1b2]].", "See Method and Rye."),
        ("![[Rye]]", "Rye"),
        ("![[loaf.PNG]]Text.", "Text."),
        ("![[loaf.png|300]]Text.", "Text."),
        ("[[1]](https://a.example) and `[[code]]`", "[1] and [[code]]"),
        ("```\n[[a]] %%b%% ==c==\n```\n", "[[a]] %%b%% ==c=="),
        ("One %%hidden%% two.", "One two."),
        ("One\n\n%%\nhidden\n\ntoo\n%%\n\nTwo", "One\nTwo"),
        ("100%% sure.", "100%% sure."),
        ("A ==marked== word, a == b.", "A marked word, a == b."),
        ("> [!note] Title\n> Text.", "Title\nText."),
        ("> [!tip]- \n> Text.", "Text."),
        ("> > [!warning|red]+ *Inner*\n> > Text.", "Inner\nText."),
        ("A paragraph. ^a1b2\n", "A paragraph."),
        ("2^10 and x ^2 more", "2^10 and x ^2 more"),
    ],
)
def test_the_text_is_what_obsidian_shows(vault: Blog, note: str, text: str) -> None:
    assert vault.post("a.md", note).body == text


def test_elsewhere_such_marks_are_text(blog: Blog) -> None:
    assert blog.post("a.md", "A %%b%% [[Rye]].").body == "A %%b%% [[Rye]]."


@shows("tags")
@pytest.mark.parametrize(
    ("note", "tags"),
    [
        ("A #loaf of #bread/rye and #Übung.", ("loaf", "bread/rye", "Übung")),
        ("#first\n\n# Heading\n\n#2024 #x2024 #a-b_c", ("first", "x2024", "a-b_c")),
        ("x#no https://a.example/#no [a](#no) `#no` #", ()),
        ("```\n#no\n```\n\n<p style='color: #fff'>\n\n%%#no%% [[Note #no]]", ()),
        ("---\ntags: [bread, '#rye']\n---\n#loaf and #bread", ("bread", "rye", "loaf")),
        ("---\ntags: bread rye, loaf\n---\n", ("bread", "rye", "loaf")),
        ('---\ntags: "#bread #rye"\n---\n', ("bread", "rye")),
    ],
)
def test_tags_are_in_the_text_and_in_the_front_matter(
    vault: Blog, note: str, tags: tuple[str, ...]
) -> None:
    assert vault.post("a.md", note).tags == tags


@shows("tags")
def test_the_rule_tells_where_tags_come_from(vault: Blog) -> None:
    post = vault.post("a.md", "---\ntags: bread\n---\n#loaf\n")

    assert post.rules["tags"] == "front matter: tags, tag; tags in the body"


@shows("tags")
def test_elsewhere_a_hash_makes_no_tag(blog: Blog) -> None:
    assert blog.post("a.md", "Issue #loaf.").tags == ()


@shows("excerpt")
def test_a_line_of_tags_is_no_excerpt(vault: Blog) -> None:
    assert vault.post("a.md", "#bread #rye/dark\n\nA loaf.\n").excerpt == "A loaf."


@shows("hidden")
@pytest.mark.parametrize("key", ["publish", "dg-publish", "published"])
def test_a_note_that_is_not_to_be_published_is_left_out(vault: Blog, key: str) -> None:
    assert vault.left_out("a.md", f"---\n{key}: false\n---\nText.\n") == "unpublished"
    assert vault.post("a.md", f"---\n{key}: true\n---\nText.\n")
