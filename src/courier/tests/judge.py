"""aiosmtpd as the relay, and Python's own reading of what it received: judge.py DIR CERTIFICATE wrapped|starttls

Asks for user and password ("uketsuke", "correct horse battery"). The port is the only line on standard output. For each
mail DIR/mail-N.json tells the envelope, every header, and the parts.
"""
import email
import email.policy
import hashlib
import json
import pathlib
import ssl
import sys
import time

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

DIR, STEM, WRAPPED = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3] == "wrapped"


class Handler:
    count = 0

    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.original_content, policy=email.policy.default)
        parts = []
        for part in message.walk():
            if part.is_multipart():
                continue
            content = part.get_payload(decode=True)
            parts.append({
                "type": part.get_content_type(), "name": part.get_filename(), "disposition": part.get_content_disposition(),
                "encoding": str(part["Content-Transfer-Encoding"]).lower(), "sha256": hashlib.sha256(content).hexdigest(),
                "size": len(content), "text": content.decode() if part.get_content_maintype() == "text" else None,
            })
        told = {
            "from": envelope.mail_from, "recipients": envelope.rcpt_tos, "encrypted": session.ssl is not None,
            "user": session.login_data.decode() if session.login_data else None, "parts": parts,
            "headers": [[name, str(value)] for name, value in message.items()],
            "defects": [str(defect) for part in message.walk() for defect in part.defects],
            "longest": max(len(line) for line in envelope.original_content.split(b"\r\n")),
        }
        path = DIR / f"mail-{Handler.count}.json"
        Handler.count += 1
        path.write_text(json.dumps(told))
        return "250 queued"


def authenticate(server, session, envelope, mechanism, data):
    good = LoginPassword(b"uketsuke", b"correct horse battery")
    if data != good:
        return AuthResult(success=False, handled=False)
    session.login_data = data.login
    return AuthResult(success=True)


context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(f"{DIR / STEM}.pem", f"{DIR / STEM}.key")
kinds = {"ssl_context": context} if WRAPPED else {"tls_context": context, "require_starttls": True}
controller = Controller(
    Handler(), hostname="127.0.0.1", port=0, authenticator=authenticate, auth_required=True, auth_require_tls=not WRAPPED,
    **kinds,
)
# The controller greets itself on its own port, which is not known before.
controller._trigger_server = lambda: None
controller.start()
print(controller.server.sockets[0].getsockname()[1], flush=True)
while True:
    time.sleep(60)
