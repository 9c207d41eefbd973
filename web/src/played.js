// What was played: engine, designs, faults, marks and counts.

import {trial} from './data.js';
import {html} from './html.js';
import {say} from './words.js';

const listed = (rows) => rows.map(([key, value]) => `${key} ${value}`).join(' · ');

export function Played() {
  const counts = Object.entries(trial.counts).filter(([, n]) => n !== 0);
  const kinds = Object.entries(trial.faults.by_kind);
  return html`<section class="card wide" aria-labelledby="played">
    <h2 id="played">${say('trial')}</h2>
    <dl class="facts">
      <dt>${say('scenario')}</dt><dd><bdi>${trial.scenario}</bdi>: <bdi>${trial.summary}</bdi></dd>
      <dt>${say('engine')}</dt><dd>${trial.engine}</dd>
      <dt>${say('hash')}</dt><dd><code>${trial.trace_hash}</code></dd>
      <dt>${say('order')}</dt><dd>${trial.order}</dd>
      <dt>${say('design')}</dt><dd>${listed(Object.entries(trial.design)) || '–'}</dd>
      <dt>${say('counts')}</dt><dd>${listed(counts.map(([key, n]) => [key.replaceAll('_', ' '), n])) || '–'}</dd>
      <dt>${say('marks')}</dt><dd>${listed(Object.entries(trial.marks)) || '–'}</dd>
      <dt>${say('not_reached')}</dt><dd>${trial.not_reached.join(', ') || '–'}</dd>
      <dt>${say('faults')}</dt><dd>${kinds.map(([kind, one]) => `${kind}: ${one.armed} ${say('armed')}, ${one.reached} ${say('reached')}, ${one.effective} ${say('effective')}`).join(' · ') || '–'}</dd>
    </dl>
    ${trial.plan.length > 0 && html`<details><summary>${say('plan')} (${trial.plan.length})</summary><ul>${trial.plan.map((line) => html`<li><bdi>${line}</bdi></li>`)}</ul></details>`}
  </section>`;
}
