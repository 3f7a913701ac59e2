// Words as the index knows them: folded, freed of clitics, and near ones. The tables come from the build.
export class Words {
  constructor(tables) {
    this.tables = tables;
    this.stop = new Set(tables.stop);
    this.confused = new Set(tables.confused.flatMap((pair) => [pair, pair[1] + pair[0]]));
  }

  // As `arabic.fold` of the build.
  fold(text) {
    let out = "";
    for (const c of text.toWellFormed?.() ?? text) {
      for (const part of c.normalize("NFKD").toLowerCase()) {
        if (/[\p{Mn}\p{Cf}\u0640]/u.test(part)) continue;
        const digit = arabicDigit(part);
        out += digit ?? (Object.hasOwn(this.tables.variants, part) ? this.tables.variants[part] : undefined) ?? (/\s/.test(part) ? " " : part);
      }
    }
    return out;
  }

  split(text) {
    return this.fold(text).match(/\d+|[\p{L}\p{No}]+/gu) ?? [];
  }

  // What may remain of a word without its clitics, in the order of the build.
  *strippings(word) {
    for (const clitics of [this.tables.article, this.tables.single]) {
      for (const clitic of clitics) {
        if (word.startsWith(clitic) && word.length - clitic.length >= this.tables.shortest) yield word.slice(clitic.length);
      }
    }
  }

  // Edits between two words (optimal string alignment), a confused letter counting half; Infinity above `most`.
  distance(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return Infinity;
    let before = [], last = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i++) {
      const row = [i];
      for (let j = 1; j <= b.length; j++) {
        const same = a[i - 1] === b[j - 1] ? 0 : this.confused.has(a[i - 1] + b[j - 1]) ? 0.5 : 1;
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + same);
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 0.5);
      }
      if (Math.min(...row) > most) return Infinity;
      [before, last] = [last, row];
    }
    return last[b.length] > most ? Infinity : last[b.length];
  }
}

function arabicDigit(c) {
  const code = c.codePointAt(0);
  if (code >= 0x660 && code <= 0x669) return String(code - 0x660);
  if (code >= 0x6f0 && code <= 0x6f9) return String(code - 0x6f0);
  return undefined;
}
