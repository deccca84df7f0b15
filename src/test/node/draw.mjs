// Draws the diagrams as docs/*.svg with bpmn-js in a headless Chromium (set CHROMIUM if it is not called chromium).
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const viewer = readFileSync('src/main/resources/static/vendor/bpmn-js/bpmn-navigated-viewer.production.min.js', 'utf8');
const dir = mkdtempSync(join(tmpdir(), 'draw-'));
const page = join(dir, 'page.html');

for (const file of readdirSync('bpmn').filter(name => name.endsWith('.bpmn'))) {
  const xml = JSON.stringify(readFileSync(join('bpmn', file), 'utf8')).replaceAll('<', '\\u003c');
  writeFileSync(page, `<meta charset="utf-8"><div id="c" style="width:2000px;height:900px"></div><script>${viewer}</script>
    <script>const v = new BpmnJS({ container: '#c' });
    v.importXML(${xml}).then(() => v.saveSVG()).then(({ svg }) => {
      document.body.innerHTML = svg;
      const drawing = document.querySelector('svg');
      drawing.insertAdjacentHTML('afterbegin', '<rect x="-9999" y="-9999" width="99999" height="99999" fill="white"/>');
    });</script>`);
  const dom = execFileSync(process.env.CHROMIUM ?? 'chromium', ['--headless', '--no-sandbox', '--disable-gpu',
    '--virtual-time-budget=10000', `--user-data-dir=${dir}/profile`, '--dump-dom', 'file://' + page], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1e8 });
  const svg = dom.slice(dom.indexOf('<svg'), dom.lastIndexOf('</svg>') + 6);
  if (!svg.startsWith('<svg')) throw new Error('Nothing drawn for ' + file);
  writeFileSync(join('docs', file.replace('.bpmn', '.svg')), svg + '\n');
}
rmSync(dir, { recursive: true, force: true });
