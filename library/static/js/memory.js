/* What this browser remembers (nothing leaves it); private windows may refuse, then nothing is kept. */
const PREFIX = "thu-vien-mo:";
const WATCHED = "watched";
const MOST_WATCHED = 30;

export function recall(name, fallback) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name)) ?? fallback;
  } catch {
    return fallback;
  }
}

export function remember(name, value) {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    /* full or refused: the page works without it */
  }
}

/* Newest first: {id, url, title, poster, at, duration}, times in seconds. */
export function watched() {
  const rows = recall(WATCHED, []);
  return Array.isArray(rows) ? rows : [];
}

export function placeIn(id) {
  return watched().find((row) => row.id === id)?.at ?? 0;
}

export function rememberPlace(row) {
  const others = watched().filter((other) => other.id !== row.id);
  remember(WATCHED, [row, ...others].slice(0, MOST_WATCHED));
}

export function forgetPlace(id) {
  remember(WATCHED, watched().filter((row) => row.id !== id));
}

export function forgetAll() {
  remember(WATCHED, []);
}

/* 12:34, or 1:02:03 from an hour on. */
export function clock(seconds) {
  const whole = Math.floor(seconds);
  const two = (number) => String(number).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const rest = `${two(Math.floor((whole % 3600) / 60))}:${two(whole % 60)}`;
  return hours ? `${hours}:${rest}` : rest;
}
