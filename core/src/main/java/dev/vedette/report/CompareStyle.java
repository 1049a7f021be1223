package dev.vedette.report;

/** What the page of a comparison adds to {@link Style}. */
final class CompareStyle {
  private CompareStyle() {}

  static final String CSS =
      """
      :root{--m0:#0b62a8;--m1:#c2410c;--m2:#0f7a55;--m3:#8b3fa0;--m4:#946200}
      @media (prefers-color-scheme:dark){:root{--m0:#6db6f5;--m1:#ff9a62;--m2:#5fd0a2;--m3:#d59be6;--m4:#e6bb55}}
      .wide{overflow-x:auto}
      .wide:focus-visible,button:focus-visible,select:focus-visible{outline:2px solid var(--link);outline-offset:2px}
      .num{text-align:right}
      abbr{text-decoration:none}
      .all{font-size:14px}
      .all th,.all td,.matrix th,.matrix td{white-space:nowrap}
      .all th,.all td{padding:6px 14px 6px 0}
      .all thead th{padding-bottom:6px}
      .all a{color:var(--link)}
      .all tbody tr:hover{background:var(--tint)}
      .rocs{display:grid;grid-template-columns:minmax(0,1fr) 250px;gap:24px}
      .curve.plain{stroke:var(--soft);stroke-width:1;opacity:.4}
      g:hover>.curve.plain{opacity:1;stroke-width:2.5}
      .curve.m0{stroke:var(--m0)}
      .curve.m1{stroke:var(--m1);stroke-dasharray:9 4}
      .curve.m2{stroke:var(--m2);stroke-dasharray:3 3}
      .curve.m3{stroke:var(--m3);stroke-dasharray:12 4 3 4}
      .curve.m4{stroke:var(--m4);stroke-dasharray:6 2}
      .picks{list-style:none;margin-top:6px}
      .picks button{display:grid;grid-template-columns:30px minmax(0,1fr) auto;gap:10px;align-items:center;width:100%;\
      padding:3px 8px;border:0;border-radius:6px;background:none;color:inherit;font:inherit;font-size:14px;\
      text-align:left;cursor:pointer}
      .picks button:hover{background:var(--tint)}
      .picks [aria-pressed=true]{font-weight:640}
      .dash{width:30px;height:10px}
      .votes{max-width:560px}
      .votes tbody th{font-weight:400}
      .matrix{width:auto;font-size:13px;margin-top:12px}
      .matrix td,.matrix thead th{text-align:center;padding:4px 5px;min-width:34px;border:1px solid var(--card)}
      .matrix tbody th{padding:4px 12px 4px 0;border:0;font-weight:400;position:sticky;left:0;background:var(--card)}
      .votes thead td{border:0}
      .own{background:var(--tint)}
      .h9{background:color-mix(in srgb,var(--quiet) 70%,var(--card))}
      .h8{background:color-mix(in srgb,var(--quiet) 58%,var(--card))}
      .h7{background:color-mix(in srgb,var(--quiet) 47%,var(--card))}
      .h6{background:color-mix(in srgb,var(--quiet) 37%,var(--card))}
      .h5{background:color-mix(in srgb,var(--quiet) 28%,var(--card))}
      .h4{background:color-mix(in srgb,var(--quiet) 20%,var(--card))}
      .h3{background:color-mix(in srgb,var(--quiet) 14%,var(--card))}
      .h2{background:color-mix(in srgb,var(--quiet) 9%,var(--card))}
      .h1{background:color-mix(in srgb,var(--quiet) 5%,var(--card))}
      .controls{display:flex;flex-wrap:wrap;gap:12px 24px;margin-bottom:16px}
      .controls label{font-size:13px;color:var(--soft);display:grid;gap:4px;flex:1 1 200px}
      select{font:inherit;font-size:16px;padding:8px 10px;border:1px solid var(--soft);border-radius:8px;\
      background:var(--card);color:var(--ink);min-width:0;width:100%}
      .dots{display:block;width:100%;max-width:440px;margin:0 auto;overflow:visible}
      .dots .frame{fill:none;stroke:var(--line);stroke-width:.4}
      .dots .n{fill:var(--quiet);opacity:.55}
      .dots .a{fill:none;stroke:var(--odd);stroke-width:.5}
      .dots .cut{stroke-width:.4;stroke-dasharray:1.5 1.2}
      .lists{margin-top:16px}
      .rows{list-style:none;margin-top:10px;display:grid;gap:14px}
      .rows li{border-top:1px solid var(--line);padding-top:12px}
      .rows .head{display:flex;flex-wrap:wrap;gap:4px 10px;align-items:center;margin-bottom:6px}
      .rows .where{display:grid;grid-template-columns:minmax(0,9em) minmax(0,1fr) 7.5em;gap:10px;align-items:center;\
      font-size:14px}
      .rows .where>:last-child{text-align:right}
      .rows .rare{font-size:14px;color:var(--soft);margin-top:6px}
      .rows .rare b{font-weight:500;color:var(--ink)}
      .model{border-top:1px solid var(--line);padding-top:4px}
      .model summary{color:var(--ink);font-size:17px;font-weight:620;width:auto}
      .model>.note{margin:0 0 12px}
      .origin>div{min-width:0}
      @media (max-width:860px){.rocs{grid-template-columns:minmax(0,1fr)}.picks{columns:2}}
      @media (max-width:520px){.picks{columns:1}.rows .where{grid-template-columns:minmax(0,1fr) auto}\
      .rows .where svg{display:none}.rows .where>:last-child{text-align:left}}
      @media (scripting:none){.needs{display:none}}
      @media print{.controls,.picks .small{display:none}.wide{overflow:visible}}
      @media (forced-colors:active){.dots .n{fill:CanvasText}.dots .a{stroke:CanvasText}}
      """;
}
