#include "streamlistmodel.h"

#include "displaytext.h"
#include "stopbook.h"
#include "stopwords.h"

#include <QCoreApplication>

namespace arcscope
{
namespace
{

QString tr(const char* text)
{
    return QCoreApplication::translate("StreamCorpus", text);
}

} // namespace

QString metricName(StreamMetric metric)
{
    switch (metric) {
    case StreamMetric::FirstToken:
        return tr("Time to the first token");
    case StreamMetric::FirstVisible:
        return tr("Time to the first text that is read");
    case StreamMetric::LongestStall:
        return tr("Longest stall");
    case StreamMetric::TokenSpeed:
        return tr("Tokens a second");
    case StreamMetric::ByteSpeed:
        return tr("Bytes a second (tokens not counted)");
    case StreamMetric::Acceptance:
        return tr("Accepted of drafts");
    case StreamMetric::Withdrawn:
        return tr("Bytes withdrawn");
    }
    return {};
}

QString endingName(StreamEnding ending)
{
    switch (ending) {
    case StreamEnding::Ended:
        return tr("Ended");
    case StreamEnding::Stopped:
        return tr("Stopped, no terminal event");
    case StreamEnding::Failed:
        return tr("Failed");
    case StreamEnding::BrokeOff:
        return tr("Broke off");
    case StreamEnding::NotRecorded:
        break;
    }
    return notRecordedText();
}

QString groupName(const StreamOverview& overview, const StreamGroup& group)
{
    if (!group.recorded)
        return overview.by == StreamGrouping::Model    ? tr("Model not recorded")
               : overview.by == StreamGrouping::Prompt ? tr("Prompt not recorded")
               : overview.by == StreamGrouping::Hour   ? tr("Time not recorded")
                                                       : tr("Surface not recorded");
    return group.name.empty() ? tr("All streams") : oneLine(group.name, 200);
}

QString boundsText(StreamMetric metric, const Distribution& distribution, const Bucket& bucket)
{
    if (bucket.number == zeroBucket)
        return tr("none");
    const BucketBounds bounds = boundsOf(bucket.number, distribution.scale);
    return tr("from %1 to %2")
        .arg(QString::fromStdString(metricText(metric, bounds.from)),
             QString::fromStdString(metricText(metric, bounds.to)));
}

void StreamListModel::setStops(const StopBook& stops)
{
    m_stops = &stops;
    connect(&stops, &StopBook::changed, this, [this] {
        if (rowCount() > 0)
            emit dataChanged(index(0, StopColumn), index(rowCount() - 1, StopColumn));
    });
}

void StreamListModel::setStreams(std::shared_ptr<const StreamOverview> overview, std::vector<std::uint32_t> streams)
{
    beginResetModel();
    m_overview = std::move(overview);
    m_streams = std::move(streams);
    endResetModel();
}

int StreamListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_overview ? 0 : static_cast<int>(m_streams.size());
}

int StreamListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString StreamListModel::text(const StreamSample& sample, int column) const
{
    const Corpus& corpus = *m_overview->of->corpus;
    const auto value = valueOf(sample, m_overview->metric);
    switch (column) {
    case NameColumn:
        return oneLine(corpus.text(SpanText::Name, sample.row), 120);
    case ValueColumn:
        return value ? QString::fromStdString(metricText(m_overview->metric, value->value)) : notRecordedText();
    case HowColumn:
        return provenanceText(value ? value->source : Provenance::NotRecorded);
    case ModelColumn:
        return sample.model ? oneLine(corpus.strings[sample.model], 80) : notRecordedText();
    case StartColumn:
        return timeText(sample.start);
    case EndingColumn:
        return endingName(sample.ending);
    case StopColumn:
        return m_stops ? m_stops->pair(sample.row).text() : QString();
    default:
        return {};
    }
}

QVariant StreamListModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    if (role == Qt::TextAlignmentRole && index.column() == ValueColumn)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (m_stops && index.column() == StopColumn && (role == Qt::ToolTipRole || role == Qt::AccessibleTextRole)) {
        const StopPair pair = m_stops->pair(rowOf(index.row()));
        return role == Qt::ToolTipRole
                   ? QStringLiteral("<p style='white-space:pre-wrap'>%1</p>").arg(pair.tip().toHtmlEscaped())
                   : pair.spokenText();
    }
    return role == Qt::DisplayRole ? text(sampleOf(index.row()), index.column()) : QVariant();
}

QVariant StreamListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Stream");
    case ValueColumn:
        return m_overview ? metricName(m_overview->metric) : tr("Value");
    case HowColumn:
        return tr("How it is known");
    case ModelColumn:
        return tr("Model");
    case StartColumn:
        return tr("Started (UTC)");
    case EndingColumn:
        return tr("End");
    case StopColumn:
        return tr("Vendor | derived");
    default:
        return {};
    }
}

} // namespace arcscope
