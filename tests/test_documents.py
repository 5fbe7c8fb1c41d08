"""Documents: their fingerprints, and labels that are the same to a reader."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta, timezone

from searchsvc.documents import Document, distinct

RYE = Document(id="rye", url="/rye/", title="Rye")
OTHER = {
    "id": "oat",
    "url": "/oat/",
    "title": "Oat",
    "excerpt": "Oat",
    "body": "Oat",
    "categories": ("Oat",),
    "tags": ("oat",),
    "date": date(2024, 1, 2),
    "visible_from": datetime(2024, 1, 2, tzinfo=UTC),
    "visible_until": datetime(2024, 1, 2, tzinfo=UTC),
    "lang": "en",
}


def test_a_document_with_any_other_field_has_another_fingerprint() -> None:
    others = [replace(RYE, **{field.name: OTHER[field.name]}) for field in fields(Document)]  # type: ignore[arg-type]

    assert len({document.fingerprint for document in (RYE, *others)}) == 1 + len(others)


def test_the_same_instant_in_another_zone_has_the_same_fingerprint() -> None:
    noon = datetime(2024, 1, 2, 12, tzinfo=UTC)
    there = noon.astimezone(timezone(timedelta(hours=9)))

    assert (
        replace(RYE, visible_from=noon).fingerprint == replace(RYE, visible_from=there).fingerprint
    )


def test_labels_that_differ_in_case_accents_and_spaces_are_one() -> None:
    assert distinct([" Café ", "cafe", "CAFÉ", "", " ", "tea"]) == ("Café", "tea")
    assert distinct(["x" * 200, "X" * 200]) == ("x" * 200,)
