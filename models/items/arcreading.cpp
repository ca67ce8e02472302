#include "arcreading.h"

#include "calltexts.h"
#include "displaytext.h"
#include "finding.h"
#include "spancontent.h"
#include "storedsettings.h"
#include "storedtrace.h"
#include "turnsignals.h"
#include "userthread.h"
#include "workspace.h"

#include <QStringList>

#include <algorithm>
#include <optional>

namespace arcscope
{
namespace
{

/// The step that a turn is, else the last one that its span shows before; nothing where none is.
std::optional<std::uint32_t> stepOf(const FoundArcs& arcs, std::uint32_t first, std::uint32_t events, const Turn& turn)
{
    std::optional<std::uint32_t> found;
    for (std::uint32_t event = first; event < first + events; ++event) {
        const auto at = [&](ArcEventColumn column) { return arcs.arcs.events.at(column, event); };
        if (at(ArcEventColumn::SpanRow) != turn.row)
            continue;
        if (at(ArcEventColumn::TextOf) == static_cast<int>(turn.place.of) &&
            at(ArcEventColumn::TextMessage) == turn.place.message && at(ArcEventColumn::TextPart) == turn.place.part)
            return event;
        if (!found || static_cast<ArcStep>(at(ArcEventColumn::Step)) != ArcStep::Response)
            found = event;
    }
    return found;
}

/// Which words of its users tell of frustration: the same signals that are counted in the table.
void findWords(Workspace& workspace, const FoundArcs& arcs, ArcReading& reading, const std::stop_token& stop)
{
    const auto first = static_cast<std::uint32_t>(arcs.at(ArcColumn::FirstEvent, reading.arc));
    const auto events = static_cast<std::uint32_t>(arcs.at(ArcColumn::Events, reading.arc));
    const auto segment = static_cast<std::uint32_t>(arcs.at(ArcColumn::FirstSegment, reading.arc));
    const auto segments = static_cast<std::uint32_t>(arcs.at(ArcColumn::Segments, reading.arc));
    const auto settings = storedSettings(settingsFile());
    if (!settings)
        return;
    for (std::uint32_t i = segment; i < segment + segments && !stop.stop_requested(); ++i) {
        StoredTrace trace(
            workspace, *arcs.corpus,
            arcs.corpus->rowsOf(static_cast<std::uint32_t>(arcs.arcs.segments.at(ArcSegmentColumn::Trace, i))));
        const Conversation conversation = conversationOf(trace);
        const Thread said = userThreadOf(trace, conversation).turns;
        for (const TurnSignal& signal : turnSignals(conversation, said, *settings)) {
            if (signal.kind != TurnSignalKind::Frustration || signal.words.empty())
                continue;
            const Turn& turn = conversation.at(said, signal.turn);
            const auto event = stepOf(arcs, first, events, turn);
            if (!event)
                continue;
            QStringList words;
            for (const TextRange& range : signal.words)
                words << oneLine(range.of(turn.text), 80);
            reading.words.push_back(
                {*event, words.join(QStringLiteral(" \u2026 ")), oneLine(signal.rule, 80), oneLine(signal.why, 300)});
        }
    }
    std::stable_sort(reading.words.begin(), reading.words.end(),
                     [](const ArcWords& a, const ArcWords& b) { return a.event < b.event; });
}

} // namespace

ArcQuote arcQuote(const FoundArcs& arcs, std::uint32_t event, const SpanContent& content)
{
    const auto at = [&](ArcEventColumn column) { return arcs.arcs.events.at(column, event); };
    TextPlace place;
    place.of = static_cast<TextPlace::Of>(at(ArcEventColumn::TextOf));
    place.message = static_cast<std::uint32_t>(at(ArcEventColumn::TextMessage));
    place.part = static_cast<std::uint32_t>(at(ArcEventColumn::TextPart));
    ArcQuote made;
    made.event = event;
    const std::optional<std::string> text = textOf(content, place);
    if (!text)
        return made;
    const auto limit = [&](std::int64_t byte) {
        return std::min(static_cast<std::size_t>(std::max<std::int64_t>(0, byte)), text->size());
    };
    const bool ranged = at(ArcEventColumn::TextFrom) >= 0 && at(ArcEventColumn::TextTo) > at(ArcEventColumn::TextFrom);
    const std::size_t from = ranged ? limit(at(ArcEventColumn::TextFrom)) : 0;
    const std::size_t to = ranged ? std::max(from, limit(at(ArcEventColumn::TextTo))) : text->size();
    const std::string piece = quoted(std::string_view(*text).substr(from, to - from), mostQuoteBytes);
    made.text = safeText(piece).trimmed();
    made.cut = piece.size() < to - from;
    return made;
}

ArcReadingPtr readArc(const std::string& workspace, const FoundArcs& arcs, std::uint32_t arc,
                      const std::stop_token& stop)
{
    auto reading = std::make_shared<ArcReading>();
    reading->arc = arc;
    const auto first = static_cast<std::uint32_t>(arcs.at(ArcColumn::FirstEvent, arc));
    const auto events = static_cast<std::uint32_t>(arcs.at(ArcColumn::Events, arc));
    auto opened = Workspace::open(workspace);
    Row last = noRow;
    std::optional<SpanContent> content; // of the last row: steps of one span follow each other
    QString problem;
    for (std::uint32_t event = first; event < first + events && !stop.stop_requested(); ++event) {
        if (reading->quotes.size() == mostQuotes) {
            reading->whole = false;
            break;
        }
        const auto row = static_cast<Row>(arcs.arcs.events.at(ArcEventColumn::SpanRow, event));
        if (row != last) {
            last = row;
            content.reset();
            problem.clear();
            if (!opened) {
                problem = oneLine(opened.error().message);
            } else if (row < arcs.corpus->spans.rows()) {
                auto details = loadDetails(*opened, *arcs.corpus, row);
                if (details)
                    content = std::move(details->content);
                else
                    problem = oneLine(details.error().message);
            }
        }
        ArcQuote quote;
        if (content)
            quote = arcQuote(arcs, event, *content);
        quote.event = event;
        quote.problem = problem;
        reading->quotes.push_back(std::move(quote));
    }
    if (opened && arcs.at(ArcColumn::FrustrationSignals, arc) > 0)
        findWords(*opened, arcs, *reading, stop);
    return reading;
}

} // namespace arcscope
