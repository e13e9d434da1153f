// Before the first paint, so that a chosen theme does not flash. The rest of it is in theme.js.
try {
  const chosen = localStorage.getItem('theme');
  if (chosen === 'light' || chosen === 'dark') {
    document.documentElement.dataset.theme = chosen;
  }
} catch {
  // Storage is switched off: the theme of the system is used.
}
