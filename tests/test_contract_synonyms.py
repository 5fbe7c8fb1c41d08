"""Words that the owner says mean the same, on every engine."""

from builders import EngineMaker, a_document, fill, found, marked, missing

from searchsvc import parse_query

K8S = a_document("k8s", "K8s at home")
KUBERNETES = a_document("kubernetes", "Kubernetes in the cellar")
LEARNING = a_document("learning", "Machine learning for bakers")
ML = a_document("ml", "ML in a bakery")
APART = a_document("apart", "Learning to mend a machine")


def test_synonyms_find_each_other(make_engine: EngineMaker) -> None:
    engine = make_engine(synonyms=("k8s, kubernetes",))
    fill(engine, K8S, KUBERNETES)

    assert found(engine, "k8s") == ["k8s", "kubernetes"]
    assert found(engine, "Kubernetes") == ["kubernetes", "k8s"]


def test_a_synonym_may_work_one_way_only(make_engine: EngineMaker) -> None:
    engine = make_engine(synonyms=("k8s => kubernetes",))
    fill(engine, K8S, KUBERNETES)

    assert found(engine, "k8s") == ["k8s", "kubernetes"]
    assert found(engine, "kubernetes") == ["kubernetes"]


def test_a_synonym_may_have_several_words_which_stand_in_a_row(make_engine: EngineMaker) -> None:
    engine = make_engine(synonyms=("ml, machine learning",))
    fill(engine, LEARNING, ML, APART)

    assert found(engine, "ml") == ["ml", "learning"]
    # A post with the short form has both words.
    assert missing(engine, "machine learning") == {"learning": [], "apart": [], "ml": []}


def test_the_endings_of_words_do_not_matter(make_engine: EngineMaker) -> None:
    engine = make_engine(synonyms=("loaf, bread",))
    fill(engine, a_document("breads", "Many breads"))

    assert found(engine, "loafs") == ["breads"]


def test_synonyms_are_not_looked_for_when_words_are_meant_exactly(
    make_engine: EngineMaker,
) -> None:
    engine = make_engine(synonyms=("k8s, kubernetes",))
    fill(engine, K8S, KUBERNETES)

    assert found(engine, "k8s", exact=True) == ["k8s"]


def test_a_word_that_only_its_synonym_has_is_known(make_engine: EngineMaker) -> None:
    engine = make_engine(synonyms=("ml, machine learning",))
    fill(engine, LEARNING, a_document("mr", "Mr Rye"))

    page = engine.search(parse_query("ml"))

    assert [hit.id for hit in page.hits] == ["learning"]
    assert (page.corrected, page.ignored) == (None, ())
    assert marked(page.hits[0].title_snippet) == "[Machine] [learning] for bakers"


def test_names_of_code_may_be_synonyms(make_engine: EngineMaker) -> None:
    engine = make_engine(synonyms=("c#, csharp", "node.js => server side javascript"))
    fill(engine, a_document("c", "Loops in C#"), a_document("js", "Server-side JavaScript"))

    assert found(engine, "csharp") == ["c"]
    assert found(engine, "node.js") == ["js"]
