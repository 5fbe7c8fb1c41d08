"""The first settings file of a blog."""

import tomllib
from pathlib import Path

import pytest

from searchsvc.loading import load_settings
from searchsvc.settings import Settings
from searchsvc.starting import guessed_language, settings_file

ENGLISH = "The bread of the house is what we bake when it rains, and there is more of it than we "
GERMAN = "Das Brot des Hauses ist, was wir backen, wenn es regnet, und davon gibt es mehr als wir "
FRENCH = "Le pain de la maison est ce que nous faisons quand il pleut, et il y en a plus que nous "


def test_the_file_can_be_read_as_it_is_and_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "searchsvc.toml"
    file.write_text(settings_file("a folder", {}), encoding="utf-8")

    assert load_settings(file, environment={}) == Settings()


def test_what_is_commented_out_is_the_default_of_every_setting(tmp_path: Path) -> None:
    lines = settings_file("a folder", {}).splitlines()
    shown = [line.removeprefix("# ") for line in lines if " = " in line.split("`")[0]]
    file = tmp_path / "searchsvc.toml"
    file.write_text("\n".join(shown), encoding="utf-8")

    assert set(tomllib.loads(file.read_text())) == set(Settings.model_fields)
    settings = load_settings(file, environment={})
    assert settings.model_copy(update={"index_dir": Path("index")}) == Settings()


def test_what_was_found_is_set(tmp_path: Path) -> None:
    file = tmp_path / "searchsvc.toml"
    found = {"content": ["posts"], "language": "german", "site_url": 'https://x.example/"'}
    file.write_text(settings_file("a folder", found), encoding="utf-8")

    settings = load_settings(file, environment={})

    assert settings.content == (tmp_path / "posts",)
    assert (settings.language, settings.site_url) == ("german", 'https://x.example/"')


@pytest.mark.parametrize(
    ("text", "language"), [(ENGLISH, "english"), (GERMAN, "german"), (FRENCH, "french")]
)
def test_the_language_is_told_by_its_little_words(text: str, language: str) -> None:
    assert guessed_language([text] * 5) == language


def test_of_too_few_words_or_none_that_is_known_nothing_is_said() -> None:
    assert guessed_language([ENGLISH]) is None
    assert guessed_language(["xyzzy plugh"] * 100) is None
