#include "foundplaces.h"

#include <charconv>
#include <map>
#include <string_view>
#include <tuple>
#include <unordered_map>

namespace arcscope
{
namespace
{

constexpr std::string_view traceWord = "trace:";
constexpr std::string_view spanWord = "/span:";
constexpr std::string_view traceRowWord = "trace-row:";
constexpr std::string_view spanRowWord = "span-row:";

using IdKey = std::tuple<std::uint64_t, std::uint64_t, IdForm>;

IdKey keyOf(const Id& id)
{
    return {id.high, id.low, id.form};
}

/// Where a place with ids is split: an id may have "/span:" in it, too. `take(trace, span)` for each way to read it.
template <typename Take>
void forEachReading(std::string_view ids, Take take)
{
    take(ids, std::string_view());
    for (std::size_t at = ids.find(spanWord); at != std::string_view::npos; at = ids.find(spanWord, at + 1)) {
        if (const std::string_view span = ids.substr(at + spanWord.size()); !span.empty())
            take(ids.substr(0, at), span);
    }
}

/// Ids as the corpus has them: texts are looked for in one pass over its strings.
class IdsIn
{
public:
    void want(std::string_view text)
    {
        if (parseId(text).form == IdForm::Text)
            m_texts.emplace(text, StringId());
    }
    void find(const StringTable& strings)
    {
        for (std::uint32_t i = 1; i < strings.size() && !m_texts.empty(); ++i) {
            const auto wanted = m_texts.find(strings[StringId{i}]);
            if (wanted != m_texts.end() && !wanted->second)
                wanted->second = StringId{i};
        }
    }
    /// None where the corpus cannot have it.
    Id operator[](std::string_view text) const
    {
        const Id id = parseId(text);
        if (id.form != IdForm::Text)
            return id;
        const StringId interned = m_texts.at(text);
        return interned ? Id{0, interned.value, IdForm::Text} : Id{};
    }

private:
    std::unordered_map<std::string_view, StringId> m_texts;
};

std::optional<std::uint32_t> rowBehind(std::string_view place, std::string_view word, std::uint32_t rows)
{
    if (!place.starts_with(word))
        return std::nullopt;
    place.remove_prefix(word.size());
    std::uint32_t row = 0;
    const auto [end, error] = std::from_chars(place.data(), place.data() + place.size(), row);
    const bool whole = error == std::errc() && end == place.data() + place.size();
    return whole && row < rows ? std::optional(row) : std::nullopt;
}

struct Meant {
    std::size_t place = 0;
    Id span; ///< None: the trace
};

} // namespace

std::vector<FoundPlace> findPlaces(const Corpus& corpus, std::span<const std::string> places)
{
    std::vector<FoundPlace> found(places.size());
    std::map<IdKey, std::vector<Meant>> ofTraces;
    IdsIn ids;
    for (const std::string_view place : places) {
        if (place.starts_with(traceWord))
            forEachReading(place.substr(traceWord.size()), [&](std::string_view trace, std::string_view span) {
                ids.want(trace);
                ids.want(span);
            });
    }
    ids.find(corpus.strings);
    for (std::size_t i = 0; i < places.size(); ++i) {
        const std::string_view place = places[i];
        if (const auto traceRow = rowBehind(place, traceRowWord, corpus.traces.rows())) {
            found[i].trace = traceRow;
        } else if (const auto row = rowBehind(place, spanRowWord, corpus.spans.rows())) {
            found[i] = {static_cast<std::uint32_t>(corpus.spans.at(SpanColumn::Trace, *row)), *row};
        } else if (place.starts_with(traceWord)) {
            forEachReading(place.substr(traceWord.size()), [&](std::string_view trace, std::string_view span) {
                const Meant meant{i, ids[span]};
                if (span.empty() ? bool(ids[trace]) : bool(meant.span)) // a span may be of a trace without an id
                    ofTraces[keyOf(ids[trace])].push_back(meant);
            });
        }
    }
    if (ofTraces.empty())
        return found;
    std::unordered_map<std::uint32_t, std::map<IdKey, std::vector<std::size_t>>> ofSpans;
    for (std::uint32_t trace = 0; trace < corpus.traces.rows(); ++trace) {
        const IdKey key{static_cast<std::uint64_t>(corpus.traces.at(TraceColumn::IdHigh, trace)),
                        static_cast<std::uint64_t>(corpus.traces.at(TraceColumn::IdLow, trace)),
                        static_cast<IdForm>(corpus.traces.at(TraceColumn::IdForm, trace))};
        const auto meant = ofTraces.find(key);
        if (meant == ofTraces.end())
            continue;
        for (const Meant& each : meant->second) {
            if (each.span)
                ofSpans[trace][keyOf(each.span)].push_back(each.place);
            else
                found[each.place] = {trace, noRow};
        }
    }
    for (Row row = 0; row < corpus.spans.rows() && !ofSpans.empty(); ++row) {
        const auto trace = static_cast<std::uint32_t>(corpus.spans.at(SpanColumn::Trace, row));
        const auto spans = ofSpans.find(trace);
        if (spans == ofSpans.end() || corpus.spans.flagged(row, SpanFlag::Superseded))
            continue;
        const auto meant = spans->second.find(keyOf(corpus.spans.spanId(row)));
        if (meant == spans->second.end())
            continue;
        for (const std::size_t place : meant->second)
            found[place] = {trace, row};
    }
    return found;
}

} // namespace arcscope
