// This trial beside one that passes, in the words of their tales, from a little before they part.

import {eventAt, shortTime, trial} from './data.js';
import {html} from './html.js';
import {go} from './state.js';
import {say, told} from './words.js';
import {signs} from './signs.js';

export function Compare() {
  const both = trial.comparison;
  if (!both) return null;
  const parts = both.parting < both.here.length || both.parting < both.there.length;
  const length = Math.max(both.here.length, both.there.length);
  // After the last line of one of the two; a gap has no text.
  const isEnd = (lines, i) => i > both.parting - 1 && lines.slice(i).every((one) => one[1] === '') && (i === 0 || lines[i - 1][1] !== '');
  const cell = (lines, i, mine) => {
    const line = lines[i];
    if (!line || line[1] === '') return html`<td class="nothing">${isEnd(lines, i) ? say('nothing_more') : ''}</td>`;
    return html`<td><time>${shortTime(line[0])}</time> ${mine ? html`<button class="quiet" onClick=${() => go(eventAt(line[0]))}><bdi>${told(line[1])}</bdi></button>` : html`<bdi>${told(line[1])}</bdi>`}</td>`;
  };
  const text = (lines) => {
    const line = lines.slice(both.parting).find((one) => one[1] !== '');
    return line ? told(line[1]) : say('nothing_more');
  };
  const isSame = (i) => i < both.parting || both.here[i]?.[1] === both.there[i]?.[1];
  return html`<section class="card wide" aria-labelledby="compare">
    <h2 id="compare">${say('compare')}</h2>
    ${parts ? html`<p class="parting-said"><bdi>${say('compare_said', text(both.here), text(both.there))}</bdi></p>` : html`<p>${say('never_parts')}</p>`}
    ${parts && html`<div class="scroll" tabindex="0" role="region" aria-label=${say('table_of', say('compare'))}><table class="compare">
      <thead><tr><th scope="col">${say('here')} (${say('verdict_' + trial.verdict)})</th><th scope="col"><bdi>${told(both.title)}</bdi> (${say('verdict_' + both.verdict)})</th></tr></thead>
      <tbody>
        ${both.cut > 0 && html`<tr class="same"><td colspan="2">${say('same_before', both.cut)}</td></tr>`}
        ${Array.from({length}, (_, i) => html`
          ${i === both.parting && html`<tr class="parting"><th colspan="2" scope="rowgroup">${signs.cut} ${say('parting')}</th></tr>`}
          <tr class=${isSame(i) ? 'same' : 'differs'}>${cell(both.here, i, true)}${cell(both.there, i, false)}</tr>`)}
      </tbody>
    </table></div>`}
  </section>`;
}
