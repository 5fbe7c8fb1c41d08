"""Dates as authors write them."""

from contextlib import suppress
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchsvc.posts.dates import in_utc, parse_date

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("2024-01-02", "2024-01-02T00:00:00+01:00"),
        ("2024-1-2", "2024-01-02T00:00:00+01:00"),
        ("2024/01/02", "2024-01-02T00:00:00+01:00"),
        ("2024.01.02", "2024-01-02T00:00:00+01:00"),
        ("20240102", "2024-01-02T00:00:00+01:00"),
        (" 2024-01-02 ", "2024-01-02T00:00:00+01:00"),
        ("2024-07-02", "2024-07-02T00:00:00+02:00"),
        ("2024-01-02 10:30", "2024-01-02T10:30:00+01:00"),
        ("2024-01-02 10:30:15", "2024-01-02T10:30:15+01:00"),
        ("2024-01-02 9:30pm", "2024-01-02T21:30:00+01:00"),
        ("2024-01-02 12:30 a.m.", "2024-01-02T00:30:00+01:00"),
        ("2024-01-02T10:30:15", "2024-01-02T10:30:15+01:00"),
        ("2024-01-02T10:30:15Z", "2024-01-02T11:30:15+01:00"),
        ("2024-01-02T10:30:15.123456789Z", "2024-01-02T11:30:15.123456+01:00"),
        ("2024-01-02 10:30:15 +0000", "2024-01-02T11:30:15+01:00"),
        ("2024-01-02 10:30:15 -05:00", "2024-01-02T16:30:15+01:00"),
        ("2024-01-02 10:30:15-05", "2024-01-02T16:30:15+01:00"),
        ("2024-01-02 10:30 UTC", "2024-01-02T11:30:00+01:00"),
        ("2024-01-02 10:30 EST", "2024-01-02T16:30:00+01:00"),
        ("2024-01-02 10:30 America/New_York", "2024-01-02T16:30:00+01:00"),
        ("2013/7/13 20:46:25", "2013-07-13T20:46:25+02:00"),
        ("Jan 2, 2006", "2006-01-02T00:00:00+01:00"),
        ("January 2nd, 2006", "2006-01-02T00:00:00+01:00"),
        ("Monday, January 2, 2006", "2006-01-02T00:00:00+01:00"),
        ("January 2, 2006 at 3:04 pm", "2006-01-02T15:04:00+01:00"),
        ("2 January 2006", "2006-01-02T00:00:00+01:00"),
        ("02-Jan-2006", "2006-01-02T00:00:00+01:00"),
        ("Mon, 02 Jan 2006 15:04:05 -0700", "2006-01-02T23:04:05+01:00"),
        ("Mon Jan  2 15:04:05 MST 2006", "2006-01-02T23:04:05+01:00"),
        ("9999-12-31", "9999-12-31T00:00:00+01:00"),
    ],
)
def test_a_date_is_understood_in_the_zone_of_the_blog(written: str, instant: str) -> None:
    assert parse_date(written, PARIS).isoformat() == instant


def test_the_day_is_the_one_in_the_zone_of_the_blog() -> None:
    late = parse_date("2024-01-02 23:30 -0500", PARIS)

    assert late.date().isoformat() == "2024-01-03"


def test_a_time_without_zone_can_be_meant_in_another_zone_and_a_day_cannot() -> None:
    new_york = ZoneInfo("America/New_York")

    assert parse_date("2024-01-02 01:30:00", new_york, unzoned=UTC).day == 1
    assert parse_date("2024-01-02", new_york, unzoned=UTC).day == 2


@pytest.mark.parametrize(
    "written",
    ["2024-02-30", "2024-13-01", "2024-01-02 25:00", "2024-01-02 10:61", "2023-02-29", "0000-01-01",
     "2024-01-02 13:00 pm"],
)  # fmt: skip
def test_a_day_that_is_none_is_refused_with_the_remedy(written: str) -> None:
    with pytest.raises(ValueError, match=r"no such day or time\. Write it as YYYY-MM-DD"):
        parse_date(written, PARIS)


@pytest.mark.parametrize(
    "written",
    ["last Tuesday", "", "2024", "2024-01", "01/02/2024", "tomorrow", "2024-01-02 soon", "1" * 99,
     "2024-01-02 10:00 " + "a-" * 40 + "!", "a" * 5000, "２０２４-01-02"],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_the_remedy(written: str) -> None:
    with pytest.raises(ValueError, match="Write it as YYYY-MM-DD"):
        parse_date(written, PARIS)


@pytest.mark.parametrize("zone", ["+99:00", "+00:75", "Mars/Olympus", "XYZ"])
def test_a_zone_that_is_none_is_refused(zone: str) -> None:
    with pytest.raises(ValueError, match="There is no zone"):
        parse_date(f"2024-01-02 10:00 {zone}", PARIS)


def test_the_end_of_the_calendar_is_an_instant_too() -> None:
    last = parse_date("9999-12-31 23:59:59", ZoneInfo("America/New_York"))

    assert in_utc(last) == datetime.max.replace(tzinfo=UTC)


def test_an_instant_that_the_zone_cannot_tell_is_refused() -> None:
    with pytest.raises(ValueError, match="end of the calendar"):
        parse_date("9999-12-31 23:59:59 -0500", PARIS)


@given(st.text(max_size=60))
def test_any_text_is_an_instant_or_refused(text: str) -> None:
    with suppress(ValueError):
        assert parse_date(text, PARIS).tzinfo is PARIS


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2100, 1, 1)))
def test_an_iso_instant_comes_back(moment: datetime) -> None:
    instant = moment.replace(tzinfo=UTC)

    assert in_utc(parse_date(instant.isoformat(), PARIS)) == instant


def test_a_date_can_stay_in_the_zone_in_which_it_was_written() -> None:
    written = parse_date("2024-01-02 01:30 +0900", PARIS, as_written=True)

    assert written.isoformat() == "2024-01-02T01:30:00+09:00"
    assert parse_date("2024-01-02", PARIS, as_written=True).isoformat() == (
        "2024-01-02T00:00:00+01:00"
    )
