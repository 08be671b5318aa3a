"""`PARTNERWISE_…_FILE` names a file that holds the value of a setting, as containers and systemd hand out secrets."""

from pathlib import Path

import pytest

from lti_tool.settings import SettingsWrong, read_settings

SECRET = "rK3vLq0TnX8eYb5uHs2wZc7mPd4fGj9a"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SECRET_KEY", "SECRET_KEY_FILE", "DATABASE_URL"):
        monkeypatch.delenv(f"PARTNERWISE_{name}", raising=False)


def test_a_secret_is_read_from_its_file_without_the_line_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "key").write_text(f"{SECRET}\n")
    (tmp_path / "database").write_text("postgresql://partnerwise:päss@db/partnerwise")
    monkeypatch.setenv("PARTNERWISE_SECRET_KEY_FILE", str(tmp_path / "key"))
    monkeypatch.setenv("PARTNERWISE_DATABASE_URL_FILE", str(tmp_path / "database"))
    settings = read_settings()
    assert settings.secret_key.get_secret_value() == SECRET
    assert settings.database_url == "postgresql+psycopg://partnerwise:päss@db/partnerwise"


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"], ids=["missing", "no text"])
def test_a_file_that_cannot_be_read_is_named(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if content is not None:
        (tmp_path / "key").write_bytes(content)
    monkeypatch.setenv("PARTNERWISE_SECRET_KEY_FILE", str(tmp_path / "key"))
    with pytest.raises(SettingsWrong, match=r"PARTNERWISE_SECRET_KEY_FILE: .*key cannot be read"):
        read_settings()


def test_a_weak_secret_is_refused_from_a_file_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "key").write_text("short")
    monkeypatch.setenv("PARTNERWISE_SECRET_KEY_FILE", str(tmp_path / "key"))
    with pytest.raises(SettingsWrong, match="PARTNERWISE_SECRET_KEY: must have at least"):
        read_settings()


def test_two_values_of_one_setting_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "key").write_text(SECRET)
    monkeypatch.setenv("PARTNERWISE_SECRET_KEY_FILE", str(tmp_path / "key"))
    monkeypatch.setenv("PARTNERWISE_SECRET_KEY", SECRET)
    with pytest.raises(SettingsWrong, match="both set"):
        read_settings()
