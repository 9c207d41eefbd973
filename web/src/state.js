// What a reader has chosen, as signals. All of it stands in the URL's fragment, so that an address shows the same again.

import {computed, effect, signal} from '@preact/signals';
import {events, groupOf, groups, hunt, isPast, kinds, lanes, moreOf, page, rootOf, strings, things, translations, trial} from './data.js';

const asked = new URLSearchParams(location.hash.slice(1));
const number = (key, otherwise) => {
  const value = Number(asked.get(key) ?? NaN);
  return Number.isInteger(value) ? value : otherwise;
};

const breach = trial ? trial.breach : null;
const first = Math.min(Math.max(number('event', breach ?? 0), 0), Math.max(events.n - 1, 0));

export const lang = signal(asked.get('lang') === 'zh' || asked.get('lang') === 'en' ? asked.get('lang') : page.lang);
export const theme = signal(['light', 'dark'].includes(asked.get('theme')) ? asked.get('theme') : 'auto');
export const cursor = signal(first);
export const follow = signal(asked.get('follow') || '');
export const query = signal(asked.get('q') || '');
export const axis = signal(asked.get('axis') === 'time' ? 'time' : 'order');
export const pastOnly = signal(asked.get('past') === '1');
export const money = signal(number('money', -1));
export const helpOpen = signal(false);

// Lanes on which nothing of the breach's past happened are hidden at first.
const usual = lanes.map((lane, i) => (breach !== null && !lane.past ? i : -1)).filter((i) => i >= 0);
const some = usual.length < lanes.length ? usual : [];
const listed = (text) => text.split(',').filter((n) => n !== '').map(Number);
export const hidden = signal(new Set(asked.has('hide') ? listed(asked.get('hide')) : some));

const usualGroups = breach === null ? ['steps', 'messages', 'faults', 'hosts'] : ['steps', 'messages', 'commits', 'faults', 'hosts'];
export const shownGroups = signal(new Set(asked.has('show') ? asked.get('show').split(',') : usualGroups));

// --- which events are there for the eye ---

// For each text of the page: is it one that the word is in?
function holders(word) {
  const out = new Uint8Array(strings.length);
  for (let i = 0; i < strings.length; i++) {
    const text = strings[i].toLowerCase();
    if (text.includes(word) || translations.get(strings[i])?.includes(word) || (things.has(strings[i]) && things.get(strings[i]).name.toLowerCase().includes(word))) out[i] = 1;
  }
  // A name that people use stands for its ids.
  for (const [id, thing] of things) {
    if (!thing.name.toLowerCase().includes(word)) continue;
    for (let i = 0; i < strings.length; i++) if (strings[i].includes(id)) out[i] = 1;
  }
  return out;
}

function matcher(text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 8);
  if (words.length === 0) return null;
  const tests = words.map((word) => {
    const inText = holders(word);
    const inLane = lanes.map((lane) => lane.name.toLowerCase().includes(word) || (things.get(lane.name)?.name ?? '').toLowerCase().includes(word));
    const inKind = kinds.map((kind) => kind.includes(word));
    return (i) => inText[events.text[i]] || inText[events.more[i]] || inText[events.root[i]] || inKind[events.kind[i]] || (events.lane[i] >= 0 && inLane[events.lane[i]]);
  });
  return (i) => tests.every((test) => test(i));
}

// All ids that are somebody's, somebody's own included.
function belongings(id) {
  const out = new Set([id]);
  for (const [thing] of things) {
    for (let of = thing, steps = 0; of && steps < 8; of = things.get(of)?.of, steps++) if (of === id) out.add(thing);
  }
  return out;
}

function follower(id) {
  if (!id) return null;
  const ids = [...belongings(id)];
  const test = strings.map((text) => ids.some((one) => text.includes(one)));
  return (i) => test[events.text[i]] || test[events.more[i]] || test[events.root[i]];
}

// Numbers of the events that pass every filter, ascending. Of a message both ends pass or none, so that arrows are whole.
export const visible = computed(() => {
  const word = matcher(query.value);
  const mine = follower(follow.value);
  const shown = groups.map((group) => shownGroups.value.has(group));
  const gone = hidden.value;
  const out = [];
  for (let i = 0; i < events.n; i++) {
    if (!shown[groupOf(i)]) continue;
    if (events.lane[i] >= 0 && gone.has(events.lane[i])) continue;
    if (pastOnly.value && !isPast(i)) continue;
    if (mine && !mine(i)) continue;
    if (word && !word(i)) continue;
    out.push(i);
  }
  return Int32Array.from(out);
});

// The place of an event among the visible: how many of them come before it.
export function placeOf(event, list = visible.value) {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (list[mid] < event) low = mid + 1;
    else high = mid;
  }
  return low;
}

// --- the axis that all pictures share ---

// What part of the axis is seen, in places (or, by time, in nanoseconds).
export const range = signal(null);

export const whole = computed(() => {
  const list = visible.value;
  if (axis.value === 'time') {
    const from = list.length ? events.at[list[0]] : 0;
    const to = list.length ? events.at[list[list.length - 1]] : 1;
    const room = Math.max((to - from) * 0.03, 1000);
    return [from - room, to + room];
  }
  return [-1.5, Math.max(list.length, 1) + 0.5];
});

// Begins around the past of the breach.
export const window_ = computed(() => {
  const [from, to] = whole.value;
  if (range.value) {
    const [a, b] = range.value;
    return [Math.max(Math.min(a, to), from), Math.min(Math.max(b, from), to)];
  }
  if (breach === null) return axis.value === 'time' ? [from, to] : [from, Math.min(to, 60)];
  let begin = -1;
  for (let i = 0; i <= breach && begin < 0; i++) if (isPast(i)) begin = i;
  if (axis.value === 'time') {
    const span = Math.max(events.at[breach] - events.at[begin], 1e6);
    return [Math.max(from, events.at[begin] - span * 0.08), Math.min(to, events.at[breach] + span * 0.25)];
  }
  const list = visible.value;
  const end = placeOf(breach, list);
  const start = Math.max(placeOf(begin, list), end - (innerWidth < 600 ? 20 : 70));
  return [Math.max(from, start - 2), Math.min(to, Math.max(end + (innerWidth < 600 ? 3 : 14), start + 24))];
});

export const positionOf = (event) => (axis.value === 'time' ? events.at[event] : placeOf(event));

// --- moving ---

export function step(by) {
  const list = visible.value;
  if (list.length === 0) return;
  const here = placeOf(cursor.value, list);
  const on = list[here] === cursor.value;
  const next = by > 0 ? here + by - (on ? 0 : 1) : here + by;
  go(list[Math.min(Math.max(next, 0), list.length - 1)]);
}

export function go(event) {
  if (!(event >= 0 && event < events.n)) return;
  cursor.value = event;
  const [a, b] = window_.value;
  const at = positionOf(event);
  if (at >= a && at <= b) return;
  const half = (b - a) / 2;
  range.value = [at - half, at + half];
}

export function goToNext(wanted, forward) {
  const list = visible.value;
  const start = placeOf(cursor.value, list);
  if (forward) {
    for (let i = start; i < list.length; i++) if (list[i] > cursor.value && wanted(list[i])) return go(list[i]);
  } else {
    for (let i = start - 1; i >= 0; i--) if (wanted(list[i])) return go(list[i]);
  }
}

export function toggled(set, value) {
  const next = new Set(set);
  if (!next.delete(value)) next.add(value);
  return next;
}

// --- the fragment ---

const same = (a, b) => a.length === b.length && a.every((one) => b.includes(one));
let began = false;
effect(() => {
  const out = new URLSearchParams();
  if (cursor.value !== (breach ?? 0)) out.set('event', cursor.value);
  if (follow.value) out.set('follow', follow.value);
  if (query.value) out.set('q', query.value);
  if (axis.value !== 'order') out.set('axis', axis.value);
  if (pastOnly.value) out.set('past', '1');
  if (money.value >= 0) out.set('money', money.value);
  const gone = [...hidden.value].sort((a, b) => a - b);
  if (!same(gone, some)) out.set('hide', gone.join(','));
  const show = groups.filter((group) => shownGroups.value.has(group));
  if (!same(show, usualGroups)) out.set('show', show.join(','));
  if (lang.value !== page.lang) out.set('lang', lang.value);
  if (theme.value !== 'auto') out.set('theme', theme.value);
  const text = out.toString();
  if (began) history.replaceState(null, '', '#' + text);
  began = true;
});

effect(() => {
  document.documentElement.lang = lang.value === 'zh' ? 'zh-Hans' : 'en';
  if (theme.value === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme.value;
});

export const hasHunt = hunt !== null;
