"""What a user types, and what comes back: results on standard output, one line a problem, exit codes."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ARTICLES = HERE / "articles"
COURIER, BROADCASTER, AGENCY = (str(ARTICLES / n) for n in ("courier.md", "broadcaster.txt", "agency.html"))


def parallax(
    *arguments: str, cwd: Path | None = None, stdin: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "compare", *arguments],
        cwd=cwd or HERE.parent,
        input=stdin,
        capture_output=True,
        check=False,
        env=os.environ | environment,
    )


def told(*arguments: str, stdin: bytes = b"") -> dict[str, Any]:
    done = parallax("compare", *arguments, "--format", "json", stdin=stdin)
    assert done.returncode == 0, done.stderr.decode()
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def assert_one_line(done: subprocess.CompletedProcess[bytes], code: int, *words: str) -> None:
    lines = done.stderr.decode().splitlines()
    assert done.returncode == code, lines
    assert "Traceback" not in done.stderr.decode()
    assert any(all(word in line for word in words) for line in lines), lines


def test_two_articles_are_compared_in_the_terminal() -> None:
    done = parallax("compare", COURIER, f"State Radio={BROADCASTER}")
    text = done.stdout.decode()
    assert done.returncode == 0
    assert "State Radio" in text
    assert "Estuary Courier" in text
    assert "Ilse Varga" in text


def test_nothing_but_the_result_is_on_standard_output() -> None:
    done = parallax("compare", COURIER, BROADCASTER, "nowhere.txt", "--format", "json")
    assert json.loads(done.stdout)["version"] == 1
    assert_one_line(done, 66, "nowhere.txt", "no such file")


def test_swapping_the_articles_gives_the_same_brief() -> None:
    one = parallax("compare", f"A={COURIER}", f"B={BROADCASTER}", f"C={AGENCY}", "--format", "json")
    other = parallax("compare", f"C={AGENCY}", f"B={BROADCASTER}", f"A={COURIER}", "--format", "json")
    assert one.stdout == other.stdout


@pytest.mark.parametrize("form", ["terminal", "json", "html", "pdf", "markdown"])
def test_the_same_articles_give_the_same_bytes_whatever_the_hash_seed_zone_and_locale(form: str) -> None:
    call = ("compare", COURIER, BROADCASTER, "--format", form)
    one = parallax(*call, PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C.UTF-8")
    other = parallax(*call, PYTHONHASHSEED="2", TZ="Asia/Tokyo", LC_ALL="C")
    assert one.returncode == other.returncode == 0, other.stderr.decode()
    assert one.stdout == other.stdout
    assert one.stdout


def test_articles_on_different_events_are_compared_with_a_warning() -> None:
    week = Path(__file__).parent.parent / "corpus" / "2025-W20"
    done = parallax("compare", str(week / "Crossline/ferry-askel.txt"), str(week / "Crossline/bank-rate.txt"))
    assert "compare: these articles seem to report different events\n" in done.stderr.decode()
    assert "different events" not in parallax("compare", COURIER, BROADCASTER).stderr.decode()


def test_standard_input_is_an_article() -> None:
    answer = told("-", BROADCASTER, stdin=Path(COURIER).read_bytes())
    assert len(answer["articles"]) == 2


def test_an_output_file_is_written_and_named(tmp_path: Path) -> None:
    target = tmp_path / "brief.html"
    done = parallax("compare", COURIER, BROADCASTER, "--format", "html", "-o", str(target))
    assert done.stdout.decode().strip() == str(target)
    assert target.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("name", "begins"), [("x.pdf", b"%PDF"), ("x.json", b"{"), ("x.md", b"# "), ("x", b"Parallax")]
)
def test_a_comparison_takes_its_form_from_the_file_name(tmp_path: Path, name: str, begins: bytes) -> None:
    assert parallax("compare", COURIER, BROADCASTER, "-o", str(tmp_path / name)).returncode == 0
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_explain_shows_each_removed_line_and_its_rule() -> None:
    noisy = b"Home > Ports\n\nFerries stop\n\nThe ferries stopped on Monday. Crews stayed ashore.\n"
    done = parallax("compare", "--explain", "X=-", BROADCASTER, stdin=noisy)
    assert "-: not found: date, author, URL" in done.stderr.decode()
    assert "removed (" in done.stderr.decode()
    assert "Home > Ports" in done.stderr.decode()


def test_stories_lists_what_reports_the_same_event() -> None:
    done = parallax("stories", str(ARTICLES), "--format", "json")
    assert [len(story["articles"]) for story in json.loads(done.stdout)["stories"]] == [3]
    assert parallax("stories", str(ARTICLES)).stdout.decode().startswith("Story 1: 3 articles")


def test_a_brief_takes_its_form_from_the_file_name(tmp_path: Path) -> None:
    target = tmp_path / "week.json"
    done = parallax("brief", "--corpus", str(ARTICLES), "--week", "2025-W20", "-o", str(target))
    answer = json.loads(target.read_text(encoding="utf-8"))
    assert done.returncode == 0
    assert answer["week"] == "2025-W20"
    assert len(answer["stories"]) == 1


def test_a_week_without_articles_is_an_empty_brief_not_an_error(tmp_path: Path) -> None:
    (tmp_path / "old.md").write_bytes(Path(COURIER).read_bytes())
    done = parallax("brief", "--corpus", str(tmp_path), "--week", "2024-W01", "--format", "markdown")
    assert done.returncode == 0, done.stderr.decode()
    assert b"2024-W01" in done.stdout


def test_no_color_and_pipes_get_plain_text() -> None:
    assert b"\x1b[" not in parallax("compare", COURIER, BROADCASTER).stdout


def test_narrow_terminals_are_respected() -> None:
    text = parallax("compare", COURIER, BROADCASTER, COLUMNS="60").stdout.decode()
    assert max(map(len, text.splitlines())) <= 60


@pytest.mark.parametrize(
    ("name", "content", "code", "word"),
    [
        ("empty.txt", b"", 65, "empty"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00" * 40, 65, "text"),
        ("page.html", b"<html><body><script>1</script></body></html>", 65, "text"),
        (
            "german.txt",
            ("Der Verkehr ruht seit Montag, weil die Mannschaften nicht kommen. " * 12).encode(),
            65,
            "English",
        ),
    ],
)
def test_what_cannot_be_compared_is_named_in_one_line_and_the_rest_is_compared(
    tmp_path: Path, name: str, content: bytes, code: int, word: str
) -> None:
    bad = tmp_path / name
    bad.write_bytes(content)
    done = parallax("compare", COURIER, BROADCASTER, str(bad), "--format", "json")
    assert_one_line(done, code, name, word)
    assert len(json.loads(done.stdout)["articles"]) == 2


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1252"])
def test_other_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    other = tmp_path / "other.txt"
    other.write_bytes(Path(BROADCASTER).read_text(encoding="utf-8").replace('"', "”").encode(encoding))
    assert len(told(COURIER, str(other))["articles"]) == 2


def test_a_huge_file_is_refused_without_being_read(tmp_path: Path) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(200_000_000)
    assert_one_line(parallax("compare", COURIER, BROADCASTER, str(huge)), 65, "huge.txt", "larger than")


def test_a_folder_is_not_an_article(tmp_path: Path) -> None:
    assert_one_line(parallax("compare", COURIER, BROADCASTER, str(tmp_path)), 66, "folder")


def test_one_article_alone_is_refused() -> None:
    assert_one_line(parallax("compare", COURIER), 65, "one article", "at least two")


def test_the_same_article_twice_counts_once() -> None:
    assert_one_line(parallax("compare", COURIER, COURIER), 65, "counted once")


def test_two_articles_of_one_outlet_stay_two_columns(tmp_path: Path) -> None:
    answer = told(f"X={COURIER}", f"X={BROADCASTER}")
    (story,) = answer["stories"]
    assert story["outlets"] == ["X (broadcaster.txt)", "X (courier.md)"]


def test_an_output_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    done = parallax("compare", COURIER, BROADCASTER, "-o", str(tmp_path / "nowhere" / "x.json"))
    assert_one_line(done, 73, "no folder")


def test_a_week_that_is_none_is_refused() -> None:
    assert_one_line(parallax("brief", "--corpus", str(ARTICLES), "--week", "2025-99"), 64, "ISO week")


def test_settings_that_do_not_exist_are_refused(tmp_path: Path) -> None:
    settings = tmp_path / "parallax.toml"
    settings.write_text('[look]\npapr = "A4"\n', encoding="utf-8")
    done = parallax("compare", COURIER, BROADCASTER, "--config", str(settings))
    assert_one_line(done, 78, "parallax.toml", "papr")


def test_an_interrupt_leaves_nothing_half_written(tmp_path: Path) -> None:
    target = tmp_path / "brief.pdf"
    call = [sys.executable, "-X", "importtime", "-m", "compare", "brief", "--corpus", str(ARTICLES)]
    running = subprocess.Popen(
        [*call, "-o", str(target)], cwd=HERE.parent, stderr=subprocess.PIPE, start_new_session=True
    )
    assert running.stderr
    # what it imports tells how far it is, on a machine of any speed
    next(line for line in running.stderr if b" sklearn" in line)
    os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=30)
    assert b"Traceback" not in said
    assert running.returncode in {130, 0}
    assert [p.name for p in tmp_path.iterdir()] == (["brief.pdf"] if running.returncode == 0 else [])


def test_help_shows_examples_and_completion_is_printed() -> None:
    for command in ("compare", "stories", "brief", "completion"):
        assert b"Example" in parallax(command, "--help").stdout
    assert b"_PARALLAX_COMPLETE" in parallax("completion", "bash").stdout


def test_help_imports_nothing_heavy() -> None:
    heavy = {"numpy", "sklearn", "nltk", "jinja2", "weasyprint", "trafilatura"}
    code = f"import sys, compare.cli; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=HERE.parent)
    assert done.stdout.strip() == b"[]"
