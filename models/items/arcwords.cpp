#include "arcwords.h"

#include "displaytext.h"

#include <QCoreApplication>
#include <QLocale>

#include <array>

namespace arcscope
{
namespace
{

QString tr(const char* text)
{
    return QCoreApplication::translate("ArcWords", text);
}

struct OutcomeWords {
    const char* text;
    const char* meaning;
    char16_t sign;
};
constexpr std::array<OutcomeWords, arcOutcomeCount> outcomes{{
    {QT_TRANSLATE_NOOP("ArcWords", "declined"),
     QT_TRANSLATE_NOOP("ArcWords", "Not attempted: refused, filtered, or it cannot be done."), u'\u2298'},
    {QT_TRANSLATE_NOOP("ArcWords", "deferred"), QT_TRANSLATE_NOOP("ArcWords", "Handed to a person."), u'\u2192'},
    {QT_TRANSLATE_NOOP("ArcWords", "failed"), QT_TRANSLATE_NOOP("ArcWords", "Attempted, and not done."), u'\u2717'},
    {QT_TRANSLATE_NOOP("ArcWords", "succeeded"), QT_TRANSLATE_NOOP("ArcWords", "Attempted, and done."), u'\u2713'},
    {QT_TRANSLATE_NOOP("ArcWords", "unknown"), QT_TRANSLATE_NOOP("ArcWords", "Nothing tells what became of it."), u'?'},
}};

constexpr std::array<std::pair<const char*, char16_t>, arcStepCount> steps{{
    {QT_TRANSLATE_NOOP("ArcWords", "request"), u'\u25b8'},
    {QT_TRANSLATE_NOOP("ArcWords", "response"), u'\u25cf'},
    {QT_TRANSLATE_NOOP("ArcWords", "accept"), u'\u2713'},
    {QT_TRANSLATE_NOOP("ArcWords", "ignore"), u'\u00b7'},
    {QT_TRANSLATE_NOOP("ArcWords", "ask again"), u'\u21a9'},
    {QT_TRANSLATE_NOOP("ArcWords", "regenerate"), u'\u21bb'},
    {QT_TRANSLATE_NOOP("ArcWords", "correct"), u'\u270e'},
    {QT_TRANSLATE_NOOP("ArcWords", "escalate"), u'\u2191'},
}};

QString duration(Nanos length)
{
    return length < 0 ? notRecordedText() : QString::fromStdString(durationText(length));
}

QString tagText(const FoundArcs& arcs, SpanText tag, std::uint32_t arc)
{
    return oneLine(arcs.tag(tag, arc), 80);
}

} // namespace

const std::array<ArcOutcome, arcOutcomeCount>& shownOutcomes()
{
    static constexpr std::array<ArcOutcome, arcOutcomeCount> order{
        ArcOutcome::Succeeded, ArcOutcome::Failed, ArcOutcome::Deferred, ArcOutcome::Declined, ArcOutcome::Unknown};
    return order;
}

QString outcomeText(ArcOutcome outcome)
{
    return tr(outcomes[static_cast<std::size_t>(outcome)].text);
}

QString outcomeMeaning(ArcOutcome outcome)
{
    return tr(outcomes[static_cast<std::size_t>(outcome)].meaning);
}

QChar outcomeSign(ArcOutcome outcome)
{
    return outcomes[static_cast<std::size_t>(outcome)].sign;
}

QString resolutionText(ArcResolution resolution)
{
    switch (resolution) {
    case ArcResolution::Resolved:
        return tr("resolved");
    case ArcResolution::ResolvedByHuman:
        return tr("resolved by a person");
    case ArcResolution::Abandoned:
        return tr("abandoned");
    case ArcResolution::Infeasible:
        return tr("infeasible");
    case ArcResolution::Declined:
        return tr("declined");
    case ArcResolution::Failed:
        return tr("failed");
    case ArcResolution::Unknown:
        break;
    }
    return tr("unknown");
}

QString sourceText(ArcSource source)
{
    switch (source) {
    case ArcSource::Human:
        return tr("a review");
    case ArcSource::DataLabel:
        return tr("label in the data");
    case ArcSource::UserAction:
        return tr("recorded");
    case ArcSource::Rule:
        return tr("inferred by rule");
    case ArcSource::None:
        break;
    }
    return tr("nobody");
}

QString stepText(ArcStep step)
{
    return tr(steps[static_cast<std::size_t>(step)].first);
}

QChar stepSign(ArcStep step)
{
    return steps[static_cast<std::size_t>(step)].second;
}

QString joinText(ArcJoin join)
{
    switch (join) {
    case ArcJoin::First:
        return tr("the first stretch");
    case ArcJoin::SameTask:
        return tr("the same task");
    case ArcJoin::SameSession:
        return tr("the same session");
    case ArcJoin::Accepted:
        break;
    }
    return tr("a stitch that was accepted");
}

QString ruleText(std::string_view rule)
{
    for (const std::string_view prefix : {"rule: ", "label: ", "rule:", "label:"}) {
        if (rule.starts_with(prefix)) {
            rule.remove_prefix(prefix.size());
            break;
        }
    }
    return oneLine(rule, 120);
}

QString outcomeWithSource(const FoundArcs& arcs, std::uint32_t arc)
{
    QString what = outcomeText(arcs.outcome(arc));
    const ArcSource source = arcs.source(arc);
    if (source == ArcSource::None)
        return what;
    const QString rule = ruleText(arcs.text(ArcColumn::OutcomeRule, arc));
    return rule.isEmpty() || source == ArcSource::Human ? tr("%1, %2").arg(what, sourceText(source))
                                                        : tr("%1, %2 (%3)").arg(what, sourceText(source), rule);
}

QString arcName(const FoundArcs& arcs, std::uint32_t arc)
{
    const QString name = oneLine(arcs.task(arc), 120);
    const auto saysWhatItIs = [&name](QLatin1String word) { // "task 7", "trace-1": not "task task 7"
        return name.startsWith(word, Qt::CaseInsensitive) && name.size() > word.size() && !name[word.size()].isLetter();
    };
    QString task = saysWhatItIs(QLatin1String("task")) ? name : tr("task %1").arg(name);
    const bool named = !arcs.tag(SpanText::Task, arc).empty();
    const QString key = oneLine(arcs.text(ArcColumn::Key, arc), 120);
    switch (static_cast<ArcUnit>(arcs.at(ArcColumn::Unit, arc))) {
    case ArcUnit::Task:
        return task;
    case ArcUnit::Session:
        return named                                    ? tr("%1, session %2").arg(task, key)
               : saysWhatItIs(QLatin1String("session")) ? name
                                                        : tr("session %1").arg(name);
    case ArcUnit::Trace:
        break;
    }
    return named                                  ? tr("%1, trace %2").arg(task, key)
           : saysWhatItIs(QLatin1String("trace")) ? name
                                                  : tr("trace %1").arg(name);
}

QString goalText(const FoundArcs& arcs, std::uint32_t arc)
{
    const std::string_view goal = arcs.text(ArcColumn::Goal, arc);
    return goal.empty() ? tr("not recorded") : oneLine(goal, 240);
}

QString arcCost(const FoundArcs& arcs, std::uint32_t arc)
{
    const std::int64_t cost = arcs.at(ArcColumn::Cost, arc);
    if (cost < 0)
        return notRecordedText();
    const QString text = costText(cost, arcs.tag(SpanText::Currency, arc));
    return arcs.tag(SpanText::PriceTable, arc).empty() ? text : tr("%1, computed").arg(text);
}

QString arcSummary(const FoundArcs& arcs, std::uint32_t arc)
{
    return tr("%1: %2; %3, %4; %5")
        .arg(arcName(arcs, arc), goalText(arcs, arc), outcomeWithSource(arcs, arc),
             arcs.at(ArcColumn::Turns, arc) < 0
                 ? tr("turns not recorded")
                 : counted(arcs.at(ArcColumn::Turns, arc), tr("%1 turn"), tr("%1 turns")),
             duration(arcs.at(ArcColumn::Duration, arc)));
}

QString arcDetails(const FoundArcs& arcs, std::uint32_t arc)
{
    const auto number = [&](ArcColumn column) {
        const std::int64_t value = arcs.at(column, arc);
        return value < 0 ? notRecordedText() : countText(value);
    };
    QStringList lines;
    lines << arcName(arcs, arc);
    lines << tr("goal: %1").arg(goalText(arcs, arc));
    lines << tr("outcome: %1").arg(outcomeWithSource(arcs, arc));
    lines << tr("resolution: %1").arg(resolutionText(static_cast<ArcResolution>(arcs.at(ArcColumn::Resolution, arc))));
    if (const std::int64_t score = arcs.at(ArcColumn::Score, arc); score != noScore)
        lines << tr("score: %1").arg(QLocale().toString(static_cast<double>(score) / 1e6, 'g', 4));
    lines << tr("started: %1").arg(timeText(arcs.at(ArcColumn::Start, arc)));
    lines << tr("length: %1, of it %2 active")
                 .arg(duration(arcs.at(ArcColumn::Duration, arc)), duration(arcs.at(ArcColumn::Active, arc)));
    lines << tr("sessions: %1, devices: %2").arg(number(ArcColumn::Sessions), number(ArcColumn::Devices));
    lines << tr("turns: %1, responses: %2, model calls: %3, tool calls: %4")
                 .arg(number(ArcColumn::Turns), number(ArcColumn::Responses), number(ArcColumn::ModelCalls),
                      number(ArcColumn::ToolCalls));
    lines << tr("asked again: %1, regenerated: %2, corrected: %3, escalated: %4")
                 .arg(number(ArcColumn::ReAsks), number(ArcColumn::Regenerates), number(ArcColumn::Edits),
                      number(ArcColumn::Escalations));
    lines << tr("signals of frustration: %1").arg(number(ArcColumn::FrustrationSignals));
    lines << tr("tokens: %1, cost: %2").arg(number(ArcColumn::Tokens), arcCost(arcs, arc));
    if (const QString model = tagText(arcs, SpanText::ModelServed, arc); !model.isEmpty())
        lines << tr("model: %1").arg(model);
    if (const std::int64_t stitches = arcs.at(ArcColumn::Stitches, arc); stitches > 0)
        lines << counted(stitches, tr("%1 stitch is proposed"), tr("%1 stitches are proposed"));
    return lines.join(QLatin1Char('\n'));
}

QString stretchText(const FoundArcs& arcs, std::uint32_t segment)
{
    const auto text = [&](ArcSegmentColumn column) {
        return oneLine(
            arcs.corpus->strings[StringId{static_cast<std::uint32_t>(arcs.arcs.segments.at(column, segment))}], 80);
    };
    QStringList parts;
    if (const QString device = text(ArcSegmentColumn::Device); !device.isEmpty())
        parts << device;
    if (const QString session = text(ArcSegmentColumn::Session); !session.isEmpty())
        parts << tr("session %1").arg(session);
    return parts.join(QStringLiteral(" \u00b7 "));
}

QString eventSummary(const FoundArcs& arcs, std::uint32_t event)
{
    const auto at = [&](ArcEventColumn column) { return arcs.arcs.events.at(column, event); };
    const QString rule = ruleText(arcs.arcs.texts[StringId{static_cast<std::uint32_t>(at(ArcEventColumn::Rule))}]);
    const QString source = sourceText(static_cast<ArcSource>(at(ArcEventColumn::Source)));
    const Nanos time = at(ArcEventColumn::Time);
    return tr("%1, %2, %3")
        .arg(stepText(static_cast<ArcStep>(at(ArcEventColumn::Step))),
             rule.isEmpty() ? source : tr("%1 (%2)").arg(source, rule),
             time == noTime ? tr("time not recorded") : timeText(time));
}

QString stitchText(const FoundArcs& arcs, const ArcStitch& stitch, std::uint32_t from)
{
    const bool later = stitch.earlier == from;
    return (later ? tr("May go on in %1") : tr("May go on from %1"))
               .arg(arcName(arcs, later ? stitch.later : stitch.earlier)) +
           tr(" (score %1): %2").arg(QLocale().toString(stitch.score, 'f', 2), oneLine(stitch.reason, 300));
}

} // namespace arcscope
