// The data of the page, unpacked once: columns of events as typed arrays, texts by number, names for ids. Nothing here
// knows what a trial was about.

const island = JSON.parse(document.getElementById('data').textContent);

export const page = island;
export const trial = island.trial || null;
export const hunt = island.hunt || null;

export const strings = trial ? trial.strings : [];
// By the text as it stands in the data.
export const translations = new Map(Object.entries((trial && trial.translations) || {}));
for (const [number, text] of (trial && trial.translated) || []) translations.set(strings[number], text);

function steps(column) {
  const out = new Float64Array(column.length);
  let at = 0;
  for (let i = 0; i < column.length; i++) out[i] = at += column[i];
  return out;
}

function unpack(packed) {
  const n = packed.n;
  const other = new Int32Array(n).fill(-1);
  for (let i = 0; i < n; i++) if (packed.other[i] !== 0) other[i] = i + packed.other[i];
  return {
    n,
    at: steps(packed.at),
    lane: Int32Array.from(packed.lane),
    kind: Uint8Array.from(packed.kind),
    text: Int32Array.from(packed.text),
    more: Int32Array.from(packed.more),
    root: Int32Array.from(packed.root),
    fate: Uint8Array.from(packed.fate),
    flags: Uint8Array.from(packed.flags),
    other,
  };
}

export const events = trial ? unpack(trial.events) : {n: 0, at: [], lane: [], kind: [], text: [], more: [], root: [], fate: [], flags: [], other: []};
export const kinds = trial ? trial.kinds : [];
export const lanes = trial ? trial.lanes.map(([name, host, past]) => ({name, host, past: past === 1})) : [];

export const kindOf = (i) => kinds[events.kind[i]];
export const isPast = (i) => (events.flags[i] & 1) !== 0;
export const isTold = (i) => (events.flags[i] & 2) !== 0;

// What became of a message; the order is that of the columns.
export const fates = ['', 'arrived', 'lost', 'damaged', 'nobody_there', 'twice', 'late', 'on_its_way'];

// --- names ---

export const things = new Map();
if (trial) {
  for (const [id, name, of] of trial.things) things.set(strings[id], {name: strings[name], of: strings[of]});
}
// A thing may be named by several ids: "ord-7 sku-1".
export const nameOf = (id) => (things.has(id) ? things.get(id).name : named(id));
export function ownerOf(id) {
  const first = id.split(' ')[0];
  const thing = things.get(first);
  return thing && thing.of ? ownerOf(thing.of) : first;
}

const word = /[A-Za-z0-9_-]+/g;
export function named(text) {
  return text.replace(word, (id) => (things.has(id) ? things.get(id).name : id));
}
export const textOf = (i) => strings[events.text[i]];
export const moreOf = (i) => strings[events.more[i]];
export const rootOf = (i) => strings[events.root[i]];
export const laneName = (i) => (i < 0 ? '' : named(lanes[i].name));

// --- groups of kinds, as people choose among them ---

const groupOfKind = {
  message_sent: 'messages', message_delivered: 'messages', message_lost: 'messages', rpc_timed_out: 'messages',
  committed: 'commits', rolled_back: 'commits',
  fault: 'faults', disk_crash: 'faults',
  host_up: 'hosts', host_down: 'hosts', host_frozen: 'hosts', host_thawed: 'hosts', clock_set: 'hosts',
};
export const groups = ['steps', 'messages', 'commits', 'faults', 'hosts', 'details'];
const groupNumber = kinds.map((kind) => groups.indexOf(groupOfKind[kind] || 'details'));
export function groupOf(i) {
  if (kinds[events.kind[i]] === 'fault') return groups.indexOf('faults');
  return isTold(i) ? 0 : groupNumber[events.kind[i]];
}

// --- times ---

const pad = (n, width) => String(n).padStart(width, '0');
// "+00:15:03.250147": hours, minutes, seconds, microseconds.
export function timeText(ns) {
  const us = Math.floor(ns / 1000);
  const s = Math.floor(us / 1e6);
  return `+${pad(Math.floor(s / 3600), 2)}:${pad(Math.floor(s / 60) % 60, 2)}:${pad(s % 60, 2)}.${pad(us % 1e6, 6)}`;
}
export const shortTime = (ns) => timeText(ns).slice(1, 9);

// The last event at or before a time; -1 when there is none.
export function eventAt(ns) {
  let low = 0;
  let high = events.n;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (events.at[mid] <= ns) low = mid + 1;
    else high = mid;
  }
  return low - 1;
}

// --- amounts ---

export function amountText(minor, unit) {
  if (!/^[A-Z]{3}$/.test(unit)) return `${minor} ${unit}`.trim();
  const sign = minor < 0 ? '-' : '';
  const all = Math.abs(minor);
  return `${sign}${Math.floor(all / 100)}.${pad(all % 100, 2)} ${unit}`;
}

// The event that a line of the story tells of: at its moment, told, and the first that was not taken.
function eventsOfStory() {
  if (!trial) return [];
  const taken = new Set();
  return trial.story.map(([at, sign]) => {
    if (sign === '✗') return trial.breach === null ? -1 : trial.breach;
    let found = -1;
    for (let i = eventAt(at); i >= 0 && events.at[i] === at; i--) {
      const fits = isTold(i) && !taken.has(i) && (sign === '⚡') === (kindOf(i) === 'fault');
      if (fits) found = i;
    }
    if (found >= 0) taken.add(found);
    return found >= 0 ? found : eventAt(at);
  });
}
export const storyEvents = eventsOfStory();
export const stepOfEvent = new Map(storyEvents.map((event, i) => [event, i]));
