#include "arceventmodel.h"

#include "arcwords.h"
#include "displaytext.h"

namespace arcscope
{

void ArcEventModel::setArc(ArcsPtr of, std::uint32_t arc)
{
    beginResetModel();
    m_of = std::move(of);
    m_arc = arc;
    m_first = m_count = 0;
    m_reading.reset();
    if (m_of) {
        m_first = static_cast<std::uint32_t>(m_of->at(ArcColumn::FirstEvent, arc));
        m_count = static_cast<std::uint32_t>(m_of->at(ArcColumn::Events, arc));
    }
    endResetModel();
}

void ArcEventModel::setReading(ArcReadingPtr reading)
{
    if (!m_of || !reading || reading->arc != m_arc)
        return;
    m_reading = std::move(reading);
    if (m_count > 0)
        emit dataChanged(index(0, TextColumn), index(rowCount() - 1, TextColumn));
}

int ArcEventModel::rowOf(std::uint32_t event) const
{
    return event >= m_first && event < m_first + m_count ? static_cast<int>(event - m_first) : -1;
}

const ArcQuote* ArcEventModel::quoteAt(int row) const
{
    const auto place = static_cast<std::size_t>(row);
    return m_reading && place < m_reading->quotes.size() ? &m_reading->quotes[place] : nullptr;
}

Row ArcEventModel::spanAt(int row) const
{
    const std::int64_t span = at(ArcEventColumn::SpanRow, row);
    return span < 0 || span >= m_of->corpus->spans.rows() ? noRow : static_cast<Row>(span);
}

int ArcEventModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_count);
}

int ArcEventModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString ArcEventModel::text(int row, int column) const
{
    switch (column) {
    case StepColumn: {
        const auto step = static_cast<ArcStep>(at(ArcEventColumn::Step, row));
        const bool inferred = static_cast<ArcSource>(at(ArcEventColumn::Source, row)) == ArcSource::Rule;
        return (inferred ? QStringLiteral("\u231c") : QString()) + QString(stepSign(step)) + QLatin1Char(' ') +
               stepText(step);
    }
    case TimeColumn: {
        const Nanos time = at(ArcEventColumn::Time, row);
        const Nanos start = m_of->at(ArcColumn::Start, m_arc);
        if (time == noTime)
            return notRecordedText();
        return start == noTime ? timeText(time) : QLatin1Char('+') + QString::fromStdString(durationText(time - start));
    }
    case TextColumn: {
        const ArcQuote* const quote = quoteAt(row);
        if (!quote)
            return {};
        if (!quote->problem.isEmpty())
            return quote->problem;
        return quote->text.isEmpty()
                   ? tr("no text is recorded here")
                   : oneLine(quote->text.toStdString()) + (quote->cut ? QStringLiteral("\u2026") : QString());
    }
    case SourceColumn: {
        const auto source = static_cast<ArcSource>(at(ArcEventColumn::Source, row));
        const QString rule =
            ruleText(m_of->arcs.texts[StringId{static_cast<std::uint32_t>(at(ArcEventColumn::Rule, row))}]);
        return rule.isEmpty() ? sourceText(source) : QStringLiteral("%1: %2").arg(sourceText(source), rule);
    }
    default: {
        const Row span = spanAt(row);
        return span == noRow ? notRecordedText() : oneLine(m_of->corpus->text(SpanText::Name, span), 120);
    }
    }
}

QVariant ArcEventModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    switch (role) {
    case RowRole: {
        const Row span = spanAt(index.row());
        return span == noRow ? QVariant(-1) : QVariant(span);
    }
    case StepRole:
        return static_cast<int>(at(ArcEventColumn::Step, index.row()));
    case SourceRole:
        return static_cast<int>(at(ArcEventColumn::Source, index.row()));
    case Qt::DisplayRole:
        return text(index.row(), index.column());
    case Qt::ToolTipRole: {
        QString tip = eventSummary(*m_of, eventAt(index.row()));
        if (const ArcQuote* const quote = quoteAt(index.row()); quote && !quote->text.isEmpty())
            tip += QLatin1Char('\n') + quote->text;
        return QStringLiteral("<p style='white-space:pre-wrap'>%1</p>").arg(tip.toHtmlEscaped());
    }
    case Qt::AccessibleDescriptionRole:
        return eventSummary(*m_of, eventAt(index.row()));
    default:
        return {};
    }
}

QVariant ArcEventModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case StepColumn:
        return tr("Step");
    case TimeColumn:
        return tr("When");
    case TextColumn:
        return tr("What was said");
    case SourceColumn:
        return tr("Known from");
    case WhereColumn:
        return tr("Where");
    default:
        return {};
    }
}

} // namespace arcscope
