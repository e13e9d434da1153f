// The address of the view: #/run/<id>/<tab>?<filter>. A reload and the Back button restore it.

export const TABS = ['overview', 'servers', 'problems', 'asked'];

export function route() {
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
  const [kind, id, tab] = path.split('/').map(decode);
  if (kind === 'runs') {
    return { page: 'runs', query: new URLSearchParams() };
  }
  return {
    page: 'run',
    id: kind === 'run' && id ? id : null,
    tab: TABS.includes(tab) ? tab : 'overview',
    query: new URLSearchParams(query ?? ''),
  };
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function address(id, tab = 'overview', query = {}) {
  const kept = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== '');
  const text = new URLSearchParams(kept).toString();
  return `#/run/${encodeURIComponent(id)}/${tab}${text ? `?${text}` : ''}`;
}

export function go(to) {
  if (location.hash !== to) {
    location.hash = to;
  }
}

/** Changes the address without a step for the Back button. */
export function replace(to) {
  history.replaceState(null, '', to);
}
