// Preferences of the operator, stored in this browser; without storage they last as long as the page.
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
    // Storage is disabled.
  }
}
