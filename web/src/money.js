// Where the money went: holders and what passed between them, and the path of the money of one passage.

import {sankey, sankeyLinkHorizontal} from 'd3-sankey';
import {useRef} from 'preact/hooks';
import {signal} from '@preact/signals';
import {useEffect} from 'preact/hooks';
import {amountText, eventAt, nameOf, strings, timeText} from './data.js';
import {html} from './html.js';
import {go, money} from './state.js';
import {picture} from './timelines.js';
import {say, told} from './words.js';
import {signs} from './signs.js';

const passages = picture.passages.map(([at, from, to, minor, currency, of, why, entry]) => ({at, isEntry: entry === 1, from: strings[from], to: strings[to], minor, currency: strings[currency], of: strings[of], why: strings[why]}));
const currencies = [...new Set(passages.map((one) => one.currency))];
const currency = signal(currencies[0]);
const room = signal(900);
// Entries of books say whose money is; at first it is shown who paid whom.
const someMoved = passages.some((one) => !one.isEntry);
const withEntries = signal(!someMoved);
const isShown = (one) => withEntries.value || !one.isEntry;

// The money of one passage: back to its first purse and on to where it lies, by what it was for.
function pathOf(index) {
  const start = passages[index];
  const mine = passages.map((one, i) => ({...one, i})).filter((one) => one.of === start.of && one.currency === start.currency);
  const back = [];
  for (let holder = start.from, before = index; holder; ) {
    const one = [...mine].reverse().find((other) => other.i < before && other.to === holder);
    if (!one) break;
    back.unshift(one.i);
    [holder, before] = [one.from, one.i];
  }
  const on = [];
  let open = [{holder: start.to, after: index}];
  while (open.length > 0 && on.length < 100) {
    const {holder, after} = open.shift();
    for (const one of mine) {
      if (one.i <= after || one.from !== holder || on.includes(one.i)) continue;
      on.push(one.i);
      open.push({holder: one.to, after: one.i});
    }
  }
  return [...back, index, ...on.sort((a, b) => a - b)];
}

// What would close a circle goes to a holder of its own: "back to ann's purse".
function graphOf(list) {
  const links = new Map();
  const reach = new Map();
  const reaches = (from, to) => from === to || [...(reach.get(from) || [])].some((next) => reaches(next, to));
  for (const {one, i} of list) {
    const from = one.from;
    let to = one.to;
    if (!links.has(from + '\n' + to) && reaches(to, from)) to = '↩' + to;
    const key = from + '\n' + to;
    const link = links.get(key) || {source: from, target: to, value: 0, of: []};
    link.value += one.minor;
    link.of.push(i);
    links.set(key, link);
    if (!reach.has(from)) reach.set(from, new Set());
    reach.get(from).add(to);
  }
  const nodes = [...new Set([...links.values()].flatMap((link) => [link.source, link.target]))].map((id) => ({id}));
  return {nodes, links: [...links.values()]};
}

// Purses by the dozen would be a fringe: the largest stand, the others stand together.
function gathered(list) {
  const sums = new Map();
  for (const {one} of list) sums.set(one.from, (sums.get(one.from) || 0) + one.minor);
  const givers = [...sums].filter(([from]) => !list.some(({one}) => one.to === from)).sort((a, b) => b[1] - a[1]);
  if (givers.length <= 9) return list;
  const rest = new Set(givers.slice(8).map(([from]) => from));
  return list.map(({one, i}) => ({i, one: rest.has(one.from) ? {...one, from: `+ ${rest.size}`} : one}));
}

const holderName = (id) => (id.startsWith('↩') ? `${say('returns')} ${told(id.slice(1))}` : told(id));

function Flow({lit}) {
  const list = gathered(passages.map((one, i) => ({one, i})).filter(({one, i}) => one.currency === currency.value && one.minor > 0 && (isShown(one) || lit.has(i))));
  const height = Math.max(140, 26 * new Set(list.map(({one}) => one.from)).size + 60);
  const graph = graphOf(list);
  const wide = room.value;
  const inset = wide < 520 ? 4 : 6;
  const laid = sankey().nodeId((node) => node.id).nodeWidth(10).nodePadding(16).extent([[inset, 18], [wide - inset - 10, height - 10]])(graph);
  const draw = sankeyLinkHorizontal();
  return html`<svg class="flow" width=${wide} height=${height} role="img" aria-labelledby="money" aria-describedby="money-list">
    ${laid.links.map((link) => {
      const on = link.of.some((i) => lit.has(i));
      return html`<path d=${draw(link)} stroke-width=${Math.max(link.width, 1.5)} class=${`passage ${on ? 'lit' : lit.size ? 'dim-out' : ''}`} onClick=${() => { money.value = link.of[0]; }}>
        <title>${holderName(link.source.id)} ${signs.on} ${holderName(link.target.id)}: ${amountText(link.value, currency.value)}</title></path>`;
    })}
    ${laid.nodes.map((node) => {
      const left = node.x0 > wide * 0.55;
      const text = holderName(node.id);
      const most = wide < 520 ? 14 : 34;
      return html`<g><rect x=${node.x0} y=${node.y0} width=${node.x1 - node.x0} height=${Math.max(node.y1 - node.y0, 2)} class="holder" />
        <text x=${left ? node.x0 - 5 : node.x1 + 5} y=${(node.y0 + node.y1) / 2 + 4} text-anchor=${left ? 'end' : 'start'} class="holder-name">${text.length > most ? text.slice(0, most - 1) + '…' : text}<title>${text}: ${amountText(node.value, currency.value)}</title></text></g>`;
    })}
  </svg>`;
}

function Passages({list, caption, lit}) {
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${caption}><table id="money-list">
    <caption>${caption}</caption>
    <thead><tr><th scope="col">${say('when')}</th><th scope="col">${say('from')}</th><th scope="col">${say('to')}</th><th scope="col">${say('amount')}</th><th scope="col">${say('of')}</th><th scope="col">${say('why')}</th></tr></thead>
    <tbody>${list.map((i) => {
      const one = passages[i];
      return html`<tr class=${lit.has(i) ? 'lit' : ''}>
        <td><button class="quiet" onClick=${() => { money.value = i; go(eventAt(one.at)); }}>${timeText(one.at)}</button></td>
        <td><bdi>${told(one.from)}</bdi></td><td><bdi>${told(one.to)}</bdi></td><td class="amount">${amountText(one.minor, one.currency)}</td><td><bdi>${nameOf(one.of)}</bdi></td><td><bdi>${told(one.why)}</bdi></td></tr>`;
    })}</tbody>
  </table></div>`;
}

export function Money() {
  const box = useRef(null);
  useEffect(() => {
    if (!box.current) return undefined;
    const observer = new ResizeObserver(() => { room.value = Math.max(box.current.clientWidth, 240); });
    observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  if (passages.length === 0) return null;
  const chosen = money.value >= 0 && money.value < passages.length ? money.value : -1;
  const path = chosen >= 0 ? pathOf(chosen) : [];
  const lit = new Set(path);
  const list = chosen >= 0 ? path : passages.map((one, i) => i).filter((i) => passages[i].currency === currency.value && isShown(passages[i])).slice(0, 200);
  return html`<section class="card wide" aria-labelledby="money">
    <h2 id="money">${say('money')}</h2>
    <p class="aside">${say('money_about')}</p>
    ${currencies.length > 1 && html`<label>${say('amount')} <select value=${currency.value} onChange=${(e) => { currency.value = e.target.value; }}>${currencies.map((one) => html`<option>${one}</option>`)}</select></label>`}
    ${someMoved && passages.some((one) => one.isEntry) && html`<p><label class="check"><input id="entries" type="checkbox" checked=${withEntries.value} onChange=${() => { withEntries.value = !withEntries.value; }} /> ${say('with_entries')}</label></p>`}
    <div ref=${box}><${Flow} lit=${lit} /></div>
    ${chosen >= 0 && html`<button onClick=${() => { money.value = -1; }}>${say('whole_flow')}</button>`}
    <${Passages} list=${list} lit=${lit} caption=${chosen >= 0 ? `${say('path')}: ${nameOf(passages[chosen].of)}` : say('whole_flow')} />
  </section>`;
}
