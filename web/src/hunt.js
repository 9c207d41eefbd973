// A hunt: which seeds broke which law and how soon, the causes, how far faults came, and the marks.

import {scaleLinear} from 'd3-scale';
import {useEffect, useRef} from 'preact/hooks';
import {signal} from '@preact/signals';
import {hunt} from './data.js';
import {html} from './html.js';
import {Line} from './verdict.js';
import {say} from './words.js';
import {signs} from './signs.js';

const room = signal(900);

function Strip() {
  const box = useRef(null);
  useEffect(() => {
    const observer = new ResizeObserver(() => { room.value = Math.max(box.current.clientWidth, 240); });
    observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  const gutter = room.value < 560 ? 10 : 210;
  const row = 34;
  const x = scaleLinear().domain([hunt.first_seed, Math.max(hunt.last_seed, hunt.first_seed + 1)]).range([gutter, room.value - 10]);
  const height = 30 + hunt.laws.length * row;
  const perSeed = Math.max((x.range()[1] - x.range()[0]) / (hunt.last_seed - hunt.first_seed + 1), 1.5);
  return html`<div ref=${box}><svg class="strip" width=${room.value} height=${height} role="img" aria-labelledby="strip" aria-describedby="laws-table">
    ${x.ticks(room.value < 560 ? 3 : 8).filter(Number.isInteger).map((seed) => html`<g class="tick"><path d=${`M${x(seed)},18 V${height}`} /><text x=${x(seed)} y="12" text-anchor="middle">${seed}</text></g>`)}
    ${hunt.laws.map((law, i) => html`<g>
      ${gutter > 10 ? html`<text x="0" y=${30 + i * row + 16} class="lane-name past">${law.law}</text>` : html`<text x=${gutter} y=${28 + i * row} class="lane-name past small">${law.law}</text>`}
      <rect x=${gutter} y=${32 + i * row} width=${room.value - gutter - 10} height="18" class="strip-row" />
      ${law.seeds.map((seed, n) => html`<rect x=${x(seed)} y=${32 + i * row} width=${perSeed} height="18" class=${n === 0 ? 'strip-first' : 'strip-hit'}><title>${law.law}, ${say('seed')} ${seed}</title></rect>`)}
    </g>`)}
  </svg></div>`;
}

function Laws() {
  if (hunt.laws.length === 0) return html`<p>${say('nothing_found')}</p>`;
  return html`<h3 id="strip">${say('laws_by_seed')}</h3><${Strip} />
    <div class="scroll" tabindex="0" role="region" aria-label=${say('table_of', say('laws_by_seed'))}><table id="laws-table">
      <thead><tr><th scope="col">${say('law')}</th><th scope="col">${say('trials_broken')}</th><th scope="col">${say('first_seed')}</th><th scope="col">${say('time_to_find')}</th><th scope="col">${say('what')}</th></tr></thead>
      <tbody>${hunt.laws.map((law) => html`<tr><th scope="row"><bdi>${law.law}</bdi></th><td>${law.seeds.length}</td><td>${law.seeds[0]}</td><td>${say('trials_n', law.trials_until)}</td><td><bdi>${law.message}</bdi></td></tr>`)}</tbody>
    </table></div>`;
}

function Causes() {
  if (hunt.causes.length === 0) return null;
  return html`<h3>${say('causes')}</h3>${hunt.causes.map((one) => html`<article class="cause">
    <h4><bdi>${one.law}</bdi> <span class="dim">${one.count} ${signs.times} ${say('seed')} ${one.seed}</span></h4>
    <p><bdi>${one.cause}</bdi></p>
    <details><summary>${say('takes')}</summary><ul>${one.takes.map((line) => html`<li><bdi>${line}</bdi></li>`)}</ul></details>
    ${one.replay && html`<${Line} text=${one.replay} />`}
  </article>`)}`;
}

function Reach() {
  const kinds = Object.entries(hunt.faults.by_kind);
  if (kinds.length === 0) return null;
  return html`<h3 id="reach">${say('reach')}</h3>
    <div class="scroll" tabindex="0" role="region" aria-label=${say('table_of', say('reach'))}><table>
      <thead><tr><th scope="col">${say('kind')}</th><th scope="col">${say('armed')}</th><th scope="col">${say('reached')}</th><th scope="col">${say('effective')}</th><th scope="col">${say('hits')}</th><th scope="col"><span class="for-ears">${say('reach')}</span></th></tr></thead>
      <tbody>${kinds.map(([kind, one]) => html`<tr><th scope="row">${kind}</th><td>${one.armed}</td><td>${one.reached}</td><td>${one.effective}</td><td>${one.hits}</td>
        <td class="bar-cell"><svg width="120" height="12" aria-hidden="true"><rect width="120" height="12" class="bar armed" /><rect width=${(120 * one.reached) / Math.max(one.armed, 1)} height="12" class="bar reached" /><rect width=${(120 * one.effective) / Math.max(one.armed, 1)} height="12" class="bar effective" /></svg></td></tr>`)}</tbody>
    </table></div>`;
}

function Marks() {
  return html`<h3>${say('marks')}</h3>
    <ul class="marks">${Object.entries(hunt.marks).map(([mark, n]) => html`<li><bdi>${mark}</bdi> <strong>${n}</strong></li>`)}</ul>
    ${hunt.not_reached.length > 0 && html`<p><strong>${say('not_reached')}:</strong> ${hunt.not_reached.join(', ')}</p>`}`;
}

export function Hunt() {
  if (!hunt) return null;
  return html`<section class="card wide" aria-labelledby="hunt">
    <h2 id="hunt">${say('hunt')}: <bdi>${hunt.scenario}</bdi> ${hunt.flaws.join(' ')}</h2>
    <p>${say('hunt_about', hunt.trials, hunt.passed)} <bdi>${hunt.stopped_because}</bdi></p>
    ${hunt.unreadable > 0 && html`<p class="warning">${say('unreadable', hunt.unreadable)}</p>`}
    <${Laws} /><${Causes} /><${Reach} /><${Marks} />
  </section>`;
}
