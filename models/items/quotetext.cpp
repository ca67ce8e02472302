#include "quotetext.h"

#include "displaytext.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <string_view>

namespace arcscope
{
namespace
{

/// Not inside a character.
std::size_t boundary(std::string_view text, std::size_t at)
{
    at = std::min(at, text.size());
    while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80)
        --at;
    return at;
}

} // namespace

ShownQuote shownQuote(const FindingPlace& place)
{
    const std::string_view quote = place.quote;
    std::vector<QuoteMark> marks = place.marks;
    std::stable_sort(marks.begin(), marks.end(),
                     [](const QuoteMark& a, const QuoteMark& b) { return a.from < b.from; });
    ShownQuote shown;
    std::size_t done = 0;
    const auto append = [&](std::size_t to) {
        to = boundary(quote, to);
        if (to > done) {
            shown.text += safeText(quote.substr(done, to - done));
            done = to;
        }
    };
    for (const QuoteMark& mark : marks) {
        if (boundary(quote, mark.from) < done)
            continue;
        append(mark.from);
        const int from = static_cast<int>(shown.text.size());
        append(mark.to);
        if (const int to = static_cast<int>(shown.text.size()); to > from)
            shown.marks.push_back({from, to, mark.link});
    }
    append(quote.size());
    return shown;
}

QString differencesText(const ShownQuote& quote, bool against)
{
    QStringList words;
    for (const ShownMark& mark : quote.marks) {
        if (mark.link == QuoteMark::differs)
            words << QStringLiteral("\u201c%1\u201d")
                         .arg(oneLine(quote.text.mid(mark.from, mark.to - mark.from).toStdString(), 60));
    }
    if (words.isEmpty())
        return {};
    const QString text = against ? QCoreApplication::translate("Findings", "differs: %1")
                                 : QCoreApplication::translate("Findings", "marked: %1");
    return text.arg(words.join(QStringLiteral(", ")));
}

} // namespace arcscope
