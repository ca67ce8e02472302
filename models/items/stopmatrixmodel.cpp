#include "stopmatrixmodel.h"

#include "displaytext.h"
#include "stopwords.h"

#include <algorithm>

namespace arcscope
{

StopMatrixModel::StopMatrixModel(Lines lines, QObject* parent)
    : QAbstractTableModel(parent)
    , m_lines(lines)
{
}

const std::vector<StopLine>& StopMatrixModel::lines() const
{
    return m_lines == Lines::Words ? m_overview->words : m_overview->groups;
}

void StopMatrixModel::setOverview(StopOverviewPtr overview)
{
    beginResetModel();
    m_overview = std::move(overview);
    m_buckets.clear();
    for (int i = 0; m_overview && i < stopBucketCount; ++i) {
        if (m_overview->all[static_cast<std::size_t>(i)] > 0)
            m_buckets.push_back(static_cast<StopBucket>(i));
    }
    const auto weight = [&](StopBucket bucket) {
        const auto at = static_cast<std::size_t>(bucket);
        return std::pair(m_overview->allDisagreeing[at], m_overview->all[at]);
    };
    std::stable_sort(m_buckets.begin(), m_buckets.end(),
                     [&](StopBucket a, StopBucket b) { return weight(a) > weight(b); });
    endResetModel();
}

const StopLine* StopMatrixModel::lineOf(int row) const
{
    return row <= 0 || !m_overview ? nullptr : &lines()[static_cast<std::size_t>(row - 1)];
}

const StopLine& StopMatrixModel::shownLine(int row) const
{
    const StopLine* const line = lineOf(row);
    return line ? *line : m_overview->shown;
}

int StopMatrixModel::columnOf(StopBucket bucket) const
{
    const auto found = std::find(m_buckets.begin(), m_buckets.end(), bucket);
    return found == m_buckets.end() ? -1 : static_cast<int>(found - m_buckets.begin()) + FirstBucket;
}

int StopMatrixModel::rowOf(const std::string& name) const
{
    for (int row = 1; row < rowCount(); ++row) {
        if (lineOf(row)->name == name)
            return row;
    }
    return -1;
}

int StopMatrixModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_overview || m_overview->calls == 0 ? 0 : static_cast<int>(lines().size()) + 1;
}

int StopMatrixModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : FirstBucket + static_cast<int>(m_buckets.size());
}

std::uint64_t StopMatrixModel::countOf(int row, int column) const
{
    const StopLine& line = shownLine(row);
    switch (column) {
    case NameColumn:
    case CallsColumn:
        return line.calls;
    case DisagreeColumn:
        return line.disagreeing;
    default:
        return line[bucketOf(column)].rows.size();
    }
}

std::vector<Row> StopMatrixModel::rowsOf(const QModelIndex& index) const
{
    if (!index.isValid())
        return {};
    const StopLine& line = shownLine(index.row());
    return index.column() >= FirstBucket ? line[bucketOf(index.column())].rows
                                         : line.rows(index.column() == DisagreeColumn, *m_overview->of);
}

QString StopMatrixModel::nameOf(int row) const
{
    const StopLine* const line = lineOf(row);
    if (!line)
        return m_overview->filtered                 ? tr("All that the filter leaves")
               : m_overview->what == StopsOf::Calls ? tr("All calls")
                                                    : tr("All runs");
    return line->name.empty() ? tr("not recorded") : oneLine(line->name, 120);
}

QString StopMatrixModel::cellText(int row, int column) const
{
    const StopLine& line = shownLine(row);
    const std::uint64_t count = countOf(row, column);
    const QString number = countText(static_cast<qint64>(count));
    switch (column) {
    case NameColumn: {
        const StopLine* const word = lineOf(row);
        return word && !word->known ? tr("%1  (review)").arg(nameOf(row)) : nameOf(row);
    }
    case CallsColumn:
        return row == 0 && m_overview->filtered
                   ? tr("%1 of %2").arg(number, countText(static_cast<qint64>(m_overview->calls)))
                   : number;
    case DisagreeColumn:
        return count == 0
                   ? QString()
                   : QStringLiteral("%1 %2  %3").arg(disagreementSign()).arg(number, shareText(count, line.calls));
    default: {
        if (count == 0 && (row > 0 || !m_overview->filtered))
            return {};
        QString text = QStringLiteral("%1  %2").arg(number, shareText(count, line.calls));
        if (row == 0 && m_overview->filtered)
            text += tr(" / %1").arg(
                shareText(m_overview->all[static_cast<std::size_t>(bucketOf(column))], m_overview->calls));
        else if (row > 0 && line[bucketOf(column)].disagreeing > 0)
            text.prepend(QString(disagreementSign()) + QLatin1Char(' '));
        return text;
    }
    }
}

QString StopMatrixModel::textOf(const QModelIndex& index) const
{
    if (!index.isValid() || !m_overview)
        return {};
    const StopLine& line = shownLine(index.row());
    const std::uint64_t count = countOf(index.row(), index.column());
    const QString calls = stopsText(m_overview->what, line.calls);
    if (index.column() <= CallsColumn)
        return tr("%1: %2").arg(nameOf(index.row()), calls);
    const QString part = index.column() == DisagreeColumn ? tr("disagreeing") : bucketText(bucketOf(index.column()));
    const QString share = shareText(count, line.calls);
    return share.isEmpty() ? tr("%1, %2: none of %3").arg(nameOf(index.row()), part, calls)
                           : tr("%1, %2: %3 of %4 (%5)")
                                 .arg(nameOf(index.row()), part, countText(static_cast<qint64>(count)), calls, share);
}

QString StopMatrixModel::tip(const QModelIndex& index) const
{
    QStringList lines{textOf(index)};
    const StopLine* const line = lineOf(index.row());
    if (index.column() >= FirstBucket) {
        const StopBucket bucket = bucketOf(index.column());
        lines << bucketMeaning(bucket);
        if (index.row() == 0 && m_overview->filtered)
            lines << tr("The second share is of all calls, whatever the filter says: %1 of %2")
                         .arg(countText(static_cast<qint64>(m_overview->all[static_cast<std::size_t>(bucket)])),
                              countText(static_cast<qint64>(m_overview->calls)));
        if (const auto disagreeing = shownLine(index.row())[bucket].disagreeing; disagreeing > 0)
            lines << tr("%1 of %2 the vendor's word says something else")
                         .arg(disagreementSign())
                         .arg(countText(static_cast<qint64>(disagreeing)));
    } else if (line && m_lines == Lines::Words) {
        if (!line->known)
            lines << tr("No vendor that is known here writes this word. It is counted as it is.");
        else if (!line->name.empty())
            lines << tr("The word claims: %1").arg(claimText(line->claim));
    }
    return lines.join(QLatin1Char('\n'));
}

QString StopMatrixModel::filterOf(const QModelIndex& index) const
{
    if (!index.isValid())
        return {};
    const StopLine* const line = lineOf(index.row());
    const std::uint64_t count = countOf(index.row(), index.column());
    if (line && count == line->calls) { // the whole line, whatever column says so
        const QString whole = m_lines == Lines::Words ? filterOfWord(m_overview->what, *line)
                                                      : filterOfGroup(m_overview->what, m_overview->by, *line);
        if (!whole.isEmpty())
            return whole;
    }
    return !line && count == m_overview->shown.calls && m_overview->what == StopsOf::Calls
               ? QStringLiteral("kind:model")
               : filterOfSpans(*m_overview->of->corpus, rowsOf(index));
}

QVariant StopMatrixModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const bool bucket = index.column() >= FirstBucket;
    const StopLine& line = shownLine(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return cellText(index.row(), index.column());
    case Qt::ToolTipRole:
        return QStringLiteral("<p style='white-space:pre-wrap'>%1</p>").arg(tip(index).toHtmlEscaped());
    case Qt::AccessibleTextRole:
        return textOf(index);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::Alignment((index.column() == NameColumn ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter));
    case BucketRole:
        return bucket ? static_cast<int>(bucketOf(index.column())) : -1;
    case ShareRole:
        return bucket && line.calls > 0 && countOf(index.row(), index.column()) > 0
                   ? QVariant(static_cast<double>(countOf(index.row(), index.column())) /
                              static_cast<double>(line.calls))
                   : QVariant();
    case DisagreesRole:
        return bucket                             ? line[bucketOf(index.column())].disagreeing > 0
               : index.column() == DisagreeColumn ? line.disagreeing > 0
                                                  : false;
    case ReviewRole:
        return !line.known;
    default:
        return {};
    }
}

QVariant StopMatrixModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::Alignment((section == NameColumn ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter));
    if (role == Qt::ToolTipRole && section >= FirstBucket && section < columnCount())
        return bucketMeaning(bucketOf(section));
    if (role == Qt::ToolTipRole && section == DisagreeColumn)
        return tr("The vendor's word says something else than what it stopped for");
    if (role != Qt::DisplayRole || section >= columnCount())
        return {};
    switch (section) {
    case NameColumn:
        return m_lines == Lines::Words ? tr("Vendor's word") : groupingText(m_overview ? m_overview->by : std::nullopt);
    case CallsColumn:
        return m_overview && m_overview->what == StopsOf::Runs ? tr("Runs") : tr("Calls");
    case DisagreeColumn:
        return tr("Disagree");
    default:
        return QStringLiteral("%1 %2")
            .arg(bucketSign(bucketOf(section)))
            .arg(bucketText(bucketOf(section)).replace(QLatin1Char(' '), QLatin1Char('\n')));
    }
}

} // namespace arcscope
