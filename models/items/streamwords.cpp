#include "streamwords.h"

#include "displaytext.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstdlib>

namespace arcscope
{
namespace
{

QString tr(const char* text)
{
    return QCoreApplication::translate("StreamWords", text);
}

QString latin(std::string_view word)
{
    return QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size())).replace(u'_', u' ');
}

QString exposureText(const Retraction& gone)
{
    const QString shown = gone.exposure == noTime ? tr("for a time that is not recorded")
                                                  : QString::fromStdString(durationText(gone.exposure));
    return tr("taken back (%1, %2): %3 bytes that were shown %4")
        .arg(latin(name(gone.reason)), latin(name(gone.evidence)), countText(static_cast<std::int64_t>(gone.bytes)),
             shown);
}

QString boxText(const StreamTimeline& timeline, const StreamBox& box)
{
    constexpr std::size_t mostBytes = 120;
    QString text = laneName(timeline, box.lane) + QStringLiteral("  ");
    if (box.count > 1)
        text += tr("%1 chunks: ").arg(countText(box.count));
    return text + oneLine(textOf(timeline, box, mostBytes), 100);
}

QString markText(const StreamEvent& event)
{
    return latin(name(event.kind)) + QStringLiteral("  ") +
           oneLine(event.text.empty() ? event.detail : event.text, 100);
}

} // namespace

QString laneName(const StreamTimeline& timeline, std::uint32_t lane)
{
    const StreamLane& row = timeline.lanes[lane];
    const std::vector<TextBlock>& blocks = timeline.model->blocks();
    const TextBlock& block = blocks[row.block];
    if (row.drafts)
        return tr("drafts");
    QString name = block.type == BlockType::ToolCall    ? tr("tool %1").arg(oneLine(block.name, 60))
                   : block.type == BlockType::Reasoning ? tr("reasoning")
                   : block.type == BlockType::Refusal   ? tr("refusal")
                   : block.type == BlockType::Audio     ? tr("audio")
                   : block.type == BlockType::Other     ? tr("output")
                                                        : tr("text");
    const bool choices =
        std::any_of(blocks.begin(), blocks.end(), [&](const TextBlock& other) { return other.choice != block.choice; });
    return choices ? tr("%1, choice %2").arg(name).arg(block.choice + 1) : name;
}

QString phaseText(const StreamPhase& phase)
{
    const char* const words[] = {
        QT_TRANSLATE_NOOP("StreamWords", "waiting"),   QT_TRANSLATE_NOOP("StreamWords", "opening"),
        QT_TRANSLATE_NOOP("StreamWords", "reasoning"), QT_TRANSLATE_NOOP("StreamWords", "answering"),
        QT_TRANSLATE_NOOP("StreamWords", "closing"),   QT_TRANSLATE_NOOP("StreamWords", "queue"),
        QT_TRANSLATE_NOOP("StreamWords", "loading"),   QT_TRANSLATE_NOOP("StreamWords", "reading the prompt"),
        QT_TRANSLATE_NOOP("StreamWords", "writing"),   QT_TRANSLATE_NOOP("StreamWords", "connecting"),
        QT_TRANSLATE_NOOP("StreamWords", "sending"),   QT_TRANSLATE_NOOP("StreamWords", "until the response"),
        QT_TRANSLATE_NOOP("StreamWords", "receiving")};
    QString text = tr(words[static_cast<std::size_t>(phase.kind)]) + QStringLiteral("  ") +
                   QString::fromStdString(durationText(phase.range.length()));
    if (phase.source == PhaseSource::Declared)
        text += tr(" (declared)");
    else if (phase.source == PhaseSource::Bounded)
        text += tr(" (at most)");
    return text;
}

QString placeText(const StreamTimeline& timeline, Nanos place, std::uint32_t event)
{
    constexpr int longestQuote = 40;
    const std::vector<StreamEvent>& events = timeline.model->events();
    QString text;
    if (!timeline.ordinal) {
        const Nanos since = place - timeline.origin;
        text = (since < 0 ? QStringLiteral("\u2212") : QStringLiteral("+")) +
               QString::fromStdString(durationText(since < 0 ? -since : since)) + QStringLiteral("  \u00b7  ");
    }
    if (event == noEvent)
        return text + tr("before the first event");
    text += tr("event %1 of %2, %3")
                .arg(countText(std::int64_t{event} + 1), countText(static_cast<std::int64_t>(events.size())),
                     latin(name(events[event].kind)));
    if (!events[event].text.empty())
        text += QStringLiteral(" \u201c") + oneLine(events[event].text, longestQuote).simplified() +
                QStringLiteral("\u201d");
    return text;
}

QString textAt(const StreamTimeline& timeline, const StreamScene& scene, int x, int y, int reach)
{
    for (const auto& [boxes, phases] :
         {std::pair{&scene.phases, &timeline.marks.phases}, std::pair{&scene.stated, &timeline.marks.stated}}) {
        for (const PhaseBox& box : *boxes) {
            if (box.rect.contains(x, y))
                return phaseText((*phases)[box.phase]);
        }
    }
    for (const ExposureLine& line : scene.exposures) {
        if (std::abs(line.y - y) <= reach && x >= line.fromX - reach && x <= line.toX + reach)
            return exposureText(timeline.model->retractions()[line.retraction]);
    }
    for (const LinkArc& arc : scene.links) {
        if (y <= arc.y + reach && y >= arc.y - 2 * reach && x >= arc.fromX - reach && x <= arc.toX + reach)
            return oneLine(timeline.marks.links[arc.link].what, 200);
    }
    QStringList parts;
    for (const StretchBox& box : scene.stretches) {
        if (box.rect.contains(x, y))
            parts << oneLine(timeline.marks.stretches[box.stretch].what, 200);
    }
    if (const StreamBox* const box = boxAt(scene, x, y))
        parts << boxText(timeline, *box);
    for (const EventMark& mark : scene.marks) {
        if (std::abs(mark.x - x) <= reach && y >= scene.marksTop && y < scene.latencyTop) {
            parts << markText(timeline.model->events()[mark.event]);
            break;
        }
    }
    return parts.join(QStringLiteral("  \u00b7  "));
}

} // namespace arcscope
