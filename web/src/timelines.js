// Things as bands of states, figures as steps, on the axis of the space-time diagram.

import {scaleLinear} from 'd3-scale';
import {computed, signal} from '@preact/signals';
import {useRef} from 'preact/hooks';
import {gutter, positionOfTime, scale, useWidth, width} from './axis.js';
import {amountText, eventAt, events, nameOf, named, ownerOf, strings, timeText, trial} from './data.js';
import {html} from './html.js';
import {Defs, Ticks} from './space_time.js';
import {cursor, follow, go, positionOf} from './state.js';
import {say, told} from './words.js';
import {signs} from './signs.js';

const picture = trial ? trial.picture : {moves: [], levels: [], passages: [], beliefs: []};
const rowHeight = 26;
const few = 14;
const all = signal(false);

// One row a thing: its moves in time.
function bandsOf() {
  const rows = new Map();
  for (const [at, kind, id, from, to, doubt] of picture.moves) {
    const key = kind + ' ' + id;
    if (!rows.has(key)) rows.set(key, {kind: strings[kind], id: strings[id], moves: [], doubt: false});
    const row = rows.get(key);
    row.moves.push({at, from: strings[from], to: strings[to], doubt: strings[doubt]});
    row.doubt ||= strings[doubt] !== '';
  }
  return [...rows.values()];
}
const bands = bandsOf();

// Those that the failure is about first: named by its evidence, or with a transition that does not exist.
const evidence = trial && trial.finding ? trial.finding.evidence.map(([, value]) => value).join(' ') : '';
const weight = (row) => (row.doubt ? 2 : 0) + (row.id.split(' ').some((id) => evidence.includes(id) || evidence.includes(ownerOf(id))) ? 1 : 0);
const ordered = bands.map((row, i) => [weight(row), i, row]).sort((a, b) => b[0] - a[0] || a[1] - b[1]).map(([, , row]) => row);

const shownBands = computed(() => {
  const mine = follow.value ? ordered.filter((row) => row.id.includes(follow.value) || ownerOf(row.id) === follow.value) : ordered;
  return all.value ? mine : mine.slice(0, few);
});

// The same state has the same shade wherever it is, by the order in which states come up.
const shades = new Map();
for (const row of bands) for (const move of row.moves) if (!shades.has(move.to)) shades.set(move.to, shades.size % 6);

const label = (row) => {
  const name = nameOf(row.id);
  return name.includes(row.kind) ? name : `${name}, ${told(row.kind)}`;
};

// Of a text in pixels, roughly: what is not Latin is wide.
const breadth = (text) => [...text].reduce((sum, c) => sum + (c > '\u2e80' ? 12 : 7), 0);

function Band({row, y, x}) {
  const end = width.value;
  return html`<g>
    ${row.moves.map((move, i) => {
      const next = row.moves[i + 1];
      const a = Math.max(x(positionOfTime(move.at)), 0);
      const b = Math.min(next ? x(positionOfTime(next.at)) : end, end);
      if (b <= 0 || a >= end || b - a < 0.3) return null;
      const words = `${label(row)}: ${told(move.from) || '·'} → ${told(move.to)}, ${timeText(move.at)}${move.doubt ? ` (${told(move.doubt)})` : ''}`;
      return html`<g class="band" onClick=${() => go(eventAt(move.at))}>
        <title>${words}</title>
        <rect x=${a} y=${y + 3} width=${b - a} height=${rowHeight - 6} class=${'state shade' + shades.get(move.to)} />
        ${move.doubt && html`<rect x=${a} y=${y + 3} width=${b - a} height=${rowHeight - 6} class="illegal" />`}
        ${b - a > breadth(told(move.to)) + 10 && html`<text x=${a + 5} y=${y + rowHeight / 2 + 4} class="state-name">${told(move.to)}</text>`}
      </g>`;
    })}
  </g>`;
}

function CursorLine({height, from = 18}) {
  const at = scale()(positionOf(cursor.value));
  if (at < 0 || at > width.value) return null;
  return html`<g class="cursor" aria-hidden="true"><path d=${`M${at},${from} V${height}`} /></g>`;
}

export function Timelines() {
  const box = useRef(null);
  useWidth(box);
  if (bands.length === 0) return null;
  const rows = shownBands.value;
  const x = scale();
  const height = 26 + rows.length * rowHeight + 4;
  const most = Math.floor(gutter.value / 7.2);
  const short = (text) => (text.length > most ? text.slice(0, most - 1) + '…' : text);
  return html`<section class="card wide" aria-labelledby="timelines">
    <h2 id="timelines">${say('timelines')}</h2>
    ${bands.some((row) => row.doubt) && html`<p class="aside">${say('bands_about')}</p>`}
    <div ref=${box}>
      <svg class="bands" width=${gutter.value + width.value + 8} height=${height} role="img" aria-labelledby="timelines">
        ${rows.map((row, i) => html`<text x="0" y=${26 + i * rowHeight + rowHeight / 2 + 4} class="lane-name past">${short(label(row))}<title>${label(row)}</title></text>`)}
        <g transform=${`translate(${gutter.value},0)`} clip-path="url(#sight)">
          <${Ticks} height=${height} />
          ${rows.map((row, i) => html`<${Band} row=${row} y=${26 + i * rowHeight} x=${x} />`)}
          <${CursorLine} height=${height} />
        </g>
      </svg>
      <${Figures} />
    </div>
    ${ordered.length > few && !all.value && html`<button onClick=${() => { all.value = true; }}>${say('all_bands', ordered.length)}</button>`}
    <div class="for-ears"><table><caption>${say('timelines')}</caption><tbody>
      ${rows.slice(0, 60).flatMap((row) => row.moves.map((move) => html`<tr><th scope="row">${label(row)}</th><td>${timeText(move.at)}</td><td>${told(move.from)} ${signs.on} ${told(move.to)} ${told(move.doubt)}</td></tr>`))}
    </tbody></table></div>
  </section>`;
}

// --- figures ---

function figuresOf() {
  const out = new Map();
  for (const [at, figure, of, unit, value, bound] of picture.levels) {
    const key = figure + ' ' + of;
    if (!out.has(key)) out.set(key, {figure: strings[figure], of: strings[of], unit: strings[unit], levels: [], over: false, bound});
    const one = out.get(key);
    one.levels.push([at, value]);
    one.over ||= bound !== null && value > bound;
  }
  return [...out.values()].sort((a, b) => Number(b.over) - Number(a.over)).slice(0, 6);
}
const figures = figuresOf();

function Figures() {
  const x = scale();
  return figures.map((figure) => html`<${Figure} key=${figure.figure + figure.of} figure=${figure} x=${x} />`);
}

const figureHeight = 70;

// The line of its steps from edge to edge of sight, on the same axis as the bands.
function stepsOf(figure, x, y) {
  const end = width.value;
  let before = 0;
  let line = '';
  for (const [at, value] of figure.levels) {
    const place = x(positionOfTime(at));
    if (place > 0 && place < end) line += ` H${place} V${y(value)}`;
    if (place >= end) break;
    if (line === '') before = value;
  }
  return `M0,${y(before)}${line} H${end}`;
}

function Figure({figure, x}) {
  const values = figure.levels.map(([, value]) => value);
  const least = Math.min(0, ...values);
  const most = Math.max(figure.bound ?? 0, ...values, 1);
  const y = scaleLinear().domain([least, most * 1.15]).range([figureHeight - 6, 6]);
  const line = stepsOf(figure, x, y);
  const now = [...figure.levels].reverse().find(([at]) => at <= events.at[cursor.value]);
  const name = `${told(figure.figure)}${figure.of ? ', ' + named(figure.of) : ''}`;
  const value = amountText(now ? now[1] : 0, figure.unit);
  return html`<div class="figure" role="img" aria-label=${`${name}: ${value}${figure.bound === null ? '' : `, ${say('bound')} ${amountText(figure.bound, figure.unit)}`}`}>
    <div class="figure-name" style=${`width:${gutter.value}px`}><span>${name}</span><strong>${value}</strong>${figure.bound !== null && html`<span>${say('bound')} ${figure.bound}</span>`}</div>
    <svg width=${width.value} height=${figureHeight} aria-hidden="true">
      <g class=${figure.over ? 'over' : ''}>
        <path d=${`${line} V${y(0)} H0 Z`} class="figure-fill" />
        ${figure.bound !== null && html`<path d=${`M0,${y(figure.bound)} H${width.value}`} class="figure-bound" />`}
        <path d=${line} class="figure-line" />
      </g>
      <${CursorLine} height=${figureHeight} from=${0} />
    </svg>
  </div>`;
}

export {picture, bands};
