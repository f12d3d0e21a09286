// Whether somebody is still signed in, the token that each request of theirs carries, and
// which uploads of theirs are not finished.

// Read anew each time: signing in again, in another tab, makes a new one.
export function csrfToken(before = "") {
  const found = document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/);
  return found ? found[1] : before;
}

// The sign-in page came instead of an answer, or the token is of an older session.
export function isSignedOut(answer, signIn) {
  if (answer.status === 401 || answer.status === 403) return true;
  return answer.redirected && new URL(answer.url).pathname === signIn;
}

// What the server still holds of a file decides, on a clip's own page that of this clip;
// the browser's own memory may be cleared.
export async function unfinished(url, file, clip) {
  const isIt = (one) =>
    one.size === file.size &&
    one.name.normalize("NFC") === file.name.normalize("NFC").trim() &&
    (!clip || one.clip === clip);
  try {
    const answer = await fetch(url);
    const { uploads } = await answer.json();
    return uploads.find(isIt);
  } catch {
    return undefined;
  }
}
