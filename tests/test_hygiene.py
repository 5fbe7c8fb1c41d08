"""Tags that are probably meant as one."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchsvc import Settings
from searchsvc.hygiene import Alike, TagReport, aliases_for, aliases_line, tag_report
from searchsvc.text.aliases import Aliases
from searchsvc.text.folding import fold


def of(counts: dict[str, int]) -> TagReport:
    return tag_report([[tag] for tag, count in counts.items() for _ in range(count)], "english")


def test_signs_and_spaces_make_no_other_tag() -> None:
    found = of({"Node.js": 12, "nodejs": 3, "node-js": 1, "deno": 2})

    assert found.alike == (
        Alike("Node.js", ("nodejs", "node-js"), "alike but for spaces and signs"),
    )


def test_forms_of_one_word_are_told() -> None:
    assert of({"containers": 4, "container": 2}).alike == (
        Alike("containers", ("container",), "forms of the same words"),
    )


@pytest.mark.parametrize("slip", ["kuberntes", "kubernettes", "kubernetas", "kubenretes"])
def test_a_slip_of_one_letter_is_told_when_it_is_rare(slip: str) -> None:
    assert of({"kubernetes": 9, slip: 1}).alike == (
        Alike("kubernetes", (slip,), "one letter apart"),
    )


@pytest.mark.parametrize(
    "tags",
    [
        {"c": 3, "c++": 4, "c#": 1},
        {"python2": 9, "python3": 1},  # a number is no slip
        {"static": 5, "statics": 5, "staple": 9, "stable": 9},  # two words, both common
        {"go": 9, "god": 1},
        {"vue": 9, "due": 1},
    ],
)
def test_other_tags_are_let_be(tags: dict[str, int]) -> None:
    assert [group for group in of(tags).alike if group.reason != "forms of the same words"] == []


def test_case_and_accents_are_one_tag_anyway_in_its_commonest_spelling() -> None:
    found = tag_report([["Café"], ["cafe"], ["Café"]], "english")

    assert found.counts == {"Café": 3}
    assert found.alike == ()


def test_tags_of_one_post_are_listed_unless_they_are_told_already() -> None:
    found = of({"rye": 1, "wheat": 2, "oats": 1, "wheats": 1})

    assert found.once == ("oats", "rye")


def test_aliases_are_those_that_are_set_and_those_of_tags_that_may_be_one() -> None:
    alike = [
        Alike("Node.js", ("nodejs",), ""),
        Alike("kubernetes", ("kuberntes",), ""),
        Alike("kubernetes", ("kubernetess",), ""),
    ]

    assert aliases_for(alike, {"Node.js": ("node",), "go": ("golang",)}) == {
        "Node.js": ("node", "nodejs"),
        "go": ("golang",),
        "kubernetes": ("kuberntes", "kubernetess"),
    }


def test_a_tag_that_becomes_an_alias_takes_its_aliases_along() -> None:
    assert aliases_for([Alike("nodes", ("node",), "")], {"node": ("nodejs",)}) == {
        "nodes": ("node", "nodejs")
    }


NAMES = st.sampled_from(["a", "A", "b", "c", "d", "É", "e"])


@given(
    st.lists(st.builds(lambda tag, others: Alike(tag, tuple(others), ""), NAMES, st.sets(NAMES))),
    st.sampled_from([{}, {"a": ("b",)}, {"a": ("b", "c"), "d": ("e",)}]),
)
def test_aliases_are_always_a_setting_that_merges_what_is_alike(
    alike: list[Alike], present: dict[str, tuple[str, ...]]
) -> None:
    aliases = aliases_for(alike, present)

    assert Settings(tag_aliases=aliases).tag_aliases == aliases
    meant = Aliases(aliases)
    for tag, others, _ in (*alike, *(Alike(tag, names, "") for tag, names in present.items())):
        assert {fold(meant.tag(name)) for name in others} <= {fold(meant.tag(tag))}


@given(st.dictionaries(st.text(min_size=1), st.lists(st.text()), min_size=1))
def test_the_line_of_aliases_is_toml(aliases: dict[str, list[str]]) -> None:
    assert tomllib.loads(aliases_line(aliases)) == {"tag_aliases": aliases}
