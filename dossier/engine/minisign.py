"""Keys and signatures as minisign has them: Ed25519 over the BLAKE2b digest of a file.

Source of the form: minisign's own description, https://jedisct1.github.io/minisign/. Secret keys lie behind scrypt where they have a
password. Whatever is read here was written by others, so every length is checked before it is used.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import re
import struct
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from dossier.errors import MachineError, WrongUse

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

LARGEST = 65_536  # bytes of a key, a signature, a time token: they are far smaller
PLAIN, PREHASHED = b"Ed", b"ED"  # what a key is for, and how a file is signed here
SCRYPT, NO_PASSWORD, BLAKE2B = b"Sc", b"\0\0", b"B2"
# What libsodium makes N = 2^17, r = 8, p = 1 of: 128 MB and half a second a guess.
OPERATIONS, MEMORY = 1 << 22, 1 << 27
MOST_OPERATIONS, MOST_MEMORY = 1 << 25, 1 << 30  # what minisign itself asks for
COMMENT, TRUSTED = "untrusted comment: ", "trusted comment: "
_UNTIL = re.compile(r"\buntil (\d{4}-\d{2}-\d{2})\b")


class NotMinisign(WrongUse):
    """A file is no key or signature of minisign, or one that cannot be used here; the message says what is wrong with it."""


class WrongPassword(WrongUse):
    """A secret key has a password, and it is another one."""


class PublicKey(Struct, frozen=True, kw_only=True):
    """A public key: `identity` are its eight bytes, `until` the last day (YYYY-MM-DD) on which it may sign, where its comment names one."""

    identity: bytes
    raw: bytes
    until: str | None = None

    @property
    def name(self) -> str:
        """Return the identity as minisign shows it: hexadecimal, the last byte first."""
        return self.identity[::-1].hex().upper()

    @property
    def text(self) -> str:
        """Return the key in one line of base64, as `minisign -P` takes it."""
        return _encode(PLAIN + self.identity + self.raw)


class SecretKey(Struct, frozen=True, kw_only=True):
    """A key that signs."""

    identity: bytes
    seed: bytes
    until: str | None = None

    @property
    def public(self) -> PublicKey:
        """Return the public half."""
        raw = _private(self.seed).public_key().public_bytes_raw()
        return PublicKey(identity=self.identity, raw=raw, until=self.until)


class Signature(Struct, frozen=True, kw_only=True):
    """A signature as its file has it: which key it names, and a comment that is signed too."""

    identity: bytes
    value: bytes
    comment: str
    seal: bytes

    @property
    def name(self) -> str:
        """Return the identity of the key that it names, as minisign shows it."""
        return self.identity[::-1].hex().upper()

    @property
    def moment(self) -> int | None:
        """Return when it says that it was made, in seconds since 1970."""
        found = re.search(r"(?:^|\t)timestamp:(\d{1,12})(?:\t|$)", self.comment)
        return int(found[1]) if found else None


def _encode(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _private(seed: bytes) -> Ed25519PrivateKey:
    return _ed25519().Ed25519PrivateKey.from_private_bytes(seed)  # type: ignore[no-any-return]


def _ed25519() -> Any:
    try:
        from cryptography.hazmat.primitives.asymmetric import ed25519
    except ImportError as error:
        raise MachineError(
            "signatures need the package cryptography: pip install '.[signatures]' in the generator's folder"
        ) from error
    return ed25519


def new_key(until: str | None) -> SecretKey:
    """Make a key by chance."""
    return SecretKey(identity=os.urandom(8), seed=os.urandom(32), until=until)


def _comment(kind: str, key: PublicKey) -> str:
    return f"{COMMENT}{kind} {key.name}{f', until {key.until}' if key.until else ''}"


def write_public_key(key: PublicKey) -> bytes:
    """Return the file of a public key."""
    return f"{_comment('minisign public key', key)}\n{key.text}\n".encode()


def write_secret_key(key: SecretKey, password: str) -> bytes:
    """Return the file of a secret key; an empty password leaves it open to whoever has the file."""
    secret = key.seed + key.public.raw
    checksum = hashlib.blake2b(PLAIN + key.identity + secret, digest_size=32).digest()
    hidden, salt = key.identity + secret + checksum, os.urandom(32) if password else bytes(32)
    costs = (OPERATIONS, MEMORY) if password else (0, 0)
    if password:
        hidden = _xor(hidden, _stretch(password, salt, *costs))
    head = PLAIN + (SCRYPT if password else NO_PASSWORD) + BLAKE2B + salt + struct.pack("<QQ", *costs)
    return f"{_comment('minisign secret key', key.public)}\n{_encode(head + hidden)}\n".encode()


def _xor(left: bytes, right: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(left, right, strict=True))


def _stretch(password: str, salt: bytes, operations: int, memory: int) -> bytes:
    """Return the 104 bytes that hide a key: scrypt, its numbers found from the two costs as libsodium finds them."""
    if operations > MOST_OPERATIONS or memory > MOST_MEMORY:
        raise NotMinisign("the secret key asks for more time or memory than minisign's own")
    operations = max(operations, 32_768)
    by_time = operations < memory // 32
    most = operations // 32 if by_time else memory // 1024
    exponent = next(e for e in range(1, 64) if 1 << e > most // 2)
    parallel = 1 if by_time else min(operations // 4 >> exponent, 0x3FFFFFFF) // 8
    return hashlib.scrypt(
        password.encode(), salt=salt, n=1 << exponent, r=8, p=max(parallel, 1), maxmem=2 * MOST_MEMORY - 2, dklen=104
    )


def _lines(data: bytes, what: str, number: int) -> list[str]:
    if len(data) > LARGEST:
        raise NotMinisign(f"it is too large for {what}")
    try:
        lines = data.decode("utf-8").replace("\r\n", "\n").rstrip("\n").split("\n")
    except UnicodeDecodeError:
        raise NotMinisign(f"it is no {what} of minisign") from None
    if len(lines) != number or not lines[0].startswith(COMMENT):
        raise NotMinisign(f"it is no {what} of minisign, or a part of it is missing")
    return lines


def _decode(line: str, length: int, what: str) -> bytes:
    try:
        data = base64.b64decode(line, validate=True)
    except (binascii.Error, ValueError):
        data = b""
    if len(data) != length:
        raise NotMinisign(f"its {what} is damaged or cut off")
    return data


def read_public_key(data: bytes) -> PublicKey:
    """Read the file of a public key. Raise NotMinisign."""
    comment, line = _lines(data, "public key", 2)
    until = _UNTIL.search(comment)
    return public_key_of(line, until[1] if until else None)


def public_key_of(line: str, until: str | None = None) -> PublicKey:
    """Read a public key in one line of base64. Raise NotMinisign."""
    raw = _decode(line, 42, "key")
    if raw[:2] != PLAIN:
        raise NotMinisign("it is a key for something else than signatures of minisign")
    return PublicKey(identity=raw[2:10], raw=raw[10:], until=until)


def read_secret_key(data: bytes, ask: Any) -> SecretKey:
    """Read the file of a secret key; `ask()` gives the password where it has one. Raise NotMinisign, WrongPassword."""
    comment, line = _lines(data, "secret key", 2)
    raw = _decode(line, 158, "key")
    if raw[:2] != PLAIN or raw[2:4] not in (SCRYPT, NO_PASSWORD) or raw[4:6] != BLAKE2B:
        raise NotMinisign("it is a secret key of a kind that is not known here")
    hidden = raw[54:]
    if raw[2:4] == SCRYPT:
        hidden = _xor(hidden, _stretch(ask(), raw[6:38], *struct.unpack("<QQ", raw[38:54])))
    identity, secret, checksum = hidden[:8], hidden[8:72], hidden[72:]
    if hashlib.blake2b(PLAIN + identity + secret, digest_size=32).digest() != checksum:
        if raw[2:4] == SCRYPT:
            raise WrongPassword("this is not the password of the secret key")
        raise NotMinisign("the secret key is damaged")
    until = _UNTIL.search(comment)
    return SecretKey(identity=identity, seed=secret[:32], until=until[1] if until else None)


def _hash(chunks: Iterable[bytes]) -> bytes:
    made = hashlib.blake2b(digest_size=64)
    for chunk in chunks:
        made.update(chunk)
    return made.digest()


def sign(chunks: Iterable[bytes], key: SecretKey, comment: str) -> bytes:
    """Return the file of a signature over a stream of bytes; `comment` is one line, and signed too."""
    private = _private(key.seed)
    value = private.sign(_hash(chunks))
    seal = private.sign(value + comment.encode())
    lines = (
        _comment("signature by key", PublicKey(identity=key.identity, raw=b"")),
        _encode(PREHASHED + key.identity + value),
        TRUSTED + comment,
        _encode(seal),
    )
    return "".join(f"{line}\n" for line in lines).encode()


def read_signature(data: bytes) -> Signature:
    """Read the file of a signature. Raise NotMinisign."""
    _, line, comment, seal = _lines(data, "signature", 4)
    raw = _decode(line, 74, "signature")
    if raw[:2] == PLAIN:
        raise NotMinisign("it was made in minisign's old way, over the whole file: sign anew with a minisign of today")
    if raw[:2] != PREHASHED or not comment.startswith(TRUSTED):
        raise NotMinisign("it is a signature of a kind that is not known here")
    signed = comment.removeprefix(TRUSTED)
    return Signature(identity=raw[2:10], value=raw[10:], comment=signed, seal=_decode(seal, 64, "second signature"))


def is_by(signature: Signature, key: PublicKey, chunks: Iterable[bytes]) -> bool:
    """Tell whether a signature over a stream of bytes, and over its own comment, was made with this key."""
    if signature.identity != key.identity:
        return False
    from cryptography.exceptions import InvalidSignature

    try:
        public = _ed25519().Ed25519PublicKey.from_public_bytes(key.raw)
        public.verify(signature.value, _hash(chunks))
        public.verify(signature.seal, signature.value + signature.comment.encode())
    except (InvalidSignature, ValueError):
        return False
    return True
