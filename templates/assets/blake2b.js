// BLAKE2b of 64 bytes without a key (RFC 7693), which browsers do not have: what minisign signs of a file.
const BLOCK = 128, MASK = (1n << 64n) - 1n;
const START = [
  0x6a09e667f3bcc908n, 0xbb67ae8584caa73bn, 0x3c6ef372fe94f82bn, 0xa54ff53a5f1d36f1n,
  0x510e527fade682d1n, 0x9b05688c2b3e6c1fn, 0x1f83d9abfb41bd6bn, 0x5be0cd19137e2179n,
];
// Which word of a block comes when: a line for each of ten rounds, after which the first two come again.
const ORDER = [
  "0123456789abcdef", "ea489fd61c02b753", "b8c052fdae367194", "7931dcbe265a40f8", "905724afe1bc683d",
  "2c6a0b834d75fe19", "c51fed4a0763928b", "db7ec13950f4862a", "6fe9b308c2d714a5", "a2847615fb9e3cd0",
];
const QUARTERS = [[0, 4, 8, 12], [1, 5, 9, 13], [2, 6, 10, 14], [3, 7, 11, 15], [0, 5, 10, 15], [1, 6, 11, 12], [2, 7, 8, 13], [3, 4, 9, 14]];

/** @param {bigint} word @param {bigint} by */
const turned = (word, by) => (word >> by) | ((word << (64n - by)) & MASK);

/** @param {bigint[]} state @param {DataView} block @param {bigint} length @param {boolean} last */
function compress(state, block, length, last) {
  const words = Array.from({ length: 16 }, (_, place) => block.getBigUint64(8 * place, true));
  const v = [...state, ...START];
  v[12] ^= length;
  if (last) v[14] ^= MASK;
  for (let round = 0; round < 12; round++) {
    const order = Array.from(ORDER[round % 10], (digit) => words[parseInt(digit, 16)]);
    for (const [place, [a, b, c, d]] of QUARTERS.entries()) {
      for (const [word, first, second] of /** @type {[bigint, bigint, bigint][]} */ ([[order[2 * place], 32n, 24n], [order[2 * place + 1], 16n, 63n]])) {
        v[a] = (v[a] + v[b] + word) & MASK;
        v[d] = turned(v[d] ^ v[a], first);
        v[c] = (v[c] + v[d]) & MASK;
        v[b] = turned(v[b] ^ v[c], second);
      }
    }
  }
  for (let place = 0; place < 8; place++) state[place] ^= v[place] ^ v[place + 8];
}

/** @param {Uint8Array} data @returns {Uint8Array<ArrayBuffer>} */
export function blake2b(data) {
  const state = [...START];
  state[0] ^= 0x01010040n; // 64 bytes come out, no key goes in
  const blocks = Math.max(1, Math.ceil(data.length / BLOCK));
  for (let number = 0; number < blocks; number++) {
    const block = new Uint8Array(BLOCK);
    block.set(data.subarray(number * BLOCK, (number + 1) * BLOCK));
    compress(state, new DataView(block.buffer), BigInt(Math.min(data.length, (number + 1) * BLOCK)), number === blocks - 1);
  }
  const made = new DataView(new ArrayBuffer(64));
  state.forEach((word, place) => made.setBigUint64(8 * place, word, true));
  return new Uint8Array(made.buffer);
}
