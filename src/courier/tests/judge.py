"""aiosmtpd as the relay, and Python's own reading of what it received: judge.py DIR CERTIFICATE wrapped|starttls

Asks for user and password ("uketsuke", "correct horse battery"). The port is the only line on standard output. For each
mail DIR/mail-N.json tells the envelope, every header, and the parts.
"""
import asyncio
import email
import email.policy
import hashlib
import json
import logging
import pathlib
import ssl
import sys
import warnings

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

# It warns of what this test does on purpose.
warnings.simplefilter("ignore")
logging.disable()

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
            "from": envelope.mail_from, "recipients": envelope.rcpt_tos, "encrypted": server.transport.get_extra_info("ssl_object") is not None,
            "user": session.auth_data.decode() if session.auth_data else None, "parts": parts,
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
    return AuthResult(success=True, auth_data=data.login)


context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(f"{DIR / STEM}.pem", f"{DIR / STEM}.key")
kinds = {"auth_require_tls": False} if WRAPPED else {"tls_context": context, "require_starttls": True}


def session():
    return SMTP(Handler(), hostname="relay", authenticator=authenticate, auth_required=True, **kinds)


async def main():
    server = await asyncio.get_running_loop().create_server(
        session, "127.0.0.1", 0, ssl=context if WRAPPED else None
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
