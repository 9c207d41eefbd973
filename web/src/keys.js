// The keyboard: every way of looking has a key. None of them works while somebody writes.

import {useEffect, useRef} from 'preact/hooks';
import {look, nearer} from './axis.js';
import {events, kindOf, trial} from './data.js';
import {html} from './html.js';
import {cursor, go, goToNext, helpOpen, range, step, visible} from './state.js';
import {say} from './words.js';

const isFault = (event) => kindOf(event) === 'fault';
const onThisLane = (event) => events.lane[event] === events.lane[cursor.value];

const actions = {
  ArrowLeft: () => step(-1),
  ArrowRight: () => step(1),
  ArrowUp: () => goToNext(onThisLane, false),
  ArrowDown: () => goToNext(onThisLane, true),
  Home: () => go(visible.value[0]),
  End: () => go(visible.value[visible.value.length - 1]),
  '[': () => goToNext(isFault, false),
  ']': () => goToNext(isFault, true),
  v: () => trial.breach !== null && go(trial.breach),
  o: () => go(events.other[cursor.value]),
  '+': () => nearer(0.6),
  '=': () => nearer(0.6),
  '-': () => nearer(1.7),
  0: () => { range.value = [-1e18, 1e18]; },
  a: () => look(-0.4),
  d: () => look(0.4),
  '/': () => document.getElementById('search')?.focus(),
  '?': () => { helpOpen.value = true; },
};

// Up and down scroll what scrolls; only where nothing else wants them do they move along a lane.
const isWriting = (target) => /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName);
const scrolls = (target) => target.closest('.scroll, .list') !== null;

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Escape') {
    if (isWriting(event.target)) event.target.blur();
    return;
  }
  if (isWriting(event.target) || helpOpen.value || !Object.hasOwn(actions, event.key)) return;
  if (/^Arrow(Up|Down)$/.test(event.key) && (!event.target.closest('.stepper, svg') || scrolls(event.target))) return;
  if (/^(Home|End)$/.test(event.key) && scrolls(event.target)) return;
  event.preventDefault();
  actions[event.key]();
}

export function useKeys() {
  useEffect(() => {
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, []);
}

const table = [
  ['← →', 'key_arrows'], ['↑ ↓', 'key_lane'], ['Home End', 'key_home'], ['[ ]', 'key_faults'], ['v', 'key_breach'], ['o', 'key_other'],
  ['+ − 0', 'key_zoom'], ['a d', 'key_pan'], ['/', 'key_search'], ['?', 'key_help'],
];

export function Help() {
  const dialog = useRef(null);
  useEffect(() => {
    if (helpOpen.value && dialog.current && !dialog.current.open) dialog.current.showModal();
  }, [helpOpen.value]);
  if (!helpOpen.value) return null;
  return html`<dialog ref=${dialog} aria-labelledby="keys-title" onClose=${() => { helpOpen.value = false; }}>
    <h2 id="keys-title">${say('keys')}</h2>
    <dl class="facts keys">${table.map(([key, words]) => html`<dt><kbd>${key}</kbd></dt><dd>${say(words)}</dd>`)}</dl>
    <form method="dialog"><button>${say('close')}</button></form>
  </dialog>`;
}
