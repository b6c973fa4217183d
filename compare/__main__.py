"""`python -m compare` and the `parallax` command."""

import sys

INTERRUPTED = 130


def main() -> None:
    """Run the command line; a mistake of the user's ends as one line and its exit code."""
    try:
        from compare.cli import run

        sys.exit(run())
    except KeyboardInterrupt:
        print("parallax: interrupted; nothing half written was left behind", file=sys.stderr)
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
