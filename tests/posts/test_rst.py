"""reStructuredText becomes the text that a reader sees."""

import pytest

from searchsvc.posts.markup import page_of_markdown
from searchsvc.posts.rst import markdown_of_rst


@pytest.mark.parametrize(
    ("rst", "text"),
    [
        ("Title\n=====\n\nText.", "Title\nText."),
        ("=====\nTitle\n=====\n\nText.", "Title\nText."),
        ("One *two* **three** ``four_ *five*``.", "One two three four_ *five*."),
        ("A `link <https://a.example>`_ and `another`_, one_ and two__.",
         "A link and another, one and two."),
        (":ref:`Text <target>` and :code:`x`", "Text and x"),
        ("A note [1]_ and [#x]_.", "A note and ."),
        ("|sub| and a|b", "sub and a|b"),
        ("As here::\n\n    code *here*\n\nAfter.", "As here:\ncode *here*\nAfter."),
        ("::\n\n    code\n", "code"),
        (".. code-block:: python\n   :linenos:\n\n   x = *y*\n\nAfter.", "x = *y*\nAfter."),
        (".. note:: First.\n   Second.\n\n   Third.\n\nAfter.", "First.\nSecond.\nThird.\nAfter."),
        (".. image:: a.png\n   :alt: A loaf\n\nAfter.", "After."),
        (".. figure:: a.png\n   :width: 3\n\n   The caption.\n\nAfter.", "The caption.\nAfter."),
        (".. a comment\n   that goes on\n\nAfter.", "After."),
        ("..\n   hidden\n\nAfter.", "After."),
        (".. _target: https://a.example\n\nAfter.", "After."),
        (".. |sub| replace:: words\n\nAfter.", "After."),
        (".. [1] A footnote.\n", "A footnote."),
        (".. raw:: html\n\n   <b>no</b>\n\nAfter.", "After."),
        ("- one\n- two\n", "one\ntwo"),
        ("One\n\n----\n\nTwo", "One\nTwo"),
        ("", ""),
    ],
)  # fmt: skip
def test_what_is_markup_goes_and_words_stay(rst: str, text: str) -> None:
    assert page_of_markdown(markdown_of_rst(rst)).text == text


def test_a_fence_within_code_does_not_end_it() -> None:
    markdown = markdown_of_rst(".. code::\n\n   ~~~~\n   x\n   ~~~~\n\nAfter.")

    assert page_of_markdown(markdown).text == "~~~~\nx\n~~~~\nAfter."
