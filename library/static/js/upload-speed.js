// How fast an upload goes and how long it still takes, in words.
const WINDOW_MS = 15000;

// Speed over the last seconds: a pause or a fast start does not spoil it for long.
export class Speed {
  constructor(now = () => performance.now()) {
    this.now = now;
    this.points = [];
  }

  at(sent, total) {
    const now = this.now();
    this.points.push({ now, sent });
    this.points = this.points.filter((point) => now - point.now <= WINDOW_MS);
    const first = this.points[0];
    const ms = now - first.now;
    const bytes = sent - first.sent;
    if (ms < 1000 || bytes <= 0) return null;
    const bytesPerSecond = (1000 * bytes) / ms;
    return { bytesPerSecond, secondsLeft: (total - sent) / bytesPerSecond };
  }
}

export function sizeWords(bytes) {
  const units = ["B", "kB", "MB", "GB"];
  let size = bytes;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  const digits = unit > 1 && size < 100 ? 1 : 0;
  const language = document.documentElement.lang || "vi";
  return `${size.toLocaleString(language, { maximumFractionDigits: digits })} ${units[unit]}`;
}

export function clockWords(seconds) {
  const whole = Math.max(1, Math.round(seconds));
  const minutes = Math.floor(whole / 60);
  const pad = (number) => String(number).padStart(2, "0");
  if (minutes >= 60) return `${Math.floor(minutes / 60)}:${pad(minutes % 60)}:${pad(whole % 60)}`;
  return `${minutes}:${pad(whole % 60)}`;
}
