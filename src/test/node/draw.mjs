// Draws the diagrams as docs/*.svg with bpmn-js in a headless Chromium (set CHROMIUM if it is not called chromium).
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const viewer = readFileSync('src/main/resources/static/vendor/bpmn-js/bpmn-navigated-viewer.production.min.js', 'utf8');
const work = mkdtempSync(join(tmpdir(), 'draw-'));
const page = join(work, 'page.html');
const chromium = ['--headless', '--no-sandbox', '--disable-gpu', '--virtual-time-budget=10000',
  `--user-data-dir=${work}/profile`, '--dump-dom', 'file://' + page];

for (const diagram of readdirSync('bpmn').filter(file => file.endsWith('.bpmn'))) {
  const xml = JSON.stringify(readFileSync(join('bpmn', diagram), 'utf8')).replaceAll('<', '\\u003c');
  writeFileSync(page, `<meta charset="utf-8"><div id="canvas" style="width:2000px;height:900px"></div>
    <script>${viewer}</script>
    <script>
      const viewer = new BpmnJS({ container: '#canvas' });
      viewer.importXML(${xml}).then(() => viewer.saveSVG()).then(({ svg }) => {
        document.body.innerHTML = svg;
        const drawing = document.querySelector('svg');
        const [x, y, width, height] = drawing.getAttribute('viewBox').split(' ').map(Number);
        drawing.setAttribute('viewBox', [x - 15, y - 15, width + 30, height + 30].join(' '));
        drawing.removeAttribute('width');
        drawing.removeAttribute('height');
        drawing.insertAdjacentHTML('afterbegin',
          '<rect x="-9999" y="-9999" width="99999" height="99999" fill="white"/>');
      });
    </script>`);
  const html = execFileSync(process.env.CHROMIUM ?? 'chromium', chromium,
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const drawn = html.slice(html.indexOf('<svg'), html.lastIndexOf('</svg>') + '</svg>'.length);
  // Their names are random, but the same diagram should give the same file.
  const markers = [...new Set(drawn.match(/marker-(?!(?:start|mid|end)\b)[a-z0-9]+/g))];
  const svg = drawn.replace(/marker-(?!(?:start|mid|end)\b)[a-z0-9]+/g, marker => 'marker-' + markers.indexOf(marker));
  if (!svg.startsWith('<svg')) throw new Error('Nothing was drawn for ' + diagram);
  writeFileSync(join('docs', diagram.replace('.bpmn', '.svg')), svg + '\n');
}
rmSync(work, { recursive: true, force: true });
