#include "replaymatrixmodel.h"

#include "displaytext.h"
#include "replayphrases.h"

namespace arcscope
{
namespace
{

constexpr int headColumns = 2;

QString number(std::uint64_t count)
{
    return countText(static_cast<qint64>(count));
}

} // namespace

void ReplayMatrixModel::setReplay(ReplayPtr found)
{
    beginResetModel();
    m_found = std::move(found);
    endResetModel();
}

int ReplayMatrixModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_found ? 0 : static_cast<int>(m_found->matrix.lines.size());
}

int ReplayMatrixModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_found ? 0 : headColumns + static_cast<int>(m_found->matrix.columns.size());
}

QString ReplayMatrixModel::cellText(const ReplayCell& cell) const
{
    if (cell.tasks == 0)
        return tr("no replayed task");
    return tr("%1  \u25b2 %2  \u25bc %3\n%4 of %5 steps in the same context")
        .arg(counted(static_cast<qint64>(cell.tasks), tr("%1 task"), tr("%1 tasks")), number(cell.gains),
             number(cell.regressions), number(cell.valid), number(cell.steps));
}

QString ReplayMatrixModel::cellDetails(const ReplayCell& cell) const
{
    QStringList lines{cellText(cell)};
    for (std::size_t i = 0; i < cell.differences.size(); ++i) {
        if (cell.differences[i] > 0)
            lines << QStringLiteral("%1: %2").arg(differenceText(static_cast<ReplayDifference>(i)),
                                                  number(cell.differences[i]));
    }
    return lines.join(QLatin1Char('\n'));
}

QVariant ReplayMatrixModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto line = static_cast<std::size_t>(index.row());
    const ReplayMatrix& matrix = m_found->matrix;
    if (index.column() < headColumns) {
        const ReplayMatrix::Line& of = matrix.lines[line];
        const QString fork = of.fork.empty() ? tr("not recorded") : oneLine(of.fork, 200);
        if (role == Qt::DisplayRole)
            return index.column() == 0 ? fork : number(of.tasks);
        if (role == Qt::ToolTipRole)
            return QStringLiteral("<p>%1</p>").arg(fork.toHtmlEscaped());
        if (role == Qt::TextAlignmentRole && index.column() == 1)
            return int(Qt::AlignRight | Qt::AlignVCenter);
        return {};
    }
    const ReplayCell& cell = matrix.at(line, static_cast<std::size_t>(index.column() - headColumns));
    switch (role) {
    case Qt::DisplayRole:
        return cellText(cell);
    case Qt::ToolTipRole:
        return QStringLiteral("<p style='white-space:pre-wrap'>%1</p>").arg(cellDetails(cell).toHtmlEscaped());
    case Qt::AccessibleTextRole:
        return cellDetails(cell);
    case SharesRole: {
        QVariantList shares;
        if (cell.tasks > 0) {
            for (const std::uint64_t count : cell.differences)
                shares << static_cast<double>(count) / static_cast<double>(cell.tasks);
        }
        return shares;
    }
    default:
        return {};
    }
}

QVariant ReplayMatrixModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section >= columnCount())
        return {};
    if (section == 0)
        return tr("Prompt");
    if (section == 1)
        return tr("Tasks of A");
    const ReplayMatrix::Column& column = m_found->matrix.columns[static_cast<std::size_t>(section - headColumns)];
    const QString name = column.model.empty() ? oneLine(m_found->sides[column.side], 60) : oneLine(column.model, 60);
    return QStringLiteral("%1 %2").arg(sideLetter(column.side), name);
}

} // namespace arcscope
