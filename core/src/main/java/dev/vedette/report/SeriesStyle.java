package dev.vedette.report;

/** What the page of series adds to {@link Style}. */
final class SeriesStyle {
  private SeriesStyle() {}

  static final String CSS =
      """
      :root{--fan:#0f6e4c22;--expect:#0f6e4c;--label:#8b3fa026}
      @media (prefers-color-scheme:dark){:root{--fan:#5fd0a229;--expect:#5fd0a2;--label:#d59be633}}
      .series figcaption{align-items:baseline}
      .series h4{font-size:14px;font-weight:500;color:var(--soft);margin:6px 0 8px}
      .keys{list-style:none;display:flex;flex-wrap:wrap;gap:2px 18px;font-size:14px;color:var(--soft)}
      .keys li{display:flex;align-items:center;gap:7px}
      .k{display:inline-block;width:18px;height:0;border-top:2px solid var(--quiet)}
      .k.expected{border-top:2px dashed var(--expect)}
      .k.band{height:12px;border:0;background:var(--fan);border-radius:2px}
      .k.flag{width:12px;height:12px;border:3px solid var(--odd);border-radius:50%}
      .k.label{height:12px;border:0;background:var(--label);border-radius:2px}
      .curves{overflow:hidden}
      .curves path{fill:none;vector-effect:non-scaling-stroke;stroke-linejoin:round;stroke-linecap:round}
      .curves .value{stroke:var(--quiet);stroke-width:1.5}
      .curves .expected{stroke:var(--expect);stroke-width:1.25;stroke-dasharray:5 3}
      .curves .fan{fill:var(--fan);stroke:none}
      .truth{fill:var(--label)}
      .series .dot{r:4px;stroke-width:2.5}
      .series .plot{width:calc(100% - 70px);margin-left:58px;margin-right:12px}
      .series .plot{touch-action:pan-y;user-select:none;-webkit-user-select:none}
      .view{display:flow-root}
      .view .plot{margin-bottom:24px}
      .panel:has(+.panel) .xs text{display:none}
      .panel:has(+.panel) .plot{margin-bottom:10px}
      .view:focus-visible,button:focus-visible{outline:2px solid var(--link);outline-offset:4px;border-radius:6px}
      .chosen{fill:var(--band);stroke:var(--odd);stroke-width:1}
      .needle{stroke:var(--soft);stroke-dasharray:2 3}
      .zoom{display:flex;flex-wrap:wrap;gap:6px;margin:4px 0 8px}
      button{font:inherit;font-size:14px;padding:4px 12px;min-height:32px;border:1px solid var(--line);border-radius:8px;\
      background:var(--card);color:var(--link);cursor:pointer}
      button:hover:not(:disabled){background:var(--tint)}
      button:disabled{color:var(--soft);cursor:default;opacity:.6}
      .readout{display:block;font-size:14px;color:var(--soft);min-height:1.5em;margin-bottom:12px}
      .anomalies .when{font-size:16px;font-weight:620}
      .anomalies .say{align-self:center}
      .anomalies .say a,.anomalies .say button{margin-top:6px}
      @media (scripting:none){.needs{display:none}}
      @media print{.zoom,.readout{display:none}}
      @media (forced-colors:active){.curves .value,.curves .expected{stroke:CanvasText}.k{forced-color-adjust:none}}
      """;
}
