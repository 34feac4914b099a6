"""The pages of the manual, taken apart: blocks, headings and links.

A block of commands that is run begins with ```sh run, and with ```sh run exit=1 where it ends with another exit code
than 0. A block ```text output right behind it is what it prints; … in it stands for any text, a line of … alone for any
lines, a day, a minute and an id of ten hexadecimal digits for any other. A comment that begins with a line <!-- run is
run too: what the blocks behind it need and a reader has. A block whose fence names a file (```yaml file=.gitlab-ci.yml)
is that file, whole.
"""
import dataclasses
import pathlib
import re

root = pathlib.Path(__file__).resolve().parent.parent.parent


@dataclasses.dataclass
class Block:
    page: "Page"
    line: int
    language: str
    attributes: dict
    text: str

    def __str__(self):
        return f"{self.page.name}:{self.line}"

    @property
    def is_run(self):
        return "run" in self.attributes


class Page:
    def __init__(self, path, text=None):
        self.path = path
        self.name = str(path.relative_to(root))
        self.blocks = []
        # The text outside of blocks, with its line numbers.
        self.prose = []
        self._read((path.read_text() if text is None else text).split("\n"))

    def _read(self, lines):
        block = None
        for number, line in enumerate(lines, start=1):
            fence = re.match(r"^( *)```(.*)$", line)
            if line == "<!-- run" and block is None:
                indentation, block = "", Block(self, number, "preparation", {"run": ""}, "")
            elif line == "-->" and block is not None and block.language == "preparation":
                self.blocks.append(block)
                block = None
            elif not fence:
                if block is None:
                    self.prose.append((number, line))
                else:
                    block.text += line.removeprefix(indentation) + "\n"
            elif block is None:
                indentation, words = fence[1], fence[2].split()
                pairs = (word.partition("=")[::2] for word in words[1:])
                block = Block(self, number, (words or [""])[0], dict(pairs), "")
            else:
                self.blocks.append(block)
                block = None
        assert block is None, f"{self.name}: the block of line {block and block.line} does not end"

    def runs(self):
        """The blocks that are run, each with the block of its output, or None."""
        for block, following in zip(self.blocks, self.blocks[1:] + [None]):
            if block.is_run:
                shows = following is not None and "output" in following.attributes
                yield block, following if shows else None

    @property
    def anchors(self):
        """What a link may lead to, as GitHub names headings."""
        found, seen = set(), {}
        for _, line in self.prose:
            heading = re.match(r"^#+ +(.*?) *$", line)
            if heading:
                text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading[1]).lower()
                anchor = re.sub(r"[^\w\- ]", "", text).replace(" ", "-")
                number = seen.get(anchor, 0)
                seen[anchor] = number + 1
                found.add(f"{anchor}-{number}" if number else anchor)
        return found

    @property
    def links(self):
        """The targets of its links, with their lines."""
        for number, line in self.prose:
            for target in re.findall(r"\]\(([^()\s]+(?:\([^()]*\))?)\)", re.sub(r"`[^`]*`", "", line)):
                yield number, target


def pages():
    """README and manual."""
    paths = [root / "README.md", *sorted((root / "docs").glob("*.md")), root / "history/README.md"]
    return [Page(path) for path in paths]


# What differs from run to run, with what it may be.
varying = [
    ("…", ".*"), (r"\b\d{4}-\d\d-\d\d\b", r"\d{4}-\d\d-\d\d"), (r"(?<= )\d\d:\d\d\b", r"\d\d:\d\d"),
    (r"\b(?=[a-f]*\d)[0-9a-f]{10}\b", "[0-9a-f]{10}"),
]


def pattern(shown):
    """What a block of output stands for, as a regular expression."""
    def of(line):
        if line.strip() == "…":
            return r"(?:.*\n)*"
        expression, at = "", 0
        for match in re.finditer("|".join(f"({found})" for found, _ in varying), line.rstrip()):
            expression += re.escape(line[at:match.start()]) + varying[match.lastindex - 1][1]
            at = match.end()
        return expression + re.escape(line[at:].rstrip()) + r"[ \t]*\n"
    return re.compile("".join(of(line) for line in shown.rstrip("\n").split("\n")))
