// StreamListModel: some streams of a corpus as a table, with their value of one metric.
#pragma once

#include "streamcorpus.h"

#include <QAbstractTableModel>

namespace arcscope
{

class StopBook;

class StreamListModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, ValueColumn, HowColumn, ModelColumn, StartColumn, EndingColumn, StopColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// Indices of the samples, in the order in which they are shown. A null overview: none.
    void setStreams(std::shared_ptr<const StreamOverview> overview, std::vector<std::uint32_t> streams);
    /// Each is shown with what it stopped for; must live as long.
    void setStops(const StopBook& stops);
    /// The span of a row of the table.
    Row rowOf(int row) const { return sampleOf(row).row; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    const StreamSample& sampleOf(int row) const { return m_overview->sample(m_streams[static_cast<std::size_t>(row)]); }
    QString text(const StreamSample& sample, int column) const;

    const StopBook* m_stops = nullptr;
    std::shared_ptr<const StreamOverview> m_overview;
    std::vector<std::uint32_t> m_streams;
};

QString metricName(StreamMetric metric);                                     ///< "Time to the first token", translated
QString endingName(StreamEnding ending);                                     ///< "Ended", translated
QString groupName(const StreamOverview& overview, const StreamGroup& group); ///< "not recorded" where it is not
/// "from 400 ms to below 500 ms"; "none" for the bucket of 0.
QString boundsText(StreamMetric metric, const Distribution& distribution, const Bucket& bucket);

} // namespace arcscope
