#include "spanrowmodel.h"

#include "displaytext.h"
#include "tracenames.h"

namespace arcscope
{

void SpanRowModel::setSpans(CorpusPtr corpus, std::vector<Row> rows)
{
    beginResetModel();
    m_corpus = std::move(corpus);
    m_rows = std::move(rows);
    endResetModel();
}

int SpanRowModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int SpanRowModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString SpanRowModel::text(Row row, int column) const
{
    const SpanTable& spans = m_corpus->spans;
    switch (column) {
    case NameColumn:
        return oneLine(m_corpus->text(SpanText::Name, row), 120);
    case KindColumn:
        return kindText(spans.kind(row));
    case TraceColumn:
        return traceName(*m_corpus, static_cast<std::uint32_t>(spans.at(SpanColumn::Trace, row)), {});
    case StatusColumn:
        return statusText(spans.status(row));
    case ModelColumn: {
        std::string_view model = m_corpus->text(SpanText::ModelServed, row);
        if (model.empty())
            model = m_corpus->text(SpanText::ModelRequested, row);
        return model.empty() ? notRecordedText() : oneLine(model, 80);
    }
    case TokensColumn: {
        const Usage usage = spans.usage(row);
        std::int64_t sum = noTokens;
        for (const std::int64_t tokens : usage.tokens) {
            if (tokens != noTokens)
                sum = (sum == noTokens ? 0 : sum) + tokens;
        }
        return sum == noTokens ? notRecordedText() : countText(sum);
    }
    case TimeColumn:
        return spans.duration(row) < 0 ? notRecordedText() : QString::fromStdString(durationText(spans.duration(row)));
    case StartColumn:
        return timeText(spans.start(row));
    default:
        return {};
    }
}

QVariant SpanRowModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return text(rowOf(index.row()), index.column());
    case Qt::ToolTipRole:
        return text(rowOf(index.row()), index.column()).toHtmlEscaped();
    case Qt::TextAlignmentRole: {
        const bool number = index.column() == TokensColumn || index.column() == TimeColumn;
        return QVariant::fromValue(Qt::Alignment((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    }
    case RowRole:
        return rowOf(index.row());
    default:
        return {};
    }
}

QVariant SpanRowModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Span");
    case KindColumn:
        return tr("Kind");
    case TraceColumn:
        return tr("Trace");
    case StatusColumn:
        return tr("Status");
    case ModelColumn:
        return tr("Model");
    case TokensColumn:
        return tr("Tokens");
    case TimeColumn:
        return tr("Time");
    case StartColumn:
        return tr("Started (UTC)");
    default:
        return {};
    }
}

} // namespace arcscope
