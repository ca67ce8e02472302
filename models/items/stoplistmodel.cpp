#include "stoplistmodel.h"

#include "displaytext.h"
#include "stopwords.h"

namespace arcscope
{

void StopListModel::setStops(StopsPtr of, CorpusPtr shown, std::vector<StopExemplar> stops)
{
    beginResetModel();
    m_of = std::move(of);
    m_shown = std::move(shown);
    m_stops = std::move(stops);
    m_readings.clear();
    endResetModel();
}

void StopListModel::addReadings(std::vector<StopReading> readings)
{
    for (StopReading& reading : readings) {
        const Row row = reading.row;
        m_readings.insert_or_assign(row, std::move(reading));
    }
    if (!m_stops.empty())
        emit dataChanged(index(0, EndColumn), index(rowCount() - 1, EndColumn));
}

const StopReading* StopListModel::readingOf(int row) const
{
    const auto found = m_readings.find(rowOf(row));
    return found == m_readings.end() ? nullptr : &found->second;
}

int StopListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_stops.size());
}

int StopListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString StopListModel::text(int row, int column) const
{
    const Corpus& corpus = *m_of->corpus;
    const Row span = rowOf(row);
    switch (column) {
    case WhyColumn:
        switch (m_stops[static_cast<std::size_t>(row)].why) {
        case StopExemplar::Why::Longest:
            return tr("longest");
        case StopExemplar::Why::Newest:
            return tr("newest");
        case StopExemplar::Why::Random:
            return tr("drawn");
        case StopExemplar::Why::None:
            return {};
        }
        return {};
    case EndColumn: {
        const StopReading* const reading = readingOf(row);
        if (!reading)
            return {};
        return reading->end.text.isEmpty()
                   ? reading->problem
                   : oneLine((reading->end.cutBefore ? QStringLiteral("\u2026") + reading->end.text : reading->end.text)
                                 .toStdString(),
                             2 * endCharacters);
    }
    case NameColumn:
        return oneLine(corpus.text(SpanText::Name, span), 120);
    case StopColumn:
        return stopPair(corpus, stopOf(row)).text();
    case RuleColumn:
        return stopPair(corpus, stopOf(row)).rule;
    case ModelColumn: {
        std::string_view model = corpus.text(SpanText::ModelServed, span);
        if (model.empty())
            model = corpus.text(SpanText::ModelRequested, span);
        return model.empty() ? notRecordedText() : oneLine(model, 80);
    }
    case TokensColumn: {
        const std::int64_t tokens = corpus.spans.usage(span)[UsageClass::Output];
        return tokens == noTokens ? notRecordedText() : countText(tokens);
    }
    case StartColumn:
        return timeText(m_shown->spans.start(span));
    default:
        return {};
    }
}

QVariant StopListModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return text(index.row(), index.column());
    case Qt::AccessibleTextRole:
        return index.column() == StopColumn ? stopPair(*m_of->corpus, stopOf(index.row())).spokenText()
                                            : text(index.row(), index.column());
    case Qt::ToolTipRole: {
        const QString tip = index.column() == StopColumn || index.column() == RuleColumn
                                ? stopPair(*m_of->corpus, stopOf(index.row())).tip()
                                : text(index.row(), index.column());
        return QStringLiteral("<p style='white-space:pre-wrap'>%1</p>").arg(tip.toHtmlEscaped());
    }
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::Alignment((index.column() == TokensColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    case RowRole:
        return rowOf(index.row());
    default:
        return {};
    }
}

QVariant StopListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::Alignment((section == TokensColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case WhyColumn:
        return tr("Example");
    case EndColumn:
        return tr("Ends with");
    case NameColumn:
        return tr("Span");
    case StopColumn:
        return tr("Vendor | derived");
    case RuleColumn:
        return tr("Rule");
    case ModelColumn:
        return tr("Model");
    case TokensColumn:
        return tr("Output");
    case StartColumn:
        return tr("Started (UTC)");
    default:
        return {};
    }
}

} // namespace arcscope
