"""`python -m compare` and the `parallax` command."""

import sys


def main() -> None:
    """Run the command line; a mistake of the user's ends as one line and its exit code."""
    from compare.cli import run

    sys.exit(run())


if __name__ == "__main__":
    main()
