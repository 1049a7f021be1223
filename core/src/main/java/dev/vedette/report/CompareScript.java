package dev.vedette.report;

/**
 * What the page of a comparison does: marks curves, and shows what two models place differently.
 * What comes from data is only ever set as text.
 */
final class CompareScript {
  private CompareScript() {}

  static final String JS =
      """
      (() => {
        'use strict';
        const SVG = 'http://www.w3.org/2000/svg';
        const by = id => document.getElementById(id);
        const many = n => n.toLocaleString('en');
        const make = (tag, kind, ...inside) => {
          const element = document.createElement(tag);
          if (kind) element.className = kind;
          element.append(...inside);
          return element;
        };
        const draw = (tag, attributes) => {
          const element = document.createElementNS(SVG, tag);
          for (const name in attributes) element.setAttribute(name, attributes[name]);
          return element;
        };

        /* Up to five curves are marked; one more takes the place of the oldest. */
        const marked = [null, null, null, null, null];
        const order = [];
        const buttons = document.querySelectorAll('.picks button');
        const look = (button, mark) => {
          for (const line of [by('roc' + button.dataset.model), button.querySelector('line')]) {
            line.setAttribute('class', 'curve ' + (mark < 0 ? 'plain' : 'm' + mark));
          }
          button.setAttribute('aria-pressed', mark >= 0);
          if (mark >= 0) by('roc' + button.dataset.model).parentNode.parentNode
            .append(by('roc' + button.dataset.model).parentNode);
        };
        const unmark = button => {
          marked[marked.indexOf(button)] = null;
          order.splice(order.indexOf(button), 1);
          look(button, -1);
        };
        const mark = button => {
          if (!marked.includes(null)) unmark(order[0]);
          const free = marked.indexOf(null);
          marked[free] = button;
          order.push(button);
          look(button, free);
        };
        for (const button of buttons) {
          if (button.getAttribute('aria-pressed') === 'true') mark(button);
          button.addEventListener('click', () => marked.includes(button) ? unmark(button) : mark(button));
        }
        const show = () => {
          const target = location.hash && document.querySelector(location.hash);
          if (target && target.tagName === 'DETAILS') target.open = true;
        };
        addEventListener('hashchange', show);
        show();

        if (!by('data')) return;
        const data = JSON.parse(by('data').textContent);
        const of = (square, a, b) => square[Math.max(a, b)][Math.min(a, b)];
        const name = m => make('bdi', '', data.models[m].name);
        const higher = place => 100 * (1 - (place - 1) / data.rows);

        const dots = (a, b, kind) => {
          const svg = by('dots');
          svg.replaceChildren(draw('rect', {class: 'frame', width: 100, height: 100}));
          const cut = m => 100 * (1 - data.models[m].flagged / data.rows);
          if (data.models[a].flagged) svg.append(draw('line',
            {class: 'cut', x1: cut(a), x2: cut(a), y1: 0, y2: 100}));
          if (data.models[b].flagged) svg.append(draw('line',
            {class: 'cut', y1: 100 - cut(b), y2: 100 - cut(b), x1: 0, x2: 100}));
          let shown = 0;
          for (const dot of data.dots) {
            if (kind !== '' && dot[0] !== +kind) continue;
            shown++;
            svg.append(draw('circle', {class: dot[0] ? 'a' : 'n', r: dot[0] ? 1 : .8,
              cx: dot[1 + a] / 10, cy: 100 - dot[1 + b] / 10}));
          }
          svg.setAttribute('aria-label', 'The places of ' + many(shown) + ' rows with both models');
          by('across').replaceChildren(name(a), ': more anomalous →');
          by('up').replaceChildren('↑ ', name(b), ': more anomalous');
          by('sampled').textContent = 'Rings are labelled anomalies, dots normal rows: ' + many(shown)
            + ' rows evenly through the file. On the diagonal both agree; what lies right of or above'
            + ' a dashed line is flagged.';
        };

        const overlap = (a, b) => {
          const table = make('table', 'votes');
          const head = make('tr', '', make('td'), make('th', 'num', 'Anomalies'), make('th', 'num', 'Normal rows'));
          for (const cell of head.querySelectorAll('th')) cell.scope = 'col';
          const counts = [0, 1].map(k => {
            const both = of(data.both[k], a, b);
            const first = of(data.both[k], a, a);
            const second = of(data.both[k], b, b);
            return [both, first - both, second - both, data.labels[k] - first - second + both];
          });
          const body = make('tbody');
          [['both flag'], ['only ', name(a), ' flags'], ['only ', name(b), ' flags'], ['neither flags']]
            .forEach((words, i) => {
              const who = make('th', '', ...words);
              who.scope = 'row';
              body.append(make('tr', '', who, make('td', 'num', many(counts[0][i])),
                make('td', 'num', many(counts[1][i]))));
            });
          table.append(make('thead', '', head), body);
          by('overlap').replaceChildren(table);
          by('alike').textContent = 'How alike they order the rows: ' + of(data.alike, a, b)
            + ' of 100.';
        };

        const where = (m, place) => {
          const bar = draw('svg', {class: 'bar', 'aria-hidden': 'true'});
          bar.append(draw('rect', {class: 'track', width: '100%', height: 8, rx: 4}),
            draw('rect', {class: place <= data.models[m].flagged ? 'fill' : 'part',
              width: higher(place).toFixed(1) + '%', height: 8, rx: 4}));
          return make('div', 'where', name(m), bar, make('span', '', 'place ' + many(place)));
        };

        const list = (id, a, b, kind) => {
          const gap = item => item[3][b] - item[3][a];
          const top = label => data.items.filter(item => item[1] === label && gap(item) > 0)
            .sort((x, y) => gap(y) - gap(x) || x[0] - y[0]).slice(0, data.most);
          const items = [1, 0].filter(label => kind === '' || label === +kind).flatMap(top);
          by(id).replaceChildren(...items.map(([row, label, alike, places, rare]) => {
            const head = make('div', 'head', make('b', '', 'Row ' + many(row)),
              make('span', label ? 'badge on' : 'badge', label ? 'labelled anomaly' : 'labelled normal'));
            if (alike > 1) head.append(make('span', 'soft small', 'and ' + many(alike - 1)
              + (alike === 2 ? ' row' : ' rows') + ' like it'));
            const line = make('p', 'rare', 'rarest values: ');
            for (let i = 0; i < rare.length; i += 2) {
              line.append(i ? ', ' : '', make('bdi', '', data.columns[rare[i]]), ' ',
                make('b', '', make('bdi', '', rare[i + 1] || '(empty)')));
            }
            return make('li', '', head, where(a, places[a]), where(b, places[b]), line);
          }));
          if (!items.length) by(id).append(make('li', 'soft', 'No such row.'));
        };

        const update = () => {
          const a = +by('first').value;
          const b = +by('second').value;
          const kind = by('kind').value;
          by('over').replaceChildren(name(a), ' finds these more anomalous');
          by('under').replaceChildren(name(b), ' finds these more anomalous');
          dots(a, b, kind);
          overlap(a, b);
          list('overs', a, b, kind);
          list('unders', b, a, kind);
        };
        for (const id of ['first', 'second', 'kind']) by(id).addEventListener('change', update);
        update();
      })();
      """;
}
