// The space-time diagram: a lane for each host and each of those who act, time to the right, messages as arrows from lane
// to lane. What the breach stems from is lit. Only what is in sight is drawn; where that is too much, how dense it is.

import {computed} from '@preact/signals';
import {useRef} from 'preact/hooks';
import {gutter, look, nearer, scale, ticks, useWidth, useZoom, width} from './axis.js';
import {events, fates, groupOf, isPast, kindOf, laneName, lanes, stepOfEvent, textOf, timeText, trial} from './data.js';
import {html} from './html.js';
import {axis, cursor, follow, go, hidden, placeOf, positionOf, range, toggled, visible, window_} from './state.js';
import {say, told} from './words.js';
import {signs} from './signs.js';

const top = 26;
const rowHeight = 62;
const most = 700;  // marks in sight that are drawn one by one

const rows = computed(() => lanes.map((lane, i) => i).filter((i) => !hidden.value.has(i)));
const rowOf = computed(() => new Map(rows.value.map((lane, row) => [lane, row])));
const yOf = (lane) => top + rowOf.value.get(lane) * rowHeight + rowHeight / 2;

// The visible events in sight, with what reaches into sight from outside.
function inSight() {
  const list = visible.value;
  const [a, b] = window_.value;
  if (axis.value === 'order') {
    const begin = Math.max(Math.floor(a) - 40, 0);
    return list.subarray(begin, Math.min(Math.ceil(b) + 40, list.length));
  }
  let low = 0;
  while (low < list.length && events.at[list[low]] < a) low++;
  let high = low;
  while (high < list.length && events.at[list[high]] <= b) high++;
  return list.subarray(Math.max(low - 20, 0), Math.min(high + 20, list.length));
}

// Down and frozen times of hosts, over the whole trial.
const outages = computed(() => {
  const open = new Map();
  const out = [];
  const end = (key, at) => {
    if (open.has(key)) out.push({...open.get(key), to: at});
    open.delete(key);
  };
  for (let i = 0; i < events.n; i++) {
    const kind = kindOf(i);
    const lane = events.lane[i];
    if (lane < 0) continue;
    if (kind === 'host_down') open.set('d' + lane, {lane, from: i, kind: 'down'});
    else if (kind === 'host_frozen') open.set('f' + lane, {lane, from: i, kind: 'frozen'});
    if (kind === 'host_up' || kind === 'host_down') end(kind === 'host_up' ? 'd' + lane : 'f' + lane, i);
    if (kind === 'host_thawed') end('f' + lane, i);
  }
  for (const left of open.values()) out.push({...left, to: events.n - 1});
  return out;
});

const describe = (i) => `${timeText(events.at[i])}  ${laneName(events.lane[i])}: ${told(textOf(i))}`;
const method = (i) => textOf(i).replace(/^(send|reply) /, '').replace(/ to \S+$/, '');

// Where what a message asks for is written: between the first two lanes on its way, where no line crosses it. Null: nowhere.
function labelOf(event, x) {
  const to = events.other[event];
  if (to < 0 || !rowOf.value.has(events.lane[to]) || !isPast(event) || textOf(event).startsWith('reply ') || width.value <= 420) return null;
  const [x1, y1, x2, y2] = [x(positionOf(event)), yOf(events.lane[event]), x(positionOf(to)), yOf(events.lane[to])];
  const part = rowHeight / 2 / Math.max(Math.abs(y2 - y1), 1);
  if (part >= 1 || x2 - x1 <= 12) return null;
  return {text: method(event), x: x1 + (x2 - x1) * part + 7, y: y1 + (y2 - y1) * part + 4};
}

// The labels of messages that have room: who comes later gives way.
function labelsOf(messages, x) {
  const labels = new Map();
  const taken = [];
  for (const event of messages) {
    const label = labelOf(event, x);
    if (!label) continue;
    const end = label.x + label.text.length * 6.5 + 4;
    if (taken.some((one) => label.x < one.end && one.x < end && Math.abs(label.y - one.y) < 13)) continue;
    taken.push({x: label.x, y: label.y, end});
    labels.set(event, label);
  }
  return labels;
}

function Message({event, x, label}) {
  const to = events.other[event];
  const fate = fates[events.fate[event]];
  const x1 = x(positionOf(event));
  const y1 = yOf(events.lane[event]);
  const lit = isPast(event) ? 'past' : '';
  const broken = fate === 'lost' || fate === 'damaged';
  const there = to >= 0 && rowOf.value.has(events.lane[to]);
  if (!there) {
    const stub = broken || to < 0;
    return html`<g class=${`message ${fate} ${lit}`} onClick=${() => go(event)}>
      <title>${describe(event)} (${say('fate_' + (fate || 'arrived'))})</title>
      <path d=${`M${x1},${y1} l16,${stub ? 13 : 10}`} class="shaft" />
      ${broken && html`<path d=${`M${x1 + 12},${y1 + 9} l8,8 m0,-8 l-8,8`} class="cross" />`}
      ${fate === 'on_its_way' && html`<circle cx=${x1 + 18} cy=${y1 + 14} r="2.5" class="dot" />`}
    </g>`;
  }
  const x2 = x(positionOf(to));
  const y2 = yOf(events.lane[to]);
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
  const [ex, ey] = [x2 - ux * 5, y2 - uy * 5];
  const head = `M${ex},${ey} L${ex - ux * 8 - uy * 4},${ey - uy * 8 + ux * 4} L${ex - ux * 8 + uy * 4},${ey - uy * 8 - ux * 4} Z`;
  const isReply = textOf(event).startsWith('reply ');
  return html`<g class=${`message ${fate} ${lit} ${isReply ? 'reply' : ''}`} onClick=${() => go(event)}>
    <title>${describe(event)} ${signs.on} ${laneName(events.lane[to])} (${say('fate_' + (fate || 'arrived'))})</title>
    <path d=${`M${x1},${y1} L${ex},${ey}`} class="shaft" />
    ${fate === 'twice' && html`<path d=${`M${x1 + 4},${y1} L${ex + 4},${ey}`} class="shaft" />`}
    <path d=${head} class="head" />
    ${fate === 'nobody_there' && html`<path d=${`M${x2 - 5},${y2 - 5} l10,10 m0,-10 l-10,10`} class="cross" />`}
    ${fate === 'damaged' && html`<path d=${`M${(x1 + x2) / 2 - 5},${(y1 + y2) / 2 - 5} l10,10 m0,-10 l-10,10`} class="cross" />`}
    ${label && html`<text x=${label.x} y=${label.y} class="label">${label.text}</text>`}
  </g>`;
}

function Mark({event, x}) {
  const group = groupOf(event);
  const at = x(positionOf(event));
  const lane = events.lane[event];
  if (lane < 0 || group === 1) return null;
  const y = yOf(lane);
  const lit = isPast(event) ? 'past' : '';
  const number = stepOfEvent.get(event);
  const inner =
    group === 2 ? html`<path d=${`M${at},${y - 7} v14`} class="commit" />`
    : group === 3 ? html`<path d=${`M${at + 2},${y - 12} l-7,13 h5 l-2,11 l8,-14 h-5 l3,-10 z`} class="bolt" />`
    : kindOf(event) === 'clock_set' ? html`<g class="clock"><circle cx=${at} cy=${y} r="7" /><path d=${`M${at},${y - 4} v4 l3,2`} /></g>`
    : group === 4 ? html`<path d=${`M${at},${y - 6} l5,6 l-5,6 l-5,-6 z`} class="host-sign" />`
    : group === 5 ? html`<circle cx=${at} cy=${y} r="2" class="detail" />`
    : html`<circle cx=${at} cy=${y} r=${number === undefined ? 4.5 : 9} class="step-mark" />`;
  return html`<g class=${`mark ${lit}`} onClick=${() => go(event)}>
    <title>${describe(event)}</title>
    ${inner}
    ${number !== undefined && group === 0 && html`<text x=${at} y=${y + 3.5} class="step-number">${number + 1}</text>`}
    ${number !== undefined && group === 3 && html`<text x=${at + 8} y=${y - 9} class="bolt-number">${number + 1}</text>`}
  </g>`;
}

function Breach({x}) {
  const event = trial.breach;
  if (event === null || !rowOf.value.has(events.lane[event])) return null;
  const at = x(positionOf(event));
  const y = yOf(events.lane[event]);
  return html`<g class="breach-mark" onClick=${() => go(event)}>
    <title>${say('legend_breach')}: ${told(trial.sentence)}</title>
    <path d=${`M${at},${top - 4} V${top + rows.value.length * rowHeight}`} class="breach-line" />
    <circle cx=${at} cy=${y} r="12" class="breach-ring" />
    <path d=${`M${at - 6},${y - 6} l12,12 m0,-12 l-12,12`} class="breach-cross" />
  </g>`;
}

// Of many events: how many stand in each column of a lane.
function Density({list, x}) {
  const columns = Math.max(Math.floor(width.value / 4), 1);
  const sums = new Map();
  for (const event of list) {
    const lane = events.lane[event];
    if (lane < 0) continue;
    const column = Math.floor(x(positionOf(event)) / 4);
    if (column < 0 || column >= columns) continue;
    const key = lane * 4096 + column;
    const sum = sums.get(key) || {lane, column, n: 0, fault: false, past: false};
    sum.n++;
    sum.fault ||= kindOf(event) === 'fault';
    sum.past ||= isPast(event);
    sums.set(key, sum);
  }
  const highest = Math.max(1, ...[...sums.values()].map((sum) => sum.n));
  return [...sums.values()].map((sum) => {
    const height = 4 + 34 * Math.sqrt(sum.n / highest);
    return html`<rect x=${sum.column * 4} y=${yOf(sum.lane) - height / 2} width="3" height=${height} class=${`density ${sum.fault ? 'fault' : ''} ${sum.past ? 'past' : ''}`} />`;
  });
}

function Outages({x}) {
  return outages.value.filter((one) => rowOf.value.has(one.lane)).map((one) => {
    const a = Math.max(x(axis.value === 'time' ? events.at[one.from] : placeOf(one.from)), 0);
    const b = Math.min(x(axis.value === 'time' ? events.at[one.to] : placeOf(one.to)), width.value);
    if (b <= a) return null;
    return html`<rect x=${a} y=${yOf(one.lane) - 10} width=${b - a} height="20" class=${'outage ' + one.kind}><title>${laneName(one.lane)}: ${say('legend_' + one.kind)}</title></rect>`;
  });
}

function Cursor() {
  const event = cursor.value;
  const at = scale()(positionOf(event));
  if (at < -1 || at > width.value + 1) return null;
  const y = rowOf.value.has(events.lane[event]) ? yOf(events.lane[event]) : null;
  return html`<g class="cursor" aria-hidden="true">
    <path d=${`M${at},${top - 8} V${top + rows.value.length * rowHeight}`} />
    ${y !== null && html`<circle cx=${at} cy=${y} r="14" />`}
  </g>`;
}

function Drawing() {
  const x = scale();
  const list = inSight();
  const shown = rows.value;
  const dense = list.length > most;
  const marks = dense ? null : [...list];
  const messages = dense ? [] : marks.filter((i) => kindOf(i) === 'message_sent');
  const labels = labelsOf(messages, x);
  return html`<g>
    ${shown.map((lane) => html`<path d=${`M0,${yOf(lane)} H${width.value}`} class=${`lane-line ${lanes[lane].past ? 'past' : ''}`} />`)}
    <${Outages} x=${x} />
    ${dense && html`<${Density} list=${list} x=${x} />`}
    ${messages.map((i) => html`<${Message} key=${'m' + i} event=${i} x=${x} label=${labels.get(i)} />`)}
    ${marks && marks.map((i) => html`<${Mark} key=${i} event=${i} x=${x} />`)}
    <${Breach} x=${x} />
  </g>`;
}

export function Ticks({height}) {
  return ticks().map(({at, text, anchor}) => html`<g class="tick">
    <path d=${`M${at},${top - 8} V${height}`} />
    <text x=${at} y="12" text-anchor=${anchor}>${text}</text>
  </g>`);
}

export function Defs() {
  return html`<defs>
    <pattern id="hatch" width="7" height="7" patternTransform="rotate(45)" patternUnits="userSpaceOnUse"><path d="M0,0 V7" class="hatch-line" /></pattern>
    <clipPath id="sight"><rect x="-2" y="0" width=${width.value + 4} height="10000" /></clipPath>
  </defs>`;
}

export function SpaceTime() {
  const box = useRef(null);
  const surface = useRef(null);
  useWidth(box);
  useZoom(surface);
  const height = top + rows.value.length * rowHeight + 6;
  const dense = inSight().length;
  return html`<section class="card wide" aria-labelledby="space-time">
    <h2 id="space-time">${say('space_time')}</h2>
    <p class="aside" id="space-time-about">${say('space_time_about', rows.value.length, visible.value.length)}</p>
    <div ref=${box}>
      <svg class="space-time" width=${gutter.value + width.value + 8} height=${height} role="img" aria-labelledby="space-time" aria-describedby="space-time-about">
        <${Defs} />
        ${rows.value.map((lane) => html`<text x="0" y=${yOf(lane) + 4} class=${`lane-name ${lanes[lane].past ? 'past' : ''}`}>${laneName(lane)}<title>${lanes[lane].name}</title></text>`)}
        <g transform=${`translate(${gutter.value},0)`} clip-path="url(#sight)">
          <${Ticks} height=${height} />
          <rect ref=${surface} class="surface" x="0" y="0" width=${width.value} height=${height} />
          <${Drawing} />
          <${Cursor} />
        </g>
      </svg>
    </div>
    ${dense > most && html`<p class="aside" role="status">${say('too_many', dense)}</p>`}
    <${Looking} />
    <${Lanes} />
    <${Legend} />
  </section>`;
}

function Looking() {
  return html`<div class="row" role="group" aria-label=${say('axis')}>
    <button onClick=${() => look(-0.4)}>${signs.back} ${say('left')}</button>
    <button onClick=${() => look(0.4)}>${say('right')} ${signs.on}</button>
    <button onClick=${() => nearer(0.6)}>+ ${say('zoom_in')}</button>
    <button onClick=${() => nearer(1.7)}>${signs.minus} ${say('zoom_out')}</button>
    <button onClick=${() => { range.value = [-1e18, 1e18]; }}>${say('zoom_all')}</button>
    <label>${say('axis')} <select value=${axis.value} onChange=${(e) => { range.value = null; axis.value = e.target.value; }}>
      <option value="order">${say('axis_order')}</option><option value="time">${say('axis_time')}</option>
    </select></label>
  </div>`;
}

function Lanes() {
  return html`<div class="row chips" role="group" aria-label=${say('lanes')}>
    <span class="row-title">${say('lanes')}</span>
    ${lanes.map((lane, i) => html`<button class="chip" aria-pressed=${String(!hidden.value.has(i))} onClick=${() => { hidden.value = toggled(hidden.value, i); }}>${laneName(i)}</button>`)}
  </div>`;
}

const legendSigns = [
  ['step', html`<circle cx="12" cy="9" r="5" class="step-mark" />`],
  ['message', html`<path d="M2,3 L19,14" class="shaft" /><path d="M22,16 l-7,-1 l4,-5 z" class="head" />`],
  ['lost', html`<g class="lost"><path d="M2,3 L14,11" class="shaft" /><path d="M11,8 l8,8 m0,-8 l-8,8" class="cross" /></g>`],
  ['late', html`<g class="late"><path d="M2,3 L22,15" class="shaft" /></g>`],
  ['twice', html`<path d="M2,3 L18,14 M7,3 L23,14" class="shaft" />`],
  ['commit', html`<path d="M12,2 v14" class="commit" />`],
  ['fault', html`<path d="M14,0 l-7,10 h5 l-2,8 l8,-11 h-5 l3,-7 z" class="bolt" />`],
  ['clock', html`<g class="clock"><circle cx="12" cy="9" r="7" /><path d="M12,5 v4 l3,2" /></g>`],
  ['down', html`<rect x="1" y="3" width="22" height="12" class="outage down" />`],
  ['frozen', html`<rect x="1" y="3" width="22" height="12" class="outage frozen" />`],
  ['breach', html`<circle cx="12" cy="9" r="8" class="breach-ring" /><path d="M8,5 l8,8 m0,-8 l-8,8" class="breach-cross" />`],
];

function Legend() {
  return html`<ul class="legend" aria-label=${say('legend')}>
    ${legendSigns.map(([name, sign]) => html`<li><svg width="24" height="18" aria-hidden="true"><g class="message past">${sign}</g></svg> ${say('legend_' + name)}</li>`)}
  </ul>`;
}

export {rows as laneRows, follow};
