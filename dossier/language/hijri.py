"""Convert dates of the Hijri calendar as it is reckoned: thirty years of 354 days, eleven of them a day longer.

The tabular calendar with leap years 2, 5, 7, 10, 13, 16, 18, 21, 24, 26 and 29 and its first day on 16 July 622 (Julian). What was
seen of the moon, or printed in Umm al-Qura, may differ by a day or two: a conversion is a lead.
"""

from __future__ import annotations

import datetime

FIRST_DAY = datetime.date(622, 7, 19).toordinal()  # 16 July in the Julian calendar
FIRST_YEAR, LAST_YEAR = 1, 1600


def to_gregorian(year: int, month: int, day: int) -> datetime.date:
    """Return the day of a Hijri date. Raise ValueError for one that the calendar does not have."""
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 and 1 <= day <= days_of(year, month)):
        raise ValueError(f"no Hijri date: {year}-{month}-{day}")
    days = (year - 1) * 354 + (3 + 11 * year) // 30 + (59 * (month - 1) + 1) // 2 + day - 1
    return datetime.date.fromordinal(FIRST_DAY + days)


def days_of(year: int, month: int) -> int:
    """Return how many days a month has: thirty and twenty-nine in turn, thirty for the last of a leap year."""
    is_leap = (14 + 11 * year) % 30 < 11
    return 30 if month % 2 or (month == 12 and is_leap) else 29
