package dev.vedette.report;

/**
 * What the page of series does: it looks closer. It draws the points of the shown span the way
 * {@link Outline} does, and only numbers and words of its own enter the page.
 */
final class SeriesScript {
  private SeriesScript() {}

  static final String JS =
      """
      (() => {
        'use strict';
        const SVG = 'http://www.w3.org/2000/svg';
        const COLUMNS = 1000, HEIGHT = 260, PANEL = 90, DAY = 864e5;
        const STEPS = [1, 5, 10, 50, 100, 500, 1e3, 5e3, 15e3, 3e4, 6e4, 3e5, 9e5, 18e5, 36e5, 108e5, 216e5, 432e5,
          DAY, 2 * DAY, 7 * DAY, 14 * DAY, 30 * DAY, 91 * DAY, 182 * DAY, 365 * DAY, 730 * DAY, 1826 * DAY, 3652 * DAY];
        const make = (tag, attributes, text) => {
          const element = document.createElementNS(SVG, tag);
          for (const name in attributes) element.setAttribute(name, attributes[name]);
          if (text !== undefined) element.textContent = text;
          return element;
        };
        const pad = n => String(n).padStart(2, '0');
        const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
        const clock = (time, seconds) => {
          const d = new Date(time);
          return pad(d.getUTCHours()) + ':' + pad(d.getUTCMinutes()) + (seconds ? ':' + pad(d.getUTCSeconds()) : '');
        };
        const moment = time => {
          const d = new Date(time);
          return d.getUTCFullYear() + '-' + pad(d.getUTCMonth() + 1) + '-' + pad(d.getUTCDate()) + ' '
            + clock(time, time % 6e4 !== 0);
        };
        const tick = (time, step) => {
          const d = new Date(time);
          if (step >= 365 * DAY) return String(d.getUTCFullYear());
          if (step >= 30 * DAY) return MONTHS[d.getUTCMonth()] + ' ' + d.getUTCFullYear();
          if (step >= DAY || time % DAY === 0) return d.getUTCDate() + ' ' + MONTHS[d.getUTCMonth()];
          return clock(time, step < 6e4);
        };
        const number = x => x === null ? 'missing' : String(+x.toPrecision(5));

        /* Round moments between two, at most about eight. */
        const ticks = (from, to) => {
          const step = STEPS.find(s => s >= (to - from) / 8) || 3652 * DAY;
          const found = [];
          if (step >= 30 * DAY) {
            const months = Math.round(step / (30.4 * DAY));
            const first = new Date(from);
            for (let m = Math.ceil((first.getUTCFullYear() * 12 + first.getUTCMonth()) / months) * months; ; m += months) {
              const time = Date.UTC(Math.floor(m / 12), m % 12, 1);
              if (time > to) return found;
              if (time >= from) found.push([time, tick(time, step)]);
            }
          }
          const origin = step >= 7 * DAY ? 4 * DAY : 0;
          for (let t = Math.ceil((from - origin) / step) * step + origin; t <= to; t += step) found.push([t, tick(t, step)]);
          return found;
        };
        const levels = (low, high, most) => {
          const rough = (high - low) / most;
          const power = 10 ** Math.floor(Math.log10(rough));
          const step = [1, 2, 2.5, 5, 10].map(f => f * power).find(s => s >= rough * (1 - 1e-9));
          const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9)) + (step / power === 2.5 ? 1 : 0);
          const found = [];
          for (let k = Math.ceil(low / step - 1e-9); k * step <= high; k++) {
            const value = k * step || 0;
            found.push([value, Math.abs(value) >= 1e7 || digits > 6 ? value.toExponential(2)
              : value.toLocaleString('en', {minimumFractionDigits: Math.min(digits, 20), maximumFractionDigits: Math.min(digits, 20)})]);
          }
          return found;
        };

        const data = JSON.parse(document.getElementById('data').textContent);
        for (const d of data) for (let i = 1; i < d.t.length; i++) d.t[i] += d.t[i - 1];

        class Chart {
          constructor(figure) {
            this.figure = figure;
            this.d = data[+figure.dataset.chart];
            this.first = this.d.t[0];
            this.last = Math.max(this.d.t[this.d.t.length - 1], this.first + 1);
            this.from = this.first;
            this.to = this.last;
            this.readout = figure.querySelector('.readout');
            this.views = [...figure.querySelectorAll('.view')];
            for (const button of figure.querySelectorAll('.zoom button')) {
              button.addEventListener('click', () => this.act(button.dataset.do));
            }
            this.views.forEach(view => this.listen(view));
            this.buttons();
          }

          listen(view) {
            const keys = {ArrowLeft: 'left', ArrowRight: 'right', '+': 'in', '=': 'in', '-': 'out', Home: 'all', n: 'next'};
            view.addEventListener('keydown', e => {
              if (keys[e.key] && !e.ctrlKey && !e.metaKey && !e.altKey) {
                e.preventDefault();
                this.act(keys[e.key]);
              }
            });
            const plot = view.querySelector('.plot');
            const at = e => {
              const box = plot.getBoundingClientRect();
              return Math.min(1, Math.max(0, (e.clientX - box.left) / box.width));
            };
            let start = null, chosen = null;
            plot.addEventListener('pointerdown', e => {
              if (e.button) return;
              start = at(e);
              chosen = plot.appendChild(make('rect', {class: 'chosen', y: 0, height: plot.getAttribute('height')}));
              if (e.pointerType === 'mouse') plot.setPointerCapture(e.pointerId);
            });
            plot.addEventListener('pointermove', e => {
              this.tell(plot, at(e));
              if (start === null) return;
              chosen.setAttribute('x', 100 * Math.min(start, at(e)) + '%');
              chosen.setAttribute('width', 100 * Math.abs(start - at(e)) + '%');
            });
            const end = e => {
              if (start === null) return;
              const [a, b] = [Math.min(start, at(e)), Math.max(start, at(e))];
              chosen.remove();
              start = null;
              const span = this.to - this.from;
              if (e.type === 'pointerup' && b - a > 0.01) this.show(this.from + a * span, this.from + b * span);
            };
            plot.addEventListener('pointerup', end);
            plot.addEventListener('pointercancel', end);
            plot.addEventListener('pointerleave', () => plot.querySelector('.needle')?.remove());
          }

          /* The point nearest to a place, in words. */
          tell(plot, at) {
            const {t, v, e, l, u, f} = this.d;
            const time = this.from + at * (this.to - this.from);
            let i = this.after(time);
            if (i > 0 && (i === t.length || time - t[i - 1] < t[i] - time)) i--;
            const normal = l && l[i] !== null ? ', normally ' + number(l[i]) + ' to ' + number(u[i])
              : e[i] !== null ? ', expected ' + number(e[i]) : '';
            const panel = plot.closest('.panel');
            const part = panel ? '; ' + panel.querySelector('h4').textContent.toLowerCase() + ' '
              + number(this.d.p[+plot.parentNode.dataset.panel][i]) : '';
            this.readout.textContent = moment(t[i]) + '  ' + (v[i] === null && e[i] !== null ? '' : number(v[i])) + normal
              + (f.includes(i) ? ', flagged' : '') + part;
            let needle = plot.querySelector('.needle');
            if (!needle) needle = plot.appendChild(make('line', {class: 'needle', y1: 0, y2: plot.getAttribute('height')}));
            const x = 100 * (t[i] - this.from) / (this.to - this.from) + '%';
            needle.setAttribute('x1', x);
            needle.setAttribute('x2', x);
          }

          after(time) {
            let low = 0, high = this.d.t.length;
            while (low < high) {
              const middle = low + high >> 1;
              if (this.d.t[middle] < time) low = middle + 1; else high = middle;
            }
            return low;
          }

          act(what) {
            const span = this.to - this.from, middle = (this.from + this.to) / 2;
            switch (what) {
              case 'all': return this.show(this.first, this.last);
              case 'in': return this.show(middle - span / 4, middle + span / 4);
              case 'out': return this.show(middle - span, middle + span);
              case 'left': return this.show(this.from - span / 4, this.to - span / 4);
              case 'right': return this.show(this.from + span / 4, this.to + span / 4);
              case 'next': {
                const flags = this.d.f.map(i => this.d.t[i]);
                const whole = span >= this.last - this.first;
                const wide = whole ? Math.max(span / 20, 60 * this.d.step) : span;
                const next = flags.find(time => whole || time > middle + this.d.step / 2) ?? flags[0];
                if (next !== undefined) this.show(next - wide / 2, next + wide / 2, true);
              }
            }
          }

          /* Shows a span, at least four steps of it and nothing outside of the series. */
          show(from, to, outside) {
            const span = Math.min(Math.max(to - from, 4 * this.d.step), this.last - this.first);
            const middle = (from + to) / 2;
            this.from = middle - span / 2;
            if (!outside) this.from = Math.min(Math.max(this.from, this.first), this.last - span);
            this.to = this.from + span;
            this.draw();
            this.buttons();
            this.readout.textContent = moment(this.from) + ' to ' + moment(this.to);
          }

          buttons() {
            const off = {all: this.from === this.first && this.to === this.last, out: this.from <= this.first && this.to >= this.last,
              left: this.from <= this.first, right: this.to >= this.last, in: this.to - this.from <= 4 * this.d.step};
            for (const button of this.figure.querySelectorAll('.zoom button')) button.disabled = !!off[button.dataset.do];
          }

          draw() {
            const a = Math.max(0, this.after(this.from) - 1);
            const b = Math.min(this.d.t.length, this.after(this.to) + 1);
            for (const view of this.views) {
              const panel = view.dataset.panel;
              if (panel === undefined) this.main(view, a, b);
              else this.dots(view, this.d.p[+panel], this.curve(view, a, b, [this.d.p[+panel]], PANEL), PANEL);
            }
          }

          range(a, b, curves, extra) {
            let low = Infinity, high = -Infinity;
            const widen = (values, least, most) => {
              for (let i = a; i < b; i++) {
                if (values[i] === null) continue;
                low = Math.min(low, Math.max(values[i], least));
                high = Math.max(high, Math.min(values[i], most));
              }
            };
            curves.forEach(values => widen(values, -Infinity, Infinity));
            const half = (high - low) / 2;
            if (extra && low <= high) extra.forEach(values => widen(values, low - half, high + half));
            if (!(low <= high)) return [0, 1];
            const margin = (high - low) * 0.05 || Math.abs(low) * 0.1 || 1;
            return [low - margin, high + margin];
          }

          curve(view, a, b, curves, height, extra) {
            const [low, high] = this.range(a, b, curves, extra);
            const x = i => Math.round((this.d.t[i] - this.from) / (this.to - this.from) * COLUMNS);
            const y = value => Math.round(Math.min(2, Math.max(-1, 1 - (value - low) / (high - low))) * height * 10) / 10;
            this.axes(view, low, high, height);
            const paths = view.querySelectorAll('.curves path');
            paths[paths.length - 1].setAttribute('d', this.line(a, b, curves[0], x, y));
            return {x, y, low, high};
          }

          main(view, a, b) {
            const {v, e, l, u, g, t} = this.d;
            const {x, y, low, high} = this.curve(view, a, b, [v, e], HEIGHT, l ? [l, u] : null);
            view.querySelector('.expected').setAttribute('d', this.line(a, b, e, x, y));
            if (l) view.querySelector('.fan').setAttribute('d', this.area(a, b, x, y));
            this.dots(view, v, {low, high}, HEIGHT);
            const inside = i => t[i] >= this.from && t[i] <= this.to;
            const place = time => 100 * (time - this.from) / (this.to - this.from);
            const half = this.d.step / 2;
            view.querySelector('.labels').replaceChildren(...g.filter(inside).map(i => {
              const left = Math.max(0, place(t[i] - half)), right = Math.min(100, place(t[i] + half));
              return make('rect', {class: 'truth', x: left + '%', width: right - left + '%', y: 0, height: HEIGHT});
            }));
          }

          /* Flagged points on a curve that has room for them. */
          dots(view, values, {low, high}, height) {
            const {f, t} = this.d;
            const inside = i => t[i] >= this.from && t[i] <= this.to && values[i] !== null;
            view.querySelector('.dots')?.replaceChildren(...f.filter(inside).map(i => make('circle',
              {class: 'dot', r: 5.5, cx: 100 * (t[i] - this.from) / (this.to - this.from) + '%',
                cy: height * (1 - (values[i] - low) / (high - low))})));
          }

          axes(view, low, high, height) {
            const across = ticks(this.from, this.to);
            const marks = [make('line', {class: 'base', x1: 0, x2: '100%', y1: height, y2: height})];
            across.forEach(([time, label], k) => {
              const at = 100 * (time - this.from) / (this.to - this.from) + '%';
              const minor = across.length > 5 && k % 2 ? ' minor' : '';
              marks.push(make('line', {class: 'tick' + minor, x1: at, x2: at, y1: height, y2: height + 5}));
              marks.push(make('text', {class: 'tl mid' + minor, x: at, y: height + 19}, label));
            });
            view.querySelector('.xs').replaceChildren(...marks);
            view.querySelector('.ys').replaceChildren(...levels(low, high, height > 100 ? 5 : 4).flatMap(([value, label]) => {
              const y = height * (1 - (value - low) / (high - low));
              return [make('line', {class: 'grid', x1: 0, x2: '100%', y1: y, y2: y}),
                make('text', {class: 'tl end', x: -8, y: y + 4}, label)];
            }));
          }

          /* Of the points in one column the first, lowest, highest and last; no line over a gap. */
          line(a, b, values, x, y) {
            const {t, gap} = this.d;
            let path = '', pen = false;
            for (let i = a; i < b;) {
              const column = x(i);
              if (i > a && t[i] - t[i - 1] > gap) pen = false;
              let first = -1, low = -1, high = -1, last = -1;
              const start = i;
              for (; i < b && x(i) === column && (i === start || t[i] - t[i - 1] <= gap); i++) {
                if (values[i] === null) continue;
                if (first < 0) first = i;
                if (low < 0 || values[i] < values[low]) low = i;
                if (high < 0 || values[i] > values[high]) high = i;
                last = i;
              }
              if (first < 0) { pen = false; continue; }
              if (values[start] === null) pen = false;
              for (const k of [first, Math.min(low, high), Math.max(low, high), last]) {
                path += (pen ? 'L' : 'M') + column + ' ' + y(values[k]) + (pen ? '' : 'h0');
                pen = true;
              }
              if (values[i - 1] === null) pen = false;
            }
            return path;
          }

          area(a, b, x, y) {
            const {t, l, u, gap} = this.d;
            let path = '', there = '', back = '';
            const close = () => { if (there) path += there + back + 'Z'; there = back = ''; };
            for (let i = a; i < b; i++) {
              if (l[i] === null || u[i] === null || (i > a && t[i] - t[i - 1] > gap)) close();
              if (l[i] === null || u[i] === null) continue;
              there += (there ? 'L' : 'M') + x(i) + ' ' + y(u[i]);
              back = 'L' + x(i) + ' ' + y(l[i]) + back;
            }
            close();
            return path;
          }
        }

        const charts = [...document.querySelectorAll('.series')].map(figure => new Chart(figure));
        for (const button of document.querySelectorAll('.anomalies button')) {
          button.addEventListener('click', () => {
            const chart = charts[+button.dataset.chart];
            const [from, to] = [+button.dataset.from, +button.dataset.to];
            const around = Math.max(60 * chart.d.step, 2 * (to - from));
            chart.show(from - around, to + around);
            chart.figure.scrollIntoView({block: 'start'});
            chart.views[0].focus({preventScroll: true});
          });
        }
      })();
      """;
}
