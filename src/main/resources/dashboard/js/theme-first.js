// Applies the chosen theme before the first paint, so that it does not flash. See theme.js.
try {
  const chosen = localStorage.getItem('theme');
  if (chosen === 'light' || chosen === 'dark') {
    document.documentElement.dataset.theme = chosen;
  }
} catch {
  // Storage is disabled: the theme of the system applies.
}
