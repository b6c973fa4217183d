"""The recipe: the order of the stages, and nothing about how each is done.

read | clean, or the catalogue    -> [Article], [Problem]     reading
group                            -> [Story]                  comparing
align STORY                      -> Alignment                framing
find ALIGNMENT                   -> [Finding]
compose                          -> Brief                    comparing, edition
render                           -> bytes                    rendering
write                            -> a file, whole or not at all
"""

from compare.delivery.file import check_writable, write
from compare.pipeline.comparing import brief, compare
from compare.pipeline.framing import framed, rooms
from compare.pipeline.reading import of_week, read_corpus, read_folder, read_named, week_days
from compare.pipeline.rendering import exit_code, form_of, list_stories, printed, render, save, write_parts

__all__ = [
    "brief",
    "check_writable",
    "compare",
    "exit_code",
    "form_of",
    "framed",
    "list_stories",
    "of_week",
    "printed",
    "read_corpus",
    "read_folder",
    "read_named",
    "render",
    "rooms",
    "save",
    "week_days",
    "write",
    "write_parts",
]
