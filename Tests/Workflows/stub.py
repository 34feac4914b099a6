"""A stand-in for GitHub's API, as far as the workflows ask it, and for executables they start."""
import http.server
import io
import json
import tarfile
import threading
import urllib.parse
import zipfile


def archive(**files):
    """An artifact as GitHub serves it."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as packed:
        for name, text in files.items():
            packed.writestr(name.replace("__", "."), text)
    return data.getvalue()


def tarball(version, architecture, text='echo 1.2.3 "$@"\n'):
    """A released file as scripts/release.sh packs it, with a stand-in for slogate."""
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz") as packed:
        entry = tarfile.TarInfo(f"slogate-{version}-linux-{architecture}/bin/slogate")
        program = f"#!/bin/bash\n{text}".encode()
        entry.size, entry.mode = len(program), 0o755
        packed.addfile(entry, io.BytesIO(program))
    return data.getvalue()


class GitHub(http.server.ThreadingHTTPServer):
    """Serves `answers`, by path with query, then by path alone; keeps what was asked and written. An answer that has
    addresses of this server is a function of its own, a text is where else to look."""

    def __init__(self, answers):
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers, self.asked, self.written, self.tokens = answers, [], [], set()
        self.given = {}

    def __enter__(self):
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()

    @property
    def variables(self):
        return {"GITHUB_API_URL": f"http://127.0.0.1:{self.server_port}", "GITHUB_REPOSITORY": "acme/shop",
                "GH_TOKEN": "secret-token"}


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append(urllib.parse.unquote_plus(self.path))
        path = self.path.removeprefix("/repos/acme/shop/")
        known = self.server.answers
        answer = known.get(path, known.get(path.split("?")[0], 404))
        self.reply(answer(f"http://{self.headers['Host']}") if callable(answer) else answer)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.written.append((self.command, self.path, json.loads(body)["body"]))
        self.reply({"html_url": "https://github.example/comment"})

    do_PATCH = do_POST

    def reply(self, answer):
        self.server.tokens.add(self.headers["Authorization"])
        self.server.given[self.path] = self.headers["Authorization"]
        status, data = (answer, b"{}") if isinstance(answer, int) else (200, answer)
        if isinstance(answer, str):
            status, data = 302, b""
        data = data if isinstance(data, bytes) else json.dumps(data).encode()
        self.send_response(status)
        if status == 302:
            self.send_header("Location", answer)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


def executable(path, text):
    """A stand-in for a program: a script that is run instead."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/usr/bin/env bash\n" + text)
    path.chmod(0o755)
    return str(path)
