#include "htmlpage.h"

#include "htmltext.h"
#include "pagestyle.h"

namespace arcscope
{
namespace
{

std::string coloursOf(PageGround ground)
{
    if (ground == PageGround::Dark)
        return ":root{color-scheme:dark;" + std::string(darkColours) + "}";
    const std::string light(lightColours);
    return ground == PageGround::Light
               ? ":root{color-scheme:light;" + light + "}"
               : ":root{color-scheme:light dark;" + light + "}\n@media (prefers-color-scheme:dark){:root{" +
                     std::string(darkColours) + "}}";
}

} // namespace

std::string htmlHead(const HtmlFrame& frame)
{
    return "<!DOCTYPE html>\n<html lang=\"" + htmlText(frame.language) +
           "\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
           "'none'; style-src 'unsafe-inline'" +
           (frame.pictures ? "; img-src data:" : "") +
           "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
           "<meta name=\"generator\" content=\"Arcscope " +
           htmlText(frame.version) + "\">\n<title>" + htmlText(frame.title) + "</title>\n<style>\n" +
           coloursOf(frame.ground) + std::string(pageStyle) + std::string(frame.style) +
           "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#content\">" + htmlText(frame.skip) + "</a>\n";
}

std::string htmlOrigin(std::string_view title, std::span<const std::string> lines)
{
    std::string html = "<h2 id=\"provenance\">" + htmlText(title) + "</h2><ul lang=\"en\">";
    for (const std::string& line : lines)
        html += "<li>" + htmlText(line) + "</li>";
    return html + "</ul>\n";
}

std::string htmlRemoved(std::string_view manifest)
{
    return manifest.empty() ? std::string()
                            : "<details lang=\"en\"><summary>What was removed, by rule and place</summary><pre>" +
                                  htmlText(manifest) + "</pre></details>\n";
}

} // namespace arcscope
