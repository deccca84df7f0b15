/* What every page shares: times in the viewer's zone, keys, words about what happened. */
'use strict';
const Leadline = (() => {
  const keys = new Map();
  let waiting = '';

  function relative(at) {
    const seconds = Math.round((at - Date.now()) / 1000);
    const words = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: 'auto' });
    const size = Math.abs(seconds);
    if (size < 45) return seconds > 0 ? 'in a moment' : 'just now';
    if (size < 2700) return words.format(Math.round(seconds / 60), 'minute');
    if (size < 79200) return words.format(Math.round(seconds / 3600), 'hour');
    return words.format(Math.round(seconds / 86400), 'day');
  }

  function exact(at, long) {
    return at.toLocaleString(undefined, long
      ? { dateStyle: 'full', timeStyle: 'long' }
      : { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit',
          ...(at.getFullYear() === new Date().getFullYear() ? {} : { year: 'numeric' }) });
  }

  function times(root) {
    root.querySelectorAll('time[datetime]').forEach(time => {
      const at = new Date(time.dateTime);
      if (isNaN(at)) return;
      const words = 'exact' in time.dataset ? exact(at) : relative(at);
      if (time.textContent !== words) time.textContent = words;
      time.title = exact(at, true);
    });
  }

  /** Says something in a corner for a few seconds. */
  function say(words, bad) {
    const p = document.createElement('p');
    p.textContent = words;
    p.classList.toggle('bad', !!bad);
    document.getElementById('say').append(p);
    setTimeout(() => p.remove(), bad ? 9000 : 5000);
  }

  /** A key ("j") or two in a row ("g i"), what it does in words, and the doing. */
  function key(name, words, action) {
    keys.set(name, { words, action });
  }

  function showKeys() {
    const dialog = document.getElementById('keys');
    dialog.querySelector('dl').replaceChildren(...[...keys].flatMap(([name, { words }]) => {
      const dt = document.createElement('dt');
      const dd = document.createElement('dd');
      name.split(' ').forEach(part => {
        const kbd = document.createElement('kbd');
        kbd.textContent = part;
        dt.append(kbd, ' ');
      });
      dd.textContent = words;
      return [dt, dd];
    }));
    dialog.open ? dialog.close() : dialog.showModal();
  }

  function pressed(event) {
    const typing = event.target.closest('input, textarea, select, [contenteditable=true]');
    const chord = (event.ctrlKey || event.metaKey) && event.key === 'Enter' ? 'Ctrl+Enter' : null;
    if (typing && event.key === 'Escape') return typing.blur();
    if (chord ? !keys.has(chord) : typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!chord && event.key === 'Enter' && event.target.closest('a, button, summary')) return;
    const name = chord || (waiting ? waiting + ' ' + event.key : event.key);
    waiting = '';
    if (keys.has(name)) {
      event.preventDefault();
      keys.get(name).action();
    } else if ([...keys.keys()].some(known => known.startsWith(event.key + ' '))) {
      waiting = event.key;
      setTimeout(() => { waiting = ''; }, 1200);
    }
  }

  document.addEventListener('DOMContentLoaded', () => {
    times(document);
    setInterval(() => times(document), 30000);
    document.querySelectorAll('[data-keys]').forEach(link =>
      key(link.dataset.keys, 'Go to ' + link.querySelector('span').textContent, () => link.click()));
    key('?', 'Show these keys', showKeys);
    document.addEventListener('keydown', pressed);
    document.addEventListener('change', event => {
      if (event.target.matches('[data-submit-on-change]')) event.target.form.requestSubmit();
    });
    document.addEventListener('submit', event => {
      const question = (event.submitter || event.target).dataset.confirm || event.target.dataset.confirm;
      if (question && !confirm(question)) event.preventDefault();
    });
    document.querySelectorAll('[data-focus-key]').forEach(input =>
      key(input.dataset.focusKey, input.ariaLabel, () => input.focus()));
    document.querySelectorAll('[data-menu]').forEach(menu => {
      document.addEventListener('click', event => { if (!menu.contains(event.target)) menu.open = false; });
      menu.addEventListener('keydown', event => {
        if (event.key !== 'Escape') return;
        menu.open = false;
        menu.querySelector('summary').focus();
      });
    });
    const unfolded = new Set();
    document.addEventListener('htmx:beforeSwap', event => {
      unfolded.clear();
      event.detail.target.querySelectorAll('details[open][id]').forEach(details => unfolded.add(details.id));
    });
    document.addEventListener('htmx:afterSettle', event => {
      times(document);
      unfolded.forEach(id => document.getElementById(id)?.setAttribute('open', ''));
    });
    document.addEventListener('say', event => say(event.detail.value || event.detail.words, event.detail.bad));
    // What is inside of a fold comes when it is opened, also after the page put it back open.
    document.addEventListener('toggle', event => {
      if (event.target.open) event.target.querySelectorAll(':scope > [hx-trigger=unfold]:empty')
        .forEach(part => htmx.trigger(part, 'unfold'));
    }, true);
    // Nobody looks at a hidden tab: it asks again when it is looked at.
    document.addEventListener('htmx:beforeRequest', event => {
      if (document.hidden && event.detail.elt.matches('[hx-trigger*=every]')) event.preventDefault();
    });
    let away = false;
    document.addEventListener('htmx:responseError', event => {
      if (event.detail.elt.matches('[hx-trigger*=every]')) {
        if (event.detail.xhr.status === 503 && !away) say('The journey engine does not answer. What you see may be old.', true);
        away ||= event.detail.xhr.status === 503;
        return;
      }
      say('That did not work (' + event.detail.xhr.status + '). Reload the page and try again.', true);
    });
    document.addEventListener('htmx:sendError', () => {
      if (!away) say('Leadline does not answer. The page goes on by itself when it is back.', true);
      away = true;
    });
    document.addEventListener('htmx:afterOnLoad', () => { away = false; });
  });

  return { key, say, times };
})();
