/* Draws a diagram with what happens on it: counts per element, the way a token took. */
'use strict';
document.addEventListener('DOMContentLoaded', () => document.querySelectorAll('[data-diagram]').forEach(async host => {
  const instance = host.dataset.marks.includes('/instances/');
  const viewer = new BpmnJS({ container: host });
  let before = '';

  function overlay(overlays, id, look, text, title, position) {
    const mark = document.createElement('span');
    mark.className = 'mark ' + look;
    mark.textContent = text;
    mark.title = title;
    overlays.add(id, { position, html: mark });
  }

  const canvas = viewer.get('canvas');

  function draw({ active, incidents, completed, flows }) {
    const overlays = viewer.get('overlays');
    const elements = viewer.get('elementRegistry');
    overlays.clear();
    elements.forEach(element => ['taken', 'here', 'stuck'].forEach(look => {
      if (canvas.hasMarker(element.id, look)) canvas.removeMarker(element.id, look);
    }));
    const known = id => elements.get(id) && elements.get(id) !== canvas.getRootElement();
    if (instance) [...flows, ...Object.keys(completed)].filter(known).forEach(id => canvas.addMarker(id, 'taken'));
    Object.entries(completed).filter(([id]) => known(id)).forEach(([id, n]) => {
      if (!instance || n > 1) overlay(overlays, id, 'done', instance ? n + '×' : n, n + ' went through', { bottom: 10, left: -8 });
    });
    Object.entries(active).filter(([id]) => known(id)).forEach(([id, n]) => {
      if (!elements.get(id).children?.length) canvas.addMarker(id, 'here');
      overlay(overlays, id, 'active', n, n + ' here now', { top: -12, right: 14 });
    });
    Object.entries(incidents).filter(([id]) => known(id)).forEach(([id, n]) => {
      canvas.addMarker(id, 'stuck');
      overlay(overlays, id, 'incident', n, n + ' stuck', { top: -12, left: -8 });
    });
  }

  async function refresh() {
    if (document.hidden) return;
    const response = await fetch(host.dataset.marks);
    if (!response.ok) return;
    const text = await response.text();
    if (text !== before) draw(JSON.parse(text));
    before = text;
  }

  try {
    const xml = await (await fetch(host.dataset.diagram)).text();
    await viewer.importXML(xml);
    const fit = () => canvas.zoom('fit-viewport', 'auto');
    fit();
    const readable = canvas.zoom() > .45;
    const button = document.createElement('button');
    button.className = 'fit';
    button.textContent = 'Fit';
    button.addEventListener('click', fit);
    host.append(button);
    addEventListener('resize', fit);
    await refresh();
    if (!readable) { // a small screen begins where something happens
      const at = viewer.get('elementRegistry').filter(element => ['stuck', 'here'].some(look => canvas.hasMarker(element.id, look)))[0]
        || viewer.get('elementRegistry').find(element => element.type === 'bpmn:StartEvent');
      canvas.zoom(.7);
      if (at) canvas.scrollToElement(at, 90);
    }
    setInterval(() => refresh().catch(() => {}), 3000);
  } catch (problem) {
    host.textContent = 'The diagram cannot be drawn. Reload the page and try again.';
    console.error(problem);
  }
}));
