"""The config: every value from file and environment, and a plain line for everything that is wrong."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.config import KEYS, ConfigError, Settings, load
from bot.sentences import ADVICE

TOKEN = "7000000001:SANDBOX-TOKEN-of-the-demo-desk-0001"
EXAMPLE = Path(__file__).parents[2] / "config.example.toml"

Write = Callable[[str], Path]


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may have a desk of their own."""
    for key in KEYS:
        monkeypatch.delenv(variable(key), raising=False)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(text: str) -> Path:
        path = tmp_path / "wayhome.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def variable(key: str) -> str:
    return "WAYHOME_" + key.replace(".", "__").upper()


def toml(key: str, value: str) -> str:
    section, name = key.split(".")
    token = "" if key.startswith("telegram.token") else f'[telegram]\ntoken = "{TOKEN}"\n'
    return (
        f"{token}{name} = {value}\n" if token and section == "telegram" else f"{token}[{section}]\n{name} = {value}\n"
    )


def lines(path: Path | None, *, offline: bool = False) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as caught:
        load(path, offline=offline)
    return caught.value.lines


def plain(settings: Settings) -> dict[str, object]:
    return {
        f"{section}.{key}": value.get_secret_value() if isinstance(value, SecretStr) else value
        for section, part in settings
        for key, value in part
    }


def test_the_example_holds_every_key_with_its_default() -> None:
    example = {
        f"{section}.{key}": tuple(value) if isinstance(value, list) else value
        for section, table in tomllib.loads(EXAMPLE.read_text("utf-8")).items()
        for key, value in table.items()
    }
    assert example == plain(Settings())
    assert list(example) == list(KEYS)


def test_the_example_says_something_of_every_key() -> None:
    rows = EXAMPLE.read_text("utf-8").splitlines()
    settings = [number for number, row in enumerate(rows) if "=" in row and not row.startswith("#")]
    assert all(rows[number - 1].startswith("#") for number in settings)


def test_every_key_has_a_line_of_advice() -> None:
    assert tuple(ADVICE) == KEYS


GOOD = {
    "telegram.token": (f'"{TOKEN}"', TOKEN),
    "telegram.api_url": ('"http://127.0.0.1:8088/"', "http://127.0.0.1:8088"),
    "telegram.mode": ('"polling"', "polling"),
    "webhook.url": ('"https://desk.example/hook"', "https://desk.example/hook"),
    "webhook.listen": ('"0.0.0.0:80"', "0.0.0.0:80"),
    "webhook.secret": ('"a-b_c"', "a-b_c"),
    "database.url": ('"sqlite:////srv/wayhome.db"', "sqlite:////srv/wayhome.db"),
    "team.name": ('"Ақтау"', "Ақтау"),
    "team.owners": ("[1001, 1002]", (1001, 1002)),
    "team.country": ('"us"', "US"),
    "team.timezone": ('"Europe/Sarajevo"', "Europe/Sarajevo"),
    "team.language": ('"en"', "en"),
    "digest.default": ('"daily 07:30"', "daily 07:30"),
    "privacy.mask_groups": ("false", False),
    "privacy.threshold": ("10", 10),
}


@pytest.mark.parametrize("key", GOOD)
def test_a_value_comes_from_the_file(key: str, write: Write) -> None:
    text, value = GOOD[key]
    assert plain(load(write(toml(key, text))))[key] == value


@pytest.mark.parametrize("key", GOOD)
def test_the_environment_wins_over_the_file(key: str, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    text, value = GOOD[key]
    monkeypatch.setenv("WAYHOME_TELEGRAM__TOKEN", TOKEN)
    monkeypatch.setenv(variable(key), text.strip('"[]'))
    file = {"team.owners": "[5]", "privacy.mask_groups": "true", "privacy.threshold": "7"}.get(key, '"other"')
    section, name = key.split(".")
    assert plain(load(write(f"[{section}]\n{name} = {file}\n")))[key] == value


def test_the_environment_alone_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYHOME_TELEGRAM__TOKEN", TOKEN)
    monkeypatch.setenv("WAYHOME_TEAM__OWNERS", "1001,1002")
    monkeypatch.setenv("WAYHOME_DIGEST__DEFAULT", "")
    settings = load(None)
    assert settings.team.owners == (1001, 1002)
    assert settings.digest.default == ""


@pytest.mark.parametrize(("key", "days"), [("withdrawn", 0), ("notes", 1), ("updates", 1), ("alarms", 30)])
def test_nothing_is_forgotten_while_it_is_needed(write: Write, key: str, days: int) -> None:
    [line] = lines(write(toml(f"retention.{key}", str(days))))
    assert ADVICE[f"retention.{key}"] in line
    assert getattr(load(write(toml(f"retention.{key}", "120"))).retention.terms, key) == 120


@pytest.mark.parametrize("rule", ["weekdays 08:00", "weekly mon 08:00", "monthly 31 23:30"])
def test_the_digest_of_new_members_may_have_any_cadence(monkeypatch: pytest.MonkeyPatch, rule: str) -> None:
    monkeypatch.setenv("WAYHOME_TELEGRAM__TOKEN", TOKEN)
    monkeypatch.setenv("WAYHOME_DIGEST__DEFAULT", rule)
    assert load(None).digest.default == rule


BAD = {
    "telegram.token": ['"12:short"', "5", '""'],
    "telegram.token_file": ['"/no/such/file"', "1"],
    "telegram.api_url": ['"api.telegram.org"', '"ftp://x"', '"https://user@host"', '"https://host/?a=1"'],
    "telegram.mode": ['"pull"'],
    "webhook.url": ['"http://desk.example"'],
    "webhook.listen": ['"8443"'],
    "webhook.secret": ['"not so secret!"'],
    "database.url": ['"wayhome.db"', '"postgresql://desk:hidden@host/db"', '"sqlite:///"', '"sqlite:///:memory:"'],
    "team.name": ['""', '"   "', '"two\\nlines"', f'"{"x" * 81}"'],
    "team.owners": ["[0]", '["Aigul"]', "[-1001]", "5"],
    "team.country": ['"KAZ"', '"EU"', '"Kazakhstan"'],
    "team.timezone": ['"Almaty"', '"Asia/Almatty"', '""', '"../../etc/passwd"'],
    "team.language": ['"english"', '"xx"'],
    "digest.default": ['"at eight"', '"daily 25:00"', '"weekly 08:00"', '"monthly 32 08:00"', '"ежедневно 08:00"'],
    "privacy.mask_groups": ['"perhaps"'],
    "privacy.threshold": ["1", "0.5", '"many"', "1000"],
}


@pytest.mark.parametrize(("key", "value"), [(key, value) for key, values in BAD.items() for value in values])
def test_a_wrong_value_is_named_with_its_advice(key: str, value: str, write: Write) -> None:
    (line,) = lines(write(toml(key, value)))
    assert key.split(".")[1] in line
    assert f"[{key.split('.', maxsplit=1)[0]}]" in line
    advice = ADVICE[key].partition("{")[0]
    assert advice in line or ADVICE["telegram.token"] in line


@pytest.mark.parametrize("key", [key for key in BAD if key != "telegram.token_file"])
def test_a_wrong_variable_is_named_as_a_variable(key: str, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYHOME_TELEGRAM__TOKEN", TOKEN)
    monkeypatch.setenv(variable(key), BAD[key][0].strip('"[]'))
    (line,) = lines(write(""))
    assert line.startswith(variable(key))


def test_all_that_is_wrong_is_told_at_once(write: Write) -> None:
    text = f'[telegram]\ntoken = "{TOKEN}"\ntokken = "x"\n[team]\ncountry = "KAZ"\ntimezone = "Almaty"\n[tema]\nname = "x"\n'
    found = lines(write(text))
    assert len(found) == 4
    assert any("tokken is not a setting. Did you mean token?" in line for line in found)
    assert any("[tema] is not a section of the config. Did you mean [team]?" in line for line in found)


@pytest.mark.parametrize(
    ("name", "guess"),
    [
        ("WAYHOME_TEAM__OWNER", "WAYHOME_TEAM__OWNERS"),
        ("WAYHOME_TOKEN", ""),
        ("WAYHOME_TEAM", ""),
        ("wayhome_teem__name", "WAYHOME_TEAM__NAME"),
    ],
)
def test_an_unknown_variable_is_not_passed_over(
    name: str, guess: str, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "{")
    (line,) = lines(write(toml("team.name", '"x"')))
    assert line.startswith(f"{name} is not a setting.")
    assert guess in line


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    (line,) = lines(tmp_path / "no.toml")
    assert "no.toml is not there" in line


@pytest.mark.parametrize("content", [b"[team\n", b"team = 1\n", b"\xff\xfe", b"[team]\nname = 'a'\nname = 'b'\n"])
def test_a_broken_file_is_told_in_one_line(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "wayhome.toml"
    path.write_bytes(content)
    assert len(lines(path, offline=True)) == 1


def test_a_folder_is_no_config(tmp_path: Path) -> None:
    assert "can't be read" in lines(tmp_path)[0]


def test_without_a_token_there_is_no_desk_but_counting_still_works(write: Write) -> None:
    path = write("")
    assert "There is no token" in lines(path)[0]
    assert load(path, offline=True).telegram.token.get_secret_value() == ""


def test_the_token_comes_from_a_file_of_its_own(tmp_path: Path, write: Write) -> None:
    secret = tmp_path / "token"
    secret.write_text(f"{TOKEN}\n", encoding="utf-8")
    assert load(write(f'[telegram]\ntoken_file = "{secret}"\n')).telegram.token.get_secret_value() == TOKEN


def test_a_token_in_the_environment_replaces_the_file_named_in_the_config(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAYHOME_TELEGRAM__TOKEN", TOKEN)
    assert load(write('[telegram]\ntoken_file = "/no/such/file"\n')).telegram.token.get_secret_value() == TOKEN


def test_a_token_and_a_file_for_it_are_one_too_many(write: Write) -> None:
    assert "leave one of them out" in lines(write(f'[telegram]\ntoken = "{TOKEN}"\ntoken_file = "x"\n'))[0]


def test_a_file_without_a_token_is_told_without_its_content(tmp_path: Path, write: Write) -> None:
    secret = tmp_path / "token"
    secret.write_text("something else", encoding="utf-8")
    (line,) = lines(write(f'[telegram]\ntoken_file = "{secret}"\n'))
    assert "it holds no token" in line
    assert "something else" not in line


def test_the_webhook_is_not_served_yet(write: Write) -> None:
    path = write(toml("telegram.mode", '"webhook"'))
    assert "not served" in lines(path)[0]
    assert load(path, offline=True).telegram.mode == "webhook"


@pytest.mark.parametrize(
    "text",
    [
        f'[telegram]\ntoken = "{TOKEN}!"\n',
        f'[telegram]\napi_url = "https://api.telegram.org/bot{TOKEN}?x"\n',
        f'[telegram]\ntokn = "{TOKEN}"\n',
        f'[telegram]\nmode = "{TOKEN}"\n',
        f'[database]\nurl = "postgresql://desk:{TOKEN}@host"\n',
        f'token = "{TOKEN}"\n',
    ],
)
def test_no_complaint_shows_the_token(text: str, write: Write) -> None:
    assert TOKEN.partition(":")[2] not in "\n".join(lines(write(text)))


def test_settings_shown_whole_hide_what_is_secret(write: Write) -> None:
    settings = load(
        write(f'[telegram]\ntoken = "{TOKEN}"\n[webhook]\nsecret = "hush"\n[database]\nurl = "sqlite:///where.db"\n')
    )
    for secret in (TOKEN, "hush", "where.db"):
        assert secret not in repr(settings) + str(settings)
