// Every event in words, with search and filters. Only the rows in sight are there.

import {useEffect, useRef} from 'preact/hooks';
import {signal} from '@preact/signals';
import {events, groups, isPast, kindOf, laneName, textOf, timeText, trial} from './data.js';
import {html} from './html.js';
import {cursor, go, pastOnly, placeOf, query, shownGroups, toggled, visible} from './state.js';
import {kindText} from './kinds.js';
import {say, told} from './words.js';

const rowHeight = 28;
const sight = 16;
const scrolled = signal(0);

let waiting = 0;
function search(text) {
  clearTimeout(waiting);
  waiting = setTimeout(() => { query.value = text; }, 120);
}

export function Filters() {
  return html`<div class="row" role="group" aria-label=${say('show')}>
    <span class="row-title">${say('show')}</span>
    ${groups.map((group) => html`<label class="check"><input type="checkbox" checked=${shownGroups.value.has(group)} onChange=${() => { shownGroups.value = toggled(shownGroups.value, group); }} /> ${say('group_' + group)}</label>`)}
    ${trial.breach !== null && html`<label class="check"><input type="checkbox" checked=${pastOnly.value} onChange=${() => { pastOnly.value = !pastOnly.value; }} /> ${say('past_only')}</label>`}
  </div>`;
}

export function Search() {
  return html`<div class="row">
    <label class="search">${say('search')} <input id="search" type="search" value=${query.value} placeholder="/" aria-describedby="search-about" onInput=${(e) => search(e.target.value)} /></label>
    <span class="dim" role="status">${say('found', visible.value.length, events.n)}</span>
    <span class="dim" id="search-about">${say('search_about')}</span>
  </div>`;
}

const cut = (text) => (text.length > 300 ? text.slice(0, 299) + '…' : text);

export function List() {
  const box = useRef(null);
  const list = visible.value;
  const here = cursor.value;
  const place = placeOf(here, list);
  useEffect(() => {
    if (!box.current) return;
    const top = place * rowHeight;
    const {scrollTop} = box.current;
    if (top < scrollTop || top > scrollTop + (sight - 2) * rowHeight) box.current.scrollTop = Math.max(0, top - (sight / 2) * rowHeight);
  }, [place]);
  const begin = Math.max(Math.floor(scrolled.value / rowHeight) - 6, 0);
  const end = Math.min(begin + sight + 14, list.length);
  const rows = [];
  for (let i = begin; i < end; i++) {
    const event = list[i];
    rows.push(html`<tr key=${event} class=${`${event === here ? 'here' : ''} ${isPast(event) ? 'past' : ''} ${kindOf(event) === 'fault' ? 'fault' : ''} ${event === trial.breach ? 'breach' : ''}`} aria-rowindex=${i + 2} aria-current=${event === here ? 'step' : null} onClick=${() => go(event)}>
      <td>${timeText(events.at[event])}</td><td><bdi>${laneName(events.lane[event])}</bdi></td><td>${kindText(kindOf(event))}</td><td class="text"><bdi>${cut(told(textOf(event)))}</bdi></td></tr>`);
  }
  return html`<section class="card wide" aria-labelledby="events">
    <h2 id="events">${say('events')}</h2>
    <${Search} /><${Filters} />
    <div class="list" ref=${box} tabindex="0" role="region" aria-label=${say('table_of', say('events'))} style=${`height:${sight * rowHeight}px`} onScroll=${(e) => { scrolled.value = e.target.scrollTop; }}>
      <div style=${`height:${(list.length + 1) * rowHeight}px`}>
        <table aria-rowcount=${list.length + 1} style=${`transform:translateY(${begin * rowHeight}px)`}>
          <thead><tr aria-rowindex="1"><th scope="col">${say('when')}</th><th scope="col">${say('where')}</th><th scope="col">${say('kind')}</th><th scope="col">${say('what')}</th></tr></thead>
          <tbody>${rows}</tbody>
        </table>
      </div>
    </div>
    <p class="aside">${say('not_drawn')}: ${Object.entries(trial.not_drawn).map(([kind, n]) => `${n} ${kindText(kind)}`).join(', ') || '–'}</p>
  </section>`;
}
