// The page: what it shows and in which order.

import {render} from 'preact';
import './page.css';
import {bands, picture, Timelines} from './timelines.js';
import {ButFor, Story} from './story.js';
import {Compare} from './compare.js';
import {Help, useKeys} from './keys.js';
import {html} from './html.js';
import {Hunt} from './hunt.js';
import {events, hunt, trial} from './data.js';
import {lang, theme} from './state.js';
import {Filters, List} from './list.js';
import {Beliefs, Live, Moment, Stepper} from './moment.js';
import {Money} from './money.js';
import {Played} from './played.js';
import {say} from './words.js';
import {signs} from './signs.js';
import {SpaceTime} from './space_time.js';
import {Verdict, Warnings} from './verdict.js';

function Settings() {
  return html`<div class="settings">
    <label>${say('language')} <select value=${lang.value} onChange=${(e) => { lang.value = e.target.value; }}><option value="en">English</option><option value="zh">${signs.chinese}</option></select></label>
    <label>${say('theme')} <select value=${theme.value} onChange=${(e) => { theme.value = e.target.value; }}>
      ${['auto', 'light', 'dark'].map((one) => html`<option value=${one}>${say('theme_' + one)}</option>`)}</select></label>
  </div>`;
}

function Top() {
  const places = [
    [hunt, 'hunt', 'hunt'], [trial, 'story', 'story'], [trial, 'space-time', 'space_time'], [bands.length, 'timelines', 'timelines'],
    [trial, 'moment', 'at_cursor'], [picture.passages.length, 'money', 'money'], [trial && trial.comparison, 'compare', 'compare'],
    [trial, 'events', 'events'], [trial, 'played', 'trial'],
  ];
  return html`<header class="top">
    <nav aria-label=${say('sections')}>${places.filter(([there]) => there).map(([, id, word]) => html`<button class="quiet" onClick=${() => {
      const heading = document.getElementById(id);
      heading.tabIndex = -1;
      heading.scrollIntoView();
      heading.focus({preventScroll: true});
    }}>${say(word)}</button>`)}</nav>
    <${Settings} />
  </header>`;
}

function Trial() {
  useKeys();
  if (events.n === 0) return html`<${Verdict} /><${Story} /><${Played} />`;
  return html`
    <${Verdict} />
    <div class="pair"><${Story} /><${ButFor} /></div>
    <${Stepper} /><${Live} />
    <${SpaceTime} />
    <div class="card wide slim"><${Filters} /></div>
    <${Timelines} />
    <div class="pair wider"><${Moment} /><${Beliefs} /></div>
    <${Money} />
    <${Compare} />
    <${List} />
    <${Played} />
    <${Help} />`;
}

function Page() {
  return html`<${Top} /><main><${Warnings} />${hunt && html`<${Hunt} />`}${trial && html`<${Trial} />`}</main>`;
}

render(html`<${Page} />`, document.getElementById('page'));
