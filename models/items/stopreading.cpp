#include "stopreading.h"

#include "displaytext.h"
#include "findingwords.h"
#include "session.h"
#include "spancontent.h"

#include <QCoreApplication>

#include <algorithm>
#include <random>

namespace arcscope
{
namespace
{

constexpr int drawn = 5;
constexpr int decidedBefore = 60;
constexpr int decidedOf = 160;

QString tr(const char* text)
{
    return QCoreApplication::translate("StopReading", text);
}

bool isInside(std::string_view text, std::size_t at)
{
    return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0U) == 0x80;
}

/// The byte so many characters before `from`.
std::size_t back(std::string_view text, std::size_t from, int characters)
{
    for (; characters > 0 && from > 0; --characters) {
        --from;
        while (from > 0 && isInside(text, from))
            --from;
    }
    return from;
}

std::size_t forward(std::string_view text, std::size_t from, int characters)
{
    for (; characters > 0 && from < text.size(); --characters) {
        ++from;
        while (isInside(text, from))
            ++from;
    }
    return from;
}

struct Text {
    std::string_view text;
    TextPlace place;
};

QString titleOf(const SpanContent& content, const TextPlace& place)
{
    FindingPlace of;
    of.text = place;
    QString title = sourceText(of);
    if (place.of != TextPlace::Of::Output || place.message >= content.output.size())
        return title;
    const std::vector<Part>& parts = content.output[place.message].parts;
    if (place.part < parts.size() && parts[place.part].kind == PartKind::ToolCall)
        title += tr(", call of %1").arg(oneLine(parts[place.part].name, 80));
    return title;
}

/// Bytes [from, to) of the text, with [markFrom, markTo) marked as far as it lies there.
StopExcerpt excerpt(const Text& of, std::size_t from, std::size_t to, std::size_t markFrom, std::size_t markTo)
{
    StopExcerpt made;
    markFrom = std::clamp(markFrom, from, to);
    markTo = std::clamp(markTo, markFrom, to);
    made.text = safeText(of.text.substr(from, markFrom - from));
    made.markFrom = static_cast<int>(made.text.size());
    made.text += safeText(of.text.substr(markFrom, markTo - markFrom));
    made.markTo = static_cast<int>(made.text.size());
    made.text += safeText(of.text.substr(markTo, to - markTo));
    made.cutBefore = from > 0;
    made.cutBehind = to < of.text.size();
    return made;
}

const std::string* partText(const std::vector<Message>& messages, const TextPlace& place)
{
    return place.message < messages.size() && place.part < messages[place.message].parts.size()
               ? &messages[place.message].parts[place.part].text
               : nullptr;
}

const std::string* textAt(const SpanContent& content, const TextPlace& place)
{
    switch (place.of) {
    case TextPlace::Of::Input:
        return partText(content.input, place);
    case TextPlace::Of::Output:
        return partText(content.output, place);
    case TextPlace::Of::ToolArguments:
        return &content.toolArguments;
    case TextPlace::Of::ToolResult:
        return &content.toolResult;
    case TextPlace::Of::StatusMessage:
        return &content.statusMessage;
    case TextPlace::Of::Attribute:
        return place.message < content.attributes.size() ? &content.attributes[place.message].value : nullptr;
    case TextPlace::Of::None:
        break;
    }
    return nullptr;
}

/// What was said last: a text, else a call, else what was thought.
Text lastSaid(const SpanContent& content)
{
    const auto last = [&](auto wanted) -> Text {
        for (std::size_t m = content.output.size(); m-- > 0;) {
            const std::vector<Part>& parts = content.output[m].parts;
            for (std::size_t p = parts.size(); p-- > 0;) {
                if (!parts[p].text.empty() && wanted(parts[p].kind))
                    return {parts[p].text,
                            {TextPlace::Of::Output, static_cast<std::uint32_t>(m), static_cast<std::uint32_t>(p)}};
            }
        }
        return {};
    };
    Text found = last([](PartKind kind) { return kind == PartKind::Text || kind == PartKind::Refusal; });
    if (found.text.empty())
        found = last([](PartKind kind) { return kind == PartKind::ToolCall; });
    return found.text.empty() ? last([](PartKind) { return true; }) : found;
}

} // namespace

StopReading stopReading(const SpanContent& content, const SpanStop& stop)
{
    StopReading made;
    made.row = stop.row;
    const std::string* const decided = textAt(content, stop.place);
    const Text end = decided && !decided->empty() && stop.place.of == TextPlace::Of::Output ? Text{*decided, stop.place}
                                                                                            : lastSaid(content);
    const bool same = decided && end.place == stop.place;
    const bool ranged = stop.from >= 0 && stop.to > stop.from;
    const auto limit = [&](std::int64_t at) {
        return std::min(static_cast<std::size_t>(std::max<std::int64_t>(at, 0)), decided ? decided->size() : 0);
    };
    const std::size_t markFrom = ranged ? limit(stop.from) : 0;
    const std::size_t markTo = ranged ? limit(stop.to) : 0;
    if (!end.text.empty()) {
        const std::size_t from = back(end.text, end.text.size(), endCharacters);
        made.end = excerpt(end, from, end.text.size(), same ? markFrom : 0, same ? markTo : 0);
        made.end.title = titleOf(content, end.place);
        if (same && (markFrom >= from || markTo <= markFrom))
            return made;
    }
    if (decided && !decided->empty()) {
        const Text of{*decided, stop.place};
        const std::size_t begin = back(of.text, markFrom, decidedBefore);
        made.decided =
            excerpt(of, begin, forward(of.text, markFrom, decidedOf), markFrom, ranged ? markTo : of.text.size());
        made.decided.title = titleOf(content, of.place);
    }
    return made;
}

std::vector<StopReading> readStops(const OpenCorpus& open, const FoundStops& of, const std::vector<Row>& rows,
                                   const std::stop_token& stop)
{
    std::vector<StopReading> readings;
    auto workspace = Workspace::open(open.session->workspace.path());
    for (const Row row : rows) {
        if (stop.stop_requested())
            break;
        const SpanStop* const known = of.of(row);
        StopReading reading;
        if (!workspace) {
            reading.problem = oneLine(workspace.error().message);
        } else if (known) {
            const auto details = loadDetails(*workspace, *open.corpus, row);
            if (details)
                reading = stopReading(details->content, *known);
            else
                reading.problem = oneLine(details.error().message);
        }
        if (reading.problem.isEmpty() && reading.end.text.isEmpty() && reading.decided.text.isEmpty())
            reading.problem = tr("No text is recorded on this span.");
        reading.row = row;
        readings.push_back(std::move(reading));
    }
    return readings;
}

std::vector<StopExemplar> stopExemplars(const Corpus& corpus, const std::vector<Row>& rows, unsigned seed)
{
    std::vector<StopExemplar> picked;
    if (rows.empty())
        return picked;
    const auto column = [](UsageClass of) {
        return static_cast<SpanColumn>(static_cast<int>(SpanColumn::FirstUsage) + static_cast<int>(of));
    };
    const auto length = [&](Row row) {
        const std::int64_t output = corpus.spans.at(column(UsageClass::Output), row);
        const std::int64_t reasoning = corpus.spans.at(column(UsageClass::Reasoning), row);
        const std::int64_t tokens = (output == noTokens ? 0 : output) + (reasoning == noTokens ? 0 : reasoning);
        return std::pair(output == noTokens && reasoning == noTokens ? std::int64_t(-1) : tokens,
                         corpus.spans.duration(row));
    };
    const auto take = [&](Row row, StopExemplar::Why why) {
        if (std::none_of(picked.begin(), picked.end(), [row](const StopExemplar& one) { return one.row == row; }))
            picked.push_back({row, why});
    };
    Row longest = noRow;
    Row newest = noRow;
    std::pair<std::int64_t, Nanos> most{-1, -1};
    Nanos last = noTime;
    for (const Row row : rows) {
        if (const auto here = length(row); here > most) {
            most = here;
            longest = row;
        }
        if (const Nanos start = corpus.spans.start(row); start > last) {
            last = start;
            newest = row;
        }
    }
    if (longest != noRow)
        take(longest, StopExemplar::Why::Longest);
    if (newest != noRow)
        take(newest, StopExemplar::Why::Newest);
    std::vector<Row> others;
    for (const Row row : rows) {
        if (std::none_of(picked.begin(), picked.end(), [row](const StopExemplar& one) { return one.row == row; }))
            others.push_back(row);
    }
    std::mt19937 random(seed);
    for (int i = 0; i < drawn && !others.empty(); ++i) {
        const std::size_t at = random() % others.size();
        take(others[at], StopExemplar::Why::Random);
        others.erase(others.begin() + static_cast<std::ptrdiff_t>(at));
    }
    return picked;
}

} // namespace arcscope
