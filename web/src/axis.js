// The axis that the pictures share: from places or times to pixels, zooming and panning.

import {scaleLinear} from 'd3-scale';
import {select} from 'd3-selection';
import {zoom, zoomIdentity} from 'd3-zoom';
import {signal} from '@preact/signals';
import {useEffect, useLayoutEffect, useRef} from 'preact/hooks';
import {axis, range, visible, whole, window_} from './state.js';
import {eventAt, events, isTold, kindOf, shortTime, timeText} from './data.js';

// How wide the pictures are, without their lane names.
export const width = signal(900);
export const gutter = signal(150);

export function scale() {
  return scaleLinear().domain(window_.value).range([0, width.value]);
}

// Of the visible events of one moment, the last of which is in `place`: the one that is seen to change things. A step does,
// else a commit; what they send in the same moment follows from it.
function changing(place, ns) {
  const list = visible.value;
  let step = -1;
  let commit = -1;
  for (let i = place; i >= 0 && events.at[list[i]] === ns; i--) {
    if (isTold(list[i])) step = i;
    else if (kindOf(list[i]) === 'committed') commit = i;
  }
  return step >= 0 ? step : commit >= 0 ? commit : place;
}

// Where a change stands: by time as it is; by order at the event that makes it, or, if none of its moment is visible,
// between those around it.
export function positionOfTime(ns) {
  if (axis.value === 'time') return ns;
  const list = visible.value;
  const last = eventAt(ns);
  let low = 0;
  let high = list.length;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (list[mid] <= last) low = mid + 1;
    else high = mid;
  }
  return low > 0 && events.at[list[low - 1]] === ns ? changing(low - 1, ns) : low - 0.5;
}

export function look(by) {
  const [a, b] = window_.value;
  const shift = (b - a) * by;
  range.value = [a + shift, b + shift];
}

export function nearer(factor) {
  const [a, b] = window_.value;
  const middle = (a + b) / 2;
  const least = axis.value === 'time' ? 2000 : 4;
  const half = Math.max(((b - a) / 2) * factor, least / 2);
  range.value = [middle - half, middle + half];
}

// The wheel zooms with Ctrl held, so that a page scrolls as pages do.
export function useZoom(ref) {
  useEffect(() => {
    if (!ref.current) return undefined;
    let start = null;
    let quiet = false;
    const target = select(ref.current);
    const behaviour = zoom()
      .scaleExtent([1e-6, 1e9])
      .filter((event) => (event.type === 'wheel' ? event.ctrlKey : !event.button))
      .on('start', () => { start = quiet ? null : window_.value; })
      .on('zoom', ({transform}) => {
        if (!start || quiet) return;
        const [a, b] = start;
        const [from, to] = whole.value;
        const perPixel = (b - a) / width.value;
        const left = a - (transform.x / transform.k) * perPixel;
        const span = Math.min((b - a) / transform.k, to - from);
        range.value = [left, left + span];
      })
      .on('end', () => {
        start = null;
        quiet = true;
        target.call(behaviour.transform, zoomIdentity);
        quiet = false;
      });
    target.call(behaviour).on('dblclick.zoom', null);
    return () => target.on('.zoom', null);
  }, []);
}

// Keeps `width` at what there is, from before the first picture is seen.
export function useWidth(ref) {
  const observer = useRef(null);
  useLayoutEffect(() => {
    if (!ref.current) return undefined;
    const measure = () => {
      const all = ref.current.clientWidth;
      gutter.value = all < 560 ? 84 : all < 900 ? 130 : 170;
      width.value = Math.max(all - gutter.value - 8, 160);
    };
    measure();
    observer.current = new ResizeObserver(measure);
    observer.current.observe(ref.current);
    return () => observer.current.disconnect();
  }, []);
}

// Ticks: places get the times of their events, so that both axes are read in time.
export function ticks() {
  let free = -Infinity;  // to the right of what is written
  return allTicks().map((tick) => ({...tick, anchor: tick.at > width.value - 50 ? 'end' : tick.at < 45 ? 'start' : 'middle'})).filter(({at, anchor}) => {
    const left = anchor === 'end' ? at - 90 : anchor === 'start' ? at : at - 45;
    if (left < free) return false;
    free = left + 94;
    return true;
  });
}

function allTicks() {
  const x = scale();
  const [a, b] = window_.value;
  const room = width.value < 420 ? 2 : 6;
  if (axis.value === 'time') {
    const fine = b - a < 2e9;
    return x.ticks(room).filter((at) => at >= 0).map((at) => ({at: x(at), text: fine ? timeText(at).slice(4) : shortTime(at)}));
  }
  const list = visible.value;
  const out = [];
  let last = '';
  for (const place of x.ticks(room)) {
    if (!Number.isInteger(place) || place < 0 || place >= list.length) continue;
    const text = timeText(events.at[list[place]]).slice(1, 13);
    if (text === last) continue;
    last = text;
    out.push({at: x(place), text});
  }
  return out;
}
