"""Every zone there is, every cadence, twenty years: too long for every change of the code, run by `make slow`."""

from datetime import date, time
from zoneinfo import ZoneInfo, available_timezones

import pytest

from tests.digests.clocks import changes, each_day_once, rules

FIRST, LAST = date(2015, 1, 1), date(2035, 12, 31)
HOURS = (time(0), time(0, 30), time(2, 30), time(8), time(23, 30))


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(available_timezones()))
def test_every_day_of_twenty_years_has_its_hour_once(name: str) -> None:
    zone = ZoneInfo(name)
    jumps = list(changes(zone, FIRST, LAST))
    for cadence in ("daily", "weekdays", "weekly", "monthly"):
        for wish in HOURS:
            for rule in rules(cadence, wish, date(2015, 1, 30)):
                each_day_once(rule, zone, FIRST, LAST, jumps)
