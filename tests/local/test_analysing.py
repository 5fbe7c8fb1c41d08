"""Documents become the tokens that the analyzer gives for each text, in rows."""

from hypothesis import given
from hypothesis import strategies as st

from searchsvc.documents import Document
from searchsvc.engines.local.analysing import analyse
from searchsvc.engines.local.tokens import GAP
from searchsvc.text.analysis import Analyzer

ENGLISH = Analyzer("english")
TEXTS = st.lists(
    st.sampled_from(["rye", " ", "wi-fi", "C#", "…", "パン", "Node.js", ", ", "the Rye"])
).map("".join)
LABELS = st.lists(TEXTS, max_size=3).map(tuple)
DOCUMENTS = st.lists(
    st.builds(
        Document,
        id=st.text("abc", min_size=1),
        url=st.just("/"),
        title=TEXTS,
        excerpt=TEXTS,
        body=TEXTS,
        categories=LABELS,
        tags=LABELS,
    ),
    max_size=4,
    unique_by=lambda document: document.id,
)


def one_by_one(texts: tuple[str, ...]) -> list[tuple[str, int, int, int]]:
    """Word, place, start and length of each token of a field, by plain loops."""
    tokens, first = [], 0
    for text in texts:
        cut = ENGLISH.tokens(text)
        tokens += [(t.word, first + t.place, t.start, t.end - t.start) for t in cut]
        first += (cut[-1].place if cut else -1) + GAP
    return tokens


@given(DOCUMENTS)
def test_the_table_holds_every_token_at_its_place(documents: list[Document]) -> None:
    analysed = analyse(documents, ENGLISH)

    table = analysed.table
    tokens = zip(
        [table.words[n] for n in table.token_word.tolist()],
        table.token_place.tolist(),
        table.token_start.tolist(),
        table.token_length.tolist(),
        strict=True,
    )
    fields = [
        one_by_one(texts)
        for d in sorted(documents, key=lambda d: d.id)
        for texts in ((d.title,), (*d.categories, *d.tags), (d.excerpt,), (d.body,))
    ]
    assert list(tokens) == [token for field in fields for token in field]
    assert table.field_tokens.ravel().tolist() == [len(field) for field in fields]
    assert analysed.category_tokens.tolist() == [
        len(one_by_one(d.categories)) for d in analysed.documents
    ]
