/// What the page looks like: one column, figures aligned, light or dark as the reader has it, narrow screens and
/// paper too. Every colour of text has a contrast of 4.5 to 1 at least.
let pageStyle = """
  :root{color-scheme:light dark;--page:#fff;--ink:#1f2328;--soft:#57606a;--line:#d8dee4;--faint:#f6f8fa;\
  --link:#0550ae;--bad:#a40e26;--bad-back:#ffebe9;--bad-line:#cf222e;--mind:#7d4e00;--mind-back:#fff8c5;\
  --mind-line:#bf8700;--good:#116329;--good-back:#dafbe1;--good-line:#1a7f37}
  @media (prefers-color-scheme:dark){:root{--page:#0d1117;--ink:#e6edf3;--soft:#9198a1;--line:#30363d;\
  --faint:#151b23;--link:#79c0ff;--bad:#ff9492;--bad-back:#3c1418;--bad-line:#f85149;--mind:#e3b341;\
  --mind-back:#2e2411;--mind-line:#d29922;--good:#7ee787;--good-back:#12261b;--good-line:#3fb950}}
  *{box-sizing:border-box}
  html{-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
  body{margin:0;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",\
  Roboto,"Noto Sans",sans-serif;overflow-wrap:break-word}
  .wrap{max-width:1080px;margin:0 auto;padding:0 24px}
  .bad{--tone:var(--bad);--back:var(--bad-back);--edge:var(--bad-line)}
  .mind{--tone:var(--mind);--back:var(--mind-back);--edge:var(--mind-line)}
  .good{--tone:var(--good);--back:var(--good-back);--edge:var(--good-line)}
  a{color:var(--link);text-underline-offset:2px}
  :focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:4px}
  .skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;background:var(--page);padding:8px 12px}
  .unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
  .banner{background:var(--back);border-top:6px solid var(--edge);padding:28px 0 24px}
  .kicker{margin:0;color:var(--tone);font-size:13px;font-weight:600}
  h1{margin:4px 0 0;font-size:38px;line-height:1.15;letter-spacing:-.02em;color:var(--tone);font-weight:700}
  .mark{display:inline-block;min-width:1.15em}
  .lead{margin:8px 0 20px;font-size:19px;line-height:1.4}
  .lead+.counts{margin:-12px 0 20px}
  .banner .facts{display:flex;flex-wrap:wrap;gap:8px 32px;margin:0}
  .banner .facts div{display:block;padding:0;border:0}
  h2{margin:48px 0 12px;font-size:22px;line-height:1.25;letter-spacing:-.01em}
  h3{margin:20px 0 8px;font-size:16px;line-height:1.35}
  h4{margin:16px 0 4px;font-size:13px;color:var(--soft)}
  .count{color:var(--soft);font-weight:400;font-variant-numeric:tabular-nums}
  nav ul{display:flex;flex-wrap:wrap;gap:4px 20px;margin:0;padding:12px 0;border-bottom:1px solid var(--line);list-style:none;font-size:14px}
  nav a{text-decoration:none}nav a:hover{text-decoration:underline}
  p,ul,ol{margin:0 0 12px}ul,ol{padding-left:22px}li{margin:3px 0}
  code,pre{font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
  pre{margin:4px 0 0;padding:6px 10px;background:var(--faint);border-radius:6px;white-space:pre-wrap}
  code span{white-space:nowrap}td code{display:inline-block;min-width:20ch;overflow-wrap:anywhere}
  .steps code{background:var(--faint);padding:2px 6px;border-radius:6px;-webkit-box-decoration-break:clone;\
  box-decoration-break:clone}
  .word{display:inline-block;margin-right:8px}
  table{border-collapse:collapse;width:100%;font-size:14px;margin:0 0 16px}
  caption{text-align:left;color:var(--soft);font-size:13px;padding:8px 0 4px}
  th,td{text-align:left;vertical-align:top;padding:7px 16px 7px 0;border-bottom:1px solid var(--line);\
  font-weight:400}
  thead th{color:var(--soft);font-size:13px;padding-top:4px;white-space:nowrap}
  tbody th{font-weight:600;max-width:50vw}.stack td.n:empty::before{content:"–"}
  tbody .group{padding-top:16px}.group~th,tbody:has(.group) tr+tr th{font-weight:400}
  .n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
  td:last-child,th:last-child{padding-right:0}
  small{display:block;color:var(--soft);font-size:13px;font-weight:400}
  .metric{font-weight:400}.metric,.title+*{font-variant-numeric:tabular-nums}
  .profile{color:var(--soft);font-weight:400;font-size:14px}table .profile{font-size:13px}
  .chip{display:inline-block;padding:1px 8px;border-radius:10px;background:var(--back);color:var(--tone);\
  font-size:13px;font-weight:600;line-height:1.5;font-variant-numeric:tabular-nums;overflow-wrap:normal}
  td .chip{white-space:nowrap}
  .answers{display:grid;grid-template-columns:repeat(auto-fit,minmax(280px,1fr));gap:16px;margin:0 0 16px}
  .answer{border:1px solid var(--line);border-top:4px solid var(--edge);border-radius:8px;padding:12px 16px;\
  min-width:0}
  .answer h3{margin:0 0 4px}.answer p{margin:0}
  .answer .now{margin-top:8px;font-size:30px;line-height:1.2;font-weight:600;letter-spacing:-.01em;\
  font-variant-numeric:tabular-nums}
  .beside{color:var(--soft);font-variant-numeric:tabular-nums}
  .answer .sketch{margin:10px 0 8px;width:min(100%,220px);height:auto}
  .answer .facts div{display:grid;grid-template-columns:56px minmax(0,1fr);gap:0 8px;padding:3px 0;font-size:14px}
  .scroll{overflow-x:auto;background:linear-gradient(to left,var(--page) 50%,transparent) right/32px 100% no-repeat local,\
  linear-gradient(to left,var(--line),transparent) right/16px 100% no-repeat scroll}
  .sketch{display:block;overflow:visible}td:has(.sketch){padding-top:2px;padding-bottom:2px;width:132px}.sketch .slo-limit{stroke-dasharray:4 3}
  dl{margin:0}dt{color:var(--soft);font-size:13px}dd{margin:0}
  .facts div{display:grid;grid-template-columns:112px minmax(0,1fr);gap:0 16px;padding:5px 0;align-items:baseline}
  .facts ul{margin:0}
  .facts div div{display:block;padding:0}
  details{border-bottom:1px solid var(--line)}
  summary{cursor:pointer;padding:9px 4px;list-style-position:outside;margin-left:18px}
  details[open]>:last-child{margin-bottom:16px}
  .endpoint>:not(summary),.more>:not(summary){margin-left:18px}
  .title{font-weight:600}.quiet{color:var(--soft);font-size:13px}
  .line{display:inline-grid;grid-template-columns:minmax(0,1fr) auto 232px 132px;gap:0 16px;align-items:center;\
  width:calc(100% - 8px);vertical-align:middle}.line>*{min-width:0}
  .lead-figure{text-align:right;font-variant-numeric:tabular-nums}.endpoint>summary{padding:5px 4px}
  .also{color:var(--soft);font-size:13px}.also b{color:var(--ink);font-weight:400;\
  font-variant-numeric:tabular-nums}
  .card{border:1px solid var(--line);border-left:4px solid var(--edge);border-radius:8px;margin:0 0 16px;\
  padding:4px 20px}
  .card h3{display:inline;margin:0}
  .card .chart{margin:-24px 0 8px;direction:rtl}.card .chart svg{direction:ltr}.card .slo-chart>text:nth-of-type(-n+2){display:none}
  .card .chip{margin-left:4px}
  .slo-chart{display:block;width:100%;height:auto;min-width:760px}
  .shift{margin:0 0 12px;max-width:480px}.shift figcaption{color:var(--soft);font-size:13px}
  .slo-shift{display:block;width:100%;height:auto}.slo-shift text{font:11px system-ui,-apple-system,"Segoe UI",sans-serif;\
  fill:var(--soft);stroke:var(--page);stroke-width:3px;paint-order:stroke}.slo-shift .slo-grid{stroke:var(--line)}
  .slo-before{fill:none;stroke:var(--soft);stroke-width:1.5;stroke-dasharray:5 3}
  .slo-more-bad{fill:var(--bad-line);fill-opacity:.3}.slo-more-good{fill:var(--good-line);fill-opacity:.3}
  .slo-shift text.slo-more-bad{fill:var(--bad);fill-opacity:1;font-weight:600}.slo-shift text.slo-more-good{fill:var(--good);fill-opacity:1;font-weight:600}
  .names{columns:20em;column-gap:32px}
  footer{margin-top:48px;padding-top:16px;padding-bottom:32px;color:var(--soft);font-size:13px}
  @media (max-width:960px),print{th,td{padding-right:10px}.sketch{width:88px;height:auto}\
  .line{display:inline-flex;flex-wrap:wrap;gap:2px 12px}.lead-figure{text-align:left}}
  @media screen and (max-width:720px){.wrap{padding:0 16px}h1{font-size:30px}.lead{font-size:17px}\
  th,td{padding-right:12px}table,.chip{font-size:13px}td .chip{white-space:normal;padding:1px 6px}\
  .scroll>:not(.stack) tbody th{position:sticky;left:0;background:var(--page)}\
  .stack,.stack caption,.stack tbody{display:block}.stack thead{display:none}\
  .stack tr{display:flex;flex-wrap:wrap;align-items:baseline;gap:2px 16px;padding:8px 0;border-bottom:1px solid var(--line)}\
  .stack th,.stack td{padding:0;border:0;max-width:100%}.stack .group{padding-top:8px}.stack td:has(.sketch){width:auto}\
  .stack th:not(.group){flex:1 0 auto}.stack th+td~td{order:1}.stack td:empty{display:none}\
  .stack tr::after{content:"";order:0;flex:0 0 100%}\
  .stack .n::before{color:var(--soft);margin-right:4px}\(stackedTitles)\
  h2{margin-top:36px}.card{padding:4px 12px}.facts div{grid-template-columns:minmax(0,1fr)}\
  .banner .facts{gap:8px 24px}}
  @media print{:root{color-scheme:light}body{font-size:10pt}table{font-size:9pt}.chip,small,caption,thead th{font-size:8.5pt}nav,.skip{display:none}.wrap{max-width:none;padding:0}\
  h2{break-after:avoid}tr,.chart,.facts div,.answer{break-inside:avoid}tr:has(.group){break-after:avoid}tbody th{min-width:140px}.banner{-webkit-print-color-adjust:exact;\
  print-color-adjust:exact;padding:16px}.scroll{overflow:visible}.slo-chart{min-width:0}\
  .card::details-content,.better::details-content{content-visibility:visible;block-size:auto}a{color:inherit;text-decoration:none}}
  \(svgStyle)
  """

/// The titles of figures before each of them, where a table has no head because its rows are cards.
private let stackedTitles = FigureColumns.figures.enumerated().map { index, title in
  ".stack td:nth-child(\(FigureColumns.first + index))::before{content:\"\(title)\"}"
}.joined()
