// The card at the top: what was broken, in one sentence, and the line that plays it again.

import {signal} from '@preact/signals';
import {named, page, trial} from './data.js';
import {html} from './html.js';
import {say, told} from './words.js';

const copied = signal('');

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
  copied.value = text;
}

// A line for a shell, and a button that copies it.
export function Line({text}) {
  return html`<div class="line">
    <code tabindex="0">${text}</code>
    <button class="copy" onClick=${() => copy(text)}>${copied.value === text ? say('copied') : say('copy')}</button>
  </div>`;
}

const sign = (verdict) => (verdict === 'pass' ? '✓' : verdict === 'inconclusive' ? '?' : '✗');

export function Evidence({finding}) {
  return html`<dl class="facts">
    ${finding.evidence.map(([key, value]) => html`<dt><bdi>${named(key)}</bdi></dt><dd><bdi>${named(value)}</bdi></dd>`)}
  </dl>`;
}

// Of each flaw that is planted: what its code does, and where it stands.
export function CodeDid() {
  return trial.planted.map(([id, what, file]) => html`<p class="planted"><strong>${say('code_did')} (${id}):</strong> <bdi>${told(what)}</bdi> ${file && html`<code>${file}</code>`}</p>`);
}

export function Verdict() {
  const {finding, verdict} = trial;
  return html`<section class=${'card verdict ' + (verdict === 'pass' ? 'good' : 'bad')} aria-labelledby="verdict">
    <p class="kicker"><span class="sign" aria-hidden="true">${sign(verdict)}</span> ${say('verdict_' + verdict)}</p>
    <h1 id="verdict"><bdi>${finding ? finding.invariant : trial.scenario}</bdi></h1>
    ${finding && html`<p class="sentence"><bdi>${told(trial.sentence)}</bdi></p>`}
    ${trial.promise && html`<p class="promise"><strong>${say('promise')}:</strong> <bdi>${told(trial.promise)}</bdi></p>`}
    <p class="setting">
      <span><bdi>${trial.scenario}</bdi></span>
      <span>${say('seed')} ${trial.seed}</span>
      <span>${say('struck_n', trial.faults.effective)}</span>
      <span>${say('events_n', trial.trace_events)}</span>
      ${trial.planted.map(([id, what]) => html`<span title=${told(what)}>${say('planted')} ${id}</span>`)}
    </p>
    <${CodeDid} />
    <p class="again-title" id="again">${say('play_again')}</p>
    <${Line} text=${trial.replay} />
    ${finding && html`<details><summary>${say('evidence')}</summary><${Evidence} finding=${finding} /></details>`}
    ${trial.others.length > 0 && html`<details><summary>${say('also_broken')} (${trial.others.length})</summary>
      ${trial.others.map((other) => html`<p><strong><bdi>${other.invariant}</bdi></strong> <bdi>${named(other.message)}</bdi></p>`)}
    </details>`}
  </section>`;
}

export function Warnings() {
  return page.warnings.map((text) => html`<p class="warning" role="note"><strong>${say('note')}:</strong> <bdi>${text}</bdi></p>`);
}
