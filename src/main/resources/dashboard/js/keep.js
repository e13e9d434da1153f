// What a person chose, kept in this browser; without storage it lasts as long as the page.
const session = new Map();

export function recall(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return session.get(key) ?? null;
  }
}

export function keep(key, value) {
  session.set(key, value);
  try {
    localStorage.setItem(key, value);
  } catch {
    // Storage is switched off.
  }
}
