"""Tell whether a copy is from its maker: a signature against keys that came another way, and a time token against its authority.

A signature says who, a token says that it was there by a certain moment. A key that ends is believed only for what is proved to be
from before, since whoever holds it may write any date into a signature.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from dossier.commands.copies import Fault, open_ordinary
from dossier.commands.signing import SIGNATURE, beside_signed, read_small, token_of
from dossier.engine.manifest import CHUNK
from dossier.engine.minisign import NotMinisign, PublicKey, Signature, is_by, read_public_key, read_signature
from dossier.errors import MachineError, WrongUse

UTC = datetime.UTC


class Proof(Struct, frozen=True, kw_only=True):
    """What is proved of a copy, in lines for people, and why it is not accepted."""

    lines: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()


class _Refused(Exception):
    """Why a signature or a token is not accepted."""


def prove(path: Path, keys: Sequence[Path], authorities: Sequence[Path], now: datetime.datetime) -> Proof:
    """Check the signature that lies beside a copy against public keys, and its time token against certificates of authorities (PEM).

    `now` is the time of today, in UTC. Raise WrongUse where a key or certificate cannot be read.
    """
    known = [_read_key(key) for key in keys]
    place = beside_signed(path)
    lines: list[str] = []
    try:
        signature, data = _read(place)
        key = _key_of(signature, known, place)
        proved = _proved_moment(token_of(place), data, authorities, lines)
        _check_end(key, signature, proved, now)
    except _Refused as refused:
        return Proof(lines=tuple(lines), faults=(Fault(path=place.name, reason=str(refused)),))
    said = f", {_in_utc(signature.moment)} by its own word" if signature.moment is not None else ""
    return Proof(lines=(f"signed with the key {key.name}{said}", *lines))


def _read_key(path: Path) -> PublicKey:
    try:
        return read_public_key(read_small(path))
    except NotMinisign as error:
        raise NotMinisign(f"{path}: {error}") from error


def _read(place: Path) -> tuple[Signature, bytes]:
    try:
        data = read_small(place)
    except WrongUse:
        raise _Refused("there is no signature: nothing tells that this copy is from its maker") from None
    try:
        return read_signature(data), data
    except NotMinisign as error:
        raise _Refused(str(error)) from None


def _key_of(signature: Signature, keys: Iterable[PublicKey], place: Path) -> PublicKey:
    named = [key for key in keys if key.identity == signature.identity]
    if not named:
        raise _Refused(f"it names the key {signature.name}, and none of the keys given is that")
    signed = place.with_name(place.name.removesuffix(SIGNATURE))
    for key in named:
        with open_ordinary(signed, follow=True) as file:
            if is_by(signature, key, iter(lambda: file.read(CHUNK), b"")):
                return key
    raise _Refused(f"{signed.name} is not what was signed, or not by the holder of the key {signature.name}")


def _proved_moment(
    place: Path, signature: bytes, authorities: Sequence[Path], lines: list[str]
) -> datetime.datetime | None:
    """Return when a signature was there at the latest, as a token proves it; None without one."""
    if not place.is_file():
        if authorities:
            raise _Refused(f"there is no {place.name}: when it was made is not proved")
        return None
    if not authorities:
        lines.append(f"{place.name} is not checked: name its authority's certificate with --authority")
        return None
    moment = read_token(read_small(place), signature, authorities)
    lines.append(f"there by {_in_utc(int(moment.timestamp()))}, as its time token proves")
    return moment


def read_token(token: bytes, stamped: bytes, authorities: Sequence[Path]) -> datetime.datetime:
    """Return the moment that a token (RFC 3161, a response in DER) proves of `stamped`."""
    try:
        from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response
    except ImportError as error:
        raise MachineError(
            "time tokens need the package rfc3161-client: pip install '.[signatures]' in the generator's folder"
        ) from error
    builder = VerifierBuilder()
    for certificate in _certificates(authorities):
        builder = builder.add_root_certificate(certificate)
    try:
        response = decode_timestamp_response(token)
        builder.build().verify_message(response, stamped)
        moment: datetime.datetime = response.tst_info.gen_time
    except (VerificationError, ValueError) as error:
        raise _Refused(f"its time token is refused: {error}") from None
    return moment.astimezone(UTC)


def _certificates(paths: Sequence[Path]) -> list[Any]:
    from cryptography.x509 import load_pem_x509_certificates

    found: list[Any] = []
    for path in paths:
        try:
            found += load_pem_x509_certificates(path.read_bytes())
        except (ValueError, OSError) as error:
            raise WrongUse(f"{path} holds no certificates (PEM): {error}") from error
    return found


def _check_end(key: PublicKey, signature: Signature, proved: datetime.datetime | None, now: datetime.datetime) -> None:
    """Refuse what a key signed after its last day, or may have."""
    if key.until is None:
        return
    said = signature.moment
    if said is not None and _day(said) > key.until:
        raise _Refused(f"the key {key.name} was good until {key.until}, and this was signed on {_day(said)}")
    if (proved or now).strftime("%Y-%m-%d") > key.until:
        raise _Refused(
            f"the key {key.name} was good until {key.until}, and nothing proves that it signed before: "
            "a time token would, given with --authority"
        )


def _day(moment: int) -> str:
    return _in_utc(moment)[:10]


def _in_utc(moment: int) -> str:
    return (datetime.datetime(1970, 1, 1, tzinfo=UTC) + datetime.timedelta(seconds=min(moment, 2**37))).strftime(
        "%Y-%m-%d %H:%M UTC"
    )
