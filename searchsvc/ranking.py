"""The numbers of ``docs/ranking.md``, shared by every engine that ranks by itself.

Where they come from, and what each is worth on judged queries, is told there.
"""

import math
from collections.abc import Sequence

FIELDS = ("title", "tags", "excerpt", "body")
WEIGHTS = (3.0, 2.0, 1.0, 1.0)
LENGTH_PARTS = (0.7, 0.4, 0.8, 0.4)
# A word of bodies that are longer than this on average weighs less, as there is more of it.
FULL_WEIGHT_BODY = 200

FUNCTION_WORD_WEIGHT = 0.05
LITERAL_WEIGHT = 0.15
# Of two units typed side by side: what it is worth that they stand near each other, as a
# part of what they weigh on the mean; and how much more it counts that one follows at once.
NEAR_WEIGHT = 0.1125
NEXT_FACTOR = 2.0
# Two words are near each other when at most this many places lie between them.
NEAR_PLACES = 7
# Units that stand in more posts say nothing by standing near each other, and at too many places.
MAX_NEAR_POSTS = 5_000
# A shorter beginning stands at too many places for nearness to say anything.
MIN_NEAR_PREFIX = 4
# In `auto`, a post with this share of the query's weight is found.
ENOUGH_WEIGHT = 0.5
# A corrected word says a little less than one that was typed.
CORRECTED_WEIGHT = 0.8
# A title that begins with what is being typed: so much is added to the score, as a part of it.
TITLE_BEGINS_WEIGHT = 2.0
# What a post of today gets, as a part of its score, when the owner asks for recency.
RECENCY_WEIGHT = 0.25
# How soon a word that stands there again and again adds nothing; and two words near each other.
SATURATION = 1.6
NEAR_SATURATION = 3.0
# Raised whenever a number above that is built into indexes changes.
RANKING_VERSION = 3


def idf(posts: int, having: int) -> float:
    """How much a word tells: more, the fewer of the posts have it. Always above 0."""
    return math.log(1 + (posts - having + 0.5) / (having + 0.5))


def steady(average: float) -> float:
    """The average length of a field, rounded to an eighth of an octave; 1 for 0."""
    return 2 ** (round(8 * math.log2(average)) / 8) if average > 0 else 1.0


def field_weights(averages: Sequence[float]) -> tuple[float, ...]:
    """What an occurrence in each field weighs, by the average lengths of the fields."""
    *others, body = WEIGHTS
    return (*others, body * min(1.0, FULL_WEIGHT_BODY / averages[-1]))
