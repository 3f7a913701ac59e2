"""A short run of the fuzzer, whose pieces are words that hurt some reader once."""

from __future__ import annotations

PIECES: tuple[bytes, ...] = (
    b"\0", b"\xff", b"\xd8", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xe2\x80\xae", b"\xe2\x80\xa8", b"\r", b"\r\n", b"\n\n", b"\t",
    b"---\n", b"...\n", b"- ", b"? ", b": ", b"&a ", b"*a", b"!!python/object:x ", b"{", b"}", b"[", b"]", b"|", b">", b"%", b"@", b"`",
    b"'", b'"', b"<<: ", b"null", b"no", b"12:30", b"1e9", b".inf", b"0x1", b"2017-13-45", b"[](", b"](", b"![", b"<b>", b"<!--", b"-->",
    b"<![CDATA[", b"<script>", b"</script>", b"javascript:", b"data:", b"&#58;", b"&lt;", b"[x](javascript:x)", b"[x][y]", b"[y]: x\n",
    b"***", b"___", b"~~~", b"    ", b"#", b"1. ", b"> ", b"\\", b"<table>", b"<tr><td>", b"<div>", b"<p>", b"<meta charset=punycode>",
    b"<?xml ", b"<!doctype html>", b"<html>", b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x06", b"../", b"/etc/passwd",
    b"dossier/", b"manifest-sha256.txt", b"\xff\xff\xff\xff", b"\0\0\0\0", b"Host: x\r\n", b"Content-Length: 5\r\n", b" HTTP/1.1\r\n",
    b"Transfer-Encoding: chunked\r\n", b"%00", b"%2e%2e/", b"//", b"A" * 5000, "قيل".encode(), "\u0640".encode(), "ﷺ".encode(),
)  # fmt: skip


def test_nothing_is_found_in_a_short_run() -> None:
    from .fuzz import fuzz

    found = fuzz(0, seed=7, least=40)
    assert {name: kind.finds for name, kind in found.items() if kind.finds} == {}
    assert all(kind.tried >= 40 for kind in found.values())
