// Whether somebody is still signed in, and the token that each request of theirs carries.

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
