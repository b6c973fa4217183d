"""Settings come from the list and the environment; a secret only from where nobody else can read it."""

from pathlib import Path
from typing import Any

import pytest

from compare.delivery import settings
from compare.errors import ParallaxError

CANARY = "c4nary-5ecret"
FROM = {"list": {"from": "Parallax <digest@example.org>"}}


def secret(path: Path, text: str, mode: int = 0o600) -> Path:
    path.write_text(text)
    path.chmod(mode)
    return path


def test_the_environment_comes_before_the_list(tmp_path: Path) -> None:
    tables = {"server": {"host": "a.example", "port": 26, "security": "tls"}}
    found = settings.server(
        tables, {"PARALLAX_SMTP_HOST": "b.example", "PARALLAX_SMTP_PORT": "465"}, "", tmp_path, "x"
    )
    assert (found.host, found.port, found.security) == ("b.example", 465, "tls")


@pytest.mark.parametrize(("security", "port"), [("starttls", 587), ("tls", 465), ("none", 25)])
def test_each_security_has_its_usual_port(tmp_path: Path, security: str, port: int) -> None:
    tables = {"server": {"host": "a.example", "security": security}}
    assert settings.server(tables, {}, "", tmp_path, "x").port == port


def test_the_password_is_taken_out_of_the_environment() -> None:
    environment = {"PARALLAX_SMTP_PASSWORD": CANARY}
    assert settings.take_secret(environment) == CANARY
    assert environment == {}


def test_a_login_comes_from_a_file_of_the_owners_only(tmp_path: Path) -> None:
    secret(tmp_path / "login.toml", f'user = "ana"\npassword = "{CANARY}"')
    tables = {"server": {"host": "a.example", "login": "login.toml"}}
    found = settings.server(tables, {}, "", tmp_path, "x")
    assert (found.user, found.password) == ("ana", CANARY)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666])
def test_a_login_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    path = secret(tmp_path / "login.toml", f'user = "ana"\npassword = "{CANARY}"', mode)
    with pytest.raises(ParallaxError, match="chmod 600") as caught:
        settings.login(path)
    assert caught.value.exit_code == 78
    assert CANARY not in str(caught.value)


@pytest.mark.parametrize("text", [f"password = {CANARY}", f'password = "{CANARY}"', f'user = "a" {CANARY}'])
def test_a_broken_login_file_is_named_without_what_it_holds(tmp_path: Path, text: str) -> None:
    with pytest.raises(ParallaxError, match="must hold user") as caught:
        settings.login(secret(tmp_path / "login.toml", text))
    assert caught.value.__cause__ is None
    assert CANARY not in str(caught.value)


@pytest.mark.parametrize(
    ("tables", "what"),
    [
        ({"server": {}}, "there is no mail server"),
        ({"server": {"host": "a", "security": "ssl"}}, "use starttls, tls or none"),
        ({"server": {"host": "a", "port": "many"}}, "use a number such as 587"),
        ({"server": {"host": "a", "port": 70000}}, "use a number such as 587"),
        ({"server": {"host": 5}}, "must be text in quotes"),
        ({"server": {"host": "a", "seconds": -1}}, "must be a number above 0"),
        ({"server": {"host": "a", "hots": "a"}}, "no setting 'hots'"),
        ({"server": {"host": "a", "password": CANARY}}, "does not belong"),
    ],
)
def test_a_wrong_server_setting_is_named(tmp_path: Path, tables: dict[str, Any], what: str) -> None:
    with pytest.raises(ParallaxError, match=what) as caught:
        settings.server(tables, {}, "", tmp_path, "people.toml")
    assert caught.value.exit_code == 78
    assert CANARY not in str(caught.value)


def test_a_list_without_an_unsubscribe_address_offers_to_write() -> None:
    found = settings.addressing(FROM, {}, "x")
    assert found.unsubscribe == "mailto:digest@example.org?subject=unsubscribe"
    assert found.list_id == "parallax.example.org"


def test_mail_to_one_person_without_a_list_is_no_list_mail() -> None:
    found = settings.addressing({}, {"PARALLAX_FROM": "digest@example.org"}, "x")
    assert (found.list_id, found.unsubscribe) == ("", "")


@pytest.mark.parametrize(
    ("table", "what"),
    [
        ({}, "there is no sender"),
        ({"from": "nobody"}, "from: address"),
        ({"from": "a@b.c", "reply_to": "x"}, "reply_to"),
    ],
)
def test_a_wrong_sender_is_a_wrong_setting(table: dict[str, str], what: str) -> None:
    with pytest.raises(ParallaxError, match=what) as caught:
        settings.addressing({"list": table}, {}, "people.toml")
    assert caught.value.exit_code == 78


def test_a_signing_key_must_be_complete_and_private(tmp_path: Path) -> None:
    secret(tmp_path / "key.pem", CANARY)
    tables = {"dkim": {"domain": "example.org", "selector": "s1", "key": "key.pem"}}
    found = settings.signing(tables, tmp_path, "x")
    assert found is not None
    assert CANARY not in repr(found)
    (tmp_path / "key.pem").chmod(0o644)
    with pytest.raises(ParallaxError, match="chmod 600"):
        settings.signing(tables, tmp_path, "x")
    with pytest.raises(ParallaxError, match="needs selector"):
        settings.signing({"dkim": {"domain": "a", "key": "key.pem"}}, tmp_path, "x")
    assert settings.signing({}, tmp_path, "x") is None


def test_the_week_is_filled_into_the_archives_address() -> None:
    tables = {"list": {"from": "a@b.c", "archive": "https://example.org/{week}.html"}}
    assert settings.archive(tables, "2025-W20", "x") == "https://example.org/2025-W20.html"
    assert settings.limit({"list": {"limit_mb": 2}}, "x") == 2_000_000
