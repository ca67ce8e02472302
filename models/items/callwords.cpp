#include "callwords.h"

#include "displaytext.h"
#include "ticks.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>

namespace arcscope
{
namespace
{

constexpr std::uint32_t none = TreeCall::none;
constexpr Nanos minute = 60 * second;

QString tr(const char* text)
{
    return QCoreApplication::translate("CallWords", text);
}

QString fromView(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString length(Nanos length)
{
    return length < 0 ? notRecordedText() : QString::fromStdString(durationText(length));
}

QString toolName(const TreeCall& call)
{
    if (!call.tool.empty())
        return oneLine(call.tool, 80);
    if (call.kind == CallKind::Agent)
        return tr("(no name)");
    return call.id.empty() ? tr("(no name)") : tr("call %1").arg(oneLine(call.id, 40));
}

QString spanName(const CallTreeSubject& subject, Row row)
{
    const QString name = row == noRow ? QString() : oneLine(subject.corpus->text(SpanText::Name, row), 80);
    return name.isEmpty() ? tr("(no name)") : name;
}

/// Two of them ran at one moment.
bool anyAtOnce(const CallTreeSubject& subject, const CallScope& scope)
{
    std::vector<TimeRange> runs;
    for (const std::uint32_t call : scope.calls) {
        const TreeCall& each = subject.tree.calls[call];
        if (each.start != noTime && each.end > each.start)
            runs.push_back({each.start, each.end});
    }
    std::sort(runs.begin(), runs.end(), [](const TimeRange& a, const TimeRange& b) { return a.start < b.start; });
    Nanos end = noTime;
    for (const TimeRange& run : runs) {
        if (end != noTime && run.start < end)
            return true;
        end = std::max(end, run.end);
    }
    return false;
}

/// "search × 3, read".
QString toolsOf(const CallTreeSubject& subject, const CallScope& scope)
{
    constexpr std::size_t most = 3;
    std::vector<std::pair<QString, int>> tools;
    for (const std::uint32_t call : scope.calls) {
        const QString tool = toolName(subject.tree.calls[call]);
        const auto known =
            std::find_if(tools.begin(), tools.end(), [&](const auto& each) { return each.first == tool; });
        if (known == tools.end())
            tools.emplace_back(tool, 1);
        else
            ++known->second;
    }
    QStringList names;
    for (std::size_t i = 0; i < std::min(most, tools.size()); ++i)
        names << (tools[i].second > 1
                      ? QStringLiteral("%1 \u00d7 %2").arg(tools[i].first, QString::number(tools[i].second))
                      : tools[i].first);
    if (tools.size() > most)
        names << QStringLiteral("\u2026");
    return names.join(QStringLiteral(", "));
}

QString ownerName(const CallTreeSubject& subject, const CallScope& scope, Row row)
{
    QString who;
    switch (scope.of) {
    case CallScope::Of::Batch:
        who = row == noRow ? tr("batch") : tr("%1, batch").arg(spanName(subject, row));
        break;
    case CallScope::Of::Message:
    case CallScope::Of::Agents:
    case CallScope::Of::Span:
        who = row == noRow ? tr("asker not recorded") : spanName(subject, row);
    }
    const QString tools = toolsOf(subject, scope);
    // What was started comes first: of narrow columns only the beginning is seen.
    return QStringLiteral("\u2192 %1%2  \u00b7  %3")
        .arg(tools, anyAtOnce(subject, scope) ? tr(", at once") : QString(), who);
}

QString pairingText(CallPairing pairing)
{
    switch (pairing) {
    case CallPairing::Paired:
        break;
    case CallPairing::NoResult:
        return tr("no result");
    case CallPairing::NoCall:
        return tr("no call");
    case CallPairing::SecondResult:
        return tr("second result");
    }
    return {};
}

QString because(const QString& problem, const TreeCall* call)
{
    const std::string_view reason = reasonOf(*call);
    return reason.empty() ? problem : QStringLiteral("%1 (%2)").arg(problem, fromView(reason));
}

QString outcomeText(const TreeCall& call)
{
    switch (call.outcome) {
    case CallOutcome::Unknown:
        return {};
    case CallOutcome::Ok:
        return tr("ok");
    case CallOutcome::Failed:
        return tr("failed");
    case CallOutcome::TimedOut:
        return tr("timed out");
    case CallOutcome::Cancelled:
        return call.ran && call.end != noTime && call.end > call.start ? tr("cancelled, ran") : tr("cancelled");
    case CallOutcome::NotRun:
        return tr("not seen to run");
    }
    return {};
}

/// "plan at +0.1 s"; without a time only who it was.
QString atMoment(const CallTreeSubject& subject, Row row, Nanos time)
{
    const QString name = spanName(subject, row);
    return time == noTime ? name : tr("%1 at %2").arg(name, callMoment(subject, time));
}

} // namespace

QString callMoment(const CallTreeSubject& subject, Nanos time)
{
    if (time == noTime)
        return tr("not recorded");
    if (subject.lanes.ordinal || !subject.lanes.bounds.recorded())
        return QString::fromStdString(isoText(time));
    // Exact, without the zeros that say nothing.
    static const QRegularExpression zeros(QStringLiteral("\\.?0+(?= s$)"));
    const Nanos origin = subject.lanes.bounds.start;
    const Nanos minutes = std::max<Nanos>(0, time - origin) / minute;
    QString exact = QString::fromStdString(pointText(time - minutes * minute, TickMode::SinceOrigin, origin));
    if (exact.contains(QLatin1Char('.')))
        exact.remove(zeros);
    if (minutes == 0)
        return exact;
    const QString whole = minutes < 60 ? tr("%1 min").arg(minutes)
                                       : tr("%1 h %2 min").arg(minutes / 60).arg(minutes % 60, 2, 10, QLatin1Char('0'));
    return exact == QStringLiteral("0")
               ? QLatin1Char('+') + whole
               : QStringLiteral("+%1 %2").arg(whole, exact.mid(exact.startsWith(QLatin1Char('+')) ? 1 : 0));
}

QString callName(const CallTreeSubject& subject, std::uint32_t node)
{
    if (const CallScope* const scope = subject.scopeOf(node))
        return ownerName(subject, *scope, subject.node(node).row);
    const TreeCall& call = *subject.callOf(node);
    return call.kind == CallKind::Agent ? tr("agent %1").arg(toolName(call)) : toolName(call);
}

QString callState(const CallTreeSubject& subject, std::uint32_t node)
{
    if (const CallScope* const scope = subject.scopeOf(node)) {
        std::int64_t problems = 0;
        for (const std::uint32_t call : scope->calls) {
            const std::uint32_t of = subject.nodeOfCall[call];
            problems += of != none && subject.lanes.rows[of].flags.problem() ? 1 : 0;
        }
        return problems == 0 ? QString() : counted(problems, tr("%1 problem"), tr("%1 problems"));
    }
    const TreeCall& call = *subject.callOf(node);
    QStringList words;
    for (const QString& word : {outcomeText(call), pairingText(call.pairing)}) {
        if (!word.isEmpty())
            words << word;
    }
    if (ranOn(call) && call.outcome != CallOutcome::Cancelled)
        words << tr("ran on");
    const LaneFlags flags = subject.lanes.rows[node].flags;
    if (flags.has(LaneFlag::Late))
        words << tr("late");
    if (flags.has(LaneFlag::Wasted))
        words << tr("wasted");
    if (flags.has(LaneFlag::Untold))
        words << tr("untold");
    if (flags.has(LaneFlag::Retry))
        words << tr("retry");
    if (flags.has(LaneFlag::Repeat))
        words << tr("repeat");
    return words.isEmpty() ? notRecordedText() : words.join(QStringLiteral(", "));
}

QString callRetry(const CallTreeSubject& subject, std::uint32_t node)
{
    const CallNode& of = subject.node(node);
    const TreeCall* const call = subject.callOf(node);
    if (!call)
        return {};
    if (subject.attempts[of.index] > 1)
        return tr("%1 of %2").arg(call->attempt).arg(subject.attempts[of.index]);
    return call->repeats != none ? tr("repeat") : QString();
}

QStringList callProblems(const CallTreeSubject& subject, std::uint32_t node)
{
    const TreeCall* const call = subject.callOf(node);
    if (!call)
        return {};
    const LaneFlags flags = subject.lanes.rows[node].flags;
    QStringList problems;
    switch (call->pairing) {
    case CallPairing::Paired:
        break;
    case CallPairing::NoResult:
        problems << because(call->outcome == CallOutcome::NotRun
                                ? tr("It was asked for: neither that it ran nor a result is recorded.")
                                : tr("No result is recorded for it."),
                            call);
        break;
    case CallPairing::NoCall:
        problems << because(tr("A result for which no call is recorded."), call);
        break;
    case CallPairing::SecondResult:
        problems << tr("Another result for a call that has one, and it says something else.");
        break;
    }
    if (call->outcome == CallOutcome::NotRun && call->pairing != CallPairing::NoResult)
        problems << tr("It was asked for; that it ran is not recorded.");
    if (ranOn(*call))
        problems << tr("It ran on for %1 after it was cancelled.").arg(length(call->end - call->cancelledAt));
    else if (!call->ran)
        problems << tr("It was called off, and was not seen to run.");
    else if (call->outcome == CallOutcome::Cancelled && call->start != noTime && call->end > call->start)
        problems << tr("It was cancelled, and ran for %1.").arg(length(call->end - call->start));
    if (flags.has(LaneFlag::Late))
        problems << tr("It ended %1 after the results of its scope were joined.")
                        .arg(length(call->end - subject.tree.scopes[call->scope].joined));
    if (const std::uint32_t failed = subject.wastedBy[subject.node(node).index]; failed != none)
        problems << tr("It ran on for %1 after %2 had failed, and nobody was given its result.")
                        .arg(length(subject.lanes.ordinal ? -1 : subject.lanes.rows[node].wasted.length()),
                             toolName(subject.tree.calls[failed]));
    if (flags.has(LaneFlag::Untold))
        problems << tr("It failed, and whoever was given its result is not told so.");
    if (call->retryOf != none)
        problems << tr("Attempt %1: the one before failed.").arg(call->attempt);
    if (call->repeats != none)
        problems << tr("The same call, with the same arguments, was made before and did not fail.");
    return problems;
}

QString callSummary(const CallTreeSubject& subject, std::uint32_t node)
{
    QStringList parts{callName(subject, node)};
    if (const QString state = callState(subject, node); !state.isEmpty())
        parts << (state == notRecordedText() ? tr("outcome not recorded") : state);
    if (const Nanos run = subject.node(node).run; run >= 0)
        parts << length(run);
    if (const TreeCall* const call = subject.callOf(node); call && subject.attempts[subject.node(node).index] > 1)
        parts << tr("attempt %1").arg(callRetry(subject, node));
    return parts.join(QStringLiteral("  \u00b7  "));
}

QString callDetails(const CallTreeSubject& subject, std::uint32_t node, const QString& stop)
{
    QStringList lines{callSummary(subject, node)};
    if (!stop.isEmpty())
        lines << tr("stop: %1").arg(stop);
    const CallNode& of = subject.node(node);
    if (const CallScope* const scope = subject.scopeOf(node)) {
        lines << counted(static_cast<std::int64_t>(scope->calls.size()), tr("%1 call"), tr("%1 calls"));
        if (scope->range.recorded())
            lines << tr("from %1 to %2")
                         .arg(callMoment(subject, scope->range.start), callMoment(subject, scope->range.end));
        lines << (scope->joinedBy == noRow ? tr("joined: not recorded")
                                           : tr("joined by %1").arg(atMoment(subject, scope->joinedBy, scope->joined)));
        return lines.join(QLatin1Char('\n'));
    }
    const TreeCall& call = *subject.callOf(node);
    if (!call.id.empty())
        lines << tr("id %1").arg(oneLine(call.id, 80));
    lines << (call.asker == noRow ? tr("asked for by: not recorded")
                                  : tr("asked for by %1").arg(atMoment(subject, call.asker, call.askedAt)));
    if (call.outcome != CallOutcome::NotRun && call.ran)
        lines << (call.start != noTime
                      ? tr("ran from %1 to %2").arg(callMoment(subject, call.start), callMoment(subject, call.end))
                      : tr("when it ran is not recorded"));
    if (of.wait > 0)
        lines << tr("waited %1").arg(length(of.wait));
    constexpr std::size_t most = 3;
    for (std::size_t i = 0; i < std::min(most, call.receipts.size()); ++i)
        lines << tr("given to %1%2%3")
                     .arg(atMoment(subject, call.receipts[i].row, call.receipts[i].time),
                          call.receipts[i].failed ? tr(", told that it failed") : QString(),
                          call.receipts[i].inferred ? tr(" (inferred)") : QString());
    if (call.receipts.size() > most)
        lines << tr("and to %1 more").arg(call.receipts.size() - most);
    if (call.receipts.empty() && call.pairing != CallPairing::NoResult)
        lines << tr("given to: not recorded");
    lines << callProblems(subject, node);
    return lines.join(QLatin1Char('\n'));
}

QString treeSummary(const CallTreeSubject& subject)
{
    const auto& calls = subject.tree.calls;
    QStringList parts{counted(static_cast<std::int64_t>(calls.size()), tr("%1 call"), tr("%1 calls"))};
    if (subject.lanes.ordinal)
        parts << tr("order only: no times are recorded");
    else if (subject.tree.criticalTime >= 0 && subject.criticalInCalls >= 0)
        parts << tr("critical path %1 of %2, %3 of it in calls")
                     .arg(length(subject.tree.criticalTime), length(subject.lanes.bounds.length()),
                          length(subject.criticalInCalls));
    const auto wasted =
        std::count_if(subject.wastedBy.begin(), subject.wastedBy.end(), [](std::uint32_t by) { return by != none; });
    if (wasted > 0) {
        QString text = tr("%1 wasted after a failure").arg(length(subject.wastedTime));
        if (subject.wastedCost >= 0)
            text += tr(", by calls of %1").arg(costText(subject.wastedCost, subject.currency));
        parts << text;
    }
    const auto counting = [&](LaneFlag flag, const QString& one, const QString& many) {
        const auto count = std::count_if(subject.lanes.rows.begin(), subject.lanes.rows.end(),
                                         [&](const LaneRow& row) { return row.flags.has(flag); });
        if (count > 0)
            parts << counted(count, one, many);
    };
    counting(LaneFlag::Failed, tr("%1 failed"), tr("%1 failed"));
    counting(LaneFlag::Unpaired, tr("%1 unpaired"), tr("%1 unpaired"));
    counting(LaneFlag::Late, tr("%1 late"), tr("%1 late"));
    counting(LaneFlag::Retry, tr("%1 retry"), tr("%1 retries"));
    counting(LaneFlag::Repeat, tr("%1 repeat"), tr("%1 repeats"));
    return parts.join(QStringLiteral("  \u00b7  "));
}

QJsonObject callJson(const CallTreeSubject& subject, std::uint32_t node)
{
    const CallNode& of = subject.node(node);
    QJsonObject json;
    const auto put = [&](const char* key, const QString& value) {
        if (!value.isEmpty())
            json.insert(QLatin1String(key), value);
    };
    const auto putTime = [&](const char* key, Nanos time) {
        if (time != noTime)
            put(key, QString::fromStdString(isoText(time)));
    };
    const auto putNumber = [&](const char* key, std::int64_t value) {
        if (value >= 0)
            json.insert(QLatin1String(key), static_cast<qint64>(value));
    };
    const auto spanId = [&](Row row) {
        return row == noRow ? QString()
                            : QString::fromStdString(subject.corpus->idText(subject.corpus->spans.spanId(row)));
    };
    put("span", spanId(of.row));
    if (const CallScope* const scope = subject.scopeOf(node)) {
        put("owner", of.row == noRow ? QString() : fromView(subject.corpus->text(SpanText::Name, of.row)));
        putNumber("calls", static_cast<std::int64_t>(scope->calls.size()));
        putTime("joined", scope->joined);
        put("joined_by", spanId(scope->joinedBy));
    } else {
        const TreeCall& call = *subject.callOf(node);
        put("tool", QString::fromStdString(call.tool));
        put("kind", call.kind == CallKind::Agent ? QStringLiteral("agent") : QStringLiteral("tool"));
        put("id", QString::fromStdString(call.id));
        put("outcome", fromView(name(call.outcome)));
        put("pairing", fromView(name(call.pairing)));
        put("asked_by", spanId(call.asker));
        putTime("asked", call.askedAt);
        putTime("start", call.start);
        putTime("end", call.end);
        putNumber("attempt", call.attempt);
        if (!call.receipts.empty())
            put("given_to", spanId(call.receipts.front().row));
        QStringList problems = callProblems(subject, node);
        if (!problems.isEmpty())
            json.insert(QStringLiteral("problems"), QJsonArray::fromStringList(problems));
    }
    putNumber("wait_ns", of.wait);
    putNumber("run_ns", of.run);
    putNumber("tokens", of.selfTokens);
    putNumber("tokens_total", of.totalTokens);
    putNumber("cost_micros", of.selfCost);
    putNumber("cost_micros_total", of.totalCost);
    return json;
}

} // namespace arcscope
