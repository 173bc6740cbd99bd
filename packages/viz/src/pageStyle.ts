import { Markup } from './markup';

/** The looks of a page. Pictures keep their white ground in the dark, as prints do. */
export const pageStyle = new Markup(`
:root { color-scheme: light dark; --ink: #1f2328; --soft: #59636e; --line: #d1d9e0; --ground: #ffffff; --raised: #f6f8fa; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6edf3; --soft: #9198a1; --line: #3d444d; --ground: #0d1117; --raised: #151b23; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2.5rem 1.25rem 4rem; max-width: 68rem; background: var(--ground); color: var(--ink); font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; }
h1 { margin: 0; font-size: 2rem; line-height: 1.2; }
h2 { margin: 3rem 0 1rem; padding-top: 1rem; border-top: 1px solid var(--line); font-size: 1.3rem; line-height: 1.3; }
p { margin: 0 0 1rem; max-width: 44rem; }
.lead { margin-top: .5rem; color: var(--soft); font-size: 1.1rem; }
figure { margin: 0 0 1.5rem; }
img { display: block; max-width: 100%; height: auto; background: #ffffff; border: 1px solid var(--line); border-radius: 6px; }
figcaption, caption { color: var(--soft); font-size: .9rem; text-align: left; }
figcaption { margin-top: .5rem; max-width: 44rem; }
caption { padding-bottom: .5rem; }
.side-by-side { display: flex; flex-wrap: wrap; gap: 1.5rem 2rem; align-items: flex-start; }
.side-by-side > * { min-width: 0; }
.side-by-side > figure { flex: 1 1 15rem; max-width: max-content; }
.scroll { overflow-x: auto; max-width: 100%; margin-bottom: 1.5rem; }
table { border-collapse: collapse; font-size: .95rem; font-variant-numeric: tabular-nums; }
th, td { padding: .35rem .75rem; border-bottom: 1px solid var(--line); text-align: left; }
th { background: var(--raised); }
.number { text-align: right; white-space: nowrap; }
.numbers td { padding: .4rem .6rem; border: 2px solid var(--ground); text-align: right; white-space: nowrap; }
.dense { font-size: .7rem; }
.dense td { padding: .15rem .3rem; border-width: 1px; }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .9em; }
pre { padding: 1rem; overflow-x: auto; background: var(--raised); border-radius: 6px; }
@media print { body { max-width: none; padding: 0; } section { break-inside: avoid; } }
`);
