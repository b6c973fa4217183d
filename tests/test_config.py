"""Settings come from one file; a mistake in it is one line that says what to do."""

from pathlib import Path

import pytest

from compare import config
from compare.errors import ParallaxError


def load(folder: Path, text: str) -> config.Config:
    path = folder / "parallax.toml"
    path.write_text(text, encoding="utf-8")
    return config.load(path)


def test_without_a_file_the_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert config.load(None) == config.Config()


def test_the_file_of_the_working_folder_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load(tmp_path, '[brief]\ntitle = "Monday"\n')
    monkeypatch.chdir(tmp_path)
    assert config.load(None).title == "Monday"


def test_paths_count_from_the_file(tmp_path: Path) -> None:
    (tmp_path / "ours").mkdir()
    made = load(tmp_path, '[brief]\ntemplates = "ours"\n[look]\nlogo = "logo.png"\npaper = "Letter"\n')
    assert made.templates == tmp_path / "ours"
    assert made.look.logo == tmp_path / "logo.png"
    assert made.look.paper == "Letter"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("[brief", "TOML"),
        ("[breif]\n", "breif"),
        ("[look]\npaper = 4\n", "quotes"),
        ('[look]\npaper = "A5"\n', "A5"),
        ('[look]\nfirst = "red"\n', "red"),
        ("look = 1\n", "section"),
        ('[brief]\nname = "x"\n', "title"),
        ('[brief]\ntemplates = "nowhere"\n', "nowhere"),
        ('[columns]\nbody = "Body"\n', "text"),
        ("[columns]\ntext = 3\n", "quotes"),
        ('[columns]\ntext = " "\n', "name a column"),
    ],
)
def test_a_mistake_is_one_line_with_the_code_of_bad_settings(tmp_path: Path, text: str, word: str) -> None:
    with pytest.raises(ParallaxError, match=word) as caught:
        load(tmp_path, text)
    assert caught.value.exit_code == 78
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ParallaxError, match="cannot be read"):
        config.load(tmp_path / "none.toml")


def test_columns_of_tables_are_kept_as_pairs(tmp_path: Path) -> None:
    made = load(tmp_path, '[columns]\ntext = "Body"\noutlet = "Paper"\n')
    assert made.columns == (("outlet", "Paper"), ("text", "Body"))
    assert hash(made.columns)
