/* A run's page follows it while it goes on. */
'use strict';
(() => {
  const shown = () => document.getElementById('run');
  const run = shown().dataset.run;
  if (run) {
    const stream = new EventSource('/campaigns/runs/' + run + '/live');
    stream.onmessage = () => {
      if (shown().dataset.run) htmx.trigger(shown(), 'figures');
      else stream.close();
    };
  }
  const press = name => document.querySelector('[data-key=' + name + ']')?.click();
  Leadline.key('p', 'Pause or resume the run', () => press('p'));
  Leadline.key('s', 'Start a run', () => press('s'));
})();
