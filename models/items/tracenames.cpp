#include "tracenames.h"

#include "displaytext.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cctype>
#include <unordered_map>
#include <unordered_set>

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
        std::uint32_t traces = 0;
    };
    std::unordered_map<std::int64_t, Seen> names;
    for (std::uint32_t trace = 0; trace < traces.rows(); ++trace) {
        const auto [found, added] = names.try_emplace(traces.at(TraceColumn::Name, trace));
        ++found->second.traces;
        for (std::size_t i = 0; i < sources.size(); ++i) {
            const std::int64_t text = traces.at(sources[i], trace);
            if (added)
                found->second.first[i] = text;
            else if (text != found->second.first[i])
                found->second.differs[i] = true;
        }
    }
    TraceDetails details(traces.rows());
    std::unordered_map<std::uint32_t, std::int64_t> nameOf; ///< of the first trace with the text
    std::unordered_set<std::uint32_t> shared;
    for (std::uint32_t trace = 0; trace < traces.rows(); ++trace) {
        const std::int64_t name = traces.at(TraceColumn::Name, trace);
        const Seen& seen = names[name];
        if (seen.traces == 1)
            continue;
        // Where the first that differs is not recorded, another may tell.
        const auto* const differs = std::find(seen.differs.begin(), seen.differs.end(), true);
        StringId text;
        for (auto i = static_cast<std::size_t>(differs - seen.differs.begin()); i < sources.size() && !text; ++i)
            text = StringId{static_cast<std::uint32_t>(traces.at(sources[i], trace))};
        details[trace] = {text ? TraceDetail::By::Text : TraceDetail::By::Id, true, text};
        if (text && nameOf.try_emplace(text.value, name).first->second != name)
            shared.insert(text.value);
    }
    for (TraceDetail& detail : details)
        detail.alone = !shared.contains(detail.text.value);
    return details;
}

namespace
{

QString nameOf(const Corpus& corpus, std::uint32_t trace)
{
    const StringId id{static_cast<std::uint32_t>(corpus.traces.at(TraceColumn::Name, trace))};
    const QString name = oneLine(corpus.strings[id]);
    return name.isEmpty() ? QCoreApplication::translate("TraceNames", "(no name)") : name;
}

/// Empty where the name tells it.
QString detailOf(const Corpus& corpus, std::uint32_t trace, const TraceDetails& details)
{
    const TraceDetail detail = trace < details.size() ? details[trace] : TraceDetail();
    switch (detail.by) {
    case TraceDetail::By::Text:
        return shortened(oneLine(corpus.strings[detail.text]));
    case TraceDetail::By::Id: // a path, where the source has no ids
        return shortened(oneLine(corpus.traceIdText(trace)).section(u'/', -1));
    case TraceDetail::By::Name:
        break;
    }
    return {};
}

} // namespace

QString traceName(const Corpus& corpus, std::uint32_t trace, const TraceDetails& details)
{
    const QString detail = detailOf(corpus, trace, details);
    // What tells them apart comes first: narrow columns show beginnings.
    return detail.isEmpty() ? nameOf(corpus, trace) : detail + separator + nameOf(corpus, trace);
}

QString tellingName(const Corpus& corpus, std::uint32_t trace, const TraceDetails& details)
{
    const QString detail = detailOf(corpus, trace, details);
    return detail.isEmpty() || !details[trace].alone ? traceName(corpus, trace, details) : detail;
}

} // namespace arcscope
