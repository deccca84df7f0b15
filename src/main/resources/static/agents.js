/* New figures are shown when there are some, not when somebody looks. */
'use strict';
new EventSource('/agents/live').onmessage = () =>
  document.querySelectorAll('[data-live]').forEach(part => htmx.trigger(part, 'figures'));
