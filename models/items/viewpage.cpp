#include "viewpage.h"

#include "displaytext.h"
#include "htmlpage.h"
#include "htmltext.h"

#include <QCoreApplication>

#include <algorithm>
#include <string>
#include <vector>

namespace arcscope
{
namespace
{

constexpr std::string_view viewStyle = R"css(
header,main,footer{max-width:none}
figure svg{display:block;width:100%;height:auto;border:1px solid var(--line)}
table{font-size:.9rem}td{overflow-wrap:anywhere;min-width:16rem}td.short,th{white-space:nowrap;min-width:0}th.number{text-align:right}
)css";

QString tr(const char* text)
{
    return QCoreApplication::translate("ViewPage", text);
}

std::string html(const QString& text)
{
    return htmlText(text.toStdString());
}

std::string pictureHtml(const ViewPage& page)
{
    const std::string width = std::to_string(page.size.width());
    const std::string about = page.table ? html(tr("Its rows stand as a table below.")) : std::string();
    std::string made = "<figure tabindex=\"0\">\n<svg viewBox=\"0 0 " + width + " " +
                       std::to_string(page.size.height()) + "\" style=\"max-width:" + width +
                       "px\" role=\"group\" aria-labelledby=\"view-title\" aria-describedby=\"view-about\">\n" +
                       "<title id=\"view-title\">" + html(page.title) + "</title>\n<desc id=\"view-about\">" +
                       html(page.facts) + (page.facts.isEmpty() || about.empty() ? "" : ". ") + about + "</desc>\n";
    made.append(page.picture.constData(), static_cast<std::size_t>(page.picture.size()));
    made += "</svg>\n";
    if (!page.facts.isEmpty())
        made += "<figcaption>" + html(page.facts) + "</figcaption>\n";
    return made + "</figure>\n";
}

/// Characters of a cell that stays on its line.
constexpr qsizetype mostOnALine = 32;

std::string cellHtml(const QString& text, bool number, int depth)
{
    const bool isShort = text.size() <= mostOnALine && !text.contains(QLatin1Char('\n'));
    const std::string kinds =
        std::string(number ? "number" : "") + (number && isShort ? " " : "") + (isShort ? "short" : "");
    const std::string named = kinds.empty() ? std::string() : " class=\"" + kinds + "\"";
    const std::string indent = depth > 0 ? " style=\"padding-left:" + std::to_string(depth) + "rem\"" : std::string();
    return "<td" + named + indent + ">" + html(text) + "</td>";
}

/// Columns that say something anywhere: some are only drawn.
QList<qsizetype> columnsOf(const CopiedTable& table)
{
    QList<qsizetype> columns;
    for (qsizetype column = 0; column < table.header.size(); ++column) {
        if (std::any_of(table.lines.begin(), table.lines.end(),
                        [column](const CopiedTable::Line& line) { return !line.cells.value(column).isEmpty(); }))
            columns << column;
    }
    return columns;
}

std::string tableHtml(const CopiedTable& table)
{
    const QList<qsizetype> columns = columnsOf(table);
    std::string made = "<section aria-labelledby=\"rows\"><h2 id=\"rows\">" + html(tr("Its rows as a table")) +
                       "</h2>\n<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-labelledby=\"rows\">"
                       "<table><thead><tr>";
    const auto isNumber = [&](qsizetype column) { return table.toTheRight.value(column); };
    for (const qsizetype column : columns)
        made += std::string(isNumber(column) ? "<th scope=\"col\" class=\"number\">" : "<th scope=\"col\">") +
                html(table.header[column]) + "</th>";
    made += "</tr></thead><tbody>\n";
    for (const CopiedTable::Line& line : table.lines) {
        made += "<tr>";
        for (const qsizetype column : columns)
            made += cellHtml(line.cells.value(column), isNumber(column), column == columns.first() ? line.depth : 0);
        made += "</tr>\n";
    }
    made += "</tbody></table></div>\n";
    if (table.leftOut > 0)
        made += "<p class=\"quiet\">" +
                html(counted(table.leftOut, QObject::tr("%1 more line is left out"),
                             QObject::tr("%1 more lines are left out"))) +
                "</p>\n";
    return made + "</section>\n";
}

} // namespace

QByteArray viewPageHtml(const ViewPage& page)
{
    const std::string title = page.title.toStdString();
    const std::string version = QCoreApplication::applicationVersion().toStdString();
    const std::string language = page.language.toStdString();
    const std::string skip = tr("Skip to the content").toStdString();
    std::vector<std::string> origin;
    for (const QString& line : page.origin)
        origin.push_back(line.toStdString());
    std::string made = htmlHead({.title = title,
                                 .version = version,
                                 .style = viewStyle,
                                 .language = language,
                                 .skip = skip,
                                 .ground = page.dark ? PageGround::Dark : PageGround::Light,
                                 .pictures = true});
    made += "<header>\n<h1>" + html(page.title) + "</h1>\n</header>\n<main id=\"content\">\n" + pictureHtml(page);
    if (page.table)
        made += tableHtml(*page.table);
    made += "</main>\n<footer aria-labelledby=\"provenance\">" +
            htmlOrigin(tr("Where this comes from").toStdString(), origin) +
            htmlRemoved({page.removed.constData(), static_cast<std::size_t>(page.removed.size())}) +
            "</footer>\n</body>\n</html>\n";
    return QByteArray::fromStdString(made);
}

} // namespace arcscope
