"""The wheel carries its templates, lexicons and coefficients: a PDF is made from it, elsewhere."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ARTICLES = Path(__file__).parent / "articles"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built wheel, laid out in a folder of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
    ]
    subprocess.run([*pip, "--target", str(folder), str(ROOT)], check=True, capture_output=True)
    return folder


def run(installed: Path, cwd: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    environment = os.environ | {"PYTHONPATH": str(installed)}
    return subprocess.run(
        [sys.executable, *arguments], cwd=cwd, env=environment, capture_output=True, check=True
    )


def test_the_installed_package_is_the_one_that_runs(installed: Path, tmp_path: Path) -> None:
    done = run(installed, tmp_path, "-c", "import compare; print(compare.__file__)")
    assert done.stdout.decode().startswith(str(installed))


def test_a_pdf_is_made_from_the_installed_wheel_in_another_folder(installed: Path, tmp_path: Path) -> None:
    articles = [str(ARTICLES / name) for name in ("courier.md", "broadcaster.txt")]
    run(installed, tmp_path, "-m", "compare", "compare", *articles, "--format", "pdf", "-o", "brief.pdf")
    assert (tmp_path / "brief.pdf").read_bytes().startswith(b"%PDF-")
