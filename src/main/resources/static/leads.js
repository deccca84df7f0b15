/* Leads: loading the samples, stopping contact. */
'use strict';
document.addEventListener('click', async event => {
  const button = event.target.closest('[data-do=samples], [data-do=stop]');
  if (!button || button.ariaBusy === 'true') return;
  const stop = button.dataset.do === 'stop';
  if (stop && !confirm(button.dataset.question)) return;
  button.ariaBusy = 'true';
  try {
    const response = await fetch(stop ? '/api/v1/suppressions' : '/api/v1/leads/samples', stop
      ? { method: 'POST', headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ email: button.dataset.email, reason: 'DO_NOT_CONTACT' }) }
      : { method: 'POST' });
    if (!response.ok) throw new Error(response.status);
    location.reload();
  } catch {
    Leadline.say(stop ? 'That did not work; this person may still be contacted. Try again.'
      : 'The samples could not be loaded. Try again.', true);
    button.ariaBusy = 'false';
  }
});
