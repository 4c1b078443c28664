import * as api from './api.js';
import * as state from './state.js';
import { byId, count, make, problems } from './dom.js';
import { Filters } from './filters.js';
import { Grid } from './grid.js';
import { bindKeys } from './keys.js';
import { Single } from './single.js';

const app = { isSingle: false };
const needsIndex = () => state.filterNames.some(name => name !== 'text' && state.get(name)) ||
  state.all('category').length > 0;

async function start() {
  const about = await api.about();
  const names = about.datasets.map(dataset => dataset.name);
  byId('title').textContent = about.datasets.map(dataset => dataset.shortName).join('  ↔  ');
  byId('title').title = names.join('\n');
  document.title = `${byId('title').textContent} - segpipe view`;
  app.about = about;
  app.grid = new Grid(0);
  app.filters = new Filters(about);
  app.single = new Single(about);
  bindKeys(app);
  tellDefects(about);
  state.onChange(changed);
  await changed();
  await follow(about);
}

async function changed() {
  const asked = state.query().toString();
  const isSingle = state.get('key') !== '';
  const returns = app.isSingle && !isSingle;
  app.isSingle = isSingle;
  document.body.classList.toggle('is-single', isSingle);
  byId('grid').hidden = isSingle;
  byId('single').hidden = !isSingle;
  app.filters.fill();
  if (app.asked !== asked) {
    app.asked = asked;
    byId('grid').scrollTop = 0;
    await app.grid.load();
  }
  if (isSingle) {
    await app.single.show();
  } else {
    app.single.hide();
    app.grid.draw();
    if (returns) app.grid.focus(Math.max(0, app.single.place?.place ?? 0));
  }
}

// Follows the index until it is complete; lists that depend on it grow with it.
async function follow(first) {
  let about = first;
  const bar = byId('progress');
  while (about.indexed < about.entries) {
    bar.hidden = false;
    bar.max = about.entries;
    bar.value = about.indexed;
    bar.title = `${about.indexed.toLocaleString('en')} of ${count(about.entries, 'sample')} are known to the filters`;
    await new Promise(done => setTimeout(done, 500));
    about = await api.about();
    app.filters.show(about);
    if (about.fault) break;
    if (!app.isSingle && needsIndex()) await app.grid.refresh();
  }
  bar.hidden = true;
  Object.assign(app.about, about);
  app.filters.show(about);
  if (!app.isSingle) await app.grid.refresh();
  if (about.fault) byId('notices').append(problems([
    `The index ended after ${about.indexed.toLocaleString('en')} of ${count(about.entries, 'sample')}: ${about.fault} ` +
    'Filters know only those before; this is a fault of segpipe, please report it.',
  ]));
  document.body.dataset.indexed = 'true';
}

function tellDefects(about) {
  for (const dataset of about.datasets) {
    if (dataset.note) byId('notices').append(make('p', { class: 'hint' }, dataset.note));
    if (dataset.defects === 0) continue;
    byId('notices').append(make('details', {},
      make('summary', {}, `${dataset.shortName}: ${count(dataset.defects, 'problem')} beyond any one sample`),
      problems(dataset.firstDefects)));
  }
}

const tell = error => byId('notices').replaceChildren(problems(error.problems ?? [String(error)]));

addEventListener('unhandledrejection', event => tell(event.reason));
start().catch(tell);
