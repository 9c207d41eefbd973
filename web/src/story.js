// The story, line by line, and what the failure takes.

import {cursor, go} from './state.js';
import {shortTime, storyEvents, trial} from './data.js';
import {html} from './html.js';
import {say, told} from './words.js';
import {signs} from './signs.js';

export function Story() {
  const here = cursor.value;
  let before = '';
  return html`<section class="card story" aria-labelledby="story">
    <h2 id="story">${say('story')}</h2>
    ${trial.story.length === 0 ? html`<p>${say('nothing_broke')}</p>` : html`<ol>
      ${trial.story.map(([at, sign, text], i) => {
        const time = shortTime(at);
        const again = time === before;
        before = time;
        const kind = sign === '✗' ? 'breach' : sign === '⚡' ? 'fault' : '';
        const on = storyEvents[i] === here;
        return html`<li class=${kind}>
          <button class="step" aria-current=${on ? 'step' : null} onClick=${() => go(storyEvents[i])}>
            <span class="number" aria-hidden="true">${i + 1}</span>
            <time class=${again ? 'again' : ''}>${time}</time>
            <span class="text"><span aria-hidden="true">${sign}</span> <bdi>${told(text)}</bdi></span>
          </button>
        </li>`;
      })}
    </ol>`}
    ${trial.left_out > 0 && html`<p class="aside">${say('left_out', trial.left_out)}</p>`}
  </section>`;
}

// Rows that say the same and came to the same are one; what is needed comes first.
function folded(rows) {
  const out = new Map();
  for (const one of rows) {
    const key = one.still_breaks + one.what;
    out.set(key, {...one, times: (out.get(key)?.times ?? 0) + 1});
  }
  return [...out.values()].sort((a, b) => Number(a.still_breaks) - Number(b.still_breaks));
}

export function ButFor() {
  const table = trial.but_for;
  if (!table) return null;
  const rows = table.rows;
  const first = rows.filter((row) => row.kind !== 'message');
  const messages = rows.filter((row) => row.kind === 'message');
  const needed = messages.filter((row) => !row.still_breaks).length;
  const row = (one) => html`<tr class=${one.still_breaks ? 'not-needed' : 'needed'}>
    <td>${say('kind_' + one.kind)}</td>
    <td><bdi>${told(one.what)}</bdi>${one.times > 1 && html` <span class="dim">(${say('times', one.times)})</span>`}</td>
    <td>${one.still_breaks ? signs.cross : signs.tick} ${one.still_breaks ? say('not_needed') : say('needed')}</td>
  </tr>`;
  const head = html`<thead><tr><th scope="col">${say('kind')}</th><th scope="col">${say('thing')}</th><th scope="col">${say('still')}</th></tr></thead>`;
  return html`<section class="card" aria-labelledby="takes">
    <h2 id="takes">${say('takes')}</h2>
    <p class="aside">${say('takes_about')}</p>
    <div class="scroll" tabindex="0" role="region" aria-label=${say('table_of', say('takes'))}><table class="but-for">${head}<tbody>${first.map(row)}</tbody></table></div>
    ${messages.length > 0 && html`<details><summary>${say('messages_needed', needed, messages.length)}</summary>
      <div class="scroll" tabindex="0" role="region" aria-label=${say('table_of', say('kind_message'))}><table class="but-for">${head}<tbody>${folded(messages).map(row)}</tbody></table></div></details>`}
    ${table.untried > 0 && html`<p class="aside">${say('untried', table.untried)}</p>`}
  </section>`;
}
