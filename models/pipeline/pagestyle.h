// The style of pages that leave: no font, picture or file from elsewhere.
#pragma once

#include <string_view>

namespace arcscope
{

/// Variables, in pairs that keep a contrast of 4.5 to 1 for text and 3 to 1 for marks on both grounds.
inline constexpr std::string_view lightColours =
    "--ground:hsl(0 0% 100%);--text:hsl(220 20% 14%);--quiet:hsl(220 10% 38%);"
    "--line:hsl(220 12% 80%);--panel:hsl(220 20% 97%);--bad:hsl(12 75% 40%);--mark:hsl(215 70% 40%);"
    "--bar:hsl(215 25% 62%);--quote:hsl(45 60% 92%)";
inline constexpr std::string_view darkColours =
    "--ground:hsl(220 16% 11%);--text:hsl(220 15% 90%);--quiet:hsl(220 10% 68%);"
    "--line:hsl(220 10% 32%);--panel:hsl(220 16% 15%);--bad:hsl(14 85% 66%);--mark:hsl(210 85% 70%);"
    "--bar:hsl(215 18% 48%);--quote:hsl(45 30% 18%)";

/// Of every page; colours are those variables.
inline constexpr std::string_view pageStyle = R"css(
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:1rem/1.55 system-ui,"Noto Sans","DejaVu Sans",sans-serif}
header,main,footer,nav{max-width:66rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:2rem}h1{font-size:1.8rem;line-height:1.25;margin:.2rem 0 .6rem}h2{font-size:1.3rem;margin:2.4rem 0 .6rem}
h3{font-size:1.05rem;margin:1.4rem 0 .3rem}
a{color:var(--mark)}a:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--mark);outline-offset:2px}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--ground);padding:.5rem}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;padding:0;margin:1rem 0}
dl.facts{display:grid;grid-template-columns:minmax(7rem,max-content) minmax(0,1fr);gap:.45rem 1.2rem}dl.facts dt{color:var(--quiet)}dl.facts dd{margin:0}
.tag{border:1px solid var(--line);border-radius:.3rem;padding:0 .4rem;font-size:.85rem;color:var(--quiet);white-space:nowrap}
.quiet{color:var(--quiet)}.cut{color:var(--quiet);font-style:italic}
time{white-space:nowrap}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
caption{text-align:left;color:var(--quiet);padding:.3rem 0}th,td{text-align:left;vertical-align:top;padding:.35rem .7rem .35rem 0;border-bottom:1px solid var(--line)}
th[scope=col]{font-weight:600}td.number{text-align:right}
figure{margin:1rem 0}
figcaption{color:var(--quiet);margin-top:.4rem}
blockquote{margin:.4rem 0;padding:.5rem .8rem;border-left:.25rem solid var(--mark);background:var(--quote);white-space:pre-wrap;overflow-wrap:anywhere;font-family:"Noto Sans Mono","DejaVu Sans Mono",monospace;font-size:.9rem}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(18rem,1fr));gap:1.2rem}
.pair>div{background:var(--panel);border:1px solid var(--line);padding:.2rem 1rem 1rem;min-width:0}
article{border-top:1px solid var(--line);margin-top:1rem}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:.85rem}
.where{color:var(--quiet);font-size:.9rem;overflow-wrap:anywhere}
footer{margin-top:3rem;padding-bottom:2rem;border-top:1px solid var(--line);color:var(--quiet);font-size:.9rem;overflow-wrap:anywhere}
@media (max-width:36rem){dl.facts{grid-template-columns:1fr}dl.facts dd{margin:0 0 .5rem}}
@media screen{.wide,figure{overflow-x:auto}.wide table,figure svg{min-width:52rem}}
@media print{html{font-size:9.5pt}nav,.skip{display:none}h2,h3,h3+p,caption{break-after:avoid}figure,tr,blockquote,.facts,.pair>div{break-inside:avoid}.where{break-before:avoid}}
)css";

/// Of svgOf(), beside it.
inline constexpr std::string_view chartStyle = R"css(
figure svg{display:block;width:100%;height:auto;background:var(--panel);border:1px solid var(--line)}
svg text{fill:var(--text);font:12px system-ui,"Noto Sans","DejaVu Sans",sans-serif}svg .soft{fill:var(--quiet)}
svg .bar{fill:var(--bar)}svg .bad{fill:var(--bad)}svg .line{stroke:var(--line)}svg .change{stroke:var(--mark);stroke-width:1.5;stroke-dasharray:5 3}
svg .start{stroke:var(--bad);stroke-width:2}svg .noticed{stroke:var(--text);stroke-width:2;stroke-dasharray:2 3}svg .sure{fill:var(--bad);opacity:.14}
)css";

} // namespace arcscope
