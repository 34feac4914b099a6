"""The messages that docs/troubleshooting.md quotes are texts of the program: each heading in code is one, and … in it
stands for what varies. Their other parts have to occur in one string of the sources, in their order."""
import re
import unittest

from page import Page, root

VARIABLE = "\0"


def strings(text):
    """The string literals of a Swift source, those joined by + as one, with interpolations as VARIABLE."""
    literals, at = [], 0
    while (begin := text.find('"', at)) >= 0:
        if text.startswith('"""', begin):
            finish = text.find('"""', begin + 3)
            literals.append((begin, finish + 3, re.sub(r"\s+", " ", text[begin + 3:finish])))
            at = finish + 3
            continue
        at, literal = begin + 1, ""
        while at < len(text) and text[at] not in '"\n':
            if text.startswith("\\(", at):
                at = closing(text, at + 2)
                literal += VARIABLE
            elif text[at] == "\\":
                literal += {"n": "\n", '"': '"', "\\": "\\"}.get(text[at + 1], VARIABLE)
                at += 2
            else:
                literal += text[at]
                at += 1
        at += 1
        literals.append((begin, at, literal))
    joined = []
    for begin, finish, literal in literals:
        if joined and re.fullmatch(r"\s*\+\s*", text[joined[-1][1]:begin]):
            joined[-1] = (joined[-1][0], finish, joined[-1][2] + literal)
        else:
            joined.append((begin, finish, literal))
    return [literal for _, _, literal in joined]


def closing(text, at):
    """Behind the bracket that ends an interpolation, whose own strings may hold brackets."""
    depth = 1
    while depth:
        if text[at] == '"':
            at += 1
            while text[at] != '"':
                at = closing(text, at + 2) if text.startswith("\\(", at) else at + (2 if text[at] == "\\" else 1)
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        at += 1
    return at


class Messages(unittest.TestCase):
    known = [literal for path in (root / "Sources").rglob("*.swift") for literal in strings(path.read_text())]

    def is_known(self, message):
        parts = [part.strip() for part in message.split("…")]
        parts = [part for part in parts if part]
        assert sum(map(len, parts)) > 8, f"'{message}' says hardly anything"
        expression = re.compile(".*?".join(re.escape(part) for part in parts), re.DOTALL)
        return any(expression.search(literal) for literal in self.known)

    def test_quoted_messages_are_those_the_program_prints(self):
        page = Page(root / "docs/troubleshooting.md")
        quoted = [(number, message) for number, line in page.prose
                  for message in re.findall(r"^(?:#+|-) `([^`]+)`", line)]
        self.assertGreater(len(quoted), 40)
        wrong = [f"{page.name}:{number}: {message}" for number, message in quoted if not self.is_known(message)]
        self.assertEqual([], wrong, "no source has these messages:\n" + "\n".join(wrong))

    def test_another_text_is_told(self):
        self.assertTrue(self.is_known("no result was given: nothing was judged"))
        self.assertFalse(self.is_known("no result was given: everything was judged"))

    def test_strings_are_read_as_swift_reads_them(self):
        source = 'let a = "one \\(b ?? "(") two" + " three"\nlet c = "four"\n'
        self.assertEqual(["one \0 two three", "four"], strings(source))


if __name__ == "__main__":
    unittest.main()
