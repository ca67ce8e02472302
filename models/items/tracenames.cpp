#include "tracenames.h"

#include "displaytext.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cctype>
#include <unordered_map>

namespace arcscope
{
namespace
{

const QString separator = QStringLiteral(" · ");

/// Of an identifier of hexadecimal digits, as much as tells one from another; other text as it is.
QString shortened(const QString& text)
{
    constexpr qsizetype enough = 8;
    const bool digits = text.size() > 2 * enough && std::all_of(text.begin(), text.end(), [](QChar c) {
                            return c == u'-' || (c.unicode() < 128 && std::isxdigit(c.unicode()) != 0);
                        });
    return digits ? text.left(enough) : text;
}

} // namespace

TraceDetails traceDetails(const TraceTable& traces)
{
    static constexpr std::array sources{TraceColumn::Task, TraceColumn::Session, TraceColumn::User};
    struct Seen {
        std::array<std::int64_t, sources.size()> first{};
        std::array<bool, sources.size()> differs{};
    };
    std::unordered_map<std::int64_t, Seen> names;
    for (std::uint32_t trace = 0; trace < traces.rows(); ++trace) {
        const auto [found, added] = names.try_emplace(traces.at(TraceColumn::Name, trace));
        for (std::size_t i = 0; i < sources.size(); ++i) {
            const std::int64_t text = traces.at(sources[i], trace);
            if (added)
                found->second.first[i] = text;
            else if (text != found->second.first[i])
                found->second.differs[i] = true;
        }
    }
    TraceDetails details(traces.rows());
    for (std::uint32_t trace = 0; trace < traces.rows(); ++trace) {
        const Seen& seen = names[traces.at(TraceColumn::Name, trace)];
        // Where the first that differs is not recorded, another may tell.
        const auto* const differs = std::find(seen.differs.begin(), seen.differs.end(), true);
        for (auto i = static_cast<std::size_t>(differs - seen.differs.begin()); i < sources.size(); ++i) {
            if (details[trace] == 0)
                details[trace] = static_cast<std::uint32_t>(traces.at(sources[i], trace));
        }
    }
    return details;
}

QString traceName(const Corpus& corpus, std::uint32_t trace, const TraceDetails& details)
{
    const auto text = [&](std::uint32_t id) { return oneLine(corpus.strings[StringId{id}]); };
    QString name = text(static_cast<std::uint32_t>(corpus.traces.at(TraceColumn::Name, trace)));
    if (name.isEmpty())
        name = QCoreApplication::translate("TraceNames", "(no name)");
    const std::uint32_t detail = trace < details.size() ? details[trace] : 0;
    // What tells them apart comes first: narrow columns show beginnings.
    return detail == 0 ? name : shortened(text(detail)) + separator + name;
}

QString tellingPart(const QString& traceName)
{
    return traceName.section(separator, 0, 0);
}

} // namespace arcscope
