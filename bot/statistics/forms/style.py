"""How the page of a release looks: on a screen, on a phone, on paper."""

STYLE = """
:root { --ink: #17212b; --quiet: #55636f; --line: #d5dde4; --accent: #1f5f95; --warn: #8c1d13; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 960px; padding: 32px 24px 48px; color: var(--ink); background: #fff;
  font: 16px/1.5 "Noto Sans", "Noto Sans Georgian", "DejaVu Sans", system-ui, sans-serif; }
h1, h2, h3, p, table, ul { margin: 0; overflow-wrap: break-word; }
header { border-bottom: 3px solid var(--accent); padding-bottom: 20px; }
header .who { color: var(--quiet); }
h1 { font-size: 32px; line-height: 1.2; margin: 4px 0 6px; }
header .days { font-size: 20px; }
header .made { color: var(--quiet); font-size: 14px; margin-top: 6px; }
.crossings { margin-top: 32px; padding-top: 18px; border-top: 1px solid var(--line); }
.banner { background: var(--warn); color: #fff; font-size: 22px; font-weight: 700; padding: 14px 18px; margin: 0 0 8px;
  text-align: center; letter-spacing: .04em; }
.warning { border: 2px solid var(--warn); color: var(--warn); font-weight: 600; padding: 10px 14px; margin: 20px 0 0; }
.reading { margin: 24px 0 0; padding: 16px 20px; background: #f3f6f9; border-left: 4px solid var(--accent); }
.reading h2 { font-size: 18px; margin: 0 0 6px; }
.reading ul { padding-left: 20px; }
.reading li:first-child { font-weight: 600; }
.part { margin-top: 44px; }
.part > h2 { font-size: 25px; line-height: 1.25; }
.part > p, .listing > p { max-width: 46em; }
.total { margin: 10px 0 2px; color: var(--quiet); }
.total b { color: var(--accent); font-size: 40px; line-height: 1.1; margin-right: 8px; }
.small { margin-top: 10px; padding: 10px 14px; border: 1px solid var(--line); }
.note, .what { color: var(--quiet); }
.note { font-size: 14px; }
.listing { margin-top: 28px; padding-top: 18px; border-top: 1px solid var(--line); }
h3 { font-size: 18px; line-height: 1.3; }
.pair { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 32px; margin-top: 12px;
  align-items: start; }
.chart { display: block; overflow: visible; font-size: 14px; }
.chart rect { fill: var(--accent); }
.chart text { fill: var(--ink); }
.chart .number { font-weight: 600; }
.chart .mark, td.mark { fill: var(--quiet); color: var(--quiet); }
table { border-collapse: collapse; width: 100%; font-size: 14px; line-height: 1.35; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th, td { padding: 4px 8px 4px 0; border-bottom: 1px solid var(--line); vertical-align: top; text-align: left;
  font-weight: 400; }
thead th { color: var(--quiet); border-bottom-color: var(--ink); vertical-align: bottom; }
td { text-align: right; padding-right: 0; font-variant-numeric: tabular-nums; }
thead th + th { text-align: right; padding-right: 0; }
.wide { overflow-x: auto; margin-top: 22px; }
.wide caption { position: static; width: auto; height: auto; clip-path: none; text-align: left; font-weight: 600;
  font-size: 16px; padding-bottom: 6px; }
.wide td, .wide thead th + th { padding-left: 12px; }
.wide td[colspan] { text-align: left; }
footer { margin-top: 48px; padding-top: 14px; border-top: 3px solid var(--accent); color: var(--quiet);
  font-size: 14px; }
.watermark { display: none; }
@media (max-width: 640px) {
  body { padding: 16px 16px 40px; }
  h1 { font-size: 26px; }
  .pair { grid-template-columns: minmax(0, 1fr); gap: 20px; }
  .wide table { min-width: 560px; }
}
@page { size: A4; margin: 16mm 15mm; }
@media print {
  body { padding: 0; max-width: none; font-size: 10.5pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  p, .pair, .listing h3, .reading, .warning, tr { break-inside: avoid; }
  .part + .part { break-before: page; margin-top: 0; }
  .listing { break-inside: avoid; margin-top: 18px; padding-top: 12px; }
  h2, h3, .what, .total { break-after: avoid; }
  .wide { overflow: visible; break-inside: avoid; }
  .wide table { font-size: 8.5pt; }
  .watermark { display: block; position: fixed; top: 42%; left: 0; right: 0; text-align: center; font-size: 46pt;
    font-weight: 700; color: #8c1d13; opacity: .22; transform: rotate(-28deg); z-index: 9; }
}
"""
