"""Settings: where they are read from, which place wins, and what is said of a wrong one."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

import pytest
from pydantic import ValidationError

from searchsvc import Settings
from searchsvc.errors import SettingsError
from searchsvc.loading import load_settings
from searchsvc.settings import Generator, check_timezone

*_SOME, _LAST = (repr(name) for name in get_args(Generator))
GENERATORS = f"{', '.join(_SOME)} or {_LAST}"


def load(
    folder: Path,
    text: str | None = None,
    environment: Mapping[str, str] | None = None,
    **options: object,
) -> Settings:
    """Settings from a file with this text, an environment and options."""
    config = None
    if text is not None:
        config = folder / "searchsvc.toml"
        config.write_text(text, encoding="utf-8")
    return load_settings(config, environment=environment or {}, options=options)


@pytest.fixture
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder without a file of settings."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_everything_has_a_default(empty_folder: Path) -> None:
    assert load(empty_folder) == Settings()
    assert Settings().per_page == 10
    assert Settings().index_dir == Path("index")


def test_the_file_in_the_working_folder_is_read(empty_folder: Path) -> None:
    (empty_folder / "searchsvc.toml").write_text('language = "de"\n', encoding="utf-8")

    assert load(empty_folder).language == "german"


def test_a_variable_may_name_the_file(empty_folder: Path) -> None:
    named = empty_folder / "other.toml"
    named.write_text("per_page = 7\n", encoding="utf-8")

    assert load(empty_folder, environment={"SEARCHSVC_CONFIG": str(named)}).per_page == 7


def test_a_later_place_wins_over_an_earlier_one(tmp_path: Path) -> None:
    file = 'per_page = 1\nenough_hits = 1\nlanguage = "de"\n'
    environment = {"SEARCHSVC_PER_PAGE": "2", "SEARCHSVC_ENOUGH_HITS": "2"}

    settings = load(tmp_path, file, environment, per_page=3)

    assert (settings.per_page, settings.enough_hits, settings.language) == (3, 2, "german")


def test_an_option_that_was_not_given_changes_nothing(tmp_path: Path) -> None:
    assert load(tmp_path, "per_page = 5\n", per_page=None).per_page == 5


def test_variables_stand_for_any_type(empty_folder: Path) -> None:
    settings = load(
        empty_folder,
        environment={
            "SEARCHSVC_INDEX_BODY": "true",
            "SEARCHSVC_ANSWER_TIMEOUT_S": "0.5",
            "SEARCHSVC_CONTENT": os.pathsep.join(["posts", "more posts"]),
            "SEARCHSVC_CORS_ORIGINS": "https://a.example, https://b.example",
        },
    )

    assert settings.index_body is True
    assert settings.answer_timeout_s == 0.5
    assert settings.content == (Path("posts"), Path("more posts"))
    assert settings.cors_origins == ("https://a.example", "https://b.example")


def test_other_variables_are_left_alone(empty_folder: Path) -> None:
    environment = {"PATH": "/bin", "SEARCHSVC_DEBUG": "1", "MY_SEARCHSVC_PORT": "x"}

    assert load(empty_folder, environment=environment) == Settings()


def test_paths_in_the_file_are_meant_from_its_folder(tmp_path: Path) -> None:
    settings = load(tmp_path, 'index_dir = "idx"\ncontent = ["posts", "/abs"]\n')

    assert settings.index_dir == tmp_path / "idx"
    assert settings.content == (tmp_path / "posts", Path("/abs"))


def test_one_text_stands_for_a_list_of_one(tmp_path: Path) -> None:
    assert load(tmp_path, 'content = "posts"\n').content == (tmp_path / "posts",)


def test_paths_from_elsewhere_are_meant_from_the_working_folder(empty_folder: Path) -> None:
    settings = load(empty_folder, environment={"SEARCHSVC_INDEX_DIR": "idx"}, content=["posts"])

    assert settings.index_dir == Path("idx")
    assert settings.content == (Path("posts"),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            'langauge = "de"',
            "{file}: no setting 'langauge'. Did you mean 'language'? "
            "All settings: docs/settings.md",
        ),
        ("x = 1", "{file}: no setting 'x'. All settings: docs/settings.md"),
        ("per_page = 0", "{file}: per_page is 0. It is out of range, 1 to 100"),
        ("per_page = 101", "{file}: per_page is 101. It is out of range, 1 to 100"),
        ('per_page = "many"', "{file}: per_page is 'many'. Write a whole number, 1 to 100"),
        ("per_page = 2.5", "{file}: per_page is 2.5. Write a whole number, 1 to 100"),
        ('index_body = "perhaps"', "{file}: index_body is 'perhaps'. Write true or false"),
        ("index_dir = 5", "{file}: index_dir is 5. Write a path, between quotes"),
        ("content = 5", "{file}: content is 5. Write a text, or a list of texts"),
        ("site_name = 5", "{file}: site_name is 5. Write a text, between quotes"),
        (
            'generator = "wordstar"',
            f"{{file}}: generator is 'wordstar'. Input should be {GENERATORS}",
        ),
        (
            'timezone = "Mars"',
            "{file}: timezone is 'Mars'. No such time zone. Write it like Europe/Paris, or UTC",
        ),
        (
            'url_template = "/{yaer}/"',
            "{file}: url_template is '/{{yaer}}/'. 'yaer' cannot be filled in. "
            "Fields: path, folder, slug, year, month, day",
        ),
        (
            "pinned = 5",
            '{file}: pinned is 5. Write a table, such as {{ "hiring" = ["/jobs/"] }}',
        ),
        ('pinned = { "hiring" = [1] }', "{file}: pinned is 1. Write a text, between quotes"),
    ],
)
def test_a_wrong_setting_is_told_with_place_name_value_and_remedy(
    tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, text)

    *names, last = (repr(name) for name in get_args(Generator))
    told = message.format(
        file=tmp_path / "searchsvc.toml", generators=f"{', '.join(names)} or {last}"
    )
    assert str(caught.value) == told


def test_an_unknown_language_is_told_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"'klingon'\. .*none, .*english, ") as caught:
        load(tmp_path, 'language = "klingon"')

    assert caught.value.code == "invalid_setting"


def test_several_wrong_settings_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, "per_page = 0", {"SEARCHSVC_PORT": "http"}, enough_hits=0)

    lines = str(caught.value).splitlines()
    assert sorted(line.split(" is ")[0] for line in lines) == [
        f"{tmp_path / 'searchsvc.toml'}: per_page",
        "environment: SEARCHSVC_PORT",
        "options: enough_hits",
    ]


def test_a_wrong_variable_is_told_as_it_is_written(empty_folder: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        load(empty_folder, environment={"SEARCHSVC_LANGAUGE": "de"})

    assert str(caught.value) == (
        "environment: no setting 'SEARCHSVC_LANGAUGE'. Did you mean 'SEARCHSVC_LANGUAGE'? "
        "All settings: docs/settings.md"
    )


def test_a_file_that_was_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no such file"):
        load_settings(tmp_path / "none.toml", environment={})
    with pytest.raises(SettingsError, match="no such file"):
        load_settings(environment={"SEARCHSVC_CONFIG": str(tmp_path / "none.toml")})


def test_a_file_that_is_not_toml_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"searchsvc\.toml: is not TOML: .*line 2"):
        load(tmp_path, "per_page = 5\nlanguage = de\n")


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes(b"site_name = 'caf\xe9'")

    with pytest.raises(SettingsError, match=r"latin\.toml: cannot be read"):
        load_settings(tmp_path / "latin.toml", environment={})
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings(tmp_path, environment={})


def test_names_of_languages_may_be_written_in_capitals(tmp_path: Path) -> None:
    assert load(tmp_path, 'language = "English"').language == "english"


def test_the_fingerprint_changes_when_words_do() -> None:
    plain = Settings().fingerprint

    assert Settings(per_page=50, site_name="Bread").fingerprint == plain
    assert Settings(language="none").fingerprint != plain
    assert Settings(index_body=True).fingerprint != plain


def test_settings_are_frozen() -> None:
    with pytest.raises(ValidationError):
        Settings().per_page = 5


def test_a_time_zone_is_checked_by_its_name() -> None:
    assert str(check_timezone("Europe/Paris")) == "Europe/Paris"
    for name in ("Mars", "../etc/passwd", "/etc/passwd", "Europe", "\0"):
        with pytest.raises(ValueError, match="No such time zone"):
            check_timezone(name)


@pytest.mark.parametrize("template", ["{slug:>99999999}", "{path.__class__}", "{slug!r}", "{what}"])
def test_a_template_holds_bare_fields_only(tmp_path: Path, template: str) -> None:
    with pytest.raises(SettingsError, match=r"cannot be filled in\. Fields: path, folder, slug"):
        load(tmp_path, url_template=template)


def test_an_index_folder_without_a_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="Name a folder, such as index"):
        load(tmp_path, "", {"SEARCHSVC_INDEX_DIR": ""})


@pytest.mark.parametrize("text", ["content = " + "[" * 3_000, "port = " + "9" * 5_000])
def test_a_file_of_nonsense_is_told(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsError, match=r"searchsvc\.toml"):
        load(tmp_path, text)


def test_sources_are_tables_with_paths_from_the_files_folder(tmp_path: Path) -> None:
    text = """
        content = ["blog"]
        timezone = "Europe/Paris"
        [[sources]]
        content = "notes"
        name = "n"
        lang = "de-AT"
        [[sources]]
        content = "/srv/feed.xml"
        site_url = "https://b.example"
    """

    settings = load(tmp_path, text)

    notes, feed = settings.sources
    assert (notes.content, notes.name, notes.lang) == (tmp_path / "notes", "n", "de")
    assert notes.over(settings).content == (tmp_path / "notes",)
    assert notes.over(settings).timezone == "Europe/Paris"
    assert feed.over(settings).site_url == "https://b.example"
    assert (feed.content, feed.name) == (Path("/srv/feed.xml"), None)


def test_a_content_named_in_a_shell_is_read_alone(tmp_path: Path) -> None:
    text = '[[sources]]\ncontent = "notes"\n'

    assert load(tmp_path, text, content=("blog",)).sources == ()
    assert load(tmp_path, text, {"SEARCHSVC_CONTENT": "blog"}).sources == ()
    assert len(load(tmp_path, text, {"SEARCHSVC_GENERATOR": "plain"}).sources) == 1


def test_sources_can_stand_in_a_variable_as_json(empty_folder: Path) -> None:
    environment = {"SEARCHSVC_SOURCES": '[{"content": "notes", "name": "n"}]'}

    (source,) = load(empty_folder, environment=environment).sources

    assert (source.content, source.name) == (Path("notes"), "n")
    assert load(empty_folder, environment={"SEARCHSVC_SOURCES": ""}).sources == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '[[sources]]\nname = "n"',
            "{file}: source 1: content is missing. "
            "Name the folder or the file that holds its posts",
        ),
        (
            '[[sources]]\ncontent = "a"\n[[sources]]\ncontent = "b"\ngenerater = "hugo"',
            "{file}: source 2: no setting 'generater'. Did you mean 'generator'? "
            "All settings: docs/settings.md",
        ),
        (
            '[[sources]]\ncontent = "a"\nper_page = 5',
            "{file}: source 1: no setting 'per_page'. All settings: docs/settings.md",
        ),
        (
            '[[sources]]\ncontent = "a"\ntimezone = "Mars"',
            "{file}: source 1: timezone is 'Mars'. "
            "No such time zone. Write it like Europe/Paris, or UTC",
        ),
        (
            '[[sources]]\ncontent = "a"\nname = "my notes"',
            "{file}: source 1: name is 'my notes'. Write it without spaces, colons and slashes",
        ),
        (
            '[[sources]]\ncontent = "a"\nlang = "german"',
            "{file}: source 1: lang is 'german'. Write it as an ISO 639 code, such as en",
        ),
        (
            "[[sources]]\ncontent = 5",
            "{file}: source 1: content is 5. Write a path, between quotes",
        ),
        (
            'sources = ["notes"]',
            "{file}: sources is 'notes'. "
            'Write each as a table of its own: [[sources]], and below it content = "…"',
        ),
        (
            "sources = 5",
            "{file}: sources is 5. "
            'Write each as a table of its own: [[sources]], and below it content = "…"',
        ),
    ],
)
def test_a_wrong_setting_of_a_source_is_told_with_its_number(
    tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, text)

    assert str(caught.value) == message.format(file=tmp_path / "searchsvc.toml")


def test_sources_in_a_variable_that_are_no_json_are_told(empty_folder: Path) -> None:
    with pytest.raises(SettingsError, match=r"SEARCHSVC_SOURCES is 'notes'\. Write it as JSON"):
        load(empty_folder, environment={"SEARCHSVC_SOURCES": "notes"})


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ('{ "go" = [] }', "'go' has no aliases. Name some, or remove it"),
        ('{ "go" = [" "] }', "'go' has an alias without a name. Remove it"),
        ('{ "" = ["go"] }', "A tag without a name cannot be shown. Give it one"),
        (
            '{ "Café" = ["cafe"] }',
            "'cafe' is 'Café' anyway: case and accents do not count. Remove it",
        ),
        (
            '{ "go" = ["golang"], "Go" = ["go-lang"] }',
            "'go' and 'Go' are one tag anyway. Put them into one entry",
        ),
        (
            '{ "js" = ["javascript"], "node" = ["JavaScript"] }',
            "'JavaScript' is an alias of 'js' and of 'node'. Remove one of them",
        ),
        (
            '{ "js" = ["node"], "node" = ["nodejs"] }',
            "'node' is an alias of 'js', and has aliases of its own. "
            "Put those into the list of 'js'",
        ),
    ],
)
def test_aliases_of_tags_that_are_not_clear_are_told(
    tmp_path: Path, table: str, reason: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, f"tag_aliases = {table}")

    said = str(caught.value)
    assert said.startswith(f"{tmp_path / 'searchsvc.toml'}: tag_aliases is {{")
    assert said.endswith(f". {reason}")


def test_aliases_may_be_one_text_or_stand_in_a_variable_as_json(tmp_path: Path) -> None:
    from_file = load(tmp_path, 'tag_aliases = { "go" = "golang" }')
    from_variable = load(
        tmp_path, environment={"SEARCHSVC_TAG_ALIASES": '{"go": ["golang", "go-lang"]}'}
    )

    assert from_file.tag_aliases == {"go": ("golang",)}
    assert from_variable.tag_aliases == {"go": ("golang", "go-lang")}


def test_aliases_that_are_no_table_are_told_with_an_example(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="tag_aliases is 5") as caught:
        load(tmp_path, "tag_aliases = 5")

    assert '{ "Node.js" = ["nodejs"] }' in str(caught.value)
