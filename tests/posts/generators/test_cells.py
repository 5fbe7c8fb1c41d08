"""Every generator has a test for everything that it decides."""

from typing import get_args

import pytest
from cells import FIELDS, counted

from searchsvc.posts.feeds.opening import FILE_GENERATORS
from searchsvc.posts.generators import GENERATORS
from searchsvc.settings import Generator

NAMES = [kind.name for kind in (*GENERATORS, *FILE_GENERATORS)]


def test_every_generator_can_be_named_in_the_settings() -> None:
    assert {"auto", *NAMES} == set(get_args(Generator))


@pytest.mark.parametrize("generator", NAMES)
def test_every_field_of_a_generator_has_a_test(generator: str) -> None:
    assert [name for name in FIELDS if not counted(generator)[name]] == []
