"""Makes a private authority, one that nobody trusts, and the certificates of relays: pki.py DIR"""
import datetime
import ipaddress
import pathlib
import sys

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

OUT = pathlib.Path(sys.argv[1])
NOW = datetime.datetime.now(datetime.timezone.utc)
DAY = datetime.timedelta(days=1)


def name(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def write(stem, certificate, key):
    pem = serialization.Encoding.PEM
    OUT.joinpath(stem + ".pem").write_bytes(certificate.public_bytes(pem))
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    OUT.joinpath(stem + ".key").write_bytes(private)


def builder(subject, issuer, key, begin, end):
    made = x509.CertificateBuilder().subject_name(name(subject)).issuer_name(name(issuer))
    made = made.public_key(key.public_key()).serial_number(x509.random_serial_number())
    return made.not_valid_before(begin).not_valid_after(end)


def authority(stem, subject):
    key = ec.generate_private_key(ec.SECP256R1())
    made = builder(subject, subject, key, NOW - 30 * DAY, NOW + 30 * DAY)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    write(stem, made.sign(key, hashes.SHA256()), key)
    return key


def relay(stem, issuer, issuer_key, names, begin=NOW - DAY, end=NOW + DAY):
    key = ec.generate_private_key(ec.SECP256R1())
    made = builder(stem, issuer, key, begin, end)
    made = made.add_extension(x509.SubjectAlternativeName(names), critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    write(stem, made.sign(issuer_key, hashes.SHA256()), key)


OURS = authority("ca", "site authority")
THEIRS = authority("other-ca", "another authority")
HERE = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
relay("good", "site authority", OURS, HERE)
relay("foreign", "another authority", THEIRS, HERE)
# The name of ours on a certificate that we have not signed.
relay("forged", "site authority", THEIRS, HERE)
relay("elsewhere", "site authority", OURS, [x509.DNSName("relay.example.jp")])
relay("expired", "site authority", OURS, HERE, NOW - 20 * DAY, NOW - DAY)
relay("early", "site authority", OURS, HERE, NOW + DAY, NOW + 20 * DAY)
