"""A relay that does as it is told: relay.py DIR

DIR/plan.json is read for each connection: {"certificate": STEM, "wrapped": bool, "starttls": bool, "auth": bool,
"replies": {STAGE: ACTION}}. A stage is greeting, ehlo, starttls, ehlo2, auth, mail, rcpt, data, dot; an action is a reply to
send instead of the usual one, "drop", "hang", "garbage", "half" (a reply without an end), or "good" for the usual one.
DIR/log holds a line for each connection and stage; DIR/accepted-N what was accepted. The port is the only line on standard output.
"""
import json
import pathlib
import socket
import ssl
import sys
import threading
import time

DIR = pathlib.Path(sys.argv[1])
LOCK = threading.Lock()
USUAL = {
    "greeting": "220 relay ESMTP", "starttls": "220 go ahead", "auth": "235 welcome", "mail": "250 ok", "rcpt": "250 ok",
    "data": "354 go ahead", "dot": "250 queued",
}


class Gone(Exception):
    """The dialogue is over."""


def note(word):
    with LOCK, DIR.joinpath("log").open("a") as log:
        log.write(word + "\n")


def accept(content):
    with LOCK:
        count = len(list(DIR.glob("accepted-*")))
        DIR.joinpath(f"accepted-{count}").write_bytes(content)


class Dialogue:
    def __init__(self, line, plan):
        self.line, self.plan, self.buffer, self.encrypted = line, plan, b"", False

    def run(self):
        if self.plan["wrapped"]:
            self.encrypt()
        note("connect")
        self.answer("greeting")
        while True:
            words = self.read_line()
            verb = words.split(b" ")[0].split(b":")[0].upper().decode("ascii", "replace")
            if verb == "EHLO":
                self.answer("ehlo2" if self.encrypted and not self.plan["wrapped"] else "ehlo")
            elif verb == "STARTTLS":
                self.answer("starttls")
                self.encrypt()
            elif verb == "DATA":
                self.answer("data")
                self.take_content()
            elif verb in ("AUTH", "MAIL", "RCPT"):
                note(words.decode("ascii", "replace"))
                self.answer(verb.lower())
            elif verb == "QUIT":
                self.say("221 bye")
                raise Gone
            else:
                self.say("500 what?")

    def encrypt(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        stem = DIR / self.plan["certificate"]
        context.load_cert_chain(f"{stem}.pem", f"{stem}.key")
        self.line = context.wrap_socket(self.line, server_side=True)
        self.buffer, self.encrypted = b"", True

    def take_content(self):
        action = self.plan["replies"].get("content")
        content = b""
        while not content.endswith(b"\r\n.\r\n"):
            if action == "drop" and len(content) > 1000:
                note("content")
                raise Gone
            piece = self.line.recv(4096)
            if not piece:
                note("cut")
                raise Gone
            content += piece
        note("content")
        lines = content[: -len(b".\r\n")].split(b"\r\n")
        content = b"\r\n".join(line[1:] if line.startswith(b".") else line for line in lines)
        # Taken before it is answered: what the answer says is another matter.
        if self.plan["replies"].get("dot", "good")[:1] not in "45":
            accept(content)
        self.answer("dot")

    def answer(self, stage):
        note(stage)
        action = self.plan["replies"].get(stage, "good")
        if action == "drop":
            raise Gone
        if action == "hang":
            time.sleep(30)
            raise Gone
        if action == "garbage":
            self.line.sendall(b"\xff\xfe what is this\r\n")
            raise Gone
        if action == "half":
            self.line.sendall(b"250-and then")
            raise Gone
        self.say(self.usual(stage) if action == "good" else action)
        if action.startswith("4") or action.startswith("5"):
            if stage in ("greeting", "ehlo", "ehlo2", "starttls", "data"):
                self.read_line()
                raise Gone

    def usual(self, stage):
        if stage not in ("ehlo", "ehlo2"):
            return USUAL[stage]
        words = ["relay"]
        if self.plan["starttls"] and not self.encrypted:
            words.append("STARTTLS")
        if self.plan["auth"] and self.encrypted:
            words.append("AUTH PLAIN LOGIN")
        return "\r\n".join([f"250-{word}" for word in words] + ["250 8BITMIME"])

    def say(self, text):
        self.line.sendall(text.encode() + b"\r\n")

    def read_line(self):
        while b"\n" not in self.buffer:
            piece = self.line.recv(4096)
            if not piece:
                raise Gone
            self.buffer += piece
        words, self.buffer = self.buffer.split(b"\n", 1)
        return words.strip()


def serve(line):
    plan = {"certificate": "good", "wrapped": False, "starttls": True, "auth": False, "replies": {}}
    plan |= json.loads(DIR.joinpath("plan.json").read_text())
    dialogue = Dialogue(line, plan)
    try:
        dialogue.run()
    except (Gone, OSError):
        pass
    finally:
        try:
            dialogue.line.close()
        except OSError:
            pass


listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
while True:
    accepted, _ = listener.accept()
    threading.Thread(target=serve, args=(accepted,), daemon=True).start()
