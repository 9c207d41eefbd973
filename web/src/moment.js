// The moment at the cursor: what happened, what it stems from, what changed by it, and who believes what from then on.

import {events, fates, kindOf, laneName, moreOf, nameOf, named, rootOf, strings, textOf, things, timeText, trial, amountText} from './data.js';
import {html} from './html.js';
import {cursor, follow, go, goToNext, helpOpen, placeOf, step, visible} from './state.js';
import {picture} from './timelines.js';
import {kindText} from './kinds.js';
import {say, told} from './words.js';
import {signs} from './signs.js';
import {CodeDid} from './verdict.js';

export function Stepper() {
  const i = cursor.value;
  const list = visible.value;
  const isFault = (event) => kindOf(event) === 'fault';
  const followed = [...things].filter(([, thing]) => thing.of === '' || things.has(thing.of));
  return html`<div class="stepper" role="toolbar" aria-label=${say('stepper')}>
    <button onClick=${() => go(list[0])} title="Home"><span aria-hidden="true">${signs.first}</span><span class="wide-only"> ${say('first')}</span></button>
    <button onClick=${() => step(-1)} title=${signs.back}><span aria-hidden="true">${signs.back}</span> ${say('back')}</button>
    <button onClick=${() => step(1)} title=${signs.on}>${say('next')} <span aria-hidden="true">${signs.on}</span></button>
    <button onClick=${() => go(list[list.length - 1])} title="End"><span class="wide-only">${say('last')} </span><span aria-hidden="true">${signs.last}</span></button>
    <button onClick=${() => goToNext(isFault, false)} title="[" aria-label=${say('fault_back')}>${signs.bolt} [</button>
    <button onClick=${() => goToNext(isFault, true)} title="]" aria-label=${say('fault_next')}>] ${signs.bolt}</button>
    ${trial.breach !== null && html`<button onClick=${() => go(trial.breach)} title="v">${signs.cross} ${say('breach')}</button>`}
    <label class="follow">${say('follow')} <select value=${follow.value} onChange=${(e) => { follow.value = e.target.value; }}>
      <option value="">${say('everybody')}</option>
      ${followed.slice(0, 400).map(([id, thing]) => html`<option value=${id}>${thing.name}</option>`)}
    </select></label>
    <button onClick=${() => { helpOpen.value = true; }} title="?">? <span class="wide-only">${say('keys')}</span></button>
    <span class="now"><strong>${timeText(events.at[i])}</strong> <bdi>${laneName(events.lane[i])}</bdi> <span class="now-text"><bdi>${told(textOf(i))}</bdi></span> <span class="dim">${say('event', placeOf(i) + 1, list.length)}</span></span>
  </div>`;
}

// Read out to who listens: one sentence a step.
export function Live() {
  const i = cursor.value;
  const broken = trial.breach === i ? ` ${say('legend_breach')}: ${told(trial.sentence)}` : '';
  return html`<p class="for-ears" role="status" aria-live="polite">${laneName(events.lane[i])}: ${told(textOf(i))}.${broken}</p>`;
}

function fieldsOf(more) {
  if (!more.startsWith('{')) return null;
  try {
    const rows = [];
    const walk = (value, key) => {
      if (value !== null && typeof value === 'object') {
        if ('minor' in value && 'currency' in value) return rows.push([key, amountText(value.minor, value.currency)]);
        for (const [inner, one] of Object.entries(value)) walk(one, key ? `${key}.${inner}` : inner);
        return undefined;
      }
      return rows.push([key, named(String(value))]);
    };
    walk(JSON.parse(more), '');
    return rows;
  } catch {
    return null;
  }
}

// All that changed at the moment of an event, as rows: what, before, after.
function changesAt(ns) {
  const rows = [];
  for (const [at, kind, id, from, to, doubt] of picture.moves) {
    if (at === ns) rows.push([`${nameOf(strings[id])} (${told(strings[kind])})`, told(strings[from]) || '·', told(strings[to]), told(strings[doubt]), 'odd']);
  }
  const last = new Map();
  for (const [at, figure, of, unit, value, bound] of picture.levels) {
    const key = figure + ' ' + of;
    if (at === ns) {
      const over = bound !== null && value > bound ? `${say('bound')} ${bound}` : '';
      rows.push([strings[of] ? `${told(strings[figure])}, ${named(strings[of])}` : told(strings[figure]), amountText(last.get(key) ?? 0, strings[unit]), amountText(value, strings[unit]), over, 'odd']);
    }
    last.set(key, value);
  }
  for (const [at, from, to, minor, currency, of, why] of picture.passages) {
    if (at === ns) rows.push([`${told(strings[from])} → ${told(strings[to])}`, '', amountText(minor, strings[currency]), `${told(strings[why])}, ${nameOf(strings[of])}`]);
  }
  return rows;
}

// What the commit wrote that the event at `i` is, or that it tells of: both stand at one moment, in one piece of work.
function writtenAt(i) {
  for (let at = i; at >= 0 && events.at[at] === events.at[i]; at--) {
    const mine = kindOf(at) === 'committed' && events.lane[at] === events.lane[i] && events.root[at] === events.root[i];
    const more = moreOf(at);
    if (mine && more && !more.includes(signs.hop)) return more.split('\n');
    if (kindOf(i) !== 'fact') return null;
  }
  return null;
}

// Of a row: "sold 0 → 1", where texts are quoted as SQL has them. (The sign from elsewhere: see signs.js.)
const value = "('(?:[^']|'')*'|[^,]+?)";
const cells = new RegExp(`(\\w+ ${value} ${signs.on} ${value}(?=, \\w+ |$))`);
const cellOf = new RegExp(`^\\w+ (.*) ${signs.on} (.*)$`);

// "stock tea: sold 0 → 1, held 1 → 1": a value that was written as it was is marked.
function Row({line}) {
  const text = named(line.slice(2));
  if (text.endsWith(': gone')) return html`<code><bdi>${text.slice(0, -4)}</bdi>${say('gone')}</code>`;
  const begin = text.indexOf(': ') + 2;
  const parts = [text.slice(0, begin), ...text.slice(begin).split(cells).filter((part, i) => i % 4 < 2)];
  return html`<code>${parts.map((part) => {
    const cell = part.match(cellOf);
    return cell && cell[1] === cell[2] ? html`<strong class="as-it-was"><bdi>${part}</bdi> (${say('as_it_was')})</strong>` : html`<bdi>${part}</bdi>`;
  })}</code>`;
}

function Written({lines}) {
  return html`<h3>${say('written')}</h3><ul class="written">${lines.map((line) => (line.startsWith('  ')
    ? html`<li class="row-written"><${Row} line=${line} /></li>`
    : html`<li><code><bdi>${named(line)}</bdi></code></li>`))}</ul>`;
}

function Other({event, word}) {
  return html`<dt>${say(word)}</dt><dd>${timeText(events.at[event])} <bdi>${laneName(events.lane[event])}</bdi> <button onClick=${() => go(event)}>${say('go_there')}</button></dd>`;
}

export function Moment() {
  const i = cursor.value;
  const rows = changesAt(events.at[i]);
  const more = moreOf(i);
  const fields = fieldsOf(more);
  const written = writtenAt(i);
  const isCommit = kindOf(i) === 'committed' && written;
  const other = events.other[i];
  const fate = fates[events.fate[i]];
  return html`<section class="card moment" aria-labelledby="moment">
    <h2 id="moment">${say('at_cursor')}</h2>
    <dl class="facts">
      <dt>${say('when')}</dt><dd>${timeText(events.at[i])}</dd>
      <dt>${say('where')}</dt><dd><bdi>${laneName(events.lane[i])}</bdi></dd>
      <dt>${say('what')}</dt><dd><bdi>${told(textOf(i))}</bdi> <span class="dim">${kindText(kindOf(i))}${fate ? ', ' + say('fate_' + fate) : ''}</span></dd>
      ${other >= 0 && html`<${Other} event=${other} word=${other < i ? 'sent_at' : 'came_at'} />`}
      ${!fields && !isCommit && more && html`<dt>${say('stems_from')}</dt><dd><bdi>${named(more)}</bdi></dd>`}
      ${(fields || isCommit) && rootOf(i) && html`<dt>${say('stems_from')}</dt><dd><bdi>${named(rootOf(i))}</bdi></dd>`}
    </dl>
    ${trial.breach === i && html`<${CodeDid} />`}
    ${fields && html`<h3>${say('fields')}</h3><dl class="facts">${fields.slice(0, 60).map(([key, value]) => html`<dt>${key}</dt><dd><bdi>${value}</bdi></dd>`)}</dl>`}
    ${written && html`<${Written} lines=${written} />`}
    <h3>${say('changed')}</h3>
    ${rows.length === 0 ? html`<p class="dim">${say('nothing_changed')}</p>` : html`<div class="scroll" tabindex="0" role="region" aria-label=${say('changed')}><table>
      <thead><tr><th scope="col">${say('thing_of')}</th><th scope="col">${say('before')}</th><th scope="col">${say('after')}</th><th scope="col"><span class="for-ears">${say('note')}</span></th></tr></thead>
      <tbody>${rows.map(([what, before, after, note, kind]) => html`<tr><th scope="row"><bdi>${what}</bdi></th><td><bdi>${before}</bdi></td><td><bdi>${after}</bdi></td><td class=${kind}><bdi>${note}</bdi></td></tr>`)}</tbody>
    </table></div>`}
  </section>`;
}

// Who believes what at the cursor: a row a thing, a column a party.
export function Beliefs() {
  if (picture.beliefs.length === 0) return null;
  const now = events.at[cursor.value];
  const parties = [];
  const rows = new Map();
  for (const [at, who, about, what] of picture.beliefs) {
    const party = strings[who];
    if (!parties.includes(party)) parties.push(party);
    if (at > now) continue;
    if (follow.value && strings[about] !== follow.value && things.get(strings[about])?.of !== follow.value) continue;
    const row = rows.get(about) || {cells: {}, last: at};
    row.cells[party] = {what: strings[what], fresh: at === now};
    row.last = at;
    rows.set(about, row);
  }
  const shown = [...rows].sort((a, b) => b[1].last - a[1].last).slice(0, 12);
  return html`<section class="card" aria-labelledby="beliefs">
    <h2 id="beliefs">${say('beliefs')}</h2>
    ${shown.length === 0 ? html`<p class="dim">${say('nothing_yet')}</p>` : html`<div class="scroll" tabindex="0" role="region" aria-label=${say('table_of', say('beliefs'))}><table class="beliefs">
      <thead><tr><th scope="col">${say('about')}</th>${parties.map((party) => html`<th scope="col"><bdi>${told(party)}</bdi></th>`)}</tr></thead>
      <tbody>${shown.map(([about, row]) => html`<tr><th scope="row"><bdi>${nameOf(strings[about])}</bdi></th>
        ${parties.map((party) => html`<td class=${row.cells[party]?.fresh ? 'fresh' : ''}><bdi>${row.cells[party] ? told(row.cells[party].what) : '–'}</bdi></td>`)}</tr>`)}</tbody>
    </table></div>`}
  </section>`;
}
