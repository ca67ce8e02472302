#include "replayphrases.h"

#include "arcwords.h"
#include "displaytext.h"

#include <QObject>
#include <QStringList>

namespace arcscope
{
namespace
{

QString tr(const char* text)
{
    return QObject::tr(text);
}

QString detailText(ReplayDetail detail)
{
    switch (detail) {
    case ReplayDetail::None:
        break;
    case ReplayDetail::Value:
        return tr("value");
    case ReplayDetail::Polarity:
        return tr("the opposite");
    case ReplayDetail::Added:
        return tr("added");
    case ReplayDetail::Dropped:
        return tr("dropped");
    case ReplayDetail::Name:
        return tr("another tool");
    case ReplayDetail::Argument:
        return tr("argument");
    case ReplayDetail::Order:
        return tr("order");
    case ReplayDetail::Effect:
        return tr("effect");
    }
    return {};
}

double meanOf(const FoundReplay& found, const std::vector<std::uint32_t>& runs, ReplayFigure figure)
{
    double sum = 0;
    for (const std::uint32_t run : runs) {
        const ReplayRun& of = found.pairing.runs[run];
        std::int64_t value = -1;
        switch (figure) {
        case ReplayFigure::Cost:
            value = of.cost;
            break;
        case ReplayFigure::Latency:
            value = of.latency;
            break;
        case ReplayFigure::Tokens:
            value = of.tokens;
            break;
        case ReplayFigure::ModelCalls:
            value = of.modelCalls;
            break;
        case ReplayFigure::ToolCalls:
            value = of.toolCalls;
            break;
        }
        if (value < 0)
            return -1;
        sum += static_cast<double>(value);
    }
    return runs.empty() ? -1 : sum / static_cast<double>(runs.size());
}

} // namespace

QString differenceText(ReplayDifference difference, ReplayDetail detail)
{
    QString text;
    switch (difference) {
    case ReplayDifference::Identical:
        text = tr("identical");
        break;
    case ReplayDifference::FormatOnly:
        text = tr("format only");
        break;
    case ReplayDifference::Reworded:
        text = tr("reworded");
        break;
    case ReplayDifference::Content:
        text = tr("content");
        break;
    case ReplayDifference::ToolCall:
        text = tr("tool call");
        break;
    case ReplayDifference::StopBucket:
        text = tr("stopped otherwise");
        break;
    case ReplayDifference::Declined:
        text = tr("declined");
        break;
    }
    const QString more = detailText(detail);
    return more.isEmpty() ? text : QStringLiteral("%1: %2").arg(text, more);
}

QString differenceMeaning(ReplayDifference difference)
{
    switch (difference) {
    case ReplayDifference::Identical:
        return tr("Nothing differs.");
    case ReplayDifference::FormatOnly:
        return tr("White space, Markdown, or the way JSON is written.");
    case ReplayDifference::Reworded:
        return tr("Other words; no difference of content was found.");
    case ReplayDifference::Content:
        return tr("A value, a polarity, or something that only one of them says.");
    case ReplayDifference::ToolCall:
        return tr("Another tool, other arguments, another order, or another effect.");
    case ReplayDifference::StopBucket:
        return tr("One of them stopped for another reason.");
    case ReplayDifference::Declined:
        break;
    }
    return tr("One of them declined.");
}

QString weightText(ReplayClass weight)
{
    switch (weight) {
    case ReplayClass::Same:
        return tr("same");
    case ReplayClass::Wording:
        return tr("wording");
    case ReplayClass::Path:
        return tr("another way");
    case ReplayClass::Effect:
        break;
    }
    return tr("another end");
}

QString weightMeaning(ReplayClass weight)
{
    switch (weight) {
    case ReplayClass::Same:
        return tr("Nothing differs.");
    case ReplayClass::Wording:
        return tr("The same is said or asked for in another form.");
    case ReplayClass::Path:
        return tr(
            "Another way to the same end: other calls that only read, another order, other things said on the way.");
    case ReplayClass::Effect:
        break;
    }
    return tr("Another end: what was written, what the user was told, a refusal, or why it stopped.");
}

QString validityText(ReplayValidity validity)
{
    switch (validity) {
    case ReplayValidity::ContextEqual:
        return tr("context equal");
    case ReplayValidity::Partial:
        return tr("partial");
    case ReplayValidity::OffRails:
        return tr("off the rails");
    case ReplayValidity::Void:
        break;
    }
    return tr("void");
}

QString reasonsText(std::uint32_t reasons)
{
    QStringList words;
    for (const ReplayReason reason : replayReasons(reasons)) {
        const std::string_view text = label(reason);
        words << QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    }
    return words.join(QStringLiteral(", "));
}

QString replayChangeText(ReplayChange change)
{
    switch (change) {
    case ReplayChange::Tie:
        return tr("= tie");
    case ReplayChange::Gain:
        return QString(QChar(0x25b2)) + QLatin1Char(' ') + tr("gain");
    case ReplayChange::Regression:
        return QString(QChar(0x25bc)) + QLatin1Char(' ') + tr("regression");
    case ReplayChange::NotKnown:
        break;
    }
    return tr("not known");
}

QString taskStateText(ReplayTaskState state)
{
    switch (state) {
    case ReplayTaskState::Same:
        return tr("same");
    case ReplayTaskState::Differs:
        return tr("differs, noise not known");
    case ReplayTaskState::Noise:
        return tr("within reruns");
    case ReplayTaskState::Changed:
        break;
    }
    return tr("changed");
}

QString taskStateMeaning(ReplayTaskState state)
{
    switch (state) {
    case ReplayTaskState::Same:
        return tr("No run differs in more than wording.");
    case ReplayTaskState::Differs:
        return tr("The runs differ; no task was run twice by one side, so how much of that is chance is not known.");
    case ReplayTaskState::Noise:
        return tr("The runs differ, and not by more than runs of one side do among themselves.");
    case ReplayTaskState::Changed:
        break;
    }
    return tr("The sides differ by more than runs of one side do among themselves.");
}

QString gapText(ReplayGap gap)
{
    switch (gap) {
    case ReplayGap::None:
        break;
    case ReplayGap::NoCandidate:
        return tr("only the base has it");
    case ReplayGap::NoBase:
        return tr("the base does not have it");
    case ReplayGap::NoKey:
        return tr("the field it is paired by is not recorded");
    }
    return tr("not compared");
}

QString replayEmptyText(const ReplayReading& reading)
{
    if (!reading.problem.empty())
        return tr("The runs cannot be read: %1").arg(oneLine(reading.problem, 300));
    const ReplayGap gap = reading.of ? reading.of->task(reading.task).gap : ReplayGap::None;
    switch (gap) {
    case ReplayGap::None:
        break;
    case ReplayGap::NoCandidate:
        return tr("Only the base ran this task. To compare it with a task that only the candidate ran, select both in "
                  "the list and press P.");
    case ReplayGap::NoBase:
        return tr("The base did not run this task. To compare it with a task that only the base ran, select both in "
                  "the list and press P.");
    case ReplayGap::NoKey:
        return tr("These runs do not record the field that tasks are paired by. Choose another one at Pairing, or "
                  "select two tasks in the list and press P.");
    }
    return tr("This task was not compared.");
}

QString pairedByText(ReplayKey key)
{
    switch (key) {
    case ReplayKey::Manual:
        return tr("paired by hand");
    case ReplayKey::Expression:
        return tr("paired by a field");
    case ReplayKey::Task:
        return tr("paired by task id");
    case ReplayKey::Input:
        return tr("paired by the same first request");
    case ReplayKey::File:
        break;
    }
    return tr("paired by place in the file");
}

QString opinionText(ReplayOpinion opinion)
{
    switch (opinion) {
    case ReplayOpinion::Better:
        return tr("better");
    case ReplayOpinion::Same:
        return tr("same");
    case ReplayOpinion::Worse:
        return tr("worse");
    case ReplayOpinion::Unsure:
        break;
    }
    return tr("unsure");
}

QString stepKindText(ReplayStepKind kind)
{
    switch (kind) {
    case ReplayStepKind::System:
        return tr("Instructions");
    case ReplayStepKind::User:
        return tr("User");
    case ReplayStepKind::Answer:
        return tr("Answer");
    case ReplayStepKind::ToolCall:
        return tr("Tool call");
    case ReplayStepKind::Agent:
        return tr("Agent");
    case ReplayStepKind::Environment:
        break;
    }
    return tr("Given to the model");
}

QString sideLetter(std::size_t side)
{
    return side < 26 ? QString(QChar(static_cast<char16_t>('A' + static_cast<int>(side)))) : QString::number(side + 1);
}

QString runsText(const FoundReplay& found, const ReplayTask& task, std::size_t side)
{
    if (side >= task.runs.size() || task.runs[side].empty())
        return notRecordedText();
    const auto& runs = task.runs[side];
    if (runs.size() == 1) {
        const ReplayRun& run = found.pairing.runs[runs.front()];
        QString text = run.outcome == ArcOutcome::Unknown ? QString() : outcomeText(run.outcome);
        if (run.score != noScore)
            text += (text.isEmpty() ? QString() : QStringLiteral(" ")) +
                    QString::number(static_cast<double>(run.score) / 1e6, 'g', 3);
        return text.isEmpty() ? notRecordedText() : text;
    }
    int done = 0;
    int known = 0;
    for (const std::uint32_t run : runs) {
        known += found.pairing.runs[run].outcome != ArcOutcome::Unknown;
        done += found.pairing.runs[run].outcome == ArcOutcome::Succeeded;
    }
    return known == 0 ? tr("%1 runs").arg(runs.size()) : tr("%1 of %2 done").arg(done).arg(known);
}

double figureRatio(const FoundReplay& found, const ReplayTask& task, std::size_t side, ReplayFigure figure)
{
    if (side >= task.runs.size())
        return -1;
    const double base = meanOf(found, task.runs[0], figure);
    const double candidate = meanOf(found, task.runs[side], figure);
    return base > 0 && candidate >= 0 ? candidate / base : -1;
}

QString figureRatioText(const FoundReplay& found, const ReplayTask& task, std::size_t side, ReplayFigure figure)
{
    const double ratio = figureRatio(found, task, side, figure);
    return ratio < 0 ? notRecordedText() : QString::number(ratio, 'f', 2) + QChar(0x00d7);
}

QString replayStepText(const ReplayReading& reading, const ReplayLine& line, std::size_t column)
{
    const ReplayStep* const step = reading.step(line, column);
    if (!step)
        return {};
    QStringList parts;
    parts << (step->tool.empty() || step->kind == ReplayStepKind::Answer
                  ? stepKindText(step->kind)
                  : QStringLiteral("%1 %2").arg(stepKindText(step->kind), oneLine(step->tool, 60)));
    parts << differenceText(step->difference, step->detail);
    if (step->weight > ReplayClass::Wording)
        parts << weightText(step->weight);
    if (step->manual)
        parts << tr("aligned by hand");
    QString valid = validityText(step->validity);
    if (const QString why = reasonsText(step->reasons); !why.isEmpty())
        valid += QStringLiteral(" (%1)").arg(why);
    if (step->isModels())
        parts << valid;
    return parts.join(QStringLiteral("  \u00b7  "));
}

QString replayHeadline(const FoundReplay& found, std::size_t candidate)
{
    const ReplaySummary& summary = found.summaries[candidate];
    const auto number = [](std::uint64_t count) { return countText(static_cast<qint64>(count)); };
    QStringList parts;
    parts << counted(static_cast<qint64>(summary.tasks.size()), tr("%1 task"), tr("%1 tasks"));
    const auto change = [&](ReplayChange one) { return summary.changes[static_cast<std::size_t>(one)]; };
    if (change(ReplayChange::NotKnown) < summary.tasks.size())
        parts << tr("\u25b2 %1 gained  \u25bc %2 lost  = %3 alike")
                     .arg(number(change(ReplayChange::Gain)), number(change(ReplayChange::Regression)),
                          number(change(ReplayChange::Tie)));
    const QString space(QChar(0x00a0)); // what belongs together is not broken
    for (const Evidence evidence : {Evidence::Difference, Evidence::Weak, Evidence::None, Evidence::TooFew}) {
        QStringList of;
        for (const ReplayQuality& quality : summary.qualities) {
            if (quality.evidence != evidence)
                continue;
            const QString about = quality.name == "done"    ? tr("done")
                                  : quality.name == "score" ? tr("score")
                                                            : tr("declined");
            const QString p = quality.p < 0.001 ? tr("p < 0.001") : tr("p = %1").arg(quality.p, 0, 'g', 2);
            of << QStringLiteral("%1 (%2)").arg(about, p).replace(QLatin1Char(' '), space);
        }
        const std::string_view word = name(evidence);
        if (!of.isEmpty())
            parts << QStringLiteral("%1: %2").arg(QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size())),
                                                  of.join(QStringLiteral(", ")));
    }
    return parts.join(QStringLiteral("  \u00b7  "));
}

} // namespace arcscope
