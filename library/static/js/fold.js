/* Words without marks, as search/text.py folds them; the tests hold the two together. */
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}\u00ad\u200b-\u200d\u2060\ufeff]*/gu;
const Y_ALONE = /^([hklmstbnv])y$/;

/* The words in order: {start, end, folded}, places in the text as it was given. */
export function words(text) {
  return [...text.matchAll(WORD)]
    .map((match) => ({ start: match.index, end: match.index + match[0].length, folded: fold(match[0]) }))
    .filter(({ folded }) => folded);
}

/* The letters alone: what the beginning of a longer word looks like. */
export function letters(word) {
  const lower = word.normalize("NFC").replace(/[ðÐ]/g, "đ").toLowerCase();
  return lower.normalize("NFKD").toLowerCase().replace(/đ/g, "d").replace(/[^\p{L}\p{N}]/gu, "").normalize("NFC");
}

function fold(word) {
  const plain = letters(word);
  return plain === "qui" ? "quy" : plain.replace(Y_ALONE, "$1i");
}
