#include "stopoverview.h"

#include "displaytext.h"
#include "spantext.h"
#include "stopwords.h"

#include <QCoreApplication>

#include <algorithm>

namespace arcscope
{
namespace
{

constexpr std::size_t mostIds = 24;

QString tr(const char* text)
{
    return QCoreApplication::translate("StopOverview", text);
}

StopSurvey stopsOfKind(const FoundStops& of, StopOverview& made)
{
    StopSurvey stops;
    for (const SpanStop& stop : of.survey) {
        const bool call = of.corpus->spans.kind(stop.row) == SpanKind::ModelCall;
        const auto what = static_cast<std::size_t>(call ? StopsOf::Calls : StopsOf::Runs);
        ++made.inAll[what];
        made.disagreeingInAll[what] += stop.disagrees ? 1 : 0;
        if (what == static_cast<std::size_t>(made.what))
            stops.push_back(stop);
    }
    return stops;
}

void takeCells(StopLine& line, std::vector<std::vector<Row>> rows, const FoundStops& of)
{
    for (std::size_t i = 0; i < rows.size(); ++i) {
        StopLine::Cell& cell = line.cells[i];
        cell.rows = std::move(rows[i]);
        for (const Row row : cell.rows)
            cell.disagreeing += of.of(row)->disagrees ? 1 : 0;
        line.calls += cell.rows.size();
        line.disagreeing += cell.disagreeing;
    }
}

StopLine sumOf(const std::vector<StopLine>& lines)
{
    StopLine sum;
    for (const StopLine& line : lines) {
        for (std::size_t i = 0; i < line.cells.size(); ++i) {
            StopLine::Cell& cell = sum.cells[i];
            cell.rows.insert(cell.rows.end(), line.cells[i].rows.begin(), line.cells[i].rows.end());
            cell.disagreeing += line.cells[i].disagreeing;
        }
        sum.calls += line.calls;
        sum.disagreeing += line.disagreeing;
    }
    for (StopLine::Cell& cell : sum.cells)
        std::sort(cell.rows.begin(), cell.rows.end());
    return sum;
}

/// The field of the filter language that says it; empty: none does.
QString fieldOf(SpanText by)
{
    switch (by) {
    case SpanText::ModelServed:
        return QStringLiteral("model");
    case SpanText::ModelRequested:
        return QStringLiteral("requested");
    case SpanText::PromptName:
    case SpanText::PromptVersion:
        return QStringLiteral("prompt");
    case SpanText::Service:
        return QStringLiteral("service");
    case SpanText::Provider:
        return QStringLiteral("provider");
    case SpanText::Agent:
        return QStringLiteral("agent");
    case SpanText::Session:
        return QStringLiteral("session");
    case SpanText::Task:
        return QStringLiteral("task");
    case SpanText::User:
        return QStringLiteral("user");
    case SpanText::Tenant:
        return QStringLiteral("tenant");
    case SpanText::Plan:
        return QStringLiteral("plan");
    case SpanText::Environment:
        return QStringLiteral("env");
    case SpanText::Trigger:
        return QStringLiteral("trigger");
    case SpanText::Device:
        return QStringLiteral("device");
    default:
        return {};
    }
}

QString quotedValue(const std::string& value)
{
    QString text = QString::fromStdString(value);
    text.replace(QLatin1Char('\\'), QStringLiteral("\\\\")).replace(QLatin1Char('"'), QStringLiteral("\\\""));
    return QLatin1Char('"') + text + QLatin1Char('"');
}

} // namespace

std::vector<Row> StopLine::rows(bool disagreeingOnly, const FoundStops& of) const
{
    std::vector<Row> rows;
    for (const Cell& cell : cells) {
        for (const Row row : cell.rows) {
            if (!disagreeingOnly || of.of(row)->disagrees)
                rows.push_back(row);
        }
    }
    std::sort(rows.begin(), rows.end());
    return rows;
}

StopOverviewPtr stopOverview(StopsPtr of, std::optional<SpanText> by, const RowsPtr& rows, StopsOf what)
{
    auto made = std::make_shared<StopOverview>();
    made->what = what;
    made->by = by;
    made->filtered = rows != nullptr;
    if (!of->corpus || of->survey.empty()) {
        made->of = std::move(of);
        return made;
    }
    const Corpus& corpus = *of->corpus;
    const StopSurvey calls = stopsOfKind(*of, *made);
    for (const SpanStop& stop : calls) {
        ++made->all[static_cast<std::size_t>(stop.bucket)];
        made->allDisagreeing[static_cast<std::size_t>(stop.bucket)] += stop.disagrees ? 1 : 0;
        made->timed = made->timed || corpus.spans.start(stop.row) != noTime;
        for (int i = 0; i < spanTextCount; ++i) {
            bool& recorded = made->recorded[static_cast<std::size_t>(i)];
            const auto column = columnOf(static_cast<SpanText>(i));
            recorded = recorded || (corpus.spans.has(column) && corpus.spans.at(column, stop.row) != 0);
        }
    }
    made->calls = calls.size();
    made->anyWord = made->recorded[static_cast<std::size_t>(SpanText::StopReason)];
    bool& served = made->recorded[static_cast<std::size_t>(SpanText::ModelServed)];
    served = served || made->recorded[static_cast<std::size_t>(SpanText::ModelRequested)];
    for (StopMatrix::Word& word : stopMatrix(corpus, calls, rows.get()).words) {
        StopLine& line = made->words.emplace_back();
        line.name = std::move(word.text);
        line.claim = word.claim;
        line.known = word.known;
        takeCells(line, std::move(word.rows), *of);
    }
    StopTrend trend = by ? stopTrend(corpus, calls, rows.get(), *by) : stopTrendByTime(corpus, calls, rows.get());
    for (StopTrend::Group& group : trend.groups) {
        StopLine& line = made->groups.emplace_back();
        line.name = std::move(group.name);
        takeCells(line, std::move(group.rows), *of);
    }
    made->shown = sumOf(made->words);
    made->of = std::move(of);
    return made;
}

const std::vector<std::optional<SpanText>>& stopGroupings()
{
    static const std::vector<std::optional<SpanText>> groupings{
        std::nullopt,      SpanText::ModelServed, SpanText::PromptVersion, SpanText::PromptName,
        SpanText::Service, SpanText::Agent,       SpanText::Provider,      SpanText::Tenant,
        SpanText::Plan,    SpanText::User,        SpanText::Environment,   SpanText::Trigger,
        SpanText::Device,  SpanText::Task,        SpanText::Session,       SpanText::Format};
    return groupings;
}

QString groupingText(std::optional<SpanText> by)
{
    if (!by)
        return tr("Time");
    switch (*by) {
    case SpanText::ModelServed:
        return tr("Model");
    case SpanText::PromptVersion:
        return tr("Prompt version");
    case SpanText::PromptName:
        return tr("Prompt");
    case SpanText::Service:
        return tr("Service");
    case SpanText::Agent:
        return tr("Agent");
    case SpanText::Provider:
        return tr("Provider");
    case SpanText::Tenant:
        return tr("Tenant");
    case SpanText::Plan:
        return tr("Plan");
    case SpanText::User:
        return tr("User");
    case SpanText::Environment:
        return tr("Environment");
    case SpanText::Trigger:
        return tr("Trigger");
    case SpanText::Device:
        return tr("Device");
    case SpanText::Task:
        return tr("Task");
    case SpanText::Session:
        return tr("Session");
    default:
        return tr("Format");
    }
}

QString stopsText(StopsOf what, std::uint64_t count)
{
    const auto number = static_cast<qint64>(count);
    return what == StopsOf::Calls ? counted(number, tr("%1 call"), tr("%1 calls"))
                                  : counted(number, tr("%1 run"), tr("%1 runs"));
}

QString filterOfWord(StopsOf what, const StopLine& word)
{
    if (what == StopsOf::Calls)
        return QStringLiteral("kind:model stop=") + quotedValue(word.name);
    return word.name.empty() ? QString()
                             : QStringLiteral("(kind:agent or kind:workflow) stop=") + quotedValue(word.name);
}

QString filterOfGroup(StopsOf what, std::optional<SpanText> by, const StopLine& group)
{
    const QString field = by && what == StopsOf::Calls ? fieldOf(*by) : QString();
    return field.isEmpty() || group.name.empty()
               ? QString()
               : QStringLiteral("kind:model %1=%2").arg(field, quotedValue(group.name));
}

QString filterOfSpans(const Corpus& corpus, const std::vector<Row>& rows)
{
    if (rows.empty() || rows.size() > mostIds)
        return {};
    QStringList spans;
    for (const Row row : rows) {
        const std::string id = spanIdText(corpus, row);
        if (id.empty())
            return {};
        spans << QStringLiteral("span=") + quotedValue(id);
    }
    return spans.join(QStringLiteral(" or "));
}

} // namespace arcscope
