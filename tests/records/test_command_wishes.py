"""What `/digest` asks for, typed in four languages, its parts in any order."""

import pytest

from records.command import Wish, put_right, read_wish
from records.filters import conditions, written
from records.kinds import KINDS
from records.problem import Problem
from records.rule import Rule
from tests.records.said import context, words


def wish(text: str) -> Wish:
    found = read_wish(text, KINDS, words(), context())
    assert isinstance(found, Wish), found
    return found


def wrong(text: str) -> tuple[Problem, ...]:
    found = read_wish(text, KINDS, words(), context())
    assert isinstance(found, tuple), found
    return found


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("daily 08:00", "daily 08:00"),
        ("daily 8:00", "daily 08:00"),
        ("daily at 8", "daily 08:00"),
        ("every day at 8am", "daily 08:00"),
        ("Daily 8:30 PM", "daily 20:30"),
        ("08:00 daily", "daily 08:00"),
        ("8.30", "daily 08:30"),
        ("daily at noon", "daily 12:00"),
        ("weekdays 08:00", "weekdays 08:00"),
        ("each weekday at 7:15", "weekdays 07:15"),
        ("weekly mon 08:00", "weekly mon 08:00"),
        ("every friday at 18:00", "weekly fri 18:00"),
        ("sundays 9am", "weekly sun 09:00"),
        ("monthly 1 08:00", "monthly 1 08:00"),
        ("every month on the 31st at 8", "monthly 31 08:00"),
        ("monthly 1 8", "monthly 1 08:00"),
        ("ежедневно 8:00", "daily 08:00"),
        ("по будням 8:00", "weekdays 08:00"),
        ("каждый понедельник в 8", "weekly mon 08:00"),
        ("по пятницам в 18:30", "weekly fri 18:30"),
        ("еженедельно вс 9:00", "weekly sun 09:00"),
        ("ежемесячно 1 08:00", "monthly 1 08:00"),
        ("1-го числа каждого месяца в 8", "monthly 1 08:00"),
        ("күн сайын 08:00", "daily 08:00"),
        ("жұмыс күндері сағат 8-де", "weekdays 08:00"),
        ("апта сайын дс 08:00", "weekly mon 08:00"),
        ("дүйсенбі сайын 08:00", "weekly mon 08:00"),
        ("апта сайын сс 08:00", "weekly tue 08:00"),
        ("ай сайын 15 08:00", "monthly 15 08:00"),
        ("كل يوم ٨:٣٠", "daily 08:30"),
        ("أيام العمل الساعة ٨", "weekdays 08:00"),
        ("أسبوعي الاثنين 08:00", "weekly mon 08:00"),
        ("شهري ١ ٠٨:٠٠", "monthly 1 08:00"),
    ],
)
def test_a_rule_is_understood_in_every_language(text: str, rule: str) -> None:
    assert wish(text) == Wish("set", Rule.parse(rule))


def test_options_stand_in_any_order() -> None:
    pieces = ("daily 08:00", "for site Aktau", "only sessions", "zone Europe/Berlin", "language ru", "when empty skip")
    whole = Wish("set", Rule(), (("kind", "session"), ("site", "aktau")), "Europe/Berlin", "ru", "skip")
    for at in range(len(pieces)):
        turned = (*pieces[at:], *pieces[:at])
        assert wish(" ".join(turned)) == whole
        assert wish(" ".join(reversed(turned))) == whole


@pytest.mark.parametrize(
    ("text", "filter_"),
    [
        ("daily 08:00 for citizens KZ", "citizens=KZ"),
        ("daily 08:00 for site Aktau", "site=aktau"),
        ("daily 08:00 only flights", "kind=flight"),
        ("only flights daily 08:00 for citizens KZ status arrived", "citizens=KZ;kind=flight;status=arrived"),
        ("daily 08:00 for operation zhusan-3", "operation=zhusan-3"),
        ("ежедневно 9:00 только занятия место Актау", "kind=session;site=aktau"),
        ("күн сайын 9:00 орны Ақтау үшін", "site=aktau"),
        ("рейстер ғана күн сайын 9:00", "kind=flight"),
        ("يوميا 09:00 فقط رحلات", "kind=flight"),
    ],
)
def test_whatever_stats_can_be_narrowed_to_narrows_a_digest(text: str, filter_: str) -> None:
    assert written(wish(text).filter) == filter_
    assert written(conditions(filter_)) == filter_


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Asia/Almaty", "Asia/Almaty"),
        ("asia/almaty", "Asia/Almaty"),
        ("Berlin", "Europe/Berlin"),
        ("New York", "America/New_York"),
        ("Алматы", "Asia/Almaty"),
        ("بغداد", "Asia/Baghdad"),
        ("Iraq", "Asia/Baghdad"),
        ("Казахстан", "Asia/Almaty"),
        ("UTC", "UTC"),
    ],
)
def test_a_zone_is_its_name_a_city_or_a_country(typed: str, zone: str) -> None:
    assert wish(f"daily 08:00 zone {typed}").zone == zone
    assert wish(f"zone {typed}") == Wish("set", zone=zone)


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("when empty send", "send"),
        ("если пусто не присылать", "skip"),
        ("бос болса жіберме", "skip"),
        ("бос болса жіберу", "send"),
        ("إذا كان فارغا لا ترسل", "skip"),
    ],
)
def test_what_becomes_of_an_empty_digest(text: str, option: str) -> None:
    assert wish(text) == Wish("set", when_empty=option)


@pytest.mark.parametrize(
    "text", ["language ru", "language Russian", "на русском", "орысша", "بالروسية", "язык русский"]
)
def test_a_language_is_named_in_any_language(text: str) -> None:
    assert wish(f"daily 08:00 {text}").language == "ru"


def test_a_digest_can_be_shown_turned_off_and_looked_at() -> None:
    assert [wish(one).act for one in ("", "off", "stop", "now", "log", "өшіру", "сейчас", "إيقاف", "журналы", "سجل")] == [
        "show", "off", "off", "now", "log", "off", "now", "off", "log", "log",
    ]  # fmt: skip
    assert wish("off all") == Wish("off", every=True)
    assert wish("off for site Aktau") == Wish("off", filter=(("site", "aktau"),))
    assert wish("now only flights") == Wish("now", filter=(("kind", "flight"),))


@pytest.mark.parametrize(
    ("text", "codes", "corrected"),
    [
        ("daily", ["missing_value"], "daily 08:00"),
        ("daily 25:00", ["not_a_time"], ""),
        ("dayly 08:00", ["unknown_word"], "daily 08:00"),
        ("weakly mon 08:00", ["unknown_word"], "weekly mon 08:00"),
        ("weekly 08:00", ["which_weekday"], ""),
        ("mon fri 08:00", ["one_weekday"], ""),
        ("monthly 08:00", ["not_a_month_day"], ""),
        ("monthly 32 08:00", ["not_a_month_day"], ""),
        ("daily mon 08:00", ["not_a_rule"], ""),
        ("off 08:00", ["not_a_rule"], ""),
        ("all", ["not_a_rule"], ""),
        ("daily 08:00 09:00", ["not_a_rule"], ""),
        ("daily 08:00 zone Almty", ["not_a_zone"], "daily 08:00 zone Asia/Almaty"),
        ("daily 08:00 zone Asia/Almatyy", ["not_a_zone"], "daily 08:00 zone Asia/Almaty"),
        ("daily 08:00 zone Russia", ["several_zones"], ""),
        ("daily 08:00 zone Xqzwv", ["not_a_zone"], ""),
        ("daily 08:00 zone", ["missing_option"], ""),
        ("daily 08:00 language Rusian", ["not_a_language"], "daily 08:00 language russian"),
        ("daily 08:00 when empty skipp", ["not_an_option"], "daily 08:00 when empty skip"),
        ("daily 08:00 for Aktau", ["unknown_word"], ""),
        ("daily 08:00 for", ["missing_option"], ""),
        ("daily 08:00 for site Aktau by month", ["not_a_condition"], ""),
        ("daily 08:00 for mode group from Syria", ["no_such_kind"], ""),
        ("dayly 08:00 zone Almty", ["not_a_zone", "unknown_word"], "daily 08:00 zone Asia/Almaty"),
    ],
)
def test_what_is_wrong_is_told_with_the_nearest_guess(text: str, codes: list[str], corrected: str) -> None:
    problems = wrong(text)
    assert [one.code for one in problems] == codes
    assert put_right(text, problems, KINDS, words(), context()) == corrected


def test_a_filter_keeps_whatever_a_value_holds() -> None:
    odd = (("site", "~a;b=c%d"), ("site", "aktau"))
    assert conditions(written(odd)) == tuple(sorted(odd))


@pytest.mark.parametrize(
    ("text", "filter_"),
    [
        (text, filter_)
        for filter_, texts in {
            "citizens=KZ;citizens=UZ": (
                "for citizens KZ for citizens UZ",
                "for citizens KZ UZ",
                "for citizens KZ, UZ",
                "for citizens KZ and UZ",
                "for citizens of Kazakhstan and of Uzbekistan",
                "для граждан KZ UZ",
                "для граждан Казахстана и Узбекистана",
                "для граждан Казахстана, Узбекистана",
                "азаматтары KZ және UZ үшін",
                "азаматтығы KZ, UZ",
                "الجنسية KZ و UZ",
                "الجنسية كازاخستان وأوزبكستان",
                "الجنسية KZ، UZ",
            ),
            "citizens=BA;citizens=KZ;citizens=UZ": ("for citizens KZ, UZ and BA", "для граждан KZ, UZ и BA"),
            "site=aktau;site=almaty": (
                "for site Aktau Almaty",
                "for site Aktau and Almaty",
                "для центра Актау и Алматы",
                "орталық Ақтау және Алматы",
                "المركز أكتاو وألماتي",
            ),
            "kind=session;type=legal;type=psychosocial": (
                "only sessions type legal, psychological",
                "only sessions type psychological and legal",
                "только сессии тип правовая и психологическая",
                "сессия түрі құқықтық және психологиялық",
                "جلسات نوع قانوني ونفسي",
            ),
        }.items()
        for text in texts
    ],
)
def test_several_values_of_one_field_stand_behind_one_word(text: str, filter_: str) -> None:
    assert written(wish(f"{text} daily 08:00").filter) == filter_
    assert wish(f"daily 08:00 {text}").rule == Rule()
