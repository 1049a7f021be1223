package dev.vedette.report;

/** How the page looks, by day, by night, on a phone and on paper. */
final class Style {
  private Style() {}

  static final String CSS =
      """
      :root{color-scheme:light dark;--bg:#f6f7f9;--card:#fff;--ink:#171d28;--soft:#566072;--line:#e1e5eb;\
      --quiet:#6f8fbd;--odd:#c2410c;--odd2:#f3b48e;--band:#c2410c14;--good:#0f6e4c;--tint:#eef2f8;--link:#2a58a0}
      @media (prefers-color-scheme:dark){:root{--bg:#0e1218;--card:#161c25;--ink:#e9edf3;--soft:#a3aebf;\
      --line:#2a3340;--quiet:#6287bd;--odd:#ff9a62;--odd2:#8a4420;--band:#ff9a621c;--good:#5fd0a2;--tint:#1d2633;\
      --link:#9cc1ff}}
      *{box-sizing:border-box}
      html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}
      body{margin:0;background:var(--bg);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,\
      "Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
      .page{max-width:1080px;margin:0 auto;padding:48px 28px 72px}
      h1,h2,h3,p,dl,dd,ol,ul,figure{margin:0;padding:0}
      .eyebrow{color:var(--soft);font-size:15px;font-weight:500}
      h1{font-size:clamp(28px,5.2vw,46px);line-height:1.12;letter-spacing:-.022em;font-weight:680;margin:8px 0 14px;\
      max-width:22em;text-wrap:balance;overflow-wrap:break-word}
      h2{font-size:23px;line-height:1.25;letter-spacing:-.012em;font-weight:640;margin-bottom:4px}
      h3,caption{font-size:16px;font-weight:620;text-align:left}
      caption{padding-bottom:12px}
      .lead{font-size:18px;color:var(--soft);max-width:44em}
      .lead:empty{display:none}
      .sub{color:var(--soft);margin-bottom:16px;max-width:46em}
      section{margin-top:52px;scroll-margin-top:16px}
      .card{background:var(--card);border:1px solid var(--line);border-radius:14px;padding:22px 24px}
      .card+.card,.pair+.card{margin-top:16px}
      .note,.small,.axis{font-size:14px;color:var(--soft)}
      .note{margin-top:12px}
      .soft{color:var(--soft)}
      .vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
      .defs{position:absolute}
      .facts{display:grid;grid-template-columns:repeat(4,auto);gap:0;margin-top:28px;border-top:1px solid var(--line);\
      border-bottom:1px solid var(--line)}
      .facts>div{padding:14px 20px}
      .facts>div:first-child{padding-left:0}
      .facts>div+div{border-left:1px solid var(--line)}
      dt{font-size:13px;color:var(--soft)}
      dd{font-size:15px}
      nav{display:flex;flex-wrap:wrap;gap:4px 22px;margin-top:16px;font-size:15px}
      nav a{color:var(--link);text-decoration:none;padding:4px 0}
      nav a:hover{text-decoration:underline}
      a:focus-visible,summary:focus-visible{outline:2px solid var(--link);outline-offset:3px;border-radius:4px}
      .notices{margin-top:32px;background:var(--tint);border-radius:14px;padding:18px 24px}
      .notices h2{font-size:16px}
      .notices ul{padding-left:18px;font-size:15px}
      .notices li{margin-top:4px}
      .anomalies{list-style:none;display:grid;gap:12px}
      .anomalies>li{display:grid;grid-template-columns:230px minmax(0,1fr);gap:12px 36px;padding:18px 24px;margin:0}
      .who h3{font-size:18px;display:inline-block;margin-right:10px}
      .badges{display:inline-flex;flex-wrap:wrap;gap:6px;vertical-align:2px}
      .badge{font-size:12.5px;line-height:1;padding:4px 8px;border:1px solid var(--soft);border-radius:99px;\
      color:var(--soft);white-space:nowrap}
      .badge.on{background:var(--odd);border-color:var(--odd);color:var(--card);font-weight:600}
      .severity{display:grid;grid-template-columns:auto 1fr;align-items:center;gap:12px;margin:8px 0 6px;font-size:15px}
      .bar{display:block;width:100%;height:8px}
      .track{fill:var(--line)}
      .fill{fill:var(--odd)}
      .part{fill:var(--quiet)}
      .why{list-style:none;align-self:center;display:grid;gap:9px}
      .why li{display:grid;grid-template-columns:minmax(0,1fr) 120px 3.6em;gap:16px;align-items:center}
      .why .small{display:block}
      .why.none{color:var(--soft)}
      .why b{font-weight:640}
      .share{font-size:14px;color:var(--soft);text-align:right;white-space:nowrap;position:relative}
      details{margin-top:12px}
      summary{cursor:pointer;color:var(--link);padding:8px 2px;width:max-content}
      details[open] summary{margin-bottom:8px}
      .legend{list-style:none;display:flex;flex-wrap:wrap;gap:4px 24px;font-size:15px;margin-bottom:38px}
      .legend li{display:flex;align-items:center;gap:8px}
      .key{width:14px;height:14px;flex:none}
      .plot{display:block;width:calc(100% - 60px);margin:0 14px 30px 46px;overflow:visible}
      .plot text{font-size:13px;fill:var(--soft)}
      .plot .lb{fill:var(--ink);font-weight:600}
      .mid{text-anchor:middle}
      .end{text-anchor:end}
      .start{text-anchor:start}
      .grid{stroke:var(--line)}
      .base,.tick{stroke:var(--soft)}
      .cut{stroke:var(--ink);stroke-width:1.5;stroke-dasharray:5 4}
      .guess{stroke:var(--soft);stroke-dasharray:3 5}
      .band{fill:var(--band)}
      .quiet{fill:var(--quiet)}
      .hatch{fill:url(#stripes);stroke:var(--odd);stroke-width:.75}
      .s1{fill:var(--odd2)}
      .s2{fill:var(--odd)}
      .hit{fill:transparent}
      g:hover>.hit{fill:var(--band)}
      .curve{fill:none;stroke:var(--quiet);stroke-width:2.5;stroke-linejoin:round;vector-effect:non-scaling-stroke}
      .dot{fill:var(--card);stroke:var(--odd);stroke-width:3}
      .axis{text-align:right;padding-right:14px}
      .axis.y{text-align:left;padding:0;margin:2px 0 14px}
      figcaption{display:flex;flex-wrap:wrap;justify-content:space-between;gap:2px 16px;margin-bottom:8px}
      .area{font-weight:600;font-size:15px}
      .pair{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:16px}
      .pair>.card{margin:0}
      .pair>.card:only-child{grid-column:1/-1}
      table{width:100%;border-collapse:collapse;font-size:15px;text-align:left}
      th,td{padding:9px 16px 9px 0;vertical-align:top;font-weight:400;border-top:1px solid var(--line)}
      tr>:last-child{padding-right:0}
      thead th{font-size:13px;color:var(--soft);border:0;padding-top:0;padding-bottom:6px}
      tbody th{font-weight:620}
      .num{white-space:nowrap}
      .metrics .num{font-weight:640}
      .metrics tbody th,.range{white-space:nowrap}
      .meaning,.range,.values,.kind{color:var(--soft)}
      .remark{display:block;font-size:13.5px;font-weight:400;color:var(--soft)}
      .profile th{min-width:8em}
      .profile .values{min-width:12em}
      .spark{display:block;width:110px;height:28px;fill:var(--quiet)}
      .confusion{max-width:640px}
      .confusion td,.confusion th{border:0;padding:0 8px 8px 0;vertical-align:middle}
      .confusion thead th{padding-bottom:6px}
      .confusion tbody th{width:30%}
      .confusion tbody td{padding:12px 16px;background:var(--tint);border:4px solid var(--card);border-radius:12px}
      .confusion td b{display:block;font-size:22px;line-height:1.2;font-weight:640}
      .confusion td span{font-size:14px;color:var(--soft)}
      .confusion .good b{color:var(--good)}
      .confusion .bad b{color:var(--odd)}
      .origin>div{display:grid;grid-template-columns:110px minmax(0,1fr);gap:12px;padding:7px 0;\
      border-top:1px solid var(--line)}
      .origin>div:first-child{border:0}
      .origin dt{font-size:14px;padding-top:1px}
      .pair h3{margin-bottom:4px}
      figcaption h3{margin:0}
      .timings th,.timings td{vertical-align:middle}
      .timings tbody th{font-weight:400}
      .timings tbody tr:first-child>*{border:0}
      .timings tfoot *{font-weight:640}
      .timings .num{text-align:right}
      .grow{width:45%}
      @media (max-width:860px){
      .facts{grid-template-columns:1fr 1fr}
      .facts>div,.facts>div:first-child{padding:12px 16px 12px 0}
      .facts>div+div{border-left:0}
      .facts>div:nth-child(n+3){border-top:1px solid var(--line)}
      .anomalies>li{grid-template-columns:minmax(0,1fr)}
      .pair{grid-template-columns:minmax(0,1fr)}
      .stack thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
      .stack,.stack tbody{display:block}
      .stack tr{display:flex;flex-wrap:wrap;align-items:baseline;gap:2px 14px;padding:12px 0;\
      border-top:1px solid var(--line)}
      .stack th,.stack td{display:block;padding:0;border:0;white-space:normal}
      .stack td:empty{display:none}
      .stack .meaning,.stack .values,.stack .spread{flex:1 0 100%}
      .stack tbody th{flex:1 1 55%;min-width:0}
      .stack [data-label]::before{content:attr(data-label) " ";color:var(--soft);font-weight:400}
      .stack.profile .values{min-width:0}
      .spark{width:100%;max-width:220px;margin-top:4px}
      }
      @media (max-width:520px){
      .page{padding:24px 16px 48px}
      .card,.anomalies>li{padding:16px}
      .notices{padding:16px}
      section{margin-top:40px}
      .lead{font-size:17px}
      .facts{grid-template-columns:minmax(0,1fr)}
      .facts>div,.facts>div:first-child{display:grid;grid-template-columns:84px minmax(0,1fr);gap:12px;padding:8px 0;\
      align-items:baseline}
      .facts>div+div{border-top:1px solid var(--line)}
      .why li{grid-template-columns:minmax(0,1fr) 3.6em;gap:4px 12px}
      .why .say{grid-column:1/-1}
      .minor{display:none}
      .plot{width:calc(100% - 52px);margin-left:42px;margin-right:10px}
      .confusion tbody th{width:26%}
      .confusion tbody td{padding:10px}
      .origin>div{grid-template-columns:84px minmax(0,1fr)}
      .grow{width:35%}
      }
      @media print{
      :root{color-scheme:light;--bg:#fff;--card:#fff;--ink:#000;--soft:#444;--line:#ccc;--quiet:#6f8fbd;--odd:#b03a08;\
      --odd2:#f3b48e;--band:#b03a0812;--good:#0f6e4c;--tint:#f1f3f6;--link:#000}
      body{font-size:11pt;print-color-adjust:exact;-webkit-print-color-adjust:exact}
      .page{padding:0;max-width:none}
      nav,summary{display:none}
      details::details-content{content-visibility:visible;display:block;block-size:auto}
      .anomalies>li,figure,tr,.confusion{break-inside:avoid}
      h2{break-after:avoid}
      section{margin-top:28px}
      }
      @media (forced-colors:active){
      .quiet,.part,.fill,.spark{fill:CanvasText}
      .curve,.cut,.dot{stroke:CanvasText}
      .badge.on{border-width:2px}
      }
      @media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
      """;
}
