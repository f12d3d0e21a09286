/* What typed words stand for (thpt: trung học phổ thông), asked of the server: editors change it at any time. */
const known = new Map();

/* [{typed: [folded], others: [[folded, …]]}]; none also where the server cannot be asked. */
export async function meaningsOf(url, typed) {
  if (known.has(typed)) return known.get(typed);
  try {
    const response = await fetch(`${url}?${new URLSearchParams({ tim: typed })}`);
    if (!response.ok) return [];
    const { meanings } = await response.json();
    known.set(typed, meanings);
    return meanings;
  } catch {
    return [];
  }
}
