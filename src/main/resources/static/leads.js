/* Leads: loading the samples, stopping contact, asking for an erasure. */
'use strict';
document.addEventListener('click', async event => {
  const button = event.target.closest('[data-do=samples], [data-do=stop], [data-do=erase]');
  if (!button || button.ariaBusy === 'true') return;
  const { question, email, lead } = button.dataset;
  if (question && !confirm(question)) return;
  const [path, body, failed] = {
    samples: ['/api/v1/leads/samples', null, 'The samples could not be loaded. Try again.'],
    stop: ['/api/v1/suppressions', { email, reason: 'DO_NOT_CONTACT' },
      'That did not work; this person may still be contacted. Try again.'],
    erase: [`/api/v1/leads/${lead}/erasures`, null, 'That did not work; nothing was asked for. Try again.'],
  }[button.dataset.do];
  button.ariaBusy = 'true';
  try {
    const response = await fetch(path, body
      ? { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
      : { method: 'POST' });
    if (!response.ok) throw new Error(response.status);
    if (button.dataset.do === 'erase') location.assign('/erasures');
    else location.reload();
  } catch {
    Leadline.say(failed, true);
    button.ariaBusy = 'false';
  }
});
