/* The inbox: mounts the open task's form, moves between tasks by keys, completes. */
'use strict';
(() => {
  const done = new Set(); // a search may show a completed task for a moment longer
  let form = null; // form-js, or null when the task has none
  let ready = false; // whether the open task's form is mounted
  let typed = null; // what was in the form when the panel was swapped: { key, data }
  let loading = 0;

  const list = () => [...document.querySelectorAll('#tasks a[data-task]')];
  const panel = () => document.getElementById('task');

  function markOpen() {
    list().forEach(link => {
      if (done.has(link.dataset.task)) return link.closest('li').remove();
      if (link.dataset.task === panel().dataset.key) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    });
    document.querySelector('main.inbox').classList.toggle('open', !!panel().dataset.key);
  }

  async function mount() {
    const host = document.getElementById('form');
    const mine = ++loading;
    form?.destroy();
    form = null;
    ready = false;
    const { key, assignee, me } = panel().dataset;
    if (typed?.key !== key) typed = null;
    if (!host) return;
    try {
      const response = await fetch('/inbox/' + key + '/form');
      if (!response.ok) throw new Error(response.status);
      const { schema, data } = await response.json();
      if (mine !== loading) return;
      if (schema) {
        const created = await FormViewer.createForm({ container: host, schema, data: { ...data, ...typed?.data } });
        if (mine !== loading) return created.destroy();
        form = created;
        typed = null;
        if (assignee && assignee !== me) form.setProperty('readOnly', true);
      } else {
        host.replaceChildren(words('This task has no form: complete it when you have done it.'));
      }
      ready = true;
      host.dataset.ready = '';
    } catch (problem) {
      if (mine === loading) host.replaceChildren(words('The form cannot be shown. Reload the page and try again.'));
      console.error(problem);
    }
  }

  function words(text) {
    const p = document.createElement('p');
    p.className = 'muted';
    p.textContent = text;
    return p;
  }

  function refuse(text) {
    const p = document.getElementById('refused');
    p.textContent = text;
    p.hidden = !text;
    if (text) p.scrollIntoView({ block: 'nearest' });
  }

  async function complete() {
    const button = panel().querySelector('[data-do=complete]');
    if (!button || button.disabled) return;
    if (!ready) return refuse('The form is still being loaded; a moment, please.');
    if (!panel().dataset.me) {
      document.getElementById('me').focus();
      return refuse('Say who you are first: your name belongs into “You are” at the top.');
    }
    const { data, errors } = form ? form.submit() : { data: {}, errors: {} };
    if (Object.keys(errors).length) {
      refuse('Something is missing or wrong; see the marked fields.');
      document.querySelector('#form .fjs-has-errors :is(input, textarea, select)')?.focus();
      return;
    }
    refuse('');
    const key = panel().dataset.key;
    button.disabled = true;
    button.setAttribute('aria-busy', 'true');
    try {
      const response = await fetch('/inbox/' + key + '/completion',
        { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(data) });
      const answer = await response.json().catch(() => ({}));
      if (response.ok) return next(key, answer.say);
      refuse(answer.say || 'That did not work (' + response.status + '). Your input is still here; try again.');
    } catch {
      refuse('Leadline does not answer. Your input is still here; try again.');
    }
    button.disabled = false;
    button.removeAttribute('aria-busy');
  }

  function next(key, say) {
    const links = list();
    const at = links.findIndex(link => link.dataset.task === key);
    const after = links[at + 1] || links[at - 1];
    done.add(key);
    setTimeout(() => done.delete(key), 30000);
    Leadline.say(say || 'Done.');
    if (after && matchMedia('(min-width: 801px)').matches) {
      after.click();
    } else {
      const inbox = '/inbox' + location.search;
      htmx.ajax('GET', inbox, { source: panel(), target: '#task', select: '#task', swap: 'outerHTML' })
        .then(() => history.pushState({}, '', inbox));
    }
    markOpen();
    htmx.trigger(document.body, 'tasks');
  }

  function move(step) {
    const links = list();
    const at = links.findIndex(link => link === document.activeElement);
    const from = at >= 0 ? at : links.findIndex(link => link.hasAttribute('aria-current'));
    links[Math.max(0, Math.min(links.length - 1, from + step))]?.focus();
  }

  let focused = null;
  document.addEventListener('htmx:beforeSwap', event => {
    // Claiming a task or giving it back swaps its panel: what was typed goes on in the new one.
    if (event.detail.target.id === 'task' && ready && form) typed = { key: panel().dataset.key, data: form._getState().data };
    if (event.detail.target.id === 'tasks') focused = document.activeElement?.dataset?.task;
  });
  document.addEventListener('htmx:afterSettle', event => {
    if (event.detail.elt.id === 'task') {
      markOpen();
      mount();
      htmx.trigger(document.body, 'tasks');
      if (matchMedia('(max-width: 800px)').matches) scrollTo(0, 0);
    } else {
      markOpen();
      if (focused) list().find(link => link.dataset.task === focused)?.focus();
      focused = null;
    }
  });
  document.addEventListener('click', event => {
    if (event.target.closest('[data-do=complete]')) complete();
  });
  document.addEventListener('DOMContentLoaded', () => {
    markOpen();
    mount();
    Leadline.key('j', 'Next task', () => move(1));
    Leadline.key('k', 'Previous task', () => move(-1));
    Leadline.key('Enter', 'Open the task', () => document.activeElement?.matches('a[data-task]')
      ? document.activeElement.click() : list()[0]?.click());
    Leadline.key('c', 'Claim the task, or give it back', () => panel().querySelector('[data-do=claim]')?.click());
    Leadline.key('Ctrl+Enter', 'Complete the task', complete);
  });
})();
