/* Keys of the meetings page: the weeks, and the meetings one by one. */
'use strict';
document.addEventListener('DOMContentLoaded', () => {
  const week = which => document.querySelector(`[data-week=${which}]`)?.click();
  Leadline.key(',', 'The week before', () => week('before'));
  Leadline.key('.', 'The week after', () => week('after'));
  Leadline.key('t', 'This week', () => week('now'));
  const go = step => {
    const all = [...document.querySelectorAll('.meeting summary')];
    const at = all.indexOf(document.activeElement);
    all[at < 0 ? (step > 0 ? 0 : all.length - 1) : (at + step + all.length) % all.length]?.focus();
  };
  Leadline.key('j', 'Next meeting; Enter opens it', () => go(1));
  Leadline.key('k', 'Meeting before', () => go(-1));
});
